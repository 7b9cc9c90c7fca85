package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jbpfilter.loader.testing.PrivateBpffs;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What doc/json.md shows, done. */
@RequiresLauncher
class JsonManualTest {
  private static final Path PAGE = Checkout.ROOT.resolve("doc/json.md");

  @TempDir private Path directory;

  /** A command of the page, and what it prints. */
  private record Sample(String command, String output) {}

  @BeforeEach
  void writeRules() throws IOException {
    Files.writeString(directory.resolve("web.rules"), Markdown.texts(PAGE, "rules").getFirst());
  }

  /** The commands in blocks that are called {@code info}, each with the block behind it. */
  private static List<Sample> samples(String info) throws IOException {
    List<Markdown.Block> blocks = Markdown.blocks(PAGE);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      if (blocks.get(i).info().equals(info)) {
        samples.add(new Sample(blocks.get(i).text(), blocks.get(i + 1).text()));
      }
    }
    return samples;
  }

  private void assertPrints(Sample sample, Launcher launcher) {
    // The launcher is $1, and what the sample calls bfcli.
    String script = "launcher=$1\nbfcli() { \"$launcher\" \"$@\"; }\n" + sample.command();
    Launcher.Run run = launcher.in(directory).underShell(script).run().ended(0);

    assertThat(run.out()).as(run.toString()).isEqualTo(sample.output());
  }

  private static void assumeJq() {
    String path = System.getenv().getOrDefault("PATH", "");
    boolean found =
        Stream.of(path.split(":", -1)).anyMatch(dir -> Files.isExecutable(Path.of(dir, "jq")));
    assumeTrue(found, "jq is not installed");
  }

  @Test
  void theFirstDocument() throws IOException {
    assertPrints(samples("sh").getFirst(), Launcher.bfcli());
  }

  @Test
  void dryRuns() throws IOException {
    assumeJq();
    List<Sample> samples = samples("sh");

    assertThat(samples).hasSize(5);
    for (Sample sample : samples.subList(1, samples.size())) {
      assertPrints(sample, Launcher.bfcli());
    }
  }

  /** Golden files of the command line's tests, in which each document of the page is found. */
  @Test
  void documentsOfLogsAndCounters() throws IOException {
    for (String kind : List.of("log", "top")) {
      String golden =
          Files.readString(
              Checkout.ROOT.resolve("cli/src/test/resources/golden/" + kind + ".json"));
      List<String> documents = Markdown.texts(PAGE, "json " + kind);
      assertThat(documents).isNotEmpty();
      for (String document : documents) {
        assertThat(golden.replaceAll("\\s", "")).contains(document.replaceAll("\\s", ""));
      }
    }
  }

  @Nested
  @RequiresBpf
  class LoadedChains {
    @Test
    void areListed() throws IOException {
      assumeJq();
      List<Sample> samples = samples("sh kernel");

      assertThat(samples).hasSize(3);
      try (PrivateBpffs bpffs = new PrivateBpffs()) {
        Launcher bfcli = Launcher.bfcli().with("BF_BPFFS_PATH", bpffs.path());
        String rules = "chain web BF_HOOK_XDP DROP rule tcp.dport 443 counter ACCEPT";
        bfcli.run("chain", "load", "--from-str", rules).ended(0);
        for (Sample sample : samples) {
          assertPrints(sample, bfcli);
        }
      }
    }
  }
}
