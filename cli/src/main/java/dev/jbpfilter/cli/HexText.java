package dev.jbpfilter.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes written in hexadecimal, as {@code --dump hex} and {@code asm} do: digits in pairs, spaces
 * anywhere between them, comments from {@code #} to the end of the line, and an empty line between
 * programs.
 */
final class HexText {
  private HexText() {}

  /** Whether bytes are such a text. No program is one: it has an exit, which is no ASCII. */
  static boolean isHex(byte[] bytes) {
    boolean comment = false;
    boolean digits = false;
    for (byte b : bytes) {
      if (b == '#' || b == '\n') {
        comment = b == '#';
      } else if (!comment) {
        boolean digit = Character.digit(b, 16) >= 0;
        if (!digit && !Character.isWhitespace(b)) {
          return false;
        }
        digits |= digit;
      }
    }
    return digits;
  }

  /**
   * The programs of a text that {@link #isHex is one}.
   *
   * @throws IllegalArgumentException if a byte has one digit only; names the slot
   */
  static List<byte[]> parse(byte[] text) {
    List<byte[]> programs = new ArrayList<>();
    ByteArrayOutputStream program = new ByteArrayOutputStream();
    for (String line : new String(text, StandardCharsets.ISO_8859_1).lines().toList()) {
      if (line.isBlank() && program.size() > 0) {
        programs.add(program.toByteArray());
        program.reset();
      }
      int comment = line.indexOf('#');
      parseLine(comment < 0 ? line : line.substring(0, comment), program);
    }
    if (program.size() > 0) {
      programs.add(program.toByteArray());
    }
    return programs;
  }

  private static void parseLine(String line, ByteArrayOutputStream out) {
    int high = -1;
    for (int i = 0; i < line.length(); i++) {
      int digit = Character.digit(line.charAt(i), 16);
      if (digit >= 0) {
        if (high >= 0) {
          out.write(high << 4 | digit);
          high = -1;
        } else {
          high = digit;
        }
      } else if (high >= 0) {
        break;
      }
    }
    if (high >= 0) {
      throw new IllegalArgumentException(
          "slot " + out.size() / Long.BYTES + ": a byte has one digit only");
    }
  }
}
