package dev.jbpfilter.bytecode;

import static dev.jbpfilter.bytecode.AluOp.ADD;
import static dev.jbpfilter.bytecode.AluOp.AND;
import static dev.jbpfilter.bytecode.AluOp.ARSH;
import static dev.jbpfilter.bytecode.AluOp.DIV;
import static dev.jbpfilter.bytecode.AluOp.LSH;
import static dev.jbpfilter.bytecode.AluOp.MOD;
import static dev.jbpfilter.bytecode.AluOp.MUL;
import static dev.jbpfilter.bytecode.AluOp.OR;
import static dev.jbpfilter.bytecode.AluOp.RSH;
import static dev.jbpfilter.bytecode.AluOp.SDIV;
import static dev.jbpfilter.bytecode.AluOp.SMOD;
import static dev.jbpfilter.bytecode.AluOp.SUB;
import static dev.jbpfilter.bytecode.AluOp.XOR;
import static dev.jbpfilter.bytecode.ByteSwap.SWAP;
import static dev.jbpfilter.bytecode.ByteSwap.TO_BE;
import static dev.jbpfilter.bytecode.ByteSwap.TO_LE;
import static dev.jbpfilter.bytecode.Operand.imm;
import static dev.jbpfilter.bytecode.Operand.reg;
import static dev.jbpfilter.bytecode.Phys.R0;
import static dev.jbpfilter.bytecode.Phys.R1;
import static dev.jbpfilter.bytecode.Phys.R2;
import static dev.jbpfilter.bytecode.Phys.R3;
import static dev.jbpfilter.bytecode.Phys.R4;
import static dev.jbpfilter.bytecode.Phys.R6;
import static dev.jbpfilter.bytecode.Phys.R8;
import static dev.jbpfilter.bytecode.Phys.R9;
import static dev.jbpfilter.bytecode.Width.W32;
import static dev.jbpfilter.bytecode.Width.W64;

import java.util.List;

/** Arithmetic, moves and byte order. */
final class AluSamples {
  static final List<Sample> ALL =
      List.of(
          new Sample(alu(ADD, W64, R1, reg(R2)), "(0f) r1 += r2", "0f 21 00 00 00 00 00 00"),
          new Sample(alu(ADD, W64, R3, imm(-5)), "(07) r3 += -5", "07 03 00 00 fb ff ff ff"),
          new Sample(alu(ADD, W32, R8, reg(R9)), "(0c) w8 += w9", "0c 98 00 00 00 00 00 00"),
          new Sample(alu(ADD, W32, R0, imm(7)), "(04) w0 += 7", "04 00 00 00 07 00 00 00"),
          new Sample(alu(SUB, W64, R1, reg(R2)), "(1f) r1 -= r2", "1f 21 00 00 00 00 00 00"),
          new Sample(alu(SUB, W64, R3, imm(-5)), "(17) r3 -= -5", "17 03 00 00 fb ff ff ff"),
          new Sample(alu(SUB, W32, R8, reg(R9)), "(1c) w8 -= w9", "1c 98 00 00 00 00 00 00"),
          new Sample(alu(SUB, W32, R0, imm(7)), "(14) w0 -= 7", "14 00 00 00 07 00 00 00"),
          new Sample(alu(MUL, W64, R1, reg(R2)), "(2f) r1 *= r2", "2f 21 00 00 00 00 00 00"),
          new Sample(alu(MUL, W64, R3, imm(-5)), "(27) r3 *= -5", "27 03 00 00 fb ff ff ff"),
          new Sample(alu(MUL, W32, R8, reg(R9)), "(2c) w8 *= w9", "2c 98 00 00 00 00 00 00"),
          new Sample(alu(MUL, W32, R0, imm(7)), "(24) w0 *= 7", "24 00 00 00 07 00 00 00"),
          new Sample(alu(DIV, W64, R1, reg(R2)), "(3f) r1 /= r2", "3f 21 00 00 00 00 00 00"),
          new Sample(alu(DIV, W64, R3, imm(-5)), "(37) r3 /= -5", "37 03 00 00 fb ff ff ff"),
          new Sample(alu(DIV, W32, R8, reg(R9)), "(3c) w8 /= w9", "3c 98 00 00 00 00 00 00"),
          new Sample(alu(DIV, W32, R0, imm(7)), "(34) w0 /= 7", "34 00 00 00 07 00 00 00"),
          new Sample(alu(OR, W64, R1, reg(R2)), "(4f) r1 |= r2", "4f 21 00 00 00 00 00 00"),
          new Sample(alu(OR, W64, R3, imm(-5)), "(47) r3 |= -5", "47 03 00 00 fb ff ff ff"),
          new Sample(alu(OR, W32, R8, reg(R9)), "(4c) w8 |= w9", "4c 98 00 00 00 00 00 00"),
          new Sample(alu(OR, W32, R0, imm(7)), "(44) w0 |= 7", "44 00 00 00 07 00 00 00"),
          new Sample(alu(AND, W64, R1, reg(R2)), "(5f) r1 &= r2", "5f 21 00 00 00 00 00 00"),
          new Sample(alu(AND, W64, R3, imm(-5)), "(57) r3 &= -5", "57 03 00 00 fb ff ff ff"),
          new Sample(alu(AND, W32, R8, reg(R9)), "(5c) w8 &= w9", "5c 98 00 00 00 00 00 00"),
          new Sample(alu(AND, W32, R0, imm(7)), "(54) w0 &= 7", "54 00 00 00 07 00 00 00"),
          new Sample(alu(LSH, W64, R1, reg(R2)), "(6f) r1 <<= r2", "6f 21 00 00 00 00 00 00"),
          new Sample(alu(LSH, W64, R3, imm(-5)), "(67) r3 <<= -5", "67 03 00 00 fb ff ff ff"),
          new Sample(alu(LSH, W32, R8, reg(R9)), "(6c) w8 <<= w9", "6c 98 00 00 00 00 00 00"),
          new Sample(alu(LSH, W32, R0, imm(7)), "(64) w0 <<= 7", "64 00 00 00 07 00 00 00"),
          new Sample(alu(RSH, W64, R1, reg(R2)), "(7f) r1 >>= r2", "7f 21 00 00 00 00 00 00"),
          new Sample(alu(RSH, W64, R3, imm(-5)), "(77) r3 >>= -5", "77 03 00 00 fb ff ff ff"),
          new Sample(alu(RSH, W32, R8, reg(R9)), "(7c) w8 >>= w9", "7c 98 00 00 00 00 00 00"),
          new Sample(alu(RSH, W32, R0, imm(7)), "(74) w0 >>= 7", "74 00 00 00 07 00 00 00"),
          new Sample(alu(MOD, W64, R1, reg(R2)), "(9f) r1 %= r2", "9f 21 00 00 00 00 00 00"),
          new Sample(alu(MOD, W64, R3, imm(-5)), "(97) r3 %= -5", "97 03 00 00 fb ff ff ff"),
          new Sample(alu(MOD, W32, R8, reg(R9)), "(9c) w8 %= w9", "9c 98 00 00 00 00 00 00"),
          new Sample(alu(MOD, W32, R0, imm(7)), "(94) w0 %= 7", "94 00 00 00 07 00 00 00"),
          new Sample(alu(XOR, W64, R1, reg(R2)), "(af) r1 ^= r2", "af 21 00 00 00 00 00 00"),
          new Sample(alu(XOR, W64, R3, imm(-5)), "(a7) r3 ^= -5", "a7 03 00 00 fb ff ff ff"),
          new Sample(alu(XOR, W32, R8, reg(R9)), "(ac) w8 ^= w9", "ac 98 00 00 00 00 00 00"),
          new Sample(alu(XOR, W32, R0, imm(7)), "(a4) w0 ^= 7", "a4 00 00 00 07 00 00 00"),
          new Sample(alu(ARSH, W64, R1, reg(R2)), "(cf) r1 s>>= r2", "cf 21 00 00 00 00 00 00"),
          new Sample(alu(ARSH, W64, R3, imm(-5)), "(c7) r3 s>>= -5", "c7 03 00 00 fb ff ff ff"),
          new Sample(alu(ARSH, W32, R8, reg(R9)), "(cc) w8 s>>= w9", "cc 98 00 00 00 00 00 00"),
          new Sample(alu(ARSH, W32, R0, imm(7)), "(c4) w0 s>>= 7", "c4 00 00 00 07 00 00 00"),
          new Sample(alu(SDIV, W64, R1, reg(R2)), "(3f) r1 s/= r2", "3f 21 01 00 00 00 00 00"),
          new Sample(alu(SDIV, W64, R3, imm(-5)), "(37) r3 s/= -5", "37 03 01 00 fb ff ff ff"),
          new Sample(alu(SDIV, W32, R8, reg(R9)), "(3c) w8 s/= w9", "3c 98 01 00 00 00 00 00"),
          new Sample(alu(SDIV, W32, R0, imm(7)), "(34) w0 s/= 7", "34 00 01 00 07 00 00 00"),
          new Sample(alu(SMOD, W64, R1, reg(R2)), "(9f) r1 s%= r2", "9f 21 01 00 00 00 00 00"),
          new Sample(alu(SMOD, W64, R3, imm(-5)), "(97) r3 s%= -5", "97 03 01 00 fb ff ff ff"),
          new Sample(alu(SMOD, W32, R8, reg(R9)), "(9c) w8 s%= w9", "9c 98 01 00 00 00 00 00"),
          new Sample(alu(SMOD, W32, R0, imm(7)), "(94) w0 s%= 7", "94 00 01 00 07 00 00 00"),
          new Sample(new Element.Negate<>(W64, R4), "(87) r4 = -r4", "87 04 00 00 00 00 00 00"),
          new Sample(new Element.Negate<>(W32, R4), "(84) w4 = -w4", "84 04 00 00 00 00 00 00"),
          new Sample(move(W64, 0, R6, reg(R1)), "(bf) r6 = r1", "bf 16 00 00 00 00 00 00"),
          new Sample(move(W64, 0, R0, imm(-1)), "(b7) r0 = -1", "b7 00 00 00 ff ff ff ff"),
          new Sample(move(W32, 0, R6, reg(R1)), "(bc) w6 = w1", "bc 16 00 00 00 00 00 00"),
          new Sample(
              move(W32, 0, R0, imm(Integer.MIN_VALUE)),
              "(b4) w0 = -2147483648",
              "b4 00 00 00 00 00 00 80"),
          new Sample(move(W64, 8, R1, reg(R2)), "(bf) r1 = (s8)r2", "bf 21 08 00 00 00 00 00"),
          new Sample(move(W64, 16, R1, reg(R2)), "(bf) r1 = (s16)r2", "bf 21 10 00 00 00 00 00"),
          new Sample(move(W64, 32, R1, reg(R2)), "(bf) r1 = (s32)r2", "bf 21 20 00 00 00 00 00"),
          new Sample(move(W32, 8, R1, reg(R2)), "(bc) w1 = (s8)w2", "bc 21 08 00 00 00 00 00"),
          new Sample(move(W32, 16, R1, reg(R2)), "(bc) w1 = (s16)w2", "bc 21 10 00 00 00 00 00"),
          new Sample(
              new Element.Endian<>(TO_LE, 16, R1), "(d4) r1 = le16 r1", "d4 01 00 00 10 00 00 00"),
          new Sample(
              new Element.Endian<>(TO_LE, 32, R1), "(d4) r1 = le32 r1", "d4 01 00 00 20 00 00 00"),
          new Sample(
              new Element.Endian<>(TO_LE, 64, R1), "(d4) r1 = le64 r1", "d4 01 00 00 40 00 00 00"),
          new Sample(
              new Element.Endian<>(TO_BE, 16, R1), "(dc) r1 = be16 r1", "dc 01 00 00 10 00 00 00"),
          new Sample(
              new Element.Endian<>(TO_BE, 32, R1), "(dc) r1 = be32 r1", "dc 01 00 00 20 00 00 00"),
          new Sample(
              new Element.Endian<>(TO_BE, 64, R1), "(dc) r1 = be64 r1", "dc 01 00 00 40 00 00 00"),
          new Sample(
              new Element.Endian<>(SWAP, 16, R1),
              "(d7) r1 = bswap16 r1",
              "d7 01 00 00 10 00 00 00"),
          new Sample(
              new Element.Endian<>(SWAP, 32, R1),
              "(d7) r1 = bswap32 r1",
              "d7 01 00 00 20 00 00 00"),
          new Sample(
              new Element.Endian<>(SWAP, 64, R1),
              "(d7) r1 = bswap64 r1",
              "d7 01 00 00 40 00 00 00"),
          new Sample(
              new Element.AddressSpaceCast<>(R1, R2, 0, 1),
              "(bf) r1 = addr_space_cast(r2, 0, 1)",
              "bf 21 01 00 01 00 00 00"),
          new Sample(
              new Element.AddressSpaceCast<>(R1, R2, 1, 0),
              "(bf) r1 = addr_space_cast(r2, 1, 0)",
              "bf 21 01 00 00 00 01 00"));

  private AluSamples() {}

  private static Element<Phys> alu(AluOp op, Width width, Phys dst, Operand<Phys> src) {
    return new Element.Alu<>(op, width, dst, src);
  }

  private static Element<Phys> move(Width width, int extend, Phys dst, Operand<Phys> src) {
    return new Element.Move<>(width, extend, dst, src);
  }
}
