package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.testing.RequiresBpf;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code chain update} and {@code chain update-set} by the real command line. */
@RequiresBpf
@RequiresLauncher
class UpdateCommandTest {
  private static final String MISSING = ": No such file or directory";
  private static final String INVALID = ": Invalid argument";

  private Sandbox sandbox;
  private String attached;

  @BeforeEach
  void open() throws IOException {
    sandbox = new Sandbox();
    attached = " BF_HOOK_XDP{ifindex=" + sandbox.wire().ifindex() + "} ";
  }

  @AfterEach
  void close() throws IOException {
    sandbox.run("ruleset", "flush").said(0);
    assertThat(sandbox.pins()).isEmpty();
    sandbox.close();
  }

  @Test
  void aChainGetsOtherRules() throws IOException {
    sandbox.run("chain", "set", "-s", "chain c" + attached + "ACCEPT").ended(0);
    assertThat(sandbox.wire().ping()).isEqualTo(VethPair.PINGS);
    sandbox
        .run("chain", "update", "-s", "chain c BF_HOOK_XDP ACCEPT rule icmp.type echo-reply DROP")
        .said(0);
    assertThat(sandbox.wire().ping()).isZero();
    sandbox
        .run("chain", "update", "-s", "chain c" + attached + "ACCEPT")
        .said(0, "warning: Hook options are ignored when updating a chain");
    assertThat(sandbox.wire().ping()).isEqualTo(VethPair.PINGS);
    assertThat(sandbox.listing("chain", "get", "-n", "c"))
        .startsWith("chain c" + attached.stripTrailing() + " ACCEPT\n");
    sandbox
        .run("chain", "update", "-s", "chain c BF_HOOK_TC_INGRESS ACCEPT")
        .said(
            234,
            "error  : chain 'c' can't change its hook from BF_HOOK_XDP to BF_HOOK_TC_INGRESS"
                + INVALID,
            "error  : failed to update chain 'c'" + INVALID);
    sandbox
        .run("chain", "update", "-s", "chain d BF_HOOK_XDP ACCEPT")
        .said(
            254,
            "error  : chain 'd' not found" + MISSING,
            "error  : failed to update chain 'd'" + MISSING);
    assertThat(sandbox.pins())
        .containsExactly("c", "c/bf_cmap", "c/bf_ctx", "c/bf_link", "c/bf_prog");
  }

  @Test
  void aSetGetsOtherElements() throws IOException {
    sandbox
        .run(
            "chain",
            "set",
            "-s",
            "chain c"
                + attached
                + "ACCEPT set s (ip4.saddr, icmp.type) in { }"
                + " rule (ip4.saddr, icmp.type) in s counter DROP")
        .ended(0);
    assertThat(sandbox.wire().ping()).isEqualTo(VethPair.PINGS);
    updateSet("-A", "192.0.2.2, echo-reply", "--add", "192.0.2.9,echo-reply")
        .said(0, "info   : updated set 's' in chain 'c'");
    assertThat(sandbox.wire().ping()).isZero();
    assertThat(sandbox.listing("chain", "get", "-n", "c"))
        .contains(
            """
                set s (ip4.saddr, icmp.type) in {
                    192.0.2.2, echo-reply
                    192.0.2.9, echo-reply
                }
            """,
            "        counters " + VethPair.PINGS + " packets ");
    updateSet("-R", "192.0.2.2,echo-reply", "-A", "192.0.2.2, echo-reply")
        .said(0, "info   : updated set 's' in chain 'c'");
    assertThat(sandbox.wire().ping()).isEqualTo(VethPair.PINGS);
    assertThat(sandbox.listing("chain", "get", "-n", "c"))
        .contains("        counters " + VethPair.PINGS + " packets ");
  }

  @Test
  void whatCanNotBeAddedChangesNothing() {
    sandbox
        .run(
            "chain",
            "set",
            "-s",
            "chain c BF_HOOK_XDP ACCEPT set s (tcp.dport) in { 80 }"
                + " rule (tcp.dport) in s DROP")
        .ended(0);
    String before = sandbox.listing("chain", "get", "-n", "c");
    updateSet("-A", "81", "-A", "http")
        .said(
            234,
            "error  : \"tcp.dport in\" expects a decimal port from 0 to 65535, not 'http'",
            "  = names of services are not looked up: write '80'",
            "error  : failed to parse set element 'http'" + INVALID);
    sandbox
        .run("chain", "update-set", "-n", "c", "-S", "t", "-A", "81")
        .said(
            254,
            "error  : set 't' does not exist" + MISSING,
            "error  : failed to update set 't' in chain 'c'" + MISSING);
    sandbox
        .run("chain", "update-set", "-n", "d", "-S", "s", "-A", "81")
        .said(
            254,
            "error  : chain 'd' not found" + MISSING,
            "error  : failed to update set 's' in chain 'd'" + MISSING);
    sandbox
        .run("chain", "update-set", "-n", "d", "-S", "s")
        .said(234, "error  : no elements to add or remove" + INVALID);
    assertThat(sandbox.listing("chain", "get", "-n", "c")).isEqualTo(before);
  }

  private Launcher.Run updateSet(String... changes) {
    String[] words = {"chain", "update-set", "-n", "c", "-S", "s"};
    String[] all = Arrays.copyOf(words, words.length + changes.length);
    System.arraycopy(changes, 0, all, words.length, changes.length);
    return sandbox.run(all);
  }
}
