package dev.jbpfilter.tests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import dev.jbpfilter.ruleset.packet.capture.CaptureReader;
import dev.jbpfilter.ruleset.packet.capture.CapturedPacket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code chain logs} on a real kernel, of pings between two hosts. */
@RequiresLauncher
@RequiresBpf
class ChainLogsTest {
  private static final String MISSING = ": No such file or directory";
  private static final Pattern TIME =
      Pattern.compile("\n\\[([0-9:.]{15})] Rule #0 matched 98 bytes");

  @TempDir private Path directory;

  private Sandbox sandbox;

  @BeforeEach
  void watch() throws IOException {
    sandbox = new Sandbox();
    String hook = "BF_HOOK_XDP{ifindex=" + sandbox.wire().ifindex() + "}";
    String rule = " rule icmp.type echo-reply log counter ACCEPT";
    sandbox.run("chain", "set", "-s", "chain watch " + hook + " ACCEPT" + rule).ended(0);
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  private LogFollowing follow(String... options) throws IOException {
    return LogFollowing.start(sandbox, "watch", directory, options);
  }

  /** Sends echo requests, as fast as they are answered. */
  private void flood(int count) {
    sandbox.wire().inside("ping", "-q", "-f", "-n", "-c", "" + count, "192.0.2.2");
  }

  /** Sends echo requests until it is interrupted. */
  private Process ping(String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of(sandbox.wire().near()));
    command.add("ping");
    command.addAll(List.of(options));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Interrupts a ping; returns how many requests it sent. */
  private static int interrupt(Process ping) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-INT", "" + ping.pid()).start().waitFor()).isZero();
    String printed = new String(ping.getInputStream().readAllBytes(), UTF_8);
    Matcher sent = Pattern.compile("(\\d+) packets transmitted, \\1 received").matcher(printed);
    assertThat(sent.find()).as(printed).isTrue();
    return Integer.parseInt(sent.group(1));
  }

  private static List<Integer> upTo(int count) {
    return IntStream.rangeClosed(1, count).boxed().toList();
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void entriesComeAtOnceUntilASignal(String signal, int status) throws Exception {
    try (LogFollowing following = follow()) {
      LocalTime before = LocalTime.now(ZoneId.systemDefault());
      assertThat(sandbox.wire().ping()).isEqualTo(VethPair.PINGS);
      String text = following.await(printed -> printed.contains(" seq=3]\n"));
      LocalTime after = LocalTime.now(ZoneId.systemDefault());

      assertThat(text)
          .startsWith("\n[")
          .contains(
              "\n  IPv4      : 192.0.2.2       → 192.0.2.1       [icmp, TTL=64]\n",
              "\n  ICMP      : type=0   code=0   [id=");
      assertThat(following.sequences()).isEqualTo(upTo(VethPair.PINGS));
      Matcher time = TIME.matcher(text);
      while (time.find()) {
        // Of the day: midnight may have passed.
        long late = Duration.between(before, LocalTime.parse(time.group(1))).toMillis();
        long all = Duration.between(before, after).toMillis();
        long day = Duration.ofDays(1).toMillis();
        assertThat(Math.floorMod(late, day)).isLessThanOrEqualTo(Math.floorMod(all, day));
      }
      assertThat(following.end(signal)).isEqualTo(status);
    }
  }

  @Test
  void timesAreThoseOfTheZone() throws Exception {
    flood(1);
    Launcher.Run run =
        sandbox.run(
            sandbox
                .bfcli()
                .with("TZ", "Asia/Kathmandu")
                .underShell("timeout -s INT --preserve-status 3 " + near() + " \"$@\""),
            "chain",
            "logs",
            "-n",
            "watch");
    assertThat(run.status()).isEqualTo(130);
    Matcher time = TIME.matcher(run.out());
    assertThat(time.find()).as(run.toString()).isTrue();
    LocalTime here = LocalTime.now(ZoneId.of("Asia/Kathmandu"));
    long late = Duration.between(LocalTime.parse(time.group(1)), here).toMillis();
    assertThat(Math.floorMod(late, Duration.ofDays(1).toMillis())).isLessThan(60_000);
  }

  private String near() {
    return String.join(" ", sandbox.wire().near());
  }

  @Test
  void whatNobodyHasReadComesFirstAndOnce() throws Exception {
    flood(20);
    try (LogFollowing following = follow()) {
      following.await(printed -> printed.contains(" seq=20]\n"));
      assertThat(following.sequences()).isEqualTo(upTo(20));
      assertThat(following.end("INT")).isEqualTo(130);
    }
    flood(3);
    try (LogFollowing later = follow()) {
      later.await(printed -> printed.contains(" seq=3]\n"));
      assertThat(later.sequences()).isEqualTo(upTo(3));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void twoShareTheEntriesAndSignalsLoseNone(String signal) throws Exception {
    List<Integer> expected = new ArrayList<>();
    List<Integer> all = new ArrayList<>();
    try (LogFollowing first = follow();
        LogFollowing second = follow()) {
      // Which of them is faster is chance: each has to have started, and then to get its part.
      while (first.sequences().isEmpty() || second.sequences().isEmpty()) {
        flood(1);
        expected.add(1);
      }
      // Slow enough for the log never to be full.
      Process traffic = ping("-q", "-n", "-i", "0.002", "-w", "60", "192.0.2.2");
      int before = first.text().length();
      first.await(printed -> printed.length() > before + 10_000);
      first.end(signal);
      int behind = second.text().length();
      second.await(printed -> printed.length() > behind + 10_000);
      int count = interrupt(traffic);
      second.await(printed -> printed.contains(" seq=" + count + "]\n"));
      expected.addAll(upTo(count));
      all.addAll(first.sequences());
      all.addAll(second.sequences());
    }
    Collections.sort(expected);
    Collections.sort(all);
    assertThat(all).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "BF_HOOK_TC_INGRESS{ifindex=%d}, 192.0.2.2       → 192.0.2.1, ''",
    "BF_HOOK_TC_EGRESS{ifindex=%d}, 192.0.2.1       → 192.0.2.2, ''",
    "BF_HOOK_NF_LOCAL_IN{priorities=101-102}, 192.0.2.2       → 192.0.2.1, <unknown header>",
    "BF_HOOK_NF_LOCAL_OUT{priorities=101-102}, 192.0.2.1       → 192.0.2.2, <unknown header>",
  })
  void entriesOfOtherHooks(String hook, String addresses, String ethernet) throws Exception {
    String where = hook.replace("%d", "" + sandbox.wire().ifindex());
    sandbox
        .run(
            "chain", "set", "-s", "chain watch " + where + " ACCEPT rule ip4.proto icmp log ACCEPT")
        .ended(0);
    try (LogFollowing following = follow()) {
      flood(2);
      assertThat(following.await(printed -> printed.contains(" seq=2]\n")))
          .contains(
              "] Rule #0 matched 98 bytes with verdict ACCEPT\n  Ethernet  : " + ethernet,
              "\n  IPv4      : " + addresses + "       [icmp, TTL=64]\n  ICMP      : type=");
      assertThat(following.end("INT")).isEqualTo(130);
    }
  }

  @Test
  void aFullLogLosesTheLatestEntries() throws Exception {
    flood(1500);
    try (LogFollowing following = follow()) {
      following.await(printed -> printed.contains(" seq=1000]\n"));
      assertThat(following.endWarning("INT")).isEqualTo(130);
      int printed = following.sequences().size();
      assertThat(following.sequences()).isEqualTo(upTo(printed));
      assertThat(printed).isBetween(1000, 1025);
      assertThat(following.warnings())
          .isEqualTo(
              "warning: chain 'watch': " + (1500 - printed) + " log entries lost, no room\n");
    }
  }

  @Test
  void linesOfJson() throws Exception {
    flood(1500);
    try (LogFollowing following = follow("--format", "json")) {
      String printed =
          following.await(text -> text.contains("\"lost_total\": ") && text.endsWith("}\n"));
      String loss =
          printed.lines().filter(line -> line.contains("\"lost\"")).findFirst().orElseThrow();
      int lost = Integer.parseInt(Json.scalars(loss, "/lost").getFirst());
      printed = following.await(text -> text.lines().count() == 2 + 1500 - lost);
      assertThat(following.endWarning("TERM")).isEqualTo(143);

      List<String> lines = printed.lines().toList();
      assertThat(lines.getFirst())
          .isEqualTo(
              "{\"format\": \"jbpfilter-log\", \"version\": 1, \"type\": \"start\","
                  + " \"chain\": \"watch\"}");
      assertThat(Json.scalars(lines.get(1), "/internet/source")).containsExactly("192.0.2.2");
      assertThat(Json.scalars(lines.get(2), "/transport/sequence")).containsExactly("2");
    }
  }

  @Test
  void asManyEntriesAsAreWantedOfSomeRules() throws Exception {
    String hook = "BF_HOOK_XDP{ifindex=" + sandbox.wire().ifindex() + "}";
    String rules =
        " rule meta.l3_proto ipv4 log internet CONTINUE rule icmp.type echo-reply log ACCEPT";
    sandbox.run("chain", "set", "-s", "chain watch " + hook + " ACCEPT" + rules).ended(0);
    flood(5);
    try (LogFollowing following = follow("--rule", "1", "--count", "3")) {
      assertThat(following.awaitEnd()).isZero();
      assertThat(following.sequences()).isEqualTo(upTo(3));
      assertThat(following.text()).doesNotContain("Rule #0");
      assertThat(following.warnings()).isEmpty();
    }
    // Those of the other rule were taken as well.
    try (LogFollowing later = follow("--count", "4")) {
      assertThat(later.awaitEnd()).isZero();
      assertThat(later.sequences()).isEqualTo(List.of(4, 5));
    }
  }

  @Test
  void tcpdumpReadsTheCaptureAtAnyTime() throws Exception {
    Path file = directory.resolve("web.pcapng");
    try (LogFollowing following = follow("--write", file.toString(), "--count", "5")) {
      flood(2);
      while (Files.notExists(file) || tcpdump(file).lines().count() < 2) {
        Thread.sleep(10);
      }
      assertThat(tcpdump(file))
          .contains("192.0.2.2 > 192.0.2.1: ICMP echo reply, id ", ", seq 2, length 64");
      flood(3);
      assertThat(following.awaitEnd()).isZero();
      assertThat(following.text()).isEmpty();
    }
    assertThat(tcpdump(file).lines()).hasSize(5);
    try (CaptureReader reader = CaptureReader.of(Files.newInputStream(file))) {
      CapturedPacket first = reader.next().orElseThrow();
      assertThat(first.originalLength()).isEqualTo(98);
      assertThat(first.length()).isEqualTo(14 + 20 + 8);
      assertThat(Duration.ofNanos(System.currentTimeMillis() * 1_000_000 - first.nanos()))
          .isBetween(Duration.ofSeconds(-1), Duration.ofMinutes(1));
    }
  }

  private static String tcpdump(Path file) {
    return Shell.run("sh", "-c", "tcpdump -n -r \"$0\" 2>/dev/null || true", file.toString());
  }

  @Test
  void capturesCanBePiped() throws Exception {
    flood(2);
    Launcher.Run run =
        Launcher.bfcli()
            .underShell(near() + " \"$@\" | tcpdump -n -r -")
            .run(
                "-b",
                sandbox.bpffs().toString(),
                "chain",
                "logs",
                "-n",
                "watch",
                "--write",
                "-",
                "--count",
                "2");
    assertThat(run.out().lines()).hasSize(2).allMatch(line -> line.contains("ICMP echo reply"));
  }

  @Test
  void anAbandonedPipeEndsIt() throws InterruptedException {
    AtomicBoolean ended = new AtomicBoolean();
    Thread traffic =
        Thread.ofPlatform()
            .start(() -> {
              while (!ended.get()) {
                flood(2);
              }
            });
    try {
      Launcher.Run run =
          Launcher.bfcli()
              .underShell("{ " + near() + " \"$@\"; echo \"status $?\" >&2; } | head -n 1")
              .run("-b", sandbox.bpffs().toString(), "chain", "logs", "-n", "watch");
      assertThat(run.err()).isEqualTo("status 141\n");
      assertThat(run.out()).isEqualTo("\n");
    } finally {
      ended.set(true);
      traffic.join();
    }
  }

  @Test
  void refusals() {
    sandbox
        .run("chain", "logs", "-n", "nope")
        .said(
            254,
            "error  : chain 'nope' not found" + MISSING,
            "error  : failed to request 'nope' logs buffer FD" + MISSING);
    sandbox.run("chain", "load", "-s", "chain quiet BF_HOOK_XDP ACCEPT").ended(0);
    sandbox
        .run("chain", "logs", "-n", "quiet")
        .said(
            254,
            "error  : chain 'quiet' has no logs buffer" + MISSING,
            "error  : failed to request 'quiet' logs buffer FD" + MISSING);
  }

  @Test
  void whoFollowsLocksNothing() throws Exception {
    try (LogFollowing following = follow()) {
      flood(1);
      following.await(printed -> printed.contains(" seq=1]\n"));
      sandbox.run("chain", "load", "-s", "chain other BF_HOOK_XDP ACCEPT").ended(0);
      sandbox.run("chain", "flush", "-n", "watch").said(0);
      assertThat(following.end("INT")).isEqualTo(130);
    }
  }
}
