package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.fuzz.Outcome;
import dev.jbpfilter.loader.ChainLog;
import dev.jbpfilter.loader.LoadedChain;
import dev.jbpfilter.loader.testing.ControlGroup;
import dev.jbpfilter.loader.testing.NetworkNamespace;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Operator;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.packet.Environment;
import dev.jbpfilter.ruleset.packet.Evaluation;
import dev.jbpfilter.ruleset.packet.Evaluator;
import dev.jbpfilter.ruleset.packet.LogEntry;
import dev.jbpfilter.ruleset.packet.LogRecord;
import dev.jbpfilter.ruleset.packet.SocketCall;
import dev.jbpfilter.ruleset.packet.WireBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Chains on socket calls, which have no test run: real sockets of a process in a control group. */
@RequiresBpf
class SocketAddressKernelTest {
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final String NEAR4 = "192.0.2.1";
  private static final String FAR4 = "198.51.100.2";
  private static final String NEAR6 = "2001:db8::1";
  private static final String FAR6 = "2001:db8:1::2";
  private static final String REACHED = "ok|Connection refused";

  private static ControlGroup group;
  private static NetworkNamespace namespace;
  private static Filtering filtering;
  private static CallingProcess process;

  @BeforeAll
  static void start() throws IOException {
    group = new ControlGroup();
    namespace = new NetworkNamespace();
    Shell.run("ip", "-n", namespace.name(), "link", "set", "lo", "up");
    for (String address : List.of(NEAR4, FAR4, NEAR6, FAR6)) {
      Shell.run("ip", "-n", namespace.name(), "addr", "add", address, "dev", "lo");
    }
    filtering = new Filtering();
    process = new CallingProcess(group, namespace);
  }

  @AfterAll
  static void stop() throws IOException {
    process.close();
    filtering.close();
    namespace.close();
    group.close();
  }

  @AfterEach
  void flush() {
    filtering.flush();
  }

  /** A call as a process makes it, and as a hook sees it. */
  private record Call(String words, SocketCall seen) {}

  private static List<Call> calls(Hook hook) {
    List<Call> calls = new ArrayList<>();
    boolean version4 = isVersion4(hook);
    for (String to : version4 ? List.of(NEAR4, FAR4) : List.of(NEAR6, FAR6)) {
      for (int port : new int[] {53, 80, 65535}) {
        if (isMessage(hook)) {
          String near = version4 ? NEAR4 : NEAR6;
          calls.add(send(version4, "-", to, port));
          calls.add(send(version4, near, to, port));
        } else {
          calls.add(connect(version4, "tcp", to, port));
          calls.add(connect(version4, "udp", to, port));
        }
      }
    }
    return calls;
  }

  private static boolean isVersion4(Hook hook) {
    return hook == Hook.CGROUP_SOCK_ADDR_CONNECT4 || hook == Hook.CGROUP_SOCK_ADDR_SENDMSG4;
  }

  private static boolean isMessage(Hook hook) {
    return hook == Hook.CGROUP_SOCK_ADDR_SENDMSG4 || hook == Hook.CGROUP_SOCK_ADDR_SENDMSG6;
  }

  private static Call connect(boolean version4, String protocol, String to, int port) {
    int number = protocol.equals("tcp") ? TCP : UDP;
    SocketCall call =
        version4
            ? SocketCall.to(address4(to), port, number)
            : SocketCall.to(address6(to), port, number);
    return new Call(protocol + " " + (version4 ? "4 " : "6 ") + to + " " + port, byProcess(call));
  }

  /** From a socket that is bound to an address, or to none. */
  private static Call send(boolean version4, String from, String to, int port) {
    boolean bound = !from.equals("-");
    SocketCall call =
        version4
            ? SocketCall.to(address4(to), port, UDP).from(address4(bound ? from : "0.0.0.0"))
            : SocketCall.to(address6(to), port, UDP).from(address6(bound ? from : "::"));
    String words = "send " + (version4 ? "4 " : "6 ") + from + " " + to + " " + port + " 8";
    return new Call(words, byProcess(call));
  }

  private static SocketCall byProcess(SocketCall call) {
    return call.by(process.number(), process.name());
  }

  private static Payload.Ipv4Address address4(String text) {
    return Payload.Ipv4Address.parse(text).orElseThrow();
  }

  private static Payload.Ipv6Address address6(String text) {
    return Payload.Ipv6Address.parse(text).orElseThrow();
  }

  /**
   * A condition of a rule.
   *
   * @param decides whether it holds for some of the calls and not for others
   */
  private record Condition(String text, boolean decides) {}

  /** Everything that a rule of a hook can say; the first value of each matcher decides. */
  private static List<Condition> conditions(Hook hook) {
    List<Condition> conditions = new ArrayList<>();
    for (MatcherType type : MatcherType.values()) {
      boolean fixed =
          switch (type) {
            case META_L3_PROTO, META_PROBABILITY -> true;
            case META_L4_PROTO, IP4_PROTO -> isMessage(hook);
            default -> false;
          };
      for (Operator operator : Operator.values()) {
        if (type.isCompatibleWith(hook) && type.supports(operator)) {
          List<String> values = values(type, operator);
          for (String value : values) {
            boolean decides = !fixed && value.equals(values.getFirst());
            for (String not : List.of(" ", " not ")) {
              conditions.add(new Condition(text(type, operator, not, value), decides));
            }
          }
        }
      }
    }
    return conditions;
  }

  private static String text(MatcherType type, Operator operator, String not, String value) {
    return operator == Operator.IN
        ? "(" + type.keyword() + ")" + not + "in {" + value + "}"
        : type.keyword() + not + operator.keyword() + " " + value;
  }

  private static List<String> values(MatcherType type, Operator operator) {
    if (operator == Operator.RANGE) {
      return List.of("54-80");
    }
    return switch (type) {
      case META_L3_PROTO -> List.of("ipv4", "ipv6", "0x0806");
      case META_L4_PROTO, IP4_PROTO -> List.of("tcp", "udp", "1");
      case META_PROBABILITY -> List.of("100%", "0%");
      case META_DPORT, TCP_DPORT, UDP_DPORT -> List.of("80", "65535");
      case IP4_SADDR, IP4_DADDR -> List.of(NEAR4, "0.0.0.0");
      case IP4_SNET, IP4_DNET -> List.of("192.0.2.77/24", "0.0.0.0/32");
      case IP6_SADDR, IP6_DADDR -> List.of(NEAR6, "::");
      case IP6_SNET, IP6_DNET -> List.of("2001:db8::ffff/48", "::/128");
      default -> throw new IllegalArgumentException(type.keyword());
    };
  }

  private static void set(String name, Hook hook, String policyAndRules) {
    filtering.set(
        namespace,
        "chain " + name + " " + hook.keyword() + "{cgpath=" + group.path() + "} " + policyAndRules);
  }

  @ParameterizedTest
  @EnumSource(value = Hook.class, names = "CGROUP_SOCK_ADDR_.*", mode = EnumSource.Mode.MATCH_ALL)
  void everyMatcher(Hook hook) throws IOException {
    List<Condition> conditions = conditions(hook);
    StringBuilder rules = new StringBuilder("ACCEPT\n");
    for (Condition condition : conditions) {
      rules.append("rule ").append(condition.text).append(" log counter CONTINUE\n");
    }
    set("c", hook, rules.toString());
    Evaluator evaluator = Evaluator.of(filtering.chain("c").chain(), Environment.fixed(1, 0));
    List<Call> calls = calls(hook);
    List<Integer> matches = new ArrayList<>(Collections.nCopies(conditions.size(), 0));
    try (ChainLog log = filtering.log("c")) {
      for (Call call : calls) {
        LoadedChain before = filtering.chain("c");
        assertThat(process.call(call.words)).as(call.words).matches(REACHED);
        LoadedChain after = filtering.chain("c");
        Evaluation expected = evaluator.evaluate(call.seen);
        for (int i = 0; i < conditions.size(); i++) {
          long matched = after.rules().get(i).packets() - before.rules().get(i).packets();
          assertThat(matched)
              .as("%s: %s", call.words, conditions.get(i))
              .isEqualTo(expected.countedRules().contains(i) ? 1 : 0);
          matches.set(i, matches.get(i) + (int) matched);
        }
        assertThat(after.policy().packets()).isEqualTo(before.policy().packets() + 1);
        assertThat(after.rules()).allMatch(counter -> counter.bytes() == 0);
        assertThat(after.policy().bytes()).isZero();
        assertThat(after.errors().packets()).isZero();
        assertThat(records(log))
            .as(call.words)
            .isEqualTo(expected.log().stream().map(LogEntry::record).toList());
      }
    }
    for (int i = 0; i < conditions.size(); i++) {
      if (conditions.get(i).decides) {
        assertThat(matches.get(i)).as(conditions.get(i).text).isBetween(1, calls.size() - 1);
      }
    }
  }

  private static List<WireBytes> records(ChainLog log) {
    List<WireBytes> records = new ArrayList<>();
    for (Optional<byte[]> next = log.poll(); next.isPresent(); next = log.poll()) {
      records.add(Outcome.timeless(next.get()));
    }
    return records;
  }

  @ParameterizedTest
  @EnumSource(value = Hook.class, names = "CGROUP_SOCK_ADDR_.*", mode = EnumSource.Mode.MATCH_ALL)
  void refusedCallsFail(Hook hook) throws IOException {
    set("c", hook, "ACCEPT rule meta.dport 80 counter DROP");
    List<Call> calls = calls(hook);
    int refused = 0;
    for (Call call : calls) {
      boolean drop = call.seen.port() == 80;
      refused += drop ? 1 : 0;
      assertThat(process.call(call.words))
          .as(call.words)
          .matches(drop ? CallingProcess.REFUSED : REACHED);
    }
    LoadedChain chain = filtering.chain("c");
    assertThat(refused).isPositive();
    assertThat(chain.rules().getFirst().packets()).isEqualTo(refused);
    assertThat(chain.policy().packets()).isEqualTo(calls.size() - refused);

    set("c", hook, "DROP rule meta.dport 80 counter NEXT rule meta.dport 53 counter ACCEPT");
    for (Call call : calls) {
      assertThat(process.call(call.words))
          .as(call.words)
          .matches(call.seen.port() == 65535 ? CallingProcess.REFUSED : REACHED);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CGROUP_SOCK_ADDR_CONNECT4, tcp 4 198.51.100.2 80, 0x0800, 6, -, c6336402",
    "CGROUP_SOCK_ADDR_CONNECT6, udp 6 2001:db8::1 80, 0x86dd, 17, -,"
        + " 20010db8000000000000000000000001",
    "CGROUP_SOCK_ADDR_SENDMSG4, send 4 192.0.2.1 198.51.100.2 80 8, 0x0800, 17, c0000201,"
        + " c6336402",
    "CGROUP_SOCK_ADDR_SENDMSG6, send 6 2001:db8::1 2001:db8:1::2 80 8, 0x86dd, 17,"
        + " 20010db8000000000000000000000001, 20010db8000100000000000000000002",
  })
  void logRecord(
      Hook hook, String words, int etherType, int protocol, String source, String destination)
      throws IOException {
    set("c", hook, "ACCEPT rule meta.probability 0% counter DROP rule meta.dport 80 log NEXT");
    try (ChainLog log = filtering.log("c")) {
      long before = System.nanoTime();
      assertThat(process.call(words)).matches(REACHED);
      long after = System.nanoTime();
      LogRecord record = LogRecord.decode(log.poll().orElseThrow());
      assertThat(log.poll()).isEmpty();
      assertThat(record.time()).isBetween(before, after);
      assertThat(record)
          .isEqualTo(
              new LogRecord.SocketCall(
                  record.time(),
                  1,
                  "NEXT",
                  etherType,
                  protocol,
                  process.number(),
                  process.name(),
                  80,
                  source.equals("-") ? null : padded(source),
                  padded(destination)));
    }
  }

  private static WireBytes padded(String address) {
    byte[] bytes = new byte[16];
    for (int i = 0; i < address.length() / 2; i++) {
      bytes[i] = (byte) Integer.parseInt(address, 2 * i, 2 * i + 2, 16);
    }
    return WireBytes.of(bytes);
  }

  /** Which hook an IPv6 socket's call to an IPv4 address comes by, and what it looks like there. */
  @Test
  void mappedAddresses() throws IOException {
    String two = "ACCEPT rule ip4.daddr " + NEAR4 + " counter CONTINUE";
    String six = "ACCEPT rule ip6.daddr ::ffff:c000:201 counter CONTINUE";
    set("connect4", Hook.CGROUP_SOCK_ADDR_CONNECT4, two);
    set("sendmsg4", Hook.CGROUP_SOCK_ADDR_SENDMSG4, two);
    set("connect6", Hook.CGROUP_SOCK_ADDR_CONNECT6, six);
    set("sendmsg6", Hook.CGROUP_SOCK_ADDR_SENDMSG6, six);

    assertThat(process.call("send 6 - " + NEAR4 + " 80 8")).isEqualTo("ok");
    assertThat(calls()).isEqualTo(List.of(0L, 0L, 1L, 0L));
    assertThat(filtering.counts("sendmsg4")).containsExactly(1L);

    assertThat(process.call("tcp 6 " + NEAR4 + " 80")).matches(REACHED);
    assertThat(calls()).isEqualTo(List.of(0L, 1L, 1L, 0L));
    assertThat(filtering.counts("connect6")).containsExactly(1L);

    assertThat(process.call("udp 6 " + NEAR4 + " 80")).isEqualTo("ok");
    assertThat(calls()).isEqualTo(List.of(0L, 2L, 1L, 0L));

    set("sendmsg4", Hook.CGROUP_SOCK_ADDR_SENDMSG4, two.replace("CONTINUE", "DROP"));
    assertThat(process.call("send 6 - " + NEAR4 + " 80 8")).isEqualTo(CallingProcess.REFUSED);
  }

  /** How many calls each hook has seen. */
  private static List<Long> calls() {
    List<Long> calls = new ArrayList<>();
    for (String name : List.of("connect4", "connect6", "sendmsg4", "sendmsg6")) {
      calls.add(filtering.chain(name).policy().packets());
    }
    return calls;
  }
}
