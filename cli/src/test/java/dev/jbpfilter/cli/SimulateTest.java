package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.testing.Golden;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.packet.PacketDescription;
import dev.jbpfilter.ruleset.packet.capture.CaptureReader;
import dev.jbpfilter.ruleset.packet.capture.CaptureWriter;
import dev.jbpfilter.ruleset.packet.capture.CapturedPacket;
import dev.jbpfilter.ruleset.packet.capture.LinkType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code simulate}, and {@code explain} of what is in a capture. */
class SimulateTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("jbpfilter.root"), "doc", "examples");
  private static final int ETHERNET = 14;
  private static final long START = 1_800_000_000_000_000_000L;
  private static final long MILLISECOND = 1_000_000;

  /** Every kind of packet that some example decides about. */
  private static final List<String> PACKETS =
      List.of(
          "arp 192.0.2.7 > 198.51.100.1",
          "tcp 192.0.2.7:40000 > 198.51.100.1:22",
          "tcp 192.0.2.66:40000 > 198.51.100.1:22",
          "tcp 203.0.113.8:40000 > 198.51.100.1:22 size 90",
          "tcp 203.0.113.8:40000 > 198.51.100.1:80 size 1000",
          "tcp [2001:db8::7]:40000 > [2001:db8::1]:443",
          "udp 203.0.113.9:5060 > 10.20.0.1:5061",
          "udp 203.0.113.64:1024 > 10.20.0.1:16384",
          "udp 203.0.113.64:1023 > 10.20.0.1:16384",
          "icmp 203.0.113.9 > 198.51.100.1",
          "icmp 203.0.113.9 > 10.20.0.1 redirect code 1",
          "icmpv6 2001:db8::7 > 2001:db8::1",
          "tcp 203.0.113.9:40000 > 198.51.100.1:80 cut",
          "frame 0x88cc");

  @TempDir private Path directory;

  private Path capture;

  private static byte[] frame(String packet) {
    return PacketDescription.parse(packet, InterfaceResolver.none()).frame();
  }

  @BeforeEach
  void write() throws IOException {
    capture = directory.resolve("day.pcapng");
    try (CaptureWriter writer =
        CaptureWriter.of(Files.newOutputStream(capture), LinkType.ETHERNET)) {
      for (int i = 0; i < 5 * PACKETS.size(); i++) {
        byte[] frame = frame(PACKETS.get(i * i % PACKETS.size()));
        writer.write(LinkType.ETHERNET, START + i * MILLISECOND, frame, frame.length, "");
      }
      // Some packets of which the capture has not all, and some from a tunnel.
      for (String packet : PACKETS.subList(1, 5)) {
        byte[] frame = frame(packet);
        int seen = Math.min(frame.length, 40);
        writer.write(LinkType.ETHERNET, START, Arrays.copyOf(frame, seen), frame.length, "cut");
        byte[] raw = Arrays.copyOfRange(frame, ETHERNET, frame.length);
        writer.write(LinkType.RAW, START, raw, raw.length, "raw");
      }
    }
  }

  private Bfcli bfcli(String... words) {
    Bfcli run = Bfcli.run(words);
    return new Bfcli(
        run.status(),
        run.out().replace(directory + "/", ""),
        run.err().replace(directory + "/", ""));
  }

  private Bfcli simulate(String rules, String... words) {
    List<String> all = new ArrayList<>(List.of("simulate", "--pcap", capture.toString()));
    all.addAll(List.of("--from-str", rules));
    all.addAll(List.of(words));
    return bfcli(all.toArray(String[]::new));
  }

  static Stream<String> examples() throws IOException {
    return ExplainTest.examples();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void simulatesEachExample(String example) throws IOException {
    String rules = Files.readString(EXAMPLES.resolve(example + ".rules"));
    Bfcli text = simulate(rules);
    assertThat(text.err()).isEmpty();
    assertThat(text.status()).isZero();
    Golden.check("simulate/" + example + ".txt", text.out());
    Bfcli json = simulate(rules, "--format", "json");
    assertThat(json.status()).isZero();
    Golden.check("simulate/" + example + ".json", json.out());
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  @Test
  void showsWhatAChangeWouldDo() throws IOException {
    String before =
        """
        chain web BF_HOOK_XDP DROP
          rule meta.l3_proto 0x0806 counter ACCEPT
          rule ip4.snet 192.0.2.0/24 tcp.dport 22 counter ACCEPT
          rule tcp.dport 443 counter ACCEPT
        """;
    String after =
        file("new.rules", before.replace("192.0.2.0/24", "192.0.2.64/26").replace("443", "80"));
    Bfcli run = simulate(before, "--compare", after);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(1);
    Golden.check("simulate/compare.txt", run.out());
    Golden.check(
        "simulate/compare.json", simulate(before, "--compare", after, "--format", "json").out());
    Bfcli same = simulate(before, "--compare", file("same.rules", before));
    assertThat(same.status()).isZero();
    assertThat(same.out()).contains("by same.rules instead, the same becomes of all packets");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chain b BF_HOOK_TC_INGRESS DROP                              | chain 'web' can't be compared",
        "chain b BF_HOOK_XDP DROP chain c BF_HOOK_XDP DROP            | chain 'web' not found in",
      })
  void comparesWhatIsComparable(String rules, String message) throws IOException {
    Bfcli run = simulate("chain web BF_HOOK_XDP DROP", "--compare", file("other.rules", rules));
    assertThat(run.err()).contains(message);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void writesWhatPassesAndWhatIsDropped() throws IOException {
    Path passed = directory.resolve("passed.pcapng");
    Path dropped = directory.resolve("dropped.pcapng");
    String rules = "chain a BF_HOOK_XDP DROP rule tcp.dport 22 counter ACCEPT";
    Bfcli run =
        simulate(
            rules, "--write-accepted", passed.toString(), "--write-dropped", dropped.toString());
    assertThat(run.status()).isZero();
    List<CapturedPacket> all = packets(capture);
    List<CapturedPacket> accepted = packets(passed);
    List<CapturedPacket> refused = packets(dropped);
    assertThat(accepted).isNotEmpty();
    assertThat(refused).isNotEmpty();
    // Four are cut before their ports.
    assertThat(accepted.size() + refused.size()).isEqualTo(all.size() - 4);
    for (CapturedPacket packet : accepted) {
      assertThat(all)
          .anyMatch(p ->
              Arrays.equals(p.toByteArray(), packet.toByteArray())
                  && p.nanos() == packet.nanos()
                  && p.linkType() == packet.linkType());
    }
    assertThat(simulateFile(passed, rules).out()).contains("DROP     0 packets");
    assertThat(simulateFile(dropped, rules).out()).containsPattern("rule 0 +0 packets");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("."))).isEmpty();
    }
  }

  private Bfcli simulateFile(Path file, String rules) {
    return bfcli("simulate", "--pcap", file.toString(), "-s", rules);
  }

  private static List<CapturedPacket> packets(Path file) throws IOException {
    List<CapturedPacket> packets = new ArrayList<>();
    try (CaptureReader reader = CaptureReader.of(Files.newInputStream(file))) {
      Optional<CapturedPacket> next = reader.next();
      while (next.isPresent()) {
        packets.add(next.get());
        next = reader.next();
      }
    }
    return packets;
  }

  @Test
  void aDamagedCaptureIsSimulatedUpToThere() throws IOException {
    byte[] bytes = Files.readAllBytes(capture);
    Path damaged = Files.write(directory.resolve("damaged"), Arrays.copyOf(bytes, 1000));
    Bfcli run = simulateFile(damaged, "chain a BF_HOOK_XDP DROP");
    assertThat(run.out()).startsWith("capture: damaged, ").contains("DROP  ");
    assertThat(run.err())
        .startsWith("error  : damaged: ")
        .contains("byte 1000, after 2 packets")
        .endsWith("error  : failed to simulate: Invalid argument\n");
    assertThat(run.status()).isEqualTo(234);
    Path none = Files.writeString(directory.resolve("none"), "this is no capture");
    assertThat(simulateFile(none, "chain a BF_HOOK_XDP DROP").err())
        .contains("the file is neither pcap nor pcapng");
    assertThat(simulateFile(directory.resolve("x"), "chain a BF_HOOK_XDP DROP").err())
        .contains("failed to read x: No such file or directory");
  }

  @Test
  void chanceIsTheSameEachTime() {
    String rules = "chain a BF_HOOK_XDP ACCEPT rule meta.probability 50% counter DROP";
    String first = simulate(rules).out();
    assertThat(simulate(rules).out()).isEqualTo(first);
    assertThat(simulate(rules, "--seed", "1").out()).isNotEqualTo(first);
  }

  @Test
  void everyChainSeesTheCapture() {
    Bfcli run =
        simulate(
            "chain a BF_HOOK_XDP DROP chain b BF_HOOK_NF_LOCAL_IN DROP"
                + " chain c BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4 DROP");
    assertThat(run.out()).contains("chain a BF_HOOK_XDP", "chain b BF_HOOK_NF_LOCAL_IN");
    assertThat(run.out()).contains("not seen").doesNotContain("chain c");
    assertThat(run.err())
        .isEqualTo("info   : chain 'c' sees socket calls, which captures do not have\n");
    assertThat(
            simulate(
                    "chain a BF_HOOK_XDP DROP chain b BF_HOOK_XDP DROP",
                    "--write-dropped",
                    directory.resolve("x").toString())
                .err())
        .contains("--write-dropped needs one chain, of which there are 2");
  }

  @Test
  void explainsPacketsOfACapture() {
    String rules = "chain a BF_HOOK_XDP DROP rule tcp.dport 22 counter ACCEPT";
    Bfcli run =
        bfcli("explain", "--pcap", capture.toString(), "--number", "2", "--from-str", rules);
    assertThat(run.out())
        .isEqualTo(
            """
            packet: tcp 192.0.2.7:40000 > 198.51.100.1:22 syn on 1

            chain a BF_HOOK_XDP DROP
              rule 0  from-str:1  match  counter ACCEPT
              verdict: ACCEPT, by rule 0 (from-str:1)
              counted: by rule 0
            """);
    Bfcli cut =
        bfcli("explain", "--pcap", capture.toString(), "--number", "71", "--from-str", rules);
    assertThat(cut.out()).contains("not asked: too little of the packet was captured");
    Bfcli beyond =
        bfcli("explain", "--pcap", capture.toString(), "--number", "79", "--from-str", rules);
    assertThat(beyond.err()).contains("day.pcapng has 78 packets, not 79");
    assertThat(beyond.status()).isEqualTo(254);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "simulate                          | missing required option(s): --pcap",
        "simulate --pcap x --seed y        | --seed expects a number, not 'y'",
        "simulate --pcap x -s y -f z       | option --from-str is incompatible with --from-file",
        "explain --pcap x                  | options --pcap and --number need each other",
        "explain --pcap x --number 1 --tcp | option --pcap is incompatible with options that",
        "explain -s y --pcap x --number 0  | --number expects a number from 1, not '0'",
      })
  void refusesWords(String words, String message) {
    Bfcli run = Bfcli.run(words.split(" ", -1));
    assertThat(run.err()).contains(message);
    assertThat(run.status()).isEqualTo(64);
  }
}
