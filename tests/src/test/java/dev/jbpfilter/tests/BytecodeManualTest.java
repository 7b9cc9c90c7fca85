package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.testing.PrivateBpffs;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What doc/bytecode.md promises, done. */
@RequiresBpf
class BytecodeManualTest {
  private static final Path PAGE = Checkout.ROOT.resolve("doc/bytecode.md");

  @TempDir private Path directory;

  @Test
  void theTutorialCompilesAndRuns() throws IOException {
    String output = JavaExample.write(directory, Markdown.texts(PAGE, "java").getFirst()).run();

    assertThat(output).isEqualTo(Markdown.texts(PAGE, "text").getFirst().strip());
  }

  @Test
  @RequiresLauncher
  void theSourceAssemblesAndLoads() throws IOException {
    Files.writeString(directory.resolve("count.s"), Markdown.texts(PAGE, "asm").getFirst());
    Path rules = Checkout.ROOT.resolve("doc/examples/web-server.rules");
    Files.copy(rules, directory.resolve("web.rules"));

    try (PrivateBpffs bpffs = new PrivateBpffs()) {
      StringBuilder script = new StringBuilder("set -e; cd " + directory + "\n");
      script.append("bfcli() { ").append(Checkout.LAUNCHER).append(" \"$@\"; }\n");
      for (String block : Markdown.texts(PAGE, "sh")) {
        script.append(block.replace("/sys/fs/bpf", bpffs.path()));
      }
      String output = Shell.run("sh", "-c", script.toString());

      assertThat(output)
          .contains("(18) r1 = map[name:packets]", "r1 = 0x1", "; find the counter", "; count");
    }
    assertThat(Files.readAllBytes(directory.resolve("web.o"))).startsWith(0x7f, 'E', 'L', 'F');
  }
}
