package dev.jbpfilter.bytecode.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares text with a file of {@code src/test/resources/golden} of the module. With {@code
 * -Dgolden.update=true} the file is written instead, which a continuous-integration build (variable
 * {@code CI}) refuses.
 */
public final class Golden {
  private Golden() {}

  /** Compares with a file of the module whose tests run. */
  public static void check(String name, String actual) {
    check(Path.of("src/test/resources/golden", name), actual);
  }

  /** Compares with a file that lies elsewhere, such as one of the documentation. */
  public static void check(Path file, String actual) {
    try {
      if (Boolean.getBoolean("golden.update")) {
        assertThat(System.getenv("CI")).as("golden files are not updated in CI").isNull();
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, actual);
      }
      assertThat(actual).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
