package dev.jbpfilter.tests;

import dev.jbpfilter.loader.testing.RequiresBpf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What doc/explain.md types and shows, on a machine of its own. */
@RequiresBpf
@RequiresLauncher
class ExplainManualTest {
  @TempDir private Path directory;

  @Test
  void thePageRuns() throws Exception {
    PageSession.run(
        Checkout.ROOT.resolve("doc/explain.md"),
        List.of("unshare", "--net", "--mount", "bash"),
        "mount -t bpf bpf /sys/fs/bpf\n",
        Files.createDirectory(directory.resolve("session")));
  }
}
