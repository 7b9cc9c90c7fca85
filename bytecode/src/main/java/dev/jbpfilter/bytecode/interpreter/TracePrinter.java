package dev.jbpfilter.bytecode.interpreter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code trace_printk}: numbers in decimal or hexadecimal ({@code %d}, {@code %i}, {@code %u},
 * {@code %x}, each with {@code l} or {@code ll} or without) and {@code %%}. A program with another
 * conversion faults.
 */
final class TracePrinter {
  private static final int MOST_ARGUMENTS = 3;

  private final Memory memory;
  private final List<String> lines = new ArrayList<>();

  TracePrinter(Memory memory) {
    this.memory = memory;
  }

  void reset() {
    lines.clear();
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  /** The number of characters written, or a negative errno. */
  long print(long format, long size, long... arguments) {
    byte[] bytes = memory.read(format, size);
    String text = new String(bytes, StandardCharsets.US_ASCII);
    if (text.isEmpty() || text.charAt(text.length() - 1) != 0) {
      return -Errno.EINVAL;
    }
    StringBuilder line = new StringBuilder();
    int next = 0;
    int end = text.indexOf(0);
    for (int i = 0; i < end; i++) {
      if (text.charAt(i) != '%') {
        line.append(text.charAt(i));
        continue;
      }
      boolean wide = false;
      for (i++; i < end && text.charAt(i) == 'l'; i++) {
        wide = true;
      }
      char conversion = i < end ? text.charAt(i) : 0;
      if (conversion == '%') {
        line.append(conversion);
      } else if (next == MOST_ARGUMENTS) {
        return -Errno.EINVAL;
      } else {
        line.append(number(conversion, wide, arguments[next++]));
      }
    }
    lines.add(line.toString());
    return line.length();
  }

  private static String number(char conversion, boolean wide, long value) {
    return switch (conversion) {
      case 'd', 'i' -> Long.toString(wide ? value : (int) value);
      case 'u' -> Long.toUnsignedString(wide ? value : value & 0xffff_ffffL);
      case 'x' -> Long.toHexString(wide ? value : value & 0xffff_ffffL);
      default -> throw AccessException.call("trace_printk: %" + conversion + " is not interpreted");
    };
  }
}
