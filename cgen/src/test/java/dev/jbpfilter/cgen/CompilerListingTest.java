package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.CodePrinter;
import dev.jbpfilter.bytecode.Disassembler;
import dev.jbpfilter.bytecode.testing.Golden;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules in; filter program, virtual code and final listing out. */
class CompilerListingTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          empty         | chain t BF_HOOK_XDP DROP
          address       | chain t BF_HOOK_XDP ACCEPT rule ip4.saddr 192.0.2.1 counter DROP
          ethertype     | chain t BF_HOOK_XDP DROP rule meta.l3_proto not 0x0806 DROP
          networks      | chain t BF_HOOK_XDP ACCEPT rule ip4.snet 10.1.2.3/8 ip4.dnet not 0.0.0.0/0 DROP
          ports         | chain t BF_HOOK_XDP DROP rule tcp.dport not range 80-90 counter ACCEPT rule meta.sport 53 ACCEPT
          flags         | chain t BF_HOOK_XDP ACCEPT rule tcp.flags any syn,fin counter DROP rule tcp.flags not all ack counter CONTINUE
          continue      | chain t BF_HOOK_XDP NEXT rule icmp.type 8 counter CONTINUE rule icmp.code not 0 CONTINUE rule meta.l4_proto 47 DROP
          disabled      | chain t BF_HOOK_XDP ACCEPT rule tcp.dport 1 udp.dport 1 counter DROP rule ip4.proto 6 counter DROP
          """)
  void listings(String name, String rules) {
    CompiledChain compiled = Compiler.compile(Chains.parse(rules));
    Golden.check(name + ".ir", compiled.filter().print());
    Golden.check(name + ".virt", CodePrinter.print(compiled.code()));
    Golden.check(name + ".asm", Disassembler.disassemble(compiled.program()));
  }
}
