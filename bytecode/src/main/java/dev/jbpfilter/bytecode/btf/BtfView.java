package dev.jbpfilter.bytecode.btf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Types in their bytes. Opening walks over them once and notes where each begins; a type is decoded
 * when it is asked for. So a few types out of the hundred thousand of a kernel cost little.
 *
 * <pre>{@code
 * BtfView kernel = BtfView.of(Files.readAllBytes(Path.of("/sys/kernel/btf/vmlinux")));
 * int skBuff = kernel.find(BtfKind.STRUCT, "sk_buff").orElseThrow();
 * long offset = kernel.field(skBuff, "dev").orElseThrow().byteOffset();
 * }</pre>
 */
public final class BtfView implements BtfTypes {
  static final int MAGIC = 0xeb9f;
  static final int VERSION = 1;
  static final int HEADER_BYTES = 24;
  static final int TYPE_BYTES = 12;

  private final ByteBuffer data;
  private final @Nullable BtfView base;
  private final int typesStart;
  private final int typesEnd;
  private final int stringsStart;
  private final int stringsEnd;

  /** Where each type begins. */
  private int[] starts = new int[1024];

  private int count;

  private BtfView(ByteBuffer data, @Nullable BtfView base) {
    this.data = data;
    this.base = base;
    int headerBytes = header();
    typesStart = section(headerBytes, 8);
    typesEnd = typesStart + data.getInt(12);
    stringsStart = section(headerBytes, 16);
    stringsEnd = stringsStart + data.getInt(20);
    if (typesStart != headerBytes || typesEnd != stringsStart || stringsEnd != data.limit()) {
      throw BtfException.at(8, "types and strings do not fill the bytes after the header");
    }
    checkStrings();
    index();
  }

  /**
   * A view of bytes of either byte order. They must not be changed as long as the view is in use.
   *
   * @throws BtfException if they are no type information
   */
  public static BtfView of(byte[] bytes) {
    return new BtfView(ordered(bytes), null);
  }

  /**
   * A view of types that continue others.
   *
   * @throws BtfException if the bytes are no type information
   */
  public static BtfView of(byte[] bytes, BtfView base) {
    return new BtfView(ordered(bytes), base);
  }

  /** All types, decoded. */
  public Btf decode() {
    return Btf.of(this, base);
  }

  /** The byte order. */
  public ByteOrder order() {
    return data.order();
  }

  /** The texts as they are, and those of the base; for {@link BtfEncoder} to keep the order. */
  public StringTable strings() {
    byte[] section = new byte[stringsEnd - stringsStart];
    data.get(stringsStart, section);
    return StringTable.of(section, base == null ? null : base.strings());
  }

  @Override
  public int firstId() {
    return base == null ? 1 : base.lastId() + 1;
  }

  @Override
  public int lastId() {
    return firstId() + count - 1;
  }

  @Override
  public BtfType type(int id) {
    if (base != null && id < firstId()) {
      return base.type(id);
    }
    if (id < 1 || id > lastId()) {
      throw new IllegalArgumentException("no type " + id);
    }
    return new TypeReader(this, data, starts[id - firstId()]).read();
  }

  @Override
  public OptionalInt find(BtfKind kind, String name) {
    if (base != null) {
      OptionalInt found = base.find(kind, name);
      if (found.isPresent()) {
        return found;
      }
    }
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < count; i++) {
      if (matches(starts[i], kind.number(), bytes)) {
        return OptionalInt.of(firstId() + i);
      }
    }
    return OptionalInt.empty();
  }

  /**
   * The text at an offset.
   *
   * @throws BtfException if there is none
   */
  public String text(int offset) {
    BtfView owner = owner(offset);
    int start = owner.position(offset);
    if (start < 0) {
      throw new BtfException("BTF", "no text at " + Integer.toUnsignedString(offset));
    }
    int end = start;
    while (owner.data.get(end) != 0) {
      end++;
    }
    try {
      CharBuffer text =
          StandardCharsets.UTF_8.newDecoder().decode(owner.data.slice(start, end - start));
      return text.toString();
    } catch (CharacterCodingException e) {
      throw BtfException.at(start, "text is not UTF-8");
    }
  }

  private static ByteBuffer ordered(byte[] bytes) {
    ByteBuffer data = ByteBuffer.wrap(bytes);
    if (bytes.length < HEADER_BYTES) {
      throw BtfException.at(0, "no header");
    }
    if (data.getShort(0) == (short) MAGIC) {
      return data;
    }
    data.order(ByteOrder.LITTLE_ENDIAN);
    if (data.getShort(0) != (short) MAGIC) {
      throw BtfException.at(0, "no BTF magic number");
    }
    return data;
  }

  private int header() {
    if (data.get(2) != VERSION) {
      throw BtfException.at(2, "unknown version " + (data.get(2) & 0xff));
    }
    if (data.get(3) != 0) {
      throw BtfException.at(3, "unknown flags");
    }
    int bytes = data.getInt(4);
    if (bytes < HEADER_BYTES || bytes > data.limit()) {
      throw BtfException.at(4, "header of " + Integer.toUnsignedString(bytes) + " bytes");
    }
    for (int i = HEADER_BYTES; i < bytes; i++) {
      if (data.get(i) != 0) {
        throw BtfException.at(i, "unknown header field");
      }
    }
    return bytes;
  }

  private int section(int headerBytes, int at) {
    int offset = data.getInt(at);
    int length = data.getInt(at + 4);
    int room = data.limit() - headerBytes;
    if (offset < 0 || length < 0 || offset > room || length > room - offset) {
      throw BtfException.at(at, "section outside of the bytes");
    }
    return headerBytes + offset;
  }

  private void checkStrings() {
    boolean empty = stringsStart == stringsEnd;
    if (empty ? base == null : data.get(stringsEnd - 1) != 0) {
      throw BtfException.at(stringsStart, "texts do not end");
    }
    if (base == null && data.get(stringsStart) != 0) {
      throw BtfException.at(stringsStart, "the first text is not empty");
    }
  }

  private void index() {
    for (int at = typesStart; at < typesEnd; count++) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
      }
      starts[count] = at;
      at = next(at);
    }
  }

  private int next(int at) {
    if (typesEnd - at < TYPE_BYTES) {
      throw BtfException.at(at, "type is cut off");
    }
    int info = data.getInt(at + 4);
    int length = info & 0xffff;
    int more =
        switch (info >>> 24 & 0x1f) {
          case 2, 7, 8, 9, 10, 11, 12, 16, 18 -> 0;
          case 1, 14, 17 -> 4;
          case 3 -> 12;
          case 6, 13 -> 8 * length;
          case 4, 5, 15, 19 -> 12 * length;
          default -> throw BtfException.at(at, "unknown kind " + (info >>> 24 & 0x1f));
        };
    if (more > typesEnd - at - TYPE_BYTES) {
      throw BtfException.at(at, "type is cut off");
    }
    return at + TYPE_BYTES + more;
  }

  private boolean matches(int start, int kind, byte[] name) {
    if ((data.getInt(start + 4) >>> 24 & 0x1f) != kind) {
      return false;
    }
    int offset = data.getInt(start);
    BtfView owner = owner(offset);
    int at = owner.position(offset);
    if (at < 0 || name.length >= owner.stringsEnd - at) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if (owner.data.get(at + i) != name[i] || name[i] == 0) {
        return false;
      }
    }
    return owner.data.get(at + name.length) == 0;
  }

  /** Offset of this view's first text. */
  private int firstText() {
    return base == null ? 0 : base.firstText() + base.stringsEnd - base.stringsStart;
  }

  /** Where a text of this view is in the bytes; negative if there is none. */
  private int position(int offset) {
    int distance = offset - firstText();
    return distance < 0 || distance >= stringsEnd - stringsStart ? -1 : stringsStart + distance;
  }

  /** The view that has the text at an offset. */
  private BtfView owner(int offset) {
    return base != null && offset < firstText() ? base.owner(offset) : this;
  }
}
