package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.kernel.Feature;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.tests.Launcher.Run;
import org.junit.jupiter.api.Test;

/** {@code features} on a real kernel, with and without privileges. */
@RequiresLauncher
@RequiresBpf
class FeaturesCommandTest {
  private static final String[] WITHOUT_BPF = {"setpriv", "--bounding-set", "-all,+dac_override"};

  @Test
  void allIsKnownToRoot() {
    Run run = Launcher.bfcli().run("features").ended(0);

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("Linux ").doesNotContain(" unknown, ");
    for (Feature feature : Feature.values()) {
      assertThat(run.out()).contains("\n  " + feature.id());
    }
    for (Hook hook : Hook.values()) {
      assertThat(run.out()).contains("\n  " + hook.keyword());
    }
  }

  @Test
  void withoutPrivilegesTheListSaysWhatIsNotKnown() {
    Run run = Launcher.bfcli().under(WITHOUT_BPF).run("features").ended(0);

    assertThat(run.err().lines())
        .containsExactlyInAnyOrder(
            "warning: can't find out about some features: BPF_PROG_LOAD: Operation not permitted",
            "warning: can't find out about some features: BPF_MAP_CREATE: Operation not permitted");
    assertThat(run.out())
        .contains(
            "\n  xdp_program              unknown, Linux 4.8: XDP programs\n",
            "\n  kernel_types             yes, Linux 5.4: ",
            "\n  BF_HOOK_XDP              unknown, Linux 6.5: ");
  }

  @Test
  void theJsonDocumentHasTheReasons() {
    Run run = Launcher.bfcli().under(WITHOUT_BPF).run("features", "--format", "json").ended(0);

    assertThat(run.out())
        .startsWith("{\n  \"format\": \"jbpfilter-features\",\n  \"version\": 1,\n")
        .contains("\"problem\": \"BPF_MAP_CREATE: Operation not permitted\"");
  }
}
