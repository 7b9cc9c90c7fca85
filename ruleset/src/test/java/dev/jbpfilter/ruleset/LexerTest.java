package dev.jbpfilter.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LexerTest {

  private static String tokens(String text) {
    Lexer lexer = new Lexer(text, 0, false);
    List<String> tokens = new ArrayList<>();
    for (Token token = lexer.next(); token.kind() != TokenKind.END; token = lexer.next()) {
      tokens.add(token.kind().display() + ":" + text.substring(token.start(), token.end()));
    }
    return String.join(" ", tokens);
  }

  /** A row for every row of the token table, and for the ties and modes between them. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          chain rule set not counter | CHAIN:chain RULE:rule SET:set NEGATE:not COUNTER:counter
          chain1 rules _set nots | STRING:chain1 STRING:rules STRING:_set STRING:nots
          BF_HOOK_XDP BF_HOOK_X1_ | HOOK:BF_HOOK_XDP HOOK:BF_HOOK_X1_
          BF_HOOK_ BF_HOOK_xdp BF_HOOK_XDPx | STRING:BF_HOOK_ STRING:BF_HOOK_xdp STRING:BF_HOOK_XDPx
          BF_HOOK_A{,a=b/c-d._,}, | HOOK:BF_HOOK_A RAW_HOOKOPT:a=b/c-d._ ',':,
          BF_HOOK_A{a=/x@y:z+w,b=1} | HOOK:BF_HOOK_A RAW_HOOKOPT:a=/x@y:z+w RAW_HOOKOPT:b=1
          BF_HOOK_A a=/x@ | HOOK:BF_HOOK_A RAW_HOOKOPT:a=/x invalid token:@
          BF_HOOK_A a=1 ACCEPT{,}} | HOOK:BF_HOOK_A RAW_HOOKOPT:a=1 VERDICT:ACCEPT invalid token:}
          a=1 | STRING:a invalid token:= STRING:1
          ACCEPT DROP CONTINUE NEXT Accept | VERDICT:ACCEPT VERDICT:DROP VERDICT:CONTINUE VERDICT:NEXT STRING:Accept
          REDIRECT eth_0-1 out out | REDIRECT_TOKEN:REDIRECT REDIRECT_IFACE:eth_0-1 REDIRECT_DIR:out STRING:out
          REDIRECT mark in in | REDIRECT_TOKEN:REDIRECT REDIRECT_IFACE:mark REDIRECT_DIR:in STRING:in
          REDIRECT not in | REDIRECT_TOKEN:REDIRECT NEGATE:not REDIRECT_IFACE:in
          mark -0x1 -0x1 | MARK:mark STRING:-0x1 invalid token:- STRING:0x1
          mark 1_0 -1 | MARK:mark STRING:1_0 STRING:-1
          mark log mark mark | MARK:mark STRING:log MARK:mark MARK:mark
          log every 1.5s 1.5s | LOG:log EVERY:every STRING:1.5s STRING:1 invalid token:. STRING:5s
          every 1e3ns every 1S | EVERY:every STRING:1e3ns EVERY:every STRING:1S
          every 1.s | EVERY:every STRING:1 invalid token:. STRING:s
          ( a.b ,c.d )in{x;#}↵}in | SET_TYPE:( a.b ,c.d ) MATCHER_OP:in SET_RAW_PAYLOAD:{x;#}↵} STRING:in
          (a.b) name in | SET_TYPE:(a.b) STRING:name MATCHER_OP:in
          (a) | invalid token:( STRING:a invalid token:)
          (a.b) in {x | SET_TYPE:(a.b) MATCHER_OP:in invalid token:{ STRING:x
          {x} | invalid token:{ STRING:x invalid token:}
          meta.iface eq eth-0 | MATCHER_TYPE:meta.iface MATCHER_OP:eq RAW_PAYLOAD:eth-0
          meta.iface eth0.1@if_2: x | MATCHER_TYPE:meta.iface RAW_PAYLOAD:eth0.1@if_2: STRING:x
          meta.l3_proto 0x0800 meta.l4_protocol | MATCHER_TYPE:meta.l3_proto RAW_PAYLOAD:0x0800 MATCHER_TYPE:meta.l4_proto RAW_PAYLOAD:col
          ip4.proto counter ip4.proto log | MATCHER_TYPE:ip4.proto COUNTER:counter MATCHER_TYPE:ip4.proto LOG:log
          ip4.proto any echo-reply | MATCHER_TYPE:ip4.proto RAW_PAYLOAD:any STRING:echo invalid token:- STRING:reply
          icmp.type eq echo-reply | MATCHER_TYPE:icmp.type MATCHER_OP:eq RAW_PAYLOAD:echo-reply
          meta.probability 12.5%% | MATCHER_TYPE:meta.probability RAW_PAYLOAD:12.5% invalid token:%
          meta.probability .5% | MATCHER_TYPE:meta.probability invalid token:. RAW_PAYLOAD:5%
          meta.probability 50 | MATCHER_TYPE:meta.probability STRING:50
          icmp.code eq 4_4 | MATCHER_TYPE:icmp.code MATCHER_OP:eq STRING:4_4
          tcp.dport80 | MATCHER_TYPE:tcp.dport RAW_PAYLOAD:80
          tcp.dport range 1--2 3 | MATCHER_TYPE:tcp.dport MATCHER_OP:range RAW_PAYLOAD:1--2 STRING:3
          tcp.dport range 1-2-3 | MATCHER_TYPE:tcp.dport MATCHER_OP:range RAW_PAYLOAD:1-2 invalid token:- STRING:3
          tcp.dport in 80 | MATCHER_TYPE:tcp.dport RAW_PAYLOAD:in STRING:80
          meta.mark range 1 | MATCHER_TYPE:meta.mark RAW_PAYLOAD:range STRING:1
          ip4.saddr 1.2.3.4.5 | MATCHER_TYPE:ip4.saddr RAW_PAYLOAD:1.2.3.4 invalid token:. STRING:5
          ip4.saddr 1.2.3 | MATCHER_TYPE:ip4.saddr STRING:1 invalid token:. STRING:2 invalid token:. STRING:3
          ip4.snet 1.2.3.4/0x8 | MATCHER_TYPE:ip4.snet RAW_PAYLOAD:1.2.3.4/0x8
          ip4.snet 1.2.3.4 | MATCHER_TYPE:ip4.snet STRING:1 invalid token:. STRING:2 invalid token:. STRING:3 invalid token:. STRING:4
          ip6.saddr ::1.2 | MATCHER_TYPE:ip6.saddr RAW_PAYLOAD:::1 invalid token:. STRING:2
          ip6.snet ::/0/1 | MATCHER_TYPE:ip6.snet RAW_PAYLOAD:::/0/1
          tcp.flags any syn,ack,, | MATCHER_TYPE:tcp.flags MATCHER_OP:any RAW_PAYLOAD:syn,ack, ',':,
          tcp.flags all not syn | MATCHER_TYPE:tcp.flags MATCHER_OP:all NEGATE:not RAW_PAYLOAD:syn
          DROP#x chain↵; | VERDICT:DROP invalid token:;
          in any all range eq out | STRING:in STRING:any STRING:all STRING:range STRING:eq STRING:out
          é😀 | invalid token:é invalid token:😀
          """)
  void cutsTexts(String text, String expected) {
    assertThat(tokens(unescape(text))).isEqualTo(unescape(expected));
  }

  private static String unescape(String text) {
    return text.replace("↵", "\n");
  }
}
