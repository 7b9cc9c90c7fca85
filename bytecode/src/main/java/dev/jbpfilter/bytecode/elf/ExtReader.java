package dev.jbpfilter.bytecode.elf;

import dev.jbpfilter.bytecode.btf.BtfException;
import dev.jbpfilter.bytecode.btf.BtfTexts;
import dev.jbpfilter.bytecode.btf.BtfType;
import dev.jbpfilter.bytecode.btf.BtfTypes;
import dev.jbpfilter.bytecode.btf.Member;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What {@code .BTF.ext} says about instructions (Documentation/bpf/btf.rst): their source lines,
 * and what depends on the kernel's types.
 */
final class ExtReader {
  static final String SECTION = ".BTF.ext";
  static final int MAGIC = 0xeb9f;
  static final int HEADER_BYTES = 24;
  static final int CORE_HEADER_BYTES = 32;
  static final int LINE_BYTES = 16;
  static final int CORE_BYTES = 16;

  private final ByteBuffer data;
  private final BtfTypes types;
  private final BtfTexts texts;
  private final int headerBytes;

  /**
   * A source line.
   *
   * @param offset of the instruction in its section
   */
  record Line(int offset, int number, String text) {}

  /**
   * A number that the kernel's types give.
   *
   * @param offset of the instruction in its section
   */
  record Core(int offset, CoreRelocation.Kind kind, String type, String path) {}

  private final Map<String, List<Line>> lines = new HashMap<>();
  private final Map<String, List<Core>> cores = new HashMap<>();

  private ExtReader(byte[] bytes, ByteOrder order, BtfTypes types, BtfTexts texts) {
    this.data = ByteBuffer.wrap(bytes).order(order);
    this.types = types;
    this.texts = texts;
    require(bytes.length >= HEADER_BYTES, 0, "no header");
    require(data.getShort(0) == (short) MAGIC, 0, "no magic number");
    require(data.get(2) == 1 && data.get(3) == 0, 2, "unknown version");
    headerBytes = data.getInt(4);
    require(headerBytes >= HEADER_BYTES && headerBytes <= bytes.length, 4, "header is cut off");
  }

  /** Reads the section. Problems with the types in it are problems of this section too. */
  static ExtReader read(byte[] bytes, ByteOrder order, BtfTypes types, BtfTexts texts) {
    ExtReader reader = new ExtReader(bytes, order, types, texts);
    try {
      reader.table(16, LINE_BYTES, reader.lines, reader::line);
      if (reader.headerBytes >= CORE_HEADER_BYTES) {
        reader.table(24, CORE_BYTES, reader.cores, reader::core);
      }
    } catch (BtfException e) {
      throw new ObjectFileException(SECTION, 0, String.valueOf(e.getMessage()), e);
    }
    for (List<Line> lines : reader.lines.values()) {
      // Line 0 is the compiler's for what comes from no line.
      lines.removeIf(line -> line.number() == 0);
      lines.sort(Comparator.comparingInt(Line::offset));
    }
    for (List<Core> cores : reader.cores.values()) {
      cores.sort(Comparator.comparingInt(Core::offset));
    }
    return reader;
  }

  /** The lines of the instructions from one offset of a section to another, in order. */
  List<Line> lines(String section, int from, int to) {
    List<Line> all = lines.getOrDefault(section, List.of());
    return all.subList(first(all, Line::offset, from), first(all, Line::offset, to));
  }

  /** What depends on the kernel's types from one offset of a section to another, in order. */
  List<Core> cores(String section, int from, int to) {
    List<Core> all = cores.getOrDefault(section, List.of());
    return all.subList(first(all, Core::offset, from), first(all, Core::offset, to));
  }

  /** Index of the first record that is not before an offset. */
  private static <T> int first(List<T> records, ToIntFunction<T> offsetOf, int offset) {
    int low = 0;
    int high = records.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (offsetOf.applyAsInt(records.get(middle)) < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private <T> void table(
      int header, int minimum, Map<String, List<T>> records, IntFunction<T> record) {
    long start = headerBytes + (data.getInt(header) & 0xffff_ffffL);
    long end = start + (data.getInt(header + 4) & 0xffff_ffffL);
    require(end <= data.limit(), header, "table is outside of the section");
    if (start == end) {
      return;
    }
    require(end - start >= 4, (int) start, "table is cut off");
    int size = data.getInt((int) start);
    require(size >= minimum && size % 4 == 0, (int) start, "records of " + size + " bytes");
    int at = (int) start + 4;
    while (at < end) {
      require(end - at >= 8, at, "table is cut off");
      String section = texts.at(data.getInt(at));
      long count = data.getInt(at + 4) & 0xffff_ffffL;
      at += 8;
      require(count * size <= end - at, at, "table is cut off");
      List<T> list = records.computeIfAbsent(section, name -> new ArrayList<>());
      for (long i = 0; i < count; i++) {
        list.add(record.apply(at));
        at += size;
      }
    }
  }

  private Line line(int at) {
    String text = texts.at(data.getInt(at + 8)).strip();
    int line = data.getInt(at + 12) >>> 10;
    if (text.isEmpty()) {
      text = texts.at(data.getInt(at + 4)) + ":" + line;
    }
    return new Line(slotOffset(at), line, text);
  }

  private int slotOffset(int at) {
    int offset = data.getInt(at);
    require(offset >= 0 && offset % Long.BYTES == 0, at, "no instruction at " + offset);
    return offset;
  }

  private Core core(int at) {
    int number = data.getInt(at + 12);
    CoreRelocation.Kind kind =
        CoreRelocation.Kind.of(number)
            .orElseThrow(() -> new ObjectFileException(SECTION, at, "unknown kind " + number));
    int id = data.getInt(at + 4);
    require(id >= 0 && id <= types.lastId(), at + 4, "no type " + Integer.toUnsignedString(id));
    String access = texts.at(data.getInt(at + 8));
    String path = "";
    if (kind.ofField()) {
      path = path(id, access, at);
    } else if (kind == CoreRelocation.Kind.ENUMVAL_EXISTS
        || kind == CoreRelocation.Kind.ENUMVAL_VALUE) {
      path = value(id, access, at);
    }
    return new Core(slotOffset(at), kind, id == 0 ? "void" : types.type(id).name(), path);
  }

  private String value(int id, String access, int at) {
    int index = number(access, 0, access.length(), at);
    if (definition(id) instanceof BtfType.Enumeration enumeration
        && index < enumeration.values().size()) {
      return enumeration.values().get(index).name();
    }
    throw new ObjectFileException(SECTION, at, "no value " + access);
  }

  /**
   * The path of an access string: {@code 0:2:1} is the second member of the third member. A first
   * number other than 0 is an element of an array of structures, which a path cannot say.
   */
  private String path(int id, String access, int at) {
    StringBuilder path = new StringBuilder();
    int end = access.indexOf(':');
    boolean first = number(access, 0, end < 0 ? access.length() : end, at) == 0;
    BtfType type = definition(id);
    while (end >= 0) {
      int start = end + 1;
      end = access.indexOf(':', start);
      int index = number(access, start, end < 0 ? access.length() : end, at);
      if (type instanceof BtfType.Array array) {
        path.append('[').append(index).append(']');
        type = definition(array.element());
      } else if (type instanceof BtfType.Composite composite
          && index < composite.members().size()) {
        Member member = composite.members().get(index);
        if (!member.name().isEmpty()) {
          path.append(path.isEmpty() ? "" : ".").append(member.name());
        }
        type = definition(member.type());
      } else {
        throw new ObjectFileException(SECTION, at, "no member " + access);
      }
    }
    return first && path.indexOf("[") != 0 ? path.toString() : "";
  }

  private static int number(String text, int start, int end, int at) {
    try {
      return Integer.parseUnsignedInt(text, start, end, 10) & Integer.MAX_VALUE;
    } catch (NumberFormatException e) {
      throw new ObjectFileException(SECTION, at, "malformed access " + text, e);
    }
  }

  private @Nullable BtfType definition(int id) {
    int at = types.definition(id);
    return at == 0 ? null : types.type(at);
  }

  private static void require(boolean condition, int at, String problem) {
    if (!condition) {
      throw new ObjectFileException(SECTION, at, problem);
    }
  }
}
