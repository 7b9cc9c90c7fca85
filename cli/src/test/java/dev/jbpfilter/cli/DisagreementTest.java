package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Ruleset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is left behind when a program does not what its rules mean. */
class DisagreementTest {
  @Test
  void theReproducerIsARulesetThatNamesThePacket() throws Exception {
    Chain chain =
        Ruleset.parse("chain a BF_HOOK_XDP DROP rule tcp.dport 22 ACCEPT").chains().getFirst();
    CommandException failure =
        Disagreement.of(chain, "tcp 192.0.2.7:1 > 192.0.2.1:22 syn", "the rules mean 1\nnot 2");
    assertThat(failure.lines()).hasSize(2);
    assertThat(failure.lines().getFirst())
        .isEqualTo(
            "the program of chain 'a' is wrong for tcp 192.0.2.7:1 > 192.0.2.1:22 syn\n"
                + "the rules mean 1\nnot 2");
    String report = failure.lines().getLast();
    Path file = Path.of(report.substring(report.indexOf(" in /") + 4));
    try {
      String text = Files.readString(file);
      assertThat(text)
          .startsWith("# the program of chain 'a' is wrong for tcp 192.0.2.7:1")
          .contains("# not 2\n# bfcli ");
      assertThat(Ruleset.parse(text).chains().getFirst().withoutSpans())
          .isEqualTo(chain.withoutSpans());
    } finally {
      Files.delete(file);
    }
  }
}
