package dev.jbpfilter.bytecode;

/** The size of a memory access (RFC 9669, section 5). */
public enum Size {
  /** 1 byte. */
  B(1, 0x10, "u8"),
  /** 2 bytes. */
  H(2, 0x08, "u16"),
  /** 4 bytes. */
  W(4, 0x00, "u32"),
  /** 8 bytes. */
  DW(8, 0x18, "u64");

  private final int bytes;
  private final int code;
  private final String type;

  Size(int bytes, int code, String type) {
    this.bytes = bytes;
    this.code = code;
    this.type = type;
  }

  /** Number of bytes: 1, 2, 4 or 8. */
  public int bytes() {
    return bytes;
  }

  /** The size bits of the opcode ({@code BPF_B}, {@code BPF_H}, {@code BPF_W}, {@code BPF_DW}). */
  public int code() {
    return code;
  }

  /** The unsigned type of that size in the kernel's notation: {@code u8} to {@code u64}. */
  public String type() {
    return type;
  }
}
