package dev.jbpfilter.tests.benchmarks;

import java.util.Random;
import java.util.function.Function;

/** Kinds of large rules texts, and how many items of each a program is expected to cope with. */
public enum RulesTexts {
  /** Rules with one matcher each. */
  RULES(100_000),
  /** Rules as firewalls have them: several matchers, sets, counters, logs, marks. */
  FIREWALL(100_000),
  IPV4(1_000_000),
  IPV4_PORT(1_000_000),
  IPV4_NETWORK(1_000_000),
  /** Addresses without runs of zeros, so that most take 39 characters. */
  IPV6(1_000_000),
  IPV6_NETWORK(1_000_000),
  /** Elements that are all refused: the reader gives up after some. */
  BAD_ELEMENTS(1_000_000);

  private static final String[] PROTOCOLS = {"tcp", "udp", "icmp", "gre"};

  private final int count;

  RulesTexts(int count) {
    this.count = count;
  }

  /** Writes one rule, which follows the word {@code rule}. */
  private interface RuleWriter {
    String rule(Random random, int index);
  }

  /** The rules or elements of a large text. */
  public int count() {
    return count;
  }

  /** A text with that many rules or elements; always the same. */
  public String text(int items) {
    return switch (this) {
      case RULES -> rules(items, (random, i) -> "ip4.saddr " + ipv4(random) + " DROP");
      case FIREWALL -> rules(items, RulesTexts::firewallRule);
      case IPV4 -> set("ip4.saddr", items, RulesTexts::ipv4);
      case IPV4_PORT -> set("ip4.saddr, tcp.dport", items, r -> ipv4(r) + ", " + port(r));
      case IPV4_NETWORK -> set("ip4.snet", items, r -> ipv4(r) + "/" + (8 + r.nextInt(25)));
      case IPV6 -> set("ip6.saddr", items, RulesTexts::ipv6);
      case IPV6_NETWORK -> set("ip6.snet", items, r -> ipv6(r) + "/" + (16 + r.nextInt(113)));
      case BAD_ELEMENTS -> set("ip4.saddr", items, random -> ipv4(random) + ".1");
    };
  }

  private static String rules(int count, RuleWriter writer) {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder("chain large BF_HOOK_TC_INGRESS ACCEPT\n");
    text.append("    set hosts (ip4.saddr) in { 192.0.2.1; 192.0.2.2 }\n");
    for (int i = 0; i < count; i++) {
      text.append("    rule ").append(writer.rule(random, i)).append('\n');
    }
    return text.toString();
  }

  private static String firewallRule(Random random, int index) {
    return switch (index % 8) {
      case 0 -> "ip4.saddr " + ipv4(random) + " tcp.dport " + port(random) + " counter ACCEPT";
      case 1 -> "ip4.snet " + ipv4(random) + "/16 tcp.dport range 1024-2048 log link,internet DROP";
      case 2 ->
          "(ip4.saddr, tcp.dport) in { "
              + (ipv4(random) + ", 22; " + ipv4(random) + ", " + port(random))
              + " } counter DROP";
      case 3 -> "(ip4.saddr) not in hosts udp.dport not 53 counter log every 1s CONTINUE";
      case 4 -> "ip6.snet " + ipv6(random) + "/64 udp.dport eq " + port(random) + " DROP";
      case 5 ->
          "ip4.proto " + PROTOCOLS[random.nextInt(PROTOCOLS.length)] + " mark 0x10 counter ACCEPT";
      case 6 -> "icmp.type echo-request meta.probability 50% counter DROP";
      default ->
          "ip4.saddr not eq "
              + ipv4(random)
              + "\n        tcp.flags any syn,ack\n        counter\n        NEXT";
    };
  }

  private static String set(String key, int count, Function<Random, String> element) {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder("chain large BF_HOOK_XDP ACCEPT\n");
    text.append("    set hosts (").append(key).append(") in {\n");
    for (int i = 0; i < count; i++) {
      text.append("        ").append(element.apply(random)).append('\n');
    }
    return text.append("    }\n    rule (").append(key).append(") in hosts DROP\n").toString();
  }

  private static int port(Random random) {
    return random.nextInt(1 << 16);
  }

  private static String ipv4(Random random) {
    int bits = random.nextInt();
    return (bits >>> 24) + "." + (bits >> 16 & 255) + "." + (bits >> 8 & 255) + "." + (bits & 255);
  }

  private static String ipv6(Random random) {
    StringBuilder text = new StringBuilder("2001");
    for (int i = 0; i < 7; i++) {
      text.append(':').append(Integer.toHexString(random.nextInt(1 << 16)));
    }
    return text.toString();
  }
}
