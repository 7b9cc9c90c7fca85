package dev.jbpfilter.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that the reference tool accepts and refuses. */
class ConformanceVectorsTest {
  private static final String IN_RULE = "chain a BF_HOOK_TC_INGRESS ACCEPT rule ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chain 1 BF_HOOK_XDP ACCEPT",
        "chain in BF_HOOK_XDP NEXT",
        "chain a BF_HOOK_XDP ifindex=2 ACCEPT",
        "chain a BF_HOOK_NF_LOCAL_IN{family=inet4,priorities=101-102} ACCEPT",
        "chain a BF_HOOK_XDP{ifindex=2}ACCEPT rule(ip4.saddr)in{1.1.1.1}counter DROP",
        "chain a BF_HOOK_XDP {,,ifindex=2,,} ACCEPT",
        "chain a BF_HOOK_XDP {} ACCEPT",
        "chain a BF_HOOK_XDP {ifindex=2 ACCEPT",
        "chain a BF_HOOK_XDP ACCEPT , { }",
        "chain chain1 BF_HOOK_XDP ACCEPT",
        "chain ACCEPTED BF_HOOK_XDP ACCEPT",
        "chain logs BF_HOOK_XDP ACCEPT set eq (ip4.saddr) in {1.1.1.1}",
        "chain _x BF_HOOK_XDP DROP chain _x BF_HOOK_XDP DROP",
        "chain a BF_HOOK_XDP ACCEPT rule tcp.dport80 DROP#x",
        "chain a BF_HOOK_XDP{ifindex=0x10}ACCEPT",
        "# only\nchain a # here\nBF_HOOK_XDP#there {}\nACCEPT",
      })
  void acceptsTexts(String text) {
    assertThat(Texts.parse(text).errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ip4.proto ICMP log every 1.5s counter mark 0x1 DROP",
        "ip4.proto tcp mark 010 counter log LINK,Internet DROP",
        "ip4.proto tcp log link , internet , link DROP",
        "ip4.proto tcp log every 1e3ns DROP",
        "ip4.proto tcp log every 18446744073s DROP",
        "ip4.proto tcp log every 0.5ns DROP",
        "ip4.proto tcp mark -0 DROP",
        "tcp.flags not any syn,ack ACCEPT",
        "tcp.flags SYN, DROP",
        "ip4.snet 1.1.1.1/024 DROP",
        "ip4.dscp 3f DROP",
        "icmp.code ff DROP",
        "meta.flow_hash range 1-eff DROP",
        "meta.l3_proto 0X0800 DROP",
        "ip6.snet ::/0 DROP",
        "(ip4.saddr) in {;1.1.1.1;;} DROP",
        "(ip4.saddr, icmp.code) in {192.168.1.1 , 41 ;\n 192.168.1.1,42} DROP",
        "(icmpv6.code   , icmpv6.type   ) in {3, echo-reply} DROP",
        "ip4.proto tcp REDIRECT 99999 out",
        "ip4.proto tcp REDIRECT lo in",
        "(ip6.saddr) in {::ffff:1.2.3.4} DROP",
        "(ip4.saddr) in {\r\n1.1.1.1\r\n} DROP",
        "(ip4.saddr) in { } DROP",
        "(ip4.saddr) in {\n 1.1.1.1 } DROP",
        "(ip4.saddr) in {} DROP",
        "(ip4.saddr) in {1.1.1.1{2.2.2.2} DROP",
        "(ip4.saddr,tcp.dport) in {1.1.1.1,,80} DROP",
        "meta.iface eth0 DROP",
        "meta.iface eth0.1 DROP",
        "meta.iface 4294967295 DROP",
        "meta.sport 1 meta.sport 2 DROP",
        "ip6.nexthdr routing DROP",
      })
  void acceptsRules(String rule) {
    assertThat(Texts.parse(IN_RULE + rule).errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n\t",
        "# nothing",
        "chain a-b BF_HOOK_XDP ACCEPT",
        "chain log BF_HOOK_XDP ACCEPT",
        "chain a BF_HOOK_XDP accept",
        "chain a BF_HOOK_XDP REDIRECT",
        "chain a BF_HOOK_XDP CONTINUE",
        "chain a BF_HOOK_XDP{ifindex = 2} ACCEPT",
        "chain a BF_HOOK_XDP{foo} ACCEPT",
        "chain a BF_HOOK_XDP{cgpath=/a} ACCEPT",
        "chain a BF_HOOK_XDP{ifindex=2}} ACCEPT",
        "chain a BF_HOOK_XDP{ifindex=} ACCEPT",
        "chain a BF_HOOK_XDP{ifindex=2,ifindex=2} ACCEPT",
        "chain a BF_HOOK_XDP{ifindex=2147483648} ACCEPT",
        "chain a BF_HOOK_XDP{ifindex=-1} ACCEPT",
        "chain a BF_HOOK_XDP{ifindex=nope} ACCEPT",
        "chain a BF_HOOK_XDP{ifindex=2x} ACCEPT",
        "chain a BF_HOOK_XDP{foo=1} ACCEPT",
        "chain a BF_HOOK_NF_LOCAL_IN{priorities=1-1} ACCEPT",
        "chain a BF_HOOK_NF_LOCAL_IN{priorities=0-1} ACCEPT",
        "chain a BF_HOOK_NF_LOCAL_IN{priorities=-1-2} ACCEPT",
        "chain a BF_HOOK_NF_LOCAL_IN{priorities=5} ACCEPT",
        "chain a BF_HOOK_NF_LOCAL_IN{priorities=5-} ACCEPT",
        "chain a BF_HOOK_NF_LOCAL_IN{family=inet} ACCEPT",
        "chain a BF_HOOK_XDP ACCEPT;",
        "chain a BF_HOOK_FOO ACCEPT",
        "chain a BF_HOOK_XDP ACCEPT rule ip4.saddr 1.1.1.1 DROP set x (ip4.saddr) in {}",
        "chain __bf_staging_1 BF_HOOK_XDP ACCEPT",
        "chain a BF_HOOK_XDP ACCEPT rule ip4.proto tcp mark 1 DROP",
        "chain a BF_HOOK_XDP ACCEPT rule ip4.proto tcp REDIRECT 1 in",
        "chain a BF_HOOK_NF_FORWARD ACCEPT rule ip4.proto tcp REDIRECT 1 out",
        "chain a BF_HOOK_XDP ACCEPT set s (ip4.saddr) in {1.1.1.1} rule (ip4.saddr) in s DROP"
            + " chain in BF_HOOK_XDP ACCEPT",
      })
  void refusesTexts(String text) {
    Texts.refuse(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ACCEPT",
        "counter ACCEPT",
        "ip4.proto tcp",
        "ip4.proto tcp counter ip4.saddr 1.1.1.1 DROP",
        "ip4.proto tcp DROP counter",
        "not meta.iface lo DROP",
        "meta.iface eq not lo DROP",
        "meta.iface not not lo DROP",
        "meta.iface 0 DROP",
        "meta.iface 0x10 DROP",
        "meta.iface counter DROP",
        "ip4.proto log DROP",
        "ip4.saddr 01.1.1.1 DROP",
        "ip4.saddr 1.1.1.1.1 DROP",
        "ip4.saddr any 1.1.1.1 DROP",
        "ip4.saddr 1.1.1.1/24 DROP",
        "ip4.snet 1.1.1.1/0x8 DROP",
        "ip4.snet 1.1.1.1/33 DROP",
        "ip4.snet 1.1.1.1/4294967296 DROP",
        "ip6.snet ::1 DROP",
        "ip6.saddr ::ffff:1.2.3.4 DROP",
        "meta.sport 0x50 DROP",
        "meta.sport 80-90 DROP",
        "meta.sport range 90-80 DROP",
        "meta.sport range 80 - 90 DROP",
        "meta.sport range 0-0000000000000090000 DROP",
        "tcp.dport -18446744073709551615 DROP",
        "tcp.dport in 80 DROP",
        "tcp.sport 80_ DROP",
        "icmp.code 4_4 DROP",
        "ip4.proto any icmp DROP",
        "ip6.nexthdr route DROP",
        "tcp.flags syn, ack DROP",
        "tcp.flags fin,,syn DROP",
        "tcp.flags 0x2 DROP",
        "meta.probability 50 DROP",
        "meta.probability 50 % DROP",
        "meta.probability .5% DROP",
        "meta.probability 100.1% DROP",
        "icmpv6.type router-advertisement DROP",
        "(ip4.saddr) {1.1.1.1} DROP",
        "(ip4.saddr) in {1.1.1.1,2.2.2.2} DROP",
        "(ip4.saddr;icmp.code) in {1.1.1.1,1} DROP",
        "(ip4.snet, ip4.dnet) in {1.1.1.1/8,1.1.1.1/8} DROP",
        "(meta.dport) in {80} DROP",
        "(ip4.saddr, tcp.dport) in {1.1.1.1, } DROP",
        "(ip4.saddr, tcp.dport) in {1.1.1.1} DROP",
        "(ip4.saddr) in {1.1.1.1 DROP",
        "(ip4.saddr) in s DROP",
        "(ip4) in {} DROP",
        "() in {} DROP",
        "(ip4.foo) in {} DROP",
        "(tcp.dport,tcp.dport,tcp.dport,tcp.dport,tcp.dport,tcp.dport,tcp.dport,tcp.dport,"
            + "tcp.dport) in {} DROP",
        "(ip6.saddr,ip6.saddr,ip6.saddr,ip6.saddr,ip6.saddr) in {} DROP",
        "log DROP",
        "ip4.proto tcp log link, DROP",
        "ip4.proto tcp log link,,internet DROP",
        "ip4.proto tcp log link internet DROP",
        "ip4.proto tcp log foo DROP",
        "ip4.proto tcp log log DROP",
        "ip4.proto tcp counter counter DROP",
        "ip4.proto tcp mark 1 mark 2 DROP",
        "ip4.proto tcp log every 0s DROP",
        "ip4.proto tcp log every 0.4ns DROP",
        "ip4.proto tcp log every 1m DROP",
        "ip4.proto tcp log every 1S DROP",
        "ip4.proto tcp log every 1 DROP",
        "ip4.proto tcp log every .5s DROP",
        "ip4.proto tcp log every 1.s DROP",
        "ip4.proto tcp log every 18446744074s DROP",
        "ip4.proto tcp mark -3 DROP",
        "ip4.proto tcp mark 0x100000000 DROP",
        "ip4.proto tcp mark 1_0 DROP",
        "ip4.proto tcp mark 08 DROP",
        "ip4.proto tcp REDIRECT lo OUT",
        "ip4.proto tcp REDIRECT 0 out",
        "ip4.proto tcp REDIRECT nope out",
      })
  void refusesRules(String rule) {
    Texts.refuse(IN_RULE + rule);
  }
}
