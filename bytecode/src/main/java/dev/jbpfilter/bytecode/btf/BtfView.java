package dev.jbpfilter.bytecode.btf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.IntFunction;
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

  /** Bytes of a type of each kind, without its items: members, values, parameters or entries. */
  private static final byte[] FIXED_BYTES = {
    0, 16, 12, 24, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 16, 12, 12, 16, 12, 12
  };

  /** Bytes of an item of each kind. */
  private static final byte[] ITEM_BYTES = {
    0, 0, 0, 0, 12, 12, 8, 0, 0, 0, 0, 0, 0, 8, 0, 12, 0, 0, 0, 12
  };

  private final byte[] bytes;
  private final ByteBuffer data;
  private final @Nullable BtfView base;
  private final int typesStart;
  private final int typesEnd;
  private final int stringsStart;
  private final int stringsEnd;

  /** Where each type begins. */
  private int[] starts = new int[1024];

  private int count;

  private BtfView(byte[] bytes, @Nullable BtfView base) {
    this.bytes = bytes;
    this.data = ordered(bytes);
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
    return new BtfView(bytes, null);
  }

  /**
   * A view of types that continue others.
   *
   * @throws BtfException if the bytes are no type information
   */
  public static BtfView of(byte[] bytes, BtfView base) {
    return new BtfView(bytes, base);
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
    return read(id, this::text);
  }

  /** A type of this view, with texts from elsewhere. */
  BtfType read(int id, IntFunction<String> texts) {
    return new TypeReader(lastId(), texts, data, starts[id - firstId()]).read();
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
    int all = 0;
    while (owner.bytes[end] != 0) {
      all |= owner.bytes[end++];
    }
    if (all >= 0) {
      return new String(owner.bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }
    try {
      ByteBuffer text = ByteBuffer.wrap(owner.bytes, start, end - start);
      return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
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

  /**
   * Notes where each type begins. A process that looks up one type runs this loop a hundred
   * thousand times before it is compiled, so it reads single bytes.
   */
  private void index() {
    boolean little = data.order() == ByteOrder.LITTLE_ENDIAN;
    int info = little ? 7 : 4;
    int low = little ? 4 : 7;
    int high = little ? 5 : 6;
    for (int at = typesStart; at < typesEnd; count++) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
      }
      starts[count] = at;
      if (typesEnd - at < TYPE_BYTES) {
        throw BtfException.at(at, "type is cut off");
      }
      int kind = bytes[at + info] & 0x1f;
      if (kind >= FIXED_BYTES.length || kind == 0) {
        throw BtfException.at(at, "unknown kind " + kind);
      }
      int length = (bytes[at + high] & 0xff) << 8 | (bytes[at + low] & 0xff);
      int size = FIXED_BYTES[kind] + length * ITEM_BYTES[kind];
      if (size > typesEnd - at) {
        throw BtfException.at(at, "type is cut off");
      }
      at += size;
    }
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
      if (owner.bytes[at + i] != name[i] || name[i] == 0) {
        return false;
      }
    }
    return owner.bytes[at + name.length] == 0;
  }

  /** Length of all texts, those of the base too. */
  int textBytes() {
    return firstText() + stringsEnd - stringsStart;
  }

  /** Offset of this view's first text. */
  private int firstText() {
    return base == null ? 0 : base.textBytes();
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
