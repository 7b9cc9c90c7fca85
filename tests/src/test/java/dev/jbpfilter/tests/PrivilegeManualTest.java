package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.Bpfilter;
import dev.jbpfilter.loader.Trial;
import dev.jbpfilter.loader.testing.ControlGroup;
import dev.jbpfilter.loader.testing.NetworkNamespace;
import dev.jbpfilter.loader.testing.PrivateBpffs;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Flavor;
import dev.jbpfilter.ruleset.Hook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The capabilities that doc/operations.md names: with these alone, as root without the others, the
 * commands work, and without any one of them, they do not.
 */
@RequiresBpf
@RequiresLauncher
class PrivilegeManualTest {
  private static final Path PAGE = Checkout.ROOT.resolve("doc/operations.md");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final String RULES =
      "set s (ip4.daddr) in {192.0.2.1; 192.0.2.2} rule (ip4.daddr) in s counter log DROP";

  @TempDir private static Path directory;

  private static PrivateBpffs bpffs;
  private static NetworkNamespace namespace;
  private static ControlGroup group;
  private static Bpfilter bpfilter;

  /** A command of a row of the table, on a hook. */
  record Privilege(String command, Hook hook, Set<String> capabilities) {}

  @BeforeAll
  static void start() throws IOException {
    bpffs = new PrivateBpffs();
    namespace = new NetworkNamespace();
    group = new ControlGroup();
    bpfilter = Bpfilter.open(Path.of(bpffs.path()), event -> {});
  }

  @AfterAll
  static void stop() throws IOException {
    bpfilter.flush();
    bpfilter.close();
    group.close();
    namespace.close();
    bpffs.close();
  }

  static Stream<Privilege> privileges() throws IOException {
    List<Privilege> privileges = new ArrayList<>();
    for (List<String> cells : Markdown.table(PAGE, "Commands")) {
      if (cells.get(1).isEmpty()) {
        // Commands that have nothing to do with loaded chains.
        continue;
      }
      Set<String> capabilities = new LinkedHashSet<>(codes(cells.get(2)));
      List<String> commands = codes(cells.get(0));
      for (int i = 0; i < commands.size(); i++) {
        // The first command shows that it is so for each hook.
        List<Hook> hooks = hooks(cells.get(1), capabilities);
        for (Hook hook : i == 0 ? hooks : hooks.subList(0, 1)) {
          privileges.add(new Privilege(commands.get(i), hook, capabilities));
        }
      }
    }
    return privileges.stream();
  }

  private static List<String> codes(String cell) {
    return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
  }

  /** One hook of each kind, or any one if nothing depends on it. */
  private static List<Hook> hooks(String cell, Set<String> capabilities) {
    return switch (cell) {
      case "all" ->
          capabilities.isEmpty() || capabilities.equals(Set.of("CAP_SYS_ADMIN"))
              ? List.of(Hook.XDP)
              : hooks(true, true);
      case "XDP, TC, Netfilter, socket calls" -> hooks(true, false);
      case "packets of cgroups" -> hooks(false, true);
      default -> throw new IllegalArgumentException(cell);
    };
  }

  private static List<Hook> hooks(boolean others, boolean cgroupPackets) {
    return Stream.of(
            Hook.XDP,
            Hook.TC_INGRESS,
            Hook.NF_LOCAL_IN,
            Hook.CGROUP_SOCK_ADDR_CONNECT4,
            Hook.CGROUP_SKB_EGRESS)
        .filter(hook -> hook.flavor() == Flavor.CGROUP_SKB ? cgroupPackets : others)
        .toList();
  }

  @Test
  void theTableNamesTheseCapabilities() throws IOException {
    assertThat(privileges().map(Privilege::command))
        .contains("ruleset get", "ruleset set", "chain attach", "chain flush", "ruleset confirm");
  }

  @ParameterizedTest
  @MethodSource("privileges")
  void neitherMoreNorLess(Privilege privilege) throws IOException {
    assertThat(works(privilege, privilege.capabilities)).isTrue();
    for (String missing : privilege.capabilities) {
      Set<String> others = new LinkedHashSet<>(privilege.capabilities);
      others.remove(missing);
      assertThat(works(privilege, others)).as("without %s", missing).isFalse();
    }
  }

  private static boolean works(Privilege privilege, Set<String> capabilities) throws IOException {
    bpfilter.flush();
    Chain attached = chain(privilege.hook, "{" + options(privilege.hook) + "}");
    Path file = Files.writeString(directory.resolve("c.rules"), attached.toString());
    if (privilege.command.equals("ruleset confirm")) {
      return namespace.call(() -> {
        try (Trial trial = bpfilter.tryChain(attached, Duration.ofMinutes(1))) {
          return run(privilege, capabilities, file) == 0 && trial.isConfirmed();
        }
      });
    }
    namespace.run(() -> {
      switch (privilege.command) {
        case "ruleset set", "ruleset restore", "chain set", "chain load" -> {}
        case "chain attach" -> bpfilter.loadChain(chain(privilege.hook, ""));
        default -> bpfilter.setChain(attached);
      }
    });
    return run(privilege, capabilities, file) == 0;
  }

  private static Chain chain(Hook hook, String options) {
    return ThreeWayChain.parse("chain c " + hook.keyword() + options + " ACCEPT " + RULES);
  }

  private static String options(Hook hook) {
    return switch (hook.flavor()) {
      case XDP, TC -> "ifindex=" + RoutedHosts.index(namespace, "v0");
      case NETFILTER -> "priorities=101-102";
      case CGROUP_SKB, CGROUP_SOCK_ADDR -> "cgpath=" + group.path();
    };
  }

  private static int run(Privilege privilege, Set<String> capabilities, Path file) {
    StringBuilder bounds = new StringBuilder("--bounding-set=-all");
    for (String capability : capabilities) {
      bounds.append(",+").append(capability.toLowerCase(Locale.ROOT).replace("cap_", ""));
    }
    List<String> prefix = new ArrayList<>(List.of("ip", "netns", "exec", namespace.name()));
    boolean endless = privilege.command.equals("chain logs");
    if (endless) {
      // Interrupted, it ends with 130, and timeout with 124.
      prefix.addAll(List.of("timeout", "--signal=INT", "2"));
    }
    prefix.addAll(List.of("setpriv", "--no-new-privs", bounds.toString()));
    Launcher.Run run =
        Launcher.bfcli()
            .under(prefix.toArray(String[]::new))
            .with("BF_BPFFS_PATH", bpffs.path())
            .run(words(privilege, file));
    boolean unverified = run.err().contains("not verified");
    return endless && run.status() == 124 ? 0 : unverified ? 1 : run.status();
  }

  private static String[] words(Privilege privilege, Path file) {
    String arguments =
        switch (privilege.command) {
          case "ruleset get", "ruleset flush", "ruleset confirm" -> "";
          case "ruleset save" -> " -";
          case "ruleset diff", "ruleset restore", "ruleset check" -> " " + file;
          case "ruleset set", "chain set", "chain load", "chain update" -> " -f " + file;
          case "chain update-set" -> " -n c -S s -A 192.0.2.9";
          case "chain attach" -> " -n c -o " + options(privilege.hook);
          case "chain get", "chain flush", "chain logs" -> " -n c";
          case "top", "top --stats" -> " --once";
          case "metrics" -> "";
          default -> throw new IllegalArgumentException(privilege.command);
        };
    return (privilege.command + arguments).split(" ", -1);
  }
}
