package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Directory;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.TestRun;
import dev.jbpfilter.loader.testing.NetworkNamespace;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import dev.jbpfilter.ruleset.packet.PacketBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The specification's example of the objects that a chain makes, as bpftool sees them. */
@RequiresBpf
class ExpectedObjectsTest {
  private NetworkNamespace namespace;
  private Filtering filtering;

  @BeforeEach
  void attach() throws IOException {
    namespace = new NetworkNamespace();
    filtering = new Filtering();
    int device = namespace.call(() -> Kernel.system().interfaceIndex("v0"));
    filtering.set(
        namespace,
        "chain objects BF_HOOK_XDP{ifindex="
            + device
            + """
            } ACCEPT
            set a (ip4.saddr) in {192.0.2.1; 192.0.2.2}
            set b (ip4.saddr) in {192.0.2.2}
            set n4 (ip4.snet) in {10.0.0.0/8}
            set n6 (ip6.dnet) in {2001:db8::/32}
            set m (ip4.saddr, tcp.dport, ip4.proto) in {192.0.2.1, 443, tcp}
            set none (udp.sport) in {}
            rule (ip4.saddr) in a counter CONTINUE
            rule (ip4.saddr) in b counter DROP
            rule (ip4.snet) in n4 counter DROP
            rule (ip6.dnet) in n6 counter DROP
            rule (ip4.saddr, tcp.dport, ip4.proto) in m counter DROP
            rule (udp.sport) in none counter DROP
            rule ip4.proto udp log counter DROP
            """);
  }

  @AfterEach
  void close() throws IOException {
    filtering.close();
    namespace.close();
  }

  @Test
  void pins() throws IOException {
    Path directory = filtering.pin("objects", "bf_prog").getParent();
    try (Stream<Path> pins = Files.list(directory)) {
      assertThat(pins.map(pin -> pin.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "bf_prog",
              "bf_link",
              "bf_ctx",
              "bf_cmap",
              "bf_lmap",
              "bf_set_0000",
              "bf_set_0001",
              "bf_set_0002",
              "bf_set_0003");
    }
  }

  @Test
  void maps() throws IOException {
    assertThat(map("bf_cmap")).isEqualTo("percpu_array key 4 value 16 entries 9");
    assertThat(map("bf_lmap")).isEqualTo("ringbuf key 0 value 0 entries 131072");
    assertThat(map("bf_set_0000")).isEqualTo("hash key 4 value 1 entries 2");
    assertThat(map("bf_set_0001")).isEqualTo("lpm_trie key 8 value 1 entries 1");
    assertThat(map("bf_set_0002")).isEqualTo("lpm_trie key 20 value 1 entries 1");
    assertThat(map("bf_set_0003")).isEqualTo("hash key 7 value 1 entries 1");
  }

  private String map(String name) throws IOException {
    String json = bpftool("-j", "map", "show", "pinned", pin(name));
    List<String> values = new ArrayList<>();
    for (String field : List.of("type", "bytes_key", "bytes_value", "max_entries")) {
      values.addAll(Json.scalars(json, "/" + field));
    }
    return "%s key %s value %s entries %s".formatted(values.toArray());
  }

  private static String bpftool(String... words) {
    return Shell.run(Stream.concat(Stream.of("bpftool"), Stream.of(words)).toArray(String[]::new));
  }

  private String pin(String object) {
    return filtering.pin("objects", object).toString();
  }

  @Test
  void elements() throws IOException {
    assertThat(entries("bf_set_0000", 4, 1))
        .containsExactlyInAnyOrder("c0 00 02 02 → 03", "c0 00 02 01 → 01");
    assertThat(entries("bf_set_0001", 8, 1)).containsExactly("08 00 00 00 0a 00 00 00 → 01");
    assertThat(entries("bf_set_0002", 20, 1))
        .containsExactly("20 00 00 00 20 01 0d b8" + " 00".repeat(12) + " → 01");
    assertThat(entries("bf_set_0003", 7, 1)).containsExactly("c0 00 02 01 01 bb 06 → 01");
  }

  private List<String> entries(String map, int keySize, int valueSize) throws IOException {
    String json = bpftool("-j", "map", "dump", "pinned", pin(map));
    List<String> keys = Json.scalars(json, "/key");
    List<String> values = Json.scalars(json, "/value");
    List<String> entries = new ArrayList<>();
    for (int i = 0; i * keySize < keys.size(); i++) {
      entries.add(
          bytes(keys.subList(i * keySize, (i + 1) * keySize))
              + " → "
              + bytes(values.subList(i * valueSize, (i + 1) * valueSize)));
    }
    return entries;
  }

  private static String bytes(List<String> numbers) {
    return String.join(" ", numbers).replace("0x", "");
  }

  @Test
  void counters() throws IOException {
    byte[] frame = PacketBuilder.ethernet().ipv4("192.0.2.2", "192.0.2.9").udp(1, 2).build();
    try (Directory directory =
            Kernel.system()
                .openDirectory(filtering.pin("objects", "bf_prog").getParent().toString());
        BpfProgram program = directory.openProgram("bf_prog")) {
      assertThat(program.run(TestRun.of(frame).withRepeat(5)).returnValue()).isEqualTo(1);
    }
    String dump = bpftool("map", "dump", "pinned", pin("bf_cmap"));
    assertThat(sums(Json.scalars(dump, "/values/value/count")))
        .containsExactly(5L, 5L, 0L, 0L, 0L, 0L, 0L, 0L, 0L);
    assertThat(sums(Json.scalars(dump, "/values/value/size")))
        .startsWith(5L * frame.length, 5L * frame.length, 0L);
  }

  /** The sums over the processors, of one entry after another. */
  private static List<Long> sums(List<String> numbers) {
    List<Long> sums = new ArrayList<>();
    int processors = numbers.size() / 9;
    for (int i = 0; i < numbers.size(); i += processors) {
      sums.add(numbers.subList(i, i + processors).stream().mapToLong(Long::parseLong).sum());
    }
    return sums;
  }

  @Test
  void oneLink() throws IOException {
    String program = bpftool("-j", "prog", "show", "pinned", pin("bf_prog"));
    String link = bpftool("-j", "link", "show", "pinned", pin("bf_link"));
    assertThat(Json.scalars(link, "/type")).containsExactly("xdp");
    assertThat(Json.scalars(link, "/prog_id")).isEqualTo(Json.scalars(program, "/id"));
  }
}
