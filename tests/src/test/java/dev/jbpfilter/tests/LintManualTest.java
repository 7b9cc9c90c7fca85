package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.cgen.analysis.lint.FindingKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What doc/lint.md types and shows. */
@RequiresLauncher
class LintManualTest {
  private static final Path PAGE = Checkout.ROOT.resolve("doc/lint.md");

  @TempDir private Path directory;

  @Test
  void thePageRuns() throws Exception {
    PageSession.run(PAGE, List.of("bash"), "", Files.createDirectory(directory.resolve("session")));
  }

  @ParameterizedTest
  @EnumSource
  void everyKindIsShown(FindingKind kind) throws Exception {
    assertThat(Files.readString(PAGE))
        .contains(
            "\n### " + kind.keyword() + "\n",
            "Level: " + kind.level().keyword() + ".",
            "[" + kind.keyword() + "]\n");
  }
}
