package dev.jbpfilter.bytecode;

import org.jspecify.annotations.Nullable;

/** The part of {@link CodeBuilder} that accesses memory: offsets are −32 768 to 32 767 bytes. */
abstract sealed class MemoryBuilder extends ArithmeticBuilder permits CallBuilder {
  private int frameBytes;

  MemoryBuilder() {}

  /** Bytes of the stack frame that are reserved. */
  int frameBytes() {
    return frameBytes;
  }

  /**
   * Reserves memory in the stack frame.
   *
   * @return its offset from {@link Virt#FRAME}, negative, a multiple of 8
   */
  public int stackVariable(int bytes) {
    return reserve(bytes, 8);
  }

  /** Reserves a variable in the stack frame, aligned to 8 bytes. */
  public StackVariable stackVariable(String name, int bytes) {
    return stackVariable(name, bytes, 8);
  }

  /**
   * Reserves a variable in the stack frame. What it holds at first is not defined.
   *
   * @param bytes its size, at least 1
   * @param alignment of its address: 1, 2, 4 or 8
   * @throws IllegalArgumentException if size or alignment is something else
   */
  public StackVariable stackVariable(String name, int bytes, int alignment) {
    if (bytes < 1 || alignment < 1 || alignment > 8 || Integer.bitCount(alignment) != 1) {
      throw new IllegalArgumentException(name + ": " + bytes + " bytes aligned to " + alignment);
    }
    return new StackVariable(name, reserve(bytes, alignment), bytes);
  }

  private int reserve(int bytes, int alignment) {
    frameBytes = (frameBytes + bytes + alignment - 1) & -alignment;
    return -frameBytes;
  }

  /** The address of a variable. */
  public Virt address(StackVariable variable) {
    return add(Virt.FRAME, variable.offset());
  }

  /** What a variable of 1, 2, 4 or 8 bytes holds, zero-extended. */
  public Virt load(StackVariable variable) {
    return load(variable, 0, variable.size());
  }

  /** What some bytes of a variable hold, zero-extended. */
  public Virt load(StackVariable variable, int at, Size size) {
    return load(size, Virt.FRAME, variable.offset(at, size));
  }

  /** Stores in a variable of 1, 2, 4 or 8 bytes. */
  public CodeBuilder store(StackVariable variable, Virt src) {
    return store(variable, 0, variable.size(), src);
  }

  /** Stores in a variable of 1, 2, 4 or 8 bytes. */
  public CodeBuilder store(StackVariable variable, int value) {
    return store(variable, 0, variable.size(), value);
  }

  /** Stores in some bytes of a variable. */
  public CodeBuilder store(StackVariable variable, int at, Size size, Virt src) {
    return store(size, Virt.FRAME, variable.offset(at, size), src);
  }

  /** Stores in some bytes of a variable. */
  public CodeBuilder store(StackVariable variable, int at, Size size, int value) {
    return store(size, Virt.FRAME, variable.offset(at, size), value);
  }

  /** {@code *(size *)(base + offset)}, zero-extended. */
  public Virt load(Size size, Virt base, int offset) {
    Virt dst = fresh();
    load(dst, size, base, offset);
    return dst;
  }

  /** {@code dst = *(size *)(base + offset)}, zero-extended. */
  public CodeBuilder load(Virt dst, Size size, Virt base, int offset) {
    return with(new Element.Load<>(size, false, dst, base, offset));
  }

  /** {@code *(size *)(base + offset)}, sign-extended to 64 bits; not 8 bytes. Linux 6.6. */
  public Virt loadSigned(Size size, Virt base, int offset) {
    Virt dst = fresh();
    with(new Element.Load<>(size, true, dst, base, offset));
    return dst;
  }

  /**
   * A member of a kernel structure, zero-extended.
   *
   * @param type name of the structure, as {@code sk_buff}
   * @param field name of its member, or members separated by dots
   */
  public Virt loadField(Size size, Virt base, String type, String field) {
    Virt dst = fresh();
    with(new Element.LoadField<>(size, dst, base, type, field));
    return dst;
  }

  /**
   * {@code packet[offset]}, in host byte order; leaves the program with 0 if the packet ends
   * before. Not 8 bytes.
   */
  public Virt loadPacket(Size size, Virt context, int offset) {
    return loadPacketAt(size, context, null, offset);
  }

  /** {@code packet[index + offset]}, else the same. */
  public Virt loadPacket(Size size, Virt context, Virt index, int offset) {
    return loadPacketAt(size, context, index, offset);
  }

  private Virt loadPacketAt(Size size, Virt context, @Nullable Virt index, int offset) {
    Virt dst = fresh();
    with(new LoadPacket<>(size, dst, context, index, offset));
    return dst;
  }

  /** {@code *(size *)(base + offset) = src}. */
  public CodeBuilder store(Size size, Virt base, int offset, Virt src) {
    return with(new Element.Store<>(size, base, offset, Operand.reg(src)));
  }

  /** {@code *(size *)(base + offset) = value}. */
  public CodeBuilder store(Size size, Virt base, int offset, int value) {
    return with(new Element.Store<>(size, base, offset, Operand.imm(value)));
  }

  /**
   * {@code lock *(size *)(base + offset) op= src}. Operations other than {@link AtomicOp#ADD} need
   * Linux 5.12.
   *
   * @param op not {@link AtomicOp#XCHG}
   * @param size 4 or 8 bytes
   */
  public CodeBuilder atomic(AtomicOp op, Size size, Virt base, int offset, Virt src) {
    return with(new Atomic.Update<>(op, size, false, base, offset, src));
  }

  /** The same, and what was there before. Linux 5.12. */
  public Virt fetch(AtomicOp op, Size size, Virt base, int offset, Virt src) {
    Virt dst = copy(src);
    with(new Atomic.Update<>(op, size, true, base, offset, dst));
    return dst;
  }

  /** {@code lock *(size *)(base + offset) = src}, and what was there before. Linux 5.12. */
  public Virt exchange(Size size, Virt base, int offset, Virt src) {
    return fetch(AtomicOp.XCHG, size, base, offset, src);
  }

  /**
   * {@code if (*(size *)(base + offset) == expected) *(size *)(base + offset) = replacement}, and
   * what was there before. Linux 5.12.
   *
   * @param size 4 or 8 bytes
   */
  public Virt compareExchange(Size size, Virt base, int offset, Virt expected, Virt replacement) {
    Virt old = copy(expected);
    with(new Atomic.CompareExchange<>(size, base, offset, old, replacement));
    return old;
  }

  /** {@code *(size *)(base + offset)}, before all that follows. Linux 6.15. */
  public Virt loadAcquire(Size size, Virt base, int offset) {
    Virt dst = fresh();
    with(new Atomic.LoadAcquire<>(size, dst, base, offset));
    return dst;
  }

  /** {@code *(size *)(base + offset) = src}, after all that comes before. Linux 6.15. */
  public CodeBuilder storeRelease(Size size, Virt base, int offset, Virt src) {
    return with(new Atomic.StoreRelease<>(size, base, offset, src));
  }
}
