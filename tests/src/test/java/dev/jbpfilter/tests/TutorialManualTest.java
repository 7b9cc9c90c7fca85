package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.testing.RequiresBpf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What doc/tutorial.md types and shows, done. */
@RequiresBpf
@RequiresLauncher
class TutorialManualTest {
  private static final Path PAGE = Checkout.ROOT.resolve("doc/tutorial.md");

  /** The tutorial's name space of a client is not to be seen, or found, by others. */
  private static final String PRIVATE_NAMES = "mount -t tmpfs tmpfs /run/netns\n";

  @TempDir private Path directory;

  @Test
  void theTutorialRuns() throws Exception {
    List<String> start = Markdown.texts(PAGE, "sh start");
    assertThat(start).hasSize(1);

    PageSession.run(
        PAGE,
        List.of(start.getFirst().strip().split(" ")),
        PRIVATE_NAMES,
        Files.createDirectory(directory.resolve("session")));
  }
}
