package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.ParseResult;
import dev.jbpfilter.ruleset.Ruleset;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;
import dev.jbpfilter.ruleset.testing.RandomChains;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chains of the kernel as rules that can be read back. */
class ChainOutputTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private String printed(List<Chain> chains) {
    out.reset();
    PrintStream stream = new PrintStream(out, false, StandardCharsets.UTF_8);
    ChainOutput.printRules(chains, stream);
    stream.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void chainsArePrintedInOrder() {
    List<Chain> chains =
        LoadedChains.parse(
            """
            chain oldest BF_HOOK_NF_LOCAL_IN{priorities=102-101} DROP rule ip4.proto tcp ACCEPT
            chain newest BF_HOOK_XDP{ifindex=1} ACCEPT rule meta.iface lo counter DROP
            """);

    assertThat(printed(chains))
        .isEqualTo(
            """
            chain oldest BF_HOOK_NF_LOCAL_IN{priorities=102-101} DROP
                rule
                    ip4.proto eq tcp
                    ACCEPT
            chain newest BF_HOOK_XDP{ifindex=1} ACCEPT
                rule
                    meta.iface eq 1
                    counter
                    DROP
            """);
  }

  @Test
  void noChainsAreNoRules() {
    assertThat(printed(List.of())).isEmpty();
  }

  /** No name of an interface is known where they are read back. */
  @Test
  void randomChainsCanBeReadBack() {
    RandomChains random = new RandomChains(new SplittableRandom(7));
    for (int i = 0; i < 2_000; i++) {
      Ruleset ruleset = random.ruleset();

      String text = printed(ruleset.chains());

      ParseResult read = RulesetParser.parse(new Source("printed", text), InterfaceResolver.none());
      assertThat(read.errors()).as(text).isEmpty();
      assertThat(read.ruleset().orElseThrow().withoutSpans())
          .as(text)
          .isEqualTo(ruleset.withoutSpans());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a b", "/a,b", "/a}", "/a{", "/a#b", "/a\nb", "/a\u0001", "/\ud800"})
  void whatCanNotBeWrittenIsRefusedBeforeAnythingIsPrinted(String path) {
    Chain good = LoadedChains.parse("chain good BF_HOOK_XDP DROP").getFirst();
    Chain bad =
        LoadedChains.parse("chain bad BF_HOOK_CGROUP_SKB_EGRESS ACCEPT")
            .getFirst()
            .withOptions(HookOptions.ofCgpath(path));

    for (List<Chain> chains : List.of(List.of(good, bad), List.of(bad, good))) {
      assertThatThrownBy(() -> printed(chains))
          .isInstanceOfSatisfying(
              CommandException.class,
              e -> {
                assertThat(e.errno()).isEqualTo(22);
                assertThat(e.lines())
                    .containsExactly(
                        "chain 'bad' can't be written as rules, which have no way to say cgpath='"
                            + path
                            + "': Invalid argument");
              });
      assertThat(out.size()).isZero();
    }
  }
}
