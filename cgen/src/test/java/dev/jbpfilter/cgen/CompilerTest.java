package dev.jbpfilter.cgen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.RegisterAllocator;
import dev.jbpfilter.ruleset.Chain;
import org.junit.jupiter.api.Test;

class CompilerTest {
  private static final String EVERY_FIELD =
      """
      chain t BF_HOOK_XDP DROP
        rule meta.l3_proto 0x0806 counter CONTINUE
        rule meta.l4_proto not 47 counter CONTINUE
        rule ip4.saddr 192.0.2.1 ip4.daddr 192.0.2.2 ip4.proto 6 counter CONTINUE
        rule tcp.sport 1 tcp.dport range 2-3 tcp.flags syn counter CONTINUE
        rule udp.sport not 1 udp.dport not range 2-3 counter DROP
        rule icmp.type 8 icmp.code 0 counter ACCEPT
        rule ip4.snet 10.0.0.0/8 ip4.dnet not 10.0.0.0/8 meta.sport 1 meta.dport 2 ACCEPT
      """;

  @Test
  void rulesTouchNoMemoryEvenWhenEveryFieldIsTested() {
    Code<Phys> code =
        RegisterAllocator.allocate(
                Compiler.compile(Chains.parse(EVERY_FIELD)).functions().getFirst())
            .output();
    boolean inRules = false;
    int checked = 0;
    for (Element<Phys> element : code.elements()) {
      if (element instanceof Element.Note<Phys>(String text)) {
        inRules = text.startsWith("rule ");
      } else if (inRules) {
        checked++;
        assertThat(element)
            .isNotInstanceOfAny(Element.Load.class, Element.Store.class, Element.Call.class);
      }
    }
    assertThat(checked).isGreaterThan(30);
  }

  @Test
  void countersHaveAnEntryForEachRuleThePolicyAndErrors() {
    MapSpec counters = Compiler.compile(Chains.parse(EVERY_FIELD)).maps().getFirst();
    assertThat(counters.name()).isEqualTo("bf_cmap");
    assertThat(counters.maxEntries()).isEqualTo(9);
  }

  @Test
  void depthIsThatOfTheDeepestRuleEvenIfItDoesNothing() {
    Chain chain = Chains.parse("chain t BF_HOOK_XDP DROP rule tcp.dport 1 CONTINUE");
    FilterProgram program = Compiler.compile(chain).filter();
    assertThat(program.rules()).isEmpty();
    assertThat(program.depth()).isEqualTo(ParseDepth.TRANSPORT);
  }

  /** The direct matcher looks through the extension headers, sets do not. */
  @Test
  void nextHeadersInSetsNeedNoExtensionHeaders() {
    String start = "chain t BF_HOOK_XDP DROP rule ";
    assertThat(
            Compiler.compile(Chains.parse(start + "(ip6.nexthdr) in {tcp} DROP")).filter().depth())
        .isEqualTo(ParseDepth.NETWORK);
    assertThat(Compiler.compile(Chains.parse(start + "ip6.nexthdr tcp DROP")).filter().depth())
        .isEqualTo(ParseDepth.EXTENSIONS);
  }

  @Test
  void disabledRulesDoNotCount() {
    Chain chain = Chains.parse("chain t BF_HOOK_XDP DROP rule tcp.dport 1 udp.dport 1 DROP");
    FilterProgram program = Compiler.compile(chain).filter();
    assertThat(program.depth()).isEqualTo(ParseDepth.NONE);
    assertThat(program.policyCounter()).isEqualTo(1);
  }
}
