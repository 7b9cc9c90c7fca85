package dev.jbpfilter.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The bytes behind the words of the command line, of which Java keeps what it made of them. */
final class ArgumentBytes {
  /** What Java puts where bytes are no UTF-8, and a character like any other. */
  private static final char REPLACEMENT = '\ufffd';

  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  private ArgumentBytes() {}

  /** The first of {@code words} that was not written in UTF-8. */
  static Optional<String> damaged(List<String> words) {
    for (String word : words) {
      if (word.indexOf(REPLACEMENT) >= 0) {
        return isUtf8() ? Optional.empty() : Optional.of(word);
      }
    }
    return Optional.empty();
  }

  private static boolean isUtf8() {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(COMMAND_LINE)));
      return true;
    } catch (IOException e) {
      // It is not; or there is no /proc, and that is the more likely of the two.
      return false;
    }
  }
}
