package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.tests.Launcher.Run;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code --verbose} adds on a real kernel, and what is said without it. */
@RequiresLauncher
@RequiresBpf
class VerboseCommandTest {
  private static final String CHAIN = "chain a BF_HOOK_XDP ACCEPT rule tcp.dport 80 counter DROP";

  /** Without CAP_PERFMON, the verifier refuses arithmetic with pointers. */
  private static final String[] WITHOUT_PERFMON = {
    "setpriv", "--bounding-set", "-all,+bpf,+net_admin,+dac_override"
  };

  private Sandbox sandbox;

  @BeforeEach
  void create() throws IOException {
    sandbox = new Sandbox();
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  private Run refused(String... words) {
    return sandbox.run(Launcher.bfcli().under(WITHOUT_PERFMON), words);
  }

  @Test
  void debugTellsEachStep() {
    Run run = sandbox.run("-v", "debug", "chain", "load", "-s", CHAIN).ended(0);

    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .contains(
            "debug  : " + sandbox.bpffs() + "/bpfilter: flock exclusive",
            "debug  : map bf_cmap: BPF_MAP_CREATE",
            "debug  : program bf_prog: BPF_PROG_LOAD",
            "info   : load a")
        .anyMatch(line -> line.startsWith("debug  : ") && line.endsWith("/bf_prog: BPF_OBJ_PIN"))
        .allMatch(line -> line.startsWith("debug  : ") || line.equals("info   : load a"));
    assertThat(sandbox.run("-vdebug", "ruleset", "get").ended(0).err())
        .isEqualTo(
            "debug  : "
                + sandbox.bpffs()
                + "/bpfilter: flock shared\ndebug  : "
                + sandbox.bpffs()
                + "/bpfilter/a: flock shared\n");
  }

  @Test
  void bytecodePrintsProgramsBeforeTheyAreLoaded() {
    Run run = sandbox.run("-v", "bytecode", "chain", "load", "-s", CHAIN).ended(0);

    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("debug  : ; chain a\n")
        .contains("(95) exit\n")
        .endsWith("info   : load a\n")
        .doesNotContain("BPF_PROG_LOAD", "flock");
    assertThat(refused("-v", "bytecode", "chain", "load", "-s", CHAIN.replace(" a ", " b ")).err())
        .startsWith("debug  : ; chain b\n")
        .contains("error  : failed to load chain 'b'");
  }

  @Test
  void bpfLetsProgramsTrace() {
    String quiet = sandbox.run("-v", "bytecode", "chain", "load", "-s", CHAIN).ended(0).err();
    String tracing =
        sandbox.run("-v", "bytecode", "-v", "bpf", "chain", "set", "-s", CHAIN).ended(0).err();

    assertThat(quiet).doesNotContain("trace_printk");
    assertThat(tracing).contains("call bpf_trace_printk#6");
  }

  @Test
  void aRefusedProgramIsToldWithItsPlaceAndTheEndOfTheLog() {
    Run run = refused("chain", "load", "-s", CHAIN).ended(243);

    assertThat(run.err())
        .matches(
            "(?s)error  : failed to load chain 'a': program bf_prog \\(\\d+ instructions\\):"
                + " BPF_PROG_LOAD: rejected at instruction \\d+, [^:\n]+: R\\d [^\n]+:"
                + " Permission denied\n"
                + "error  : end of the verifier log \\(all of it with --verbose debug\\):\n.*");
    assertThat(run.err().lines().count()).isLessThanOrEqualTo(9);
  }

  @Test
  void debugShowsTheWholeLog() {
    Run run = refused("-v", "debug", "chain", "load", "-s", CHAIN).ended(243);

    assertThat(run.err())
        .contains("error  : verifier log:\n", "\n0: (", "\nprocessed ")
        .doesNotContain("end of the verifier log");
  }
}
