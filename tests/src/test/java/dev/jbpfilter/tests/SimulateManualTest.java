package dev.jbpfilter.tests;

import dev.jbpfilter.loader.testing.RequiresBpf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What doc/simulate.md records, types and shows, on a machine of its own. */
@RequiresBpf
@RequiresLauncher
class SimulateManualTest {
  @TempDir private Path directory;

  @Test
  void thePageRuns() throws Exception {
    PageSession.run(
        Checkout.ROOT.resolve("doc/simulate.md"),
        List.of("unshare", "--net", "--mount", "bash"),
        "ip link set lo up\n",
        Files.createDirectory(directory.resolve("session")));
  }
}
