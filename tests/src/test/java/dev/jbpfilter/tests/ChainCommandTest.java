package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The life of chains by the real command line, each command a process of its own. */
@RequiresBpf
@RequiresLauncher
class ChainCommandTest {
  /** An echo request or reply of ping: Ethernet, IPv4 and ICMP headers, 56 bytes of data. */
  private static final int PING_SIZE = 98;

  private static final String SENT =
      VethPair.PINGS + " packets " + VethPair.PINGS * PING_SIZE + " bytes";
  private static final String NONE = "0 packets 0 bytes";
  private static final String NO_PING = "rule icmp.type echo-reply counter DROP";
  private static final String DRIVER_MODE = "info   : attached XDP program in driver mode";

  private static Sandbox sandbox;
  private static String attached;

  @BeforeAll
  static void setUp() throws IOException {
    sandbox = new Sandbox();
    attached = " BF_HOOK_XDP{ifindex=" + sandbox.wire().ifindex() + "} ";
  }

  @AfterEach
  void flush() throws IOException {
    sandbox.run("ruleset", "flush").said(0);
    assertThat(sandbox.pins()).isEmpty();
    assertThat(sandbox.bpffs().resolve("bpfilter")).isDirectory();
  }

  @AfterAll
  static void tearDown() throws IOException {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  private static String counters(String policy) {
    return "    counters policy " + policy + "; error " + NONE + "\n";
  }

  /** The listing of a chain with the rule {@link #NO_PING}. */
  private static String noPing(String head, String dropped) {
    return head
        + "\n"
        + counters(NONE)
        + "    rule\n        icmp.type eq echo-reply\n        counters "
        + dropped
        + "\n        DROP\n";
  }

  @Test
  void attachedChainFiltersAndCounts() throws IOException {
    assertThat(sandbox.wire().ping()).isEqualTo(VethPair.PINGS);

    sandbox
        .run("chain", "set", "-s", "chain c" + attached + "ACCEPT " + NO_PING)
        .said(0, DRIVER_MODE);
    assertThat(sandbox.wire().ping()).isZero();
    assertThat(sandbox.listing("chain", "get", "--name", "c"))
        .isEqualTo(noPing("chain c" + attached + "ACCEPT", SENT));
    assertThat(sandbox.pins())
        .containsExactly("c", "c/bf_cmap", "c/bf_ctx", "c/bf_link", "c/bf_prog");
    assertThat(pinnedCounters("c"))
        .containsExactly(
            List.of((long) VethPair.PINGS, (long) VethPair.PINGS * PING_SIZE),
            List.of(0L, 0L),
            List.of(0L, 0L));

    sandbox.run("chain", "flush", "--name", "c").said(0);
    assertThat(sandbox.wire().ping()).isEqualTo(VethPair.PINGS);
    assertThat(sandbox.listing("ruleset", "get")).isEmpty();
  }

  /** Count and size of each entry of a chain's counter map, as bpftool reads them. */
  private static List<List<Long>> pinnedCounters(String chain) throws IOException {
    String json =
        Shell.run(
            "bpftool", "-j", "map", "dump", "pinned", sandbox.pin(chain, "bf_cmap").toString());
    List<String> keys = Json.scalars(json, "/formatted/key");
    List<String> counts = Json.scalars(json, "/formatted/values/value/count");
    List<String> sizes = Json.scalars(json, "/formatted/values/value/size");
    assertThat(counts).hasSameSizeAs(sizes).hasSizeGreaterThanOrEqualTo(keys.size());
    int processors = counts.size() / keys.size();
    List<List<Long>> sums = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      assertThat(keys.get(i)).isEqualTo(Integer.toString(i));
      sums.add(
          List.of(
              sum(counts.subList(i * processors, (i + 1) * processors)),
              sum(sizes.subList(i * processors, (i + 1) * processors))));
    }
    return sums;
  }

  private static long sum(List<String> numbers) {
    return numbers.stream().mapToLong(Long::parseLong).sum();
  }

  @Test
  void flushedProgramsLeaveTheKernel() throws Exception {
    sandbox
        .run("chain", "set", "-s", "chain c" + attached + "ACCEPT " + NO_PING)
        .said(0, DRIVER_MODE);
    String program = id("prog", "bf_prog");
    String link = id("link", "bf_link");
    String map = id("map", "bf_cmap");

    sandbox.run("chain", "flush", "--name", "c").said(0);

    awaitGone("prog", program);
    awaitGone("link", link);
    awaitGone("map", map);
  }

  private static String id(String kind, String pin) throws IOException {
    String json =
        Shell.run("bpftool", "-j", kind, "show", "pinned", sandbox.pin("c", pin).toString());
    return Json.scalars(json, "/id").getFirst();
  }

  /** The kernel frees objects a moment after their last user is gone. */
  private static void awaitGone(String kind, String id) throws InterruptedException {
    String command = "bpftool " + kind + " show id " + id + " >/dev/null 2>&1 && echo there || :";
    for (int i = 0; i < 100 && !Shell.run("sh", "-c", command).isEmpty(); i++) {
      Thread.sleep(50);
    }
    assertThat(Shell.run("sh", "-c", command)).as(kind + " " + id).isEmpty();
  }

  @Test
  void loadAndAttachAreSteps() throws IOException {
    String ifindex = "ifindex=" + sandbox.wire().ifindex();
    sandbox.run("chain", "load", "-s", "chain c BF_HOOK_XDP DROP").said(0, "info   : load c");
    assertThat(sandbox.wire().ping()).isEqualTo(VethPair.PINGS);
    String loaded = "chain c BF_HOOK_XDP DROP\n" + counters(NONE);
    assertThat(sandbox.listing("ruleset", "get")).isEqualTo(loaded);

    sandbox
        .run("chain", "load", "-s", "chain c BF_HOOK_XDP ACCEPT")
        .said(
            239,
            "error  : chain 'c' already exists: File exists",
            "error  : failed to load chain 'c': File exists");
    assertThat(sandbox.listing("ruleset", "get")).isEqualTo(loaded);
    sandbox
        .run("chain", "attach", "-n", "c")
        .said(
            234,
            "error  : hook option 'ifindex' is required for 'BF_HOOK_XDP' chains: Invalid argument",
            "error  : failed to attach chain 'c': Invalid argument");

    sandbox
        .run("chain", "attach", "-n", "c", "-o", ifindex)
        .said(0, "info   : attaching c to BF_HOOK_XDP", DRIVER_MODE);
    assertThat(sandbox.wire().ping()).isZero();
    assertThat(sandbox.listing("chain", "get", "-n", "c"))
        .isEqualTo("chain c" + attached + "DROP\n" + counters(SENT));
    sandbox
        .run("chain", "attach", "-n", "c", "-o", ifindex)
        .said(
            240,
            "error  : chain 'c' is already linked to a hook: Device or resource busy",
            "error  : failed to attach chain 'c': Device or resource busy");
  }

  @Test
  void loadIgnoresHookOptions() throws IOException {
    sandbox
        .run("chain", "load", "-s", "chain c" + attached + "DROP")
        .said(0, "warning: Hook options are ignored when loading a chain", "info   : load c");

    assertThat(sandbox.listing("ruleset", "get")).startsWith("chain c BF_HOOK_XDP DROP\n");
    assertThat(sandbox.wire().ping()).isEqualTo(VethPair.PINGS);
  }

  @Test
  void setReplacesAChain() throws IOException {
    sandbox.run("chain", "set", "-s", "chain c" + attached + "DROP").said(0, DRIVER_MODE);
    sandbox.run("chain", "set", "-s", "chain c" + attached + "ACCEPT " + NO_PING).ended(0);
    assertThat(sandbox.wire().ping()).isZero();
    assertThat(sandbox.listing("ruleset", "get"))
        .isEqualTo(noPing("chain c" + attached + "ACCEPT", SENT));

    sandbox.run("chain", "set", "-s", "chain c BF_HOOK_XDP DROP").said(0);
    assertThat(sandbox.wire().ping()).isEqualTo(VethPair.PINGS);
    assertThat(sandbox.pins()).containsExactly("c", "c/bf_cmap", "c/bf_ctx", "c/bf_prog");
  }

  @Test
  void rulesetsReplaceEachOther() throws IOException {
    sandbox.run("chain", "load", "-s", "chain old BF_HOOK_XDP DROP").ended(0);

    sandbox
        .run(
            "ruleset",
            "set",
            "-s",
            """
            chain first BF_HOOK_XDP{ifindex=%d} ACCEPT
              rule ip4.snet 192.0.2.77/24 tcp.dport not range 080-90 CONTINUE
              rule icmp.type echo-reply counter DROP
            chain second BF_HOOK_XDP DROP
              rule meta.l3_proto 2048 tcp.flags CWR,fin,SYN ACCEPT
            """
                .formatted(sandbox.wire().ifindex()))
        .said(0, DRIVER_MODE);

    assertThat(sandbox.wire().ping()).isZero();
    assertThat(sandbox.listing("ruleset", "get"))
        .isEqualTo(
            """
            chain second BF_HOOK_XDP DROP
                counters policy 0 packets 0 bytes; error 0 packets 0 bytes
                rule
                    meta.l3_proto eq ipv4
                    tcp.flags eq fin,syn,cwr
                    ACCEPT
            chain first BF_HOOK_XDP{ifindex=%d} ACCEPT
                counters policy 0 packets 0 bytes; error 0 packets 0 bytes
                rule
                    ip4.snet eq 192.0.2.77/24
                    tcp.dport not range 80-90
                    CONTINUE
                rule
                    icmp.type eq echo-reply
                    counters 3 packets 294 bytes
                    DROP
            """
                .formatted(sandbox.wire().ifindex()));
    sandbox.run("ruleset", "flush").said(0);
    assertThat(sandbox.wire().ping()).isEqualTo(VethPair.PINGS);
    assertThat(sandbox.listing("ruleset", "get")).isEmpty();
  }

  @Test
  void failedRulesetLeavesTheOldOneRunning() throws IOException {
    sandbox
        .run("chain", "set", "-s", "chain c" + attached + "ACCEPT " + NO_PING)
        .said(0, DRIVER_MODE);
    assertThat(sandbox.wire().ping()).isZero();
    List<String> pins = sandbox.pins();

    sandbox
        .run(
            "ruleset",
            "set",
            "-s",
            "chain c" + attached + "DROP chain d BF_HOOK_XDP{ifindex=4242} DROP")
        .said(
            234,
            "error  : failed to set chain 'd': XDP link on interface 4242: BPF_LINK_CREATE:"
                + " Invalid argument",
            "error  : failed to set ruleset: Invalid argument");
    sandbox
        .run("ruleset", "set", "-s", "chain c BF_HOOK_XDP DROP chain c BF_HOOK_XDP DROP")
        .said(
            239,
            "error  : failed to acquire WRITE lock on chain 'c': File exists",
            "error  : failed to set ruleset: File exists");
    sandbox.run("ruleset", "set", "-s", "chain c BF_HOOK_XDP DROP chain d").ended(234);

    assertThat(sandbox.listing("ruleset", "get"))
        .isEqualTo(noPing("chain c" + attached + "ACCEPT", SENT));
    assertThat(sandbox.pins()).isEqualTo(pins);
    assertThat(sandbox.wire().ping()).isZero();
  }

  @Test
  void newestChainIsListedFirst() throws IOException {
    List<String> newestFirst = new ArrayList<>();
    for (Path example : Checkout.examples()) {
      sandbox.run("chain", "set", "--from-file", example.toString()).said(0);
      try (Stream<String> lines = Files.lines(example)) {
        newestFirst.addFirst(lines.filter(l -> l.startsWith("chain ")).findFirst().orElseThrow());
      }
    }

    assertThat(sandbox.listing("ruleset", "get").lines().filter(l -> l.startsWith("chain ")))
        .containsExactlyElementsOf(newestFirst);
  }

  @Test
  void bytecodeIsShownBeforeLoading() {
    Launcher.Run run =
        sandbox.run(
            sandbox.bfcli().with("BF_VERBOSE", "bytecode"),
            "chain",
            "load",
            "-s",
            "chain c BF_HOOK_XDP DROP");

    assertThat(run.ended(0).out()).isEmpty();
    List<String> lines = run.err().lines().toList();
    assertThat(lines.getLast()).isEqualTo("info   : load c");
    assertThat(lines.subList(0, lines.size() - 1))
        .allMatch(line -> line.startsWith("debug  : "))
        .anyMatch(line -> line.endsWith("exit"));
    Launcher.Run flagged =
        sandbox.run(
            sandbox.bfcli().with("BF_VERBOSE", "bytecode"),
            "-v",
            "debug",
            "chain",
            "load",
            "-s",
            "chain d BF_HOOK_XDP DROP");
    assertThat(flagged.ended(0).err())
        .contains("debug  : program bf_prog: BPF_PROG_LOAD\n")
        .doesNotContain("exit");
  }
}
