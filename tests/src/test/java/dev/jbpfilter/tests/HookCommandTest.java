package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.testing.ControlGroup;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import dev.jbpfilter.ruleset.Flavor;
import dev.jbpfilter.ruleset.Hook;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Chains on every hook by the real command line: what is listed, and what bpftool sees. */
@RequiresBpf
@RequiresLauncher
class HookCommandTest {
  private static final String DRIVER_MODE = "info   : attached XDP program in driver mode";

  private Sandbox sandbox;
  private ControlGroup group;

  @BeforeEach
  void setUp() throws IOException {
    sandbox = new Sandbox();
    group = new ControlGroup();
  }

  @AfterEach
  void tearDown() throws IOException {
    sandbox.run("ruleset", "flush").said(0);
    group.close();
    sandbox.close();
  }

  @Test
  void everyHookIsListedWithItsOptions() throws IOException {
    sandbox.run("ruleset", "set", "-s", ruleset("101-102")).said(0, DRIVER_MODE);
    assertThat(sandbox.listing("ruleset", "get")).isEqualTo(listing("101-102"));
    List<String> links = links();
    assertThat(links).hasSize(Hook.values().length + 5);

    sandbox.run("ruleset", "set", "-s", ruleset("101-102")).said(0, DRIVER_MODE);
    assertThat(sandbox.listing("ruleset", "get")).isEqualTo(listing("102-101"));
    for (Hook hook : Hook.values()) {
      assertThat(sandbox.listing("chain", "get", "--name", name(hook)))
          .isEqualTo(listing(hook, "102-101"));
    }
    // All but the pairs on the five Netfilter hooks are the same links.
    List<String> kept = links();
    kept.retainAll(links);
    assertThat(kept).hasSize(Hook.values().length - 5);
  }

  @Test
  void anAttachedChainIsListedWithItsOptions() {
    for (Hook hook : List.of(Hook.TC_EGRESS, Hook.NF_FORWARD, Hook.CGROUP_SOCK_ADDR_SENDMSG6)) {
      String keyword = hook.keyword();
      sandbox
          .run("chain", "load", "-s", "chain c " + keyword + " ACCEPT")
          .said(0, "info   : load c");
      sandbox
          .run("chain", "attach", "-n", "c", "-o", options(hook, "7-6"))
          .said(0, "info   : attaching c to " + keyword);
      assertThat(sandbox.listing("chain", "get", "--name", "c"))
          .startsWith("chain c " + keyword + "{" + options(hook, "7-6") + "} ACCEPT\n");
      sandbox.run("chain", "flush", "-n", "c").said(0);
    }
  }

  private String ruleset(String priorities) {
    StringBuilder text = new StringBuilder();
    for (Hook hook : Hook.values()) {
      text.append(head(hook, priorities)).append('\n');
    }
    return text.toString();
  }

  /** The last chain of a ruleset is the newest. */
  private String listing(String priorities) {
    StringBuilder text = new StringBuilder();
    for (Hook hook : List.of(Hook.values()).reversed()) {
      text.append(listing(hook, priorities));
    }
    return text.toString();
  }

  private String listing(Hook hook, String priorities) {
    String none = hook.flavor() == Flavor.CGROUP_SOCK_ADDR ? "0 calls" : "0 packets 0 bytes";
    return head(hook, priorities) + "\n    counters policy " + none + "; error " + none + "\n";
  }

  private String head(Hook hook, String priorities) {
    String where = options(hook, priorities);
    return "chain " + name(hook) + " " + hook.keyword() + "{" + where + "} ACCEPT";
  }

  private String options(Hook hook, String priorities) {
    return switch (hook.flavor()) {
      case XDP, TC -> "ifindex=" + sandbox.wire().ifindex();
      case NETFILTER -> "priorities=" + priorities;
      case CGROUP_SKB, CGROUP_SOCK_ADDR -> "cgpath=" + group.path();
    };
  }

  /** The numbers of all links, each of which must run its chain's program. */
  private List<String> links() throws IOException {
    List<String> links = new ArrayList<>();
    for (Hook hook : Hook.values()) {
      String program = bpftool(hook, "prog", "bf_prog", "/id");
      links.add(link(hook, "bf_link", program));
      if (hook.flavor() == Flavor.NETFILTER) {
        links.add(link(hook, "bf_link_extra", program));
      }
    }
    return links;
  }

  private String link(Hook hook, String pin, String program) throws IOException {
    assertThat(bpftool(hook, "link", pin, "/prog_id")).isEqualTo(program);
    return bpftool(hook, "link", pin, "/id");
  }

  private String bpftool(Hook hook, String object, String pin, String value) throws IOException {
    String path = sandbox.pin(name(hook), pin).toString();
    return Json.scalars(Shell.run("bpftool", "-j", object, "show", "pinned", path), value)
        .getFirst();
  }

  private static String name(Hook hook) {
    return hook.name().toLowerCase(Locale.ROOT);
  }
}
