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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
              "bf_lost",
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
    assertThat(map("bf_lost")).isEqualTo("array key 4 value 8 entries 1");
  }

  /** One value that nobody can change, as large as its tables are. */
  @ParameterizedTest
  @ValueSource(strings = {"bf_set_0000", "bf_set_0001", "bf_set_0002", "bf_set_0003"})
  void sets(String name) throws IOException {
    String json = show(name);
    assertThat(map(name)).startsWith("array key 4 value ").endsWith(" entries 1");
    assertThat(Json.scalars(json, "/flags")).containsExactly("128");
    assertThat(Json.scalars(json, "/frozen")).containsExactly("1");
  }

  private String show(String map) {
    return bpftool("-j", "map", "show", "pinned", pin(map));
  }

  private String map(String name) throws IOException {
    String json = show(name);
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
