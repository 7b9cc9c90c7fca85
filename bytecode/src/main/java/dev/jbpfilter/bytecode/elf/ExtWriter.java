package dev.jbpfilter.bytecode.elf;

import dev.jbpfilter.bytecode.btf.StringTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects {@code .BTF.ext}: the types of functions, source lines, and CO-RE relocations. */
final class ExtWriter {
  private static final int FUNCTION_BYTES = 8;

  /** {@code BPF_LINE_INFO_LINE_COL}: the column has the lower ten bits. */
  private static final int COLUMN_BITS = 10;

  private static final int MAX_LINE = (1 << (32 - COLUMN_BITS)) - 1;

  private final StringTable strings;
  private final Map<String, List<int[]>> functions = new LinkedHashMap<>();
  private final Map<String, List<int[]>> lines = new LinkedHashMap<>();
  private final Map<String, List<int[]>> cores = new LinkedHashMap<>();

  /**
   * @param strings those of the types, which have the texts too
   */
  ExtWriter(StringTable strings) {
    this.strings = strings;
  }

  /** A function begins. Offsets in a section ascend from call to call; so for lines. */
  void function(String section, int offset, int type) {
    add(functions, section, offset, type);
  }

  /** The instructions from an offset on come from a line. */
  void line(String section, int offset, String file, int line, String text) {
    int position = Math.min(line, MAX_LINE) << COLUMN_BITS | 1;
    add(lines, section, offset, strings.offset(file), strings.offset(text), position);
  }

  /** An instruction depends on the kernel's types. */
  void core(String section, int offset, int type, String access, CoreRelocation.Kind kind) {
    add(cores, section, offset, type, strings.offset(access), kind.number());
  }

  byte[] encode(ByteOrder order) {
    int functionBytes = bytes(functions, FUNCTION_BYTES);
    int lineBytes = bytes(lines, ExtReader.LINE_BYTES);
    int coreBytes = bytes(cores, ExtReader.CORE_BYTES);
    ByteBuffer out =
        ByteBuffer.allocate(ExtReader.CORE_HEADER_BYTES + functionBytes + lineBytes + coreBytes)
            .order(order);
    out.putShort((short) ExtReader.MAGIC).put((byte) 1).put((byte) 0);
    out.putInt(ExtReader.CORE_HEADER_BYTES);
    out.putInt(0).putInt(functionBytes).putInt(functionBytes).putInt(lineBytes);
    out.putInt(functionBytes + lineBytes).putInt(coreBytes);
    put(out, functions, FUNCTION_BYTES);
    put(out, lines, ExtReader.LINE_BYTES);
    put(out, cores, ExtReader.CORE_BYTES);
    return out.array();
  }

  private void add(Map<String, List<int[]>> table, String section, int... record) {
    // The name is a text of its own in the same table.
    strings.offset(section);
    table.computeIfAbsent(section, name -> new ArrayList<>()).add(record);
  }

  private static int bytes(Map<String, List<int[]>> table, int recordBytes) {
    int bytes = table.isEmpty() ? 0 : Integer.BYTES;
    for (List<int[]> records : table.values()) {
      bytes += 2 * Integer.BYTES + records.size() * recordBytes;
    }
    return bytes;
  }

  private void put(ByteBuffer out, Map<String, List<int[]>> table, int recordBytes) {
    if (table.isEmpty()) {
      return;
    }
    out.putInt(recordBytes);
    table.forEach((section, records) -> {
      out.putInt(strings.offset(section)).putInt(records.size());
      for (int[] record : records) {
        for (int number : record) {
          out.putInt(number);
        }
      }
    });
  }
}
