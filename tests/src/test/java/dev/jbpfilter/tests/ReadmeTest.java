package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.testing.NetworkNamespace;
import dev.jbpfilter.loader.testing.PrivateBpffs;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What README.md promises, done. */
class ReadmeTest {
  private static final Path README = Checkout.ROOT.resolve("README.md");

  private static List<Markdown.Block> blocks() throws IOException {
    return Markdown.blocks(README);
  }

  @Test
  void theFirstTwoCommandsDumpAnExampleAndRunTheTests() throws IOException {
    List<Markdown.Block> blocks = blocks();

    assertThat(blocks.subList(0, 2)).allMatch(block -> block.info().equals("sh"));
    assertThat(blocks.get(0).text())
        .matches("\\./bfcli ruleset set --from-file doc/examples/\\S+ --dry-run --dump asm\n");
    assertThat(blocks.get(1).text()).isEqualTo("mvn verify\n");
  }

  @Test
  @RequiresLauncher
  void commandOnePrintsAListing() throws IOException {
    String command = blocks().getFirst().text().strip();

    // The shell gets the launcher as its $1 too, and leaves it alone.
    Launcher.Run run = Launcher.bfcli().underShell(command).run().ended(0);

    assertThat(run.out()).startsWith("; chain web_server\n").contains("exit\n", "; rule 0");
    assertThat(run.err()).isEqualTo("info   : --dry-run used, ruleset not applied\n");
  }

  @Nested
  @RequiresBpf
  @RequiresLauncher
  class Demo {
    /**
     * Inside a name space of its own, where no address or device of the machine is in the way, and
     * with another name for the one name space that it makes.
     */
    @Test
    void pingFailsIsCountedAndWorksAgain() throws IOException {
      String demo = Markdown.texts(README, "sh demo").getFirst();
      String name = "demo" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
      assertThat(demo.lines()).hasSize(5);
      assertThat(demo).contains("netns add demo ", "netns del demo");
      String renamed = demo.replaceAll("\\bdemo\\b", name);

      try (PrivateBpffs bpffs = new PrivateBpffs();
          NetworkNamespace outer = new NetworkNamespace()) {
        try {
          Launcher.Run run =
              Launcher.bfcli()
                  .with("BF_BPFFS_PATH", bpffs.path())
                  .under("ip", "netns", "exec", outer.name(), "sh", "-c", renamed, "sh")
                  .run()
                  .ended(0);
          assertDemo(run);
          assertThat(Path.of(bpffs.path(), "bpfilter")).isEmptyDirectory();
          assertThat(Path.of("/run/netns", name)).doesNotExist();
        } finally {
          if (Files.exists(Path.of("/run/netns", name))) {
            Shell.run("ip", "netns", "delete", name);
          }
        }
      }
    }

    private void assertDemo(Launcher.Run run) {
      assertThat(run.err()).isEqualTo("info   : attached XDP program in driver mode\n");
      assertThat(run.out())
          .containsSubsequence(
              "3 packets transmitted, 0 received",
              "chain no_ping BF_HOOK_XDP{ifindex=",
              "        icmp.type eq echo-reply\n        counters 3 packets 294 bytes\n",
              "3 packets transmitted, 3 received");
    }
  }
}
