package dev.jbpfilter.loader;

import static dev.jbpfilter.loader.Installation.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.loader.testing.NetworkNamespace;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.ruleset.Chain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several programs on one TC point run in the order of the rules. */
@RequiresBpf
class TcxOrderTest {
  private List<String> before = List.of();
  private Installation kernel;
  private int v0;

  @BeforeEach
  void install() throws IOException {
    before = Descriptors.open();
    kernel = new Installation();
    v0 = kernel.index("v0");
  }

  @AfterEach
  void uninstall() throws IOException {
    kernel.run(Bpfilter::flush);
    kernel.close();
    assertThat(Descriptors.open()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "abc, abc",
    "abc, cba",
    "abc, bca",
    "abc, cab",
    "abc, xabc",
    "abc, axc",
    "abc, cxa",
    "abc, x",
    "abc, ca",
    "a, ba",
    "a, ab",
    "b, abc",
    "ab, cdba",
    "'', ab"
  })
  void aRulesetRunsAsWritten(String first, String second) {
    setRuleset(first);
    assertThat(running()).isEqualTo(first);
    Map<String, Integer> kept = links();
    setRuleset(second);
    assertThat(running()).isEqualTo(second);
    assertThat(restored()).isEqualTo(second);
    if (first.equals(second)) {
      assertThat(links()).isEqualTo(kept);
    }
  }

  @Test
  void randomRulesetsRunAsWritten() {
    Random random = new Random(6);
    for (int i = 0; i < 60; i++) {
      List<String> names = new ArrayList<>(List.of("a", "b", "c", "d", "e", "f"));
      Collections.shuffle(names, random);
      String order = String.join("", names.subList(0, random.nextInt(names.size() + 1)));
      setRuleset(order);
      assertThat(running()).isEqualTo(order);
      assertThat(restored()).isEqualTo(order);
    }
  }

  @Test
  void oneChainKeepsItsPlaceAndANewOneIsLast() {
    setRuleset("abc");
    kernel.set(text("b"));
    assertThat(running()).isEqualTo("abc");
    kernel.run(bpfilter -> bpfilter.updateChain(parse("chain a BF_HOOK_TC_INGRESS ACCEPT")));
    assertThat(running()).isEqualTo("abc");
    kernel.set(text("d"));
    assertThat(running()).isEqualTo("abcd");
  }

  /** A chain that is attached again is older than those that run before it. */
  @Test
  void theRulesetIsRestoredAsItRunsAndNotAsItWasMade() {
    kernel.set("chain x BF_HOOK_XDP DROP");
    setRuleset("ab");
    kernel.set("chain a BF_HOOK_TC_INGRESS NEXT");
    kernel.run(bpfilter -> bpfilter.attachChain("a", parse(text("a")).options()));
    kernel.set("chain y BF_HOOK_XDP DROP");
    assertThat(running()).isEqualTo("ba");
    List<Chain> chains = kernel.call(Bpfilter::ruleset).chains();
    assertThat(chains).extracting(Chain::name).containsExactly("b", "a", "y");
    kernel.run(bpfilter -> bpfilter.setRuleset(chains));
    assertThat(running()).isEqualTo("ba");
    assertThat(kernel.names()).containsExactly("y", "a", "b");
  }

  @Test
  void programsOfOthersStayWhereTheyAre() {
    kernel.set("chain z BF_HOOK_TC_INGRESS NEXT");
    try (BpfProgram program = kernel.call(bpfilter -> bpfilter.openProgram("z"));
        BpfLink other =
            kernel.namespace.call(
                () -> kernel.kernel.attachTcx(program, v0, AttachType.TCX_INGRESS))) {
      setRuleset("ab");
      setRuleset("ba");
      int id = other.info().id();
      List<Integer> ids = ids();
      assertThat(ids).hasSize(3).contains(id);
      assertThat(running()).isEqualTo("ba");
      other.detach();
    }
  }

  @Test
  void otherDirectionsAndNamespacesAreOtherPoints() {
    kernel.run(bpfilter ->
        bpfilter.setRuleset(
            List.of(parse(text("a")), parse(text("b").replace("INGRESS", "EGRESS")))));
    try (NetworkNamespace other = new NetworkNamespace()) {
      other.run(() -> {
        try (Bpfilter bpfilter = Bpfilter.open(kernel.kernel, kernel.bpffs.path(), e -> {})) {
          bpfilter.setChain(parse(text("c")));
          assertThat(bpfilter.ruleset().chains())
              .extracting(Chain::name)
              .containsExactly("a", "b", "c");
        }
      });
      assertThat(running()).isEqualTo("a");
      kernel.run(Bpfilter::flush);
    }
  }

  private void setRuleset(String names) {
    List<Chain> chains = new ArrayList<>();
    for (int i = 0; i < names.length(); i++) {
      chains.add(parse(text(names.substring(i, i + 1))));
    }
    kernel.run(bpfilter -> bpfilter.setRuleset(chains));
  }

  private String text(String name) {
    return "chain " + name + " BF_HOOK_TC_INGRESS{ifindex=" + v0 + "} NEXT";
  }

  private List<Integer> ids() {
    return kernel.namespace.call(() ->
        kernel.kernel.tcxLinks(v0, AttachType.TCX_INGRESS).orElseThrow());
  }

  private Map<String, Integer> links() {
    Map<String, Integer> links = new HashMap<>();
    for (String name : kernel.names()) {
      kernel.observe(name).link().ifPresent(link -> links.put(name, link.id()));
    }
    return links;
  }

  /** The names of our chains, in the order in which the kernel runs them. */
  private String running() {
    Map<Integer, String> names = new HashMap<>();
    links().forEach((name, id) -> names.put(id, name));
    StringBuilder running = new StringBuilder();
    for (int id : ids()) {
      running.append(names.getOrDefault(id, ""));
    }
    return running.toString();
  }

  private String restored() {
    StringBuilder restored = new StringBuilder();
    for (Chain chain : kernel.call(Bpfilter::ruleset).chains()) {
      restored.append(chain.name());
    }
    return restored.toString();
  }
}
