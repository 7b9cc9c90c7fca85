package dev.jbpfilter.ruleset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.ruleset.testing.RandomChains;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RulesPrinterTest {

  private static Ruleset reparse(String text) {
    return RulesetParser.parse(new Source("printed", text), InterfaceResolver.none())
        .ruleset()
        .orElseThrow();
  }

  @Test
  void printsEveryConstruct() {
    Ruleset ruleset =
        Texts.accept(
            """
            chain all BF_HOOK_TC_INGRESS{ifindex=0x10} NEXT
              set n1 (ip4.saddr,tcp.dport) in {10.0.0.2,80;10.0.0.1,443}
              set empty (ip4.proto) in {}
              set nets (ip6.snet) in {fe80::1/10; ::ffff:1.2.3.4/128}
              rule tcp.sport range 1-65535 tcp.flags not all rst,psh log link,transport every 1.5s
                mark 0xff counter REDIRECT lo out
              rule (ip4.saddr,tcp.dport) in n1 (ip4.daddr) in {1.1.1.1;2.2.2.2} (tcp.dport) not in {80}
                DROP
              rule (ip4.proto) not in empty meta.iface eth0 log counter CONTINUE
              rule ip4.snet 10.1.2.3/8 meta.probability 12.3456789% ip6.daddr ::ffff:1:2 mark 0 NEXT
              rule icmp.type redirect icmp.code 3 ip4.dscp ef meta.l3_proto 0x806 ACCEPT
            chain n BF_HOOK_NF_FORWARD{priorities=2-1} DROP
            chain c BF_HOOK_CGROUP_SKB_INGRESS{cgpath=/sys/fs/cgroup/é@:x} ACCEPT
            """);
    String printed = RulesPrinter.print(ruleset);
    assertThat(printed)
        .isEqualTo(
            """
            chain all BF_HOOK_TC_INGRESS{ifindex=16} NEXT
                set n1 (ip4.saddr, tcp.dport) in {
                    10.0.0.2, 80
                    10.0.0.1, 443
                }
                set empty (ip4.proto) in {
                }
                set nets (ip6.snet) in {
                    fe80::1/10
                    ::ffff:102:304/128
                }
                rule
                    tcp.sport range 1-65535
                    tcp.flags not all rst,psh
                    log link,transport every 1500ms
                    mark 0xff
                    counter
                    REDIRECT 1 out
                rule
                    (ip4.saddr, tcp.dport) in n1
                    (ip4.daddr) in {
                        1.1.1.1
                        2.2.2.2
                    }
                    (tcp.dport) not in {
                        80
                    }
                    DROP
                rule
                    (ip4.proto) not in empty
                    meta.iface eq 2
                    log
                    counter
                    CONTINUE
                rule
                    ip4.snet eq 10.1.2.3/8
                    meta.probability eq 12.345679%
                    ip6.daddr eq ::ffff:1:2
                    mark 0x0
                    NEXT
                rule
                    icmp.type eq redirect
                    icmp.code eq 3
                    ip4.dscp eq ef
                    meta.l3_proto eq 0x0806
                    ACCEPT
            chain n BF_HOOK_NF_FORWARD{priorities=2-1} DROP
            chain c BF_HOOK_CGROUP_SKB_INGRESS{cgpath=/sys/fs/cgroup/é@:x} ACCEPT
            """);
    assertThat(reparse(printed).withoutSpans()).isEqualTo(ruleset.withoutSpans());
    assertThat(ruleset).hasToString(printed);
  }

  @Test
  void roundTripsRandomChains() {
    RandomChains random = new RandomChains(new Random(2024));
    for (int i = 0; i < 500; i++) {
      Chain chain = random.chain();
      String printed = RulesPrinter.print(chain);
      assertThat(reparse(printed).withoutSpans().chains()).as(printed).isEqualTo(List.of(chain));
    }
  }

  @Test
  void longSetsAreWrittenInPieces() {
    SetElementsBuilder elements = SetElements.builder(SetKey.of(MatcherType.TCP_DPORT));
    for (int port = 0; port < 65_536; port++) {
      elements.add(new Payload.Scalar(port));
    }
    FilterSet set = new FilterSet("ports", elements.build());
    Chain chain =
        new Chain("a", Hook.XDP, HookOptions.NONE, Policy.DROP, List.of(set), List.of(), Span.NONE);
    List<String> pieces = new ArrayList<>();
    RulesPrinter.print(
        chain,
        new Appendable() {
          @Override
          public Appendable append(CharSequence text) {
            pieces.add(text.toString());
            return this;
          }

          @Override
          public Appendable append(CharSequence text, int start, int end) {
            return append(text.subSequence(start, end));
          }

          @Override
          public Appendable append(char c) {
            return append(String.valueOf(c));
          }
        });

    assertThat(pieces).hasSizeGreaterThan(50).allMatch(piece -> piece.length() < 10_000);
    assertThat(String.join("", pieces)).isEqualTo(RulesPrinter.print(chain));
  }

  @Test
  void failuresOfTheTargetArePassedOn() {
    Chain chain = Texts.chain("chain a BF_HOOK_XDP ACCEPT");
    IOException failure = new IOException("full");
    Writer full =
        new Writer() {
          @Override
          public void write(char[] buffer, int offset, int length) throws IOException {
            throw failure;
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };

    assertThatThrownBy(() -> RulesPrinter.print(chain, full))
        .isInstanceOf(UncheckedIOException.class)
        .hasCause(failure);
  }

  @Test
  void leavesOptionsOut() {
    Chain chain = Texts.chain("chain a BF_HOOK_XDP{ifindex=2} ACCEPT");
    assertThat(RulesPrinter.printWithoutOptions(chain)).isEqualTo("chain a BF_HOOK_XDP ACCEPT\n");
  }

  @Test
  void refusesPathsThatCannotBeWritten() {
    Chain chain =
        Texts.chain("chain a BF_HOOK_CGROUP_SKB_EGRESS ACCEPT")
            .withOptions(HookOptions.ofCgpath("/a b"));
    assertThatThrownBy(() -> RulesPrinter.print(chain))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/a b");
    assertThat(RulesPrinter.printWithoutOptions(chain)).startsWith("chain a ");
    assertThat(chain).hasToString("chain a BF_HOOK_CGROUP_SKB_EGRESS{cgpath=/a b} ACCEPT\n");
  }
}
