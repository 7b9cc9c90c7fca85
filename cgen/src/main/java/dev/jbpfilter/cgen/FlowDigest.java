package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;

/**
 * Emits the hash of a TCP or UDP flow that {@code meta.flow_probability} compares: the same on
 * every host and hook. All arithmetic is of 32 bits; words are taken as they lie in memory, with
 * the first byte as the lowest.
 *
 * @param digest the register that the hash is put together in
 */
record FlowDigest(CodeBuilder code, PacketReader in, Virt digest) {
  private static final int FIRST_FACTOR = 0x85ebca77;
  private static final int SECOND_FACTOR = 0xc2b2ae3d;
  private static final int FLOW_LABEL = 0xfffff;

  /** Emits the part of the IPv4 header, which was gone to. */
  void addIpv4() {
    in.load(digest, Size.W, 12);
    rotateRight8();
    Virt destination = code.fresh();
    in.load(destination, Size.W, 16);
    alu(AluOp.XOR, digest, Operand.reg(destination));
  }

  /** Emits the part of the IPv6 header, which was gone to. */
  void addIpv6() {
    foldAddress(digest, 8);
    rotateRight8();
    Virt destination = code.fresh();
    foldAddress(destination, 24);
    alu(AluOp.XOR, digest, Operand.reg(destination));
    Virt label = code.fresh();
    in.load(label, Size.W, 0);
    code.toBigEndian(label, Integer.SIZE);
    alu(AluOp.AND, label, Operand.imm(FLOW_LABEL));
    alu(AluOp.XOR, digest, Operand.reg(label));
  }

  /** Emits the part of the ports, whose header was gone to, and the end. */
  void addPorts(int protocol) {
    alu(AluOp.XOR, digest, Operand.imm(protocol << 16));
    Virt ports = code.fresh();
    in.load(ports, Size.H, 0);
    alu(AluOp.LSH, ports, Operand.imm(16));
    Virt destination = code.fresh();
    in.load(destination, Size.H, 2);
    alu(AluOp.OR, ports, Operand.reg(destination));
    alu(AluOp.XOR, digest, Operand.reg(ports));
    mix(15);
    alu(AluOp.MUL, digest, Operand.imm(FIRST_FACTOR));
    mix(13);
    alu(AluOp.MUL, digest, Operand.imm(SECOND_FACTOR));
    mix(16);
  }

  /** Loads the exclusive or of the four words of an address. */
  private void foldAddress(Virt to, int at) {
    in.load(to, Size.DW, at);
    Virt second = code.fresh();
    in.load(second, Size.DW, at + Long.BYTES);
    code.alu(AluOp.XOR, to, second);
    Virt upper = code.shiftRight(to, Integer.SIZE);
    alu(AluOp.XOR, to, Operand.reg(upper));
  }

  private void rotateRight8() {
    Virt low = code.copy(digest);
    alu(AluOp.LSH, low, Operand.imm(Integer.SIZE - Byte.SIZE));
    alu(AluOp.RSH, digest, Operand.imm(Byte.SIZE));
    alu(AluOp.OR, digest, Operand.reg(low));
  }

  private void mix(int shift) {
    Virt upper = code.copy(digest);
    alu(AluOp.RSH, upper, Operand.imm(shift));
    alu(AluOp.XOR, digest, Operand.reg(upper));
  }

  private void alu(AluOp op, Virt dst, Operand<Virt> src) {
    code.alu(op, Width.W32, dst, src);
  }
}
