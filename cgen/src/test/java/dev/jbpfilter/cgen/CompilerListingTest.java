package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.CodePrinter;
import dev.jbpfilter.bytecode.Disassembler;
import dev.jbpfilter.bytecode.Virt;
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
          ipv6          | chain t BF_HOOK_TC_INGRESS ACCEPT rule ip6.saddr 2001:db8::1 ip6.dnet fd00::/8 ip6.nexthdr frag counter DROP rule ip6.snet not 2001:db8::/96 ip6.dscp ef DROP
          sets          | chain t BF_HOOK_CGROUP_SKB_EGRESS ACCEPT set a (ip4.saddr, tcp.dport, ip4.proto) in {192.0.2.1, 80, tcp} set b (ip4.saddr, tcp.dport, ip4.proto) in {192.0.2.2, 80, tcp} rule (ip4.saddr, tcp.dport, ip4.proto) not in b counter DROP rule (ip6.dnet) in {fd00::/8} DROP
          actions       | chain t BF_HOOK_TC_EGRESS NEXT rule ip4.proto 6 mark 0x10 counter log CONTINUE rule meta.mark 0x10 log link every 1s DROP rule meta.probability 50% REDIRECT 2 in
          netfilter     | chain t BF_HOOK_NF_LOCAL_IN DROP rule meta.iface 2 meta.mark 1 tcp.dport 22 counter ACCEPT
          connect       | chain t BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4 ACCEPT rule ip4.daddr 192.0.2.1 tcp.dport 443 log counter DROP
          sendmsg       | chain t BF_HOOK_CGROUP_SOCK_ADDR_SENDMSG6 DROP rule (ip6.saddr, udp.dport) in {2001:db8::1, 53} counter ACCEPT
          flow          | chain t BF_HOOK_XDP ACCEPT rule meta.flow_probability 50% counter DROP
          disabled      | chain t BF_HOOK_XDP ACCEPT rule tcp.dport 1 udp.dport 1 counter DROP rule ip4.proto 6 counter DROP
          """)
  void listings(String name, String rules) {
    CompiledChain compiled = Compiler.compile(Chains.parse(rules));
    Golden.check(name + ".ir", compiled.filter().print());
    Golden.check(name + ".virt", print(compiled));
    Golden.check(name + ".asm", Disassembler.disassemble(compiled.program()));
  }

  private static String print(CompiledChain compiled) {
    StringBuilder text = new StringBuilder();
    for (Code<Virt> function : compiled.functions()) {
      text.append(CodePrinter.print(function));
    }
    return text.toString();
  }
}
