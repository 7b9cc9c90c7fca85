package dev.jbpfilter.bytecode;

/** Atomic operations with one register operand (RFC 9669, section 5.3). */
public enum AtomicOp {
  ADD(0x00, "+="),
  OR(0x40, "|="),
  AND(0x50, "&="),
  XOR(0xa0, "^="),
  /** Exchange; always fetches. */
  XCHG(0xe0, "xchg");

  /** {@code BPF_CMPXCHG}: the immediate field of {@link Atomic.CompareExchange}. */
  public static final int COMPARE_EXCHANGE = 0xf1;

  /** {@code BPF_LOAD_ACQ}: the immediate field of {@link Atomic.LoadAcquire}. */
  public static final int LOAD_ACQUIRE = 0x100;

  /** {@code BPF_STORE_REL}: the immediate field of {@link Atomic.StoreRelease}. */
  public static final int STORE_RELEASE = 0x110;

  private final int code;
  private final String symbol;

  AtomicOp(int code, String symbol) {
    this.code = code;
    this.symbol = symbol;
  }

  /** The operation bits of the immediate field; the fetch flag is bit 0. */
  public int code() {
    return code;
  }

  /** The operator in the kernel verifier's notation. */
  public String symbol() {
    return symbol;
  }
}
