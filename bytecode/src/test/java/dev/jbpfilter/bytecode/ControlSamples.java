package dev.jbpfilter.bytecode;

import static dev.jbpfilter.bytecode.Condition.EQ;
import static dev.jbpfilter.bytecode.Condition.GE;
import static dev.jbpfilter.bytecode.Condition.GT;
import static dev.jbpfilter.bytecode.Condition.LE;
import static dev.jbpfilter.bytecode.Condition.LT;
import static dev.jbpfilter.bytecode.Condition.NE;
import static dev.jbpfilter.bytecode.Condition.SET;
import static dev.jbpfilter.bytecode.Condition.SGE;
import static dev.jbpfilter.bytecode.Condition.SGT;
import static dev.jbpfilter.bytecode.Condition.SLE;
import static dev.jbpfilter.bytecode.Condition.SLT;
import static dev.jbpfilter.bytecode.Operand.imm;
import static dev.jbpfilter.bytecode.Operand.reg;
import static dev.jbpfilter.bytecode.Phys.R0;
import static dev.jbpfilter.bytecode.Phys.R1;
import static dev.jbpfilter.bytecode.Phys.R2;
import static dev.jbpfilter.bytecode.Phys.R3;
import static dev.jbpfilter.bytecode.Phys.R4;
import static dev.jbpfilter.bytecode.Phys.R5;
import static dev.jbpfilter.bytecode.Phys.R8;
import static dev.jbpfilter.bytecode.Phys.R9;
import static dev.jbpfilter.bytecode.Width.W32;
import static dev.jbpfilter.bytecode.Width.W64;

import java.util.List;

/** Jumps, branches, calls, exit. */
final class ControlSamples {
  static final List<Sample> ALL =
      List.of(
          new Sample(
              new Element.Jump<>(Samples.TARGET), "(05) goto pc-2", "05 00 fe ff 00 00 00 00"),
          new Sample(
              branch(EQ, W64, R1, reg(R2)),
              "(1d) if r1 == r2 goto pc-2",
              "1d 21 fe ff 00 00 00 00"),
          new Sample(
              branch(EQ, W64, R3, imm(17)),
              "(15) if r3 == 0x11 goto pc-2",
              "15 03 fe ff 11 00 00 00"),
          new Sample(
              branch(EQ, W32, R8, reg(R9)),
              "(1e) if w8 == w9 goto pc-2",
              "1e 98 fe ff 00 00 00 00"),
          new Sample(
              branch(EQ, W32, R0, imm(-1)),
              "(16) if w0 == 0xffffffff goto pc-2",
              "16 00 fe ff ff ff ff ff"),
          new Sample(
              branch(GT, W64, R1, reg(R2)), "(2d) if r1 > r2 goto pc-2", "2d 21 fe ff 00 00 00 00"),
          new Sample(
              branch(GT, W64, R3, imm(17)),
              "(25) if r3 > 0x11 goto pc-2",
              "25 03 fe ff 11 00 00 00"),
          new Sample(
              branch(GT, W32, R8, reg(R9)), "(2e) if w8 > w9 goto pc-2", "2e 98 fe ff 00 00 00 00"),
          new Sample(
              branch(GT, W32, R0, imm(-1)),
              "(26) if w0 > 0xffffffff goto pc-2",
              "26 00 fe ff ff ff ff ff"),
          new Sample(
              branch(GE, W64, R1, reg(R2)),
              "(3d) if r1 >= r2 goto pc-2",
              "3d 21 fe ff 00 00 00 00"),
          new Sample(
              branch(GE, W64, R3, imm(17)),
              "(35) if r3 >= 0x11 goto pc-2",
              "35 03 fe ff 11 00 00 00"),
          new Sample(
              branch(GE, W32, R8, reg(R9)),
              "(3e) if w8 >= w9 goto pc-2",
              "3e 98 fe ff 00 00 00 00"),
          new Sample(
              branch(GE, W32, R0, imm(-1)),
              "(36) if w0 >= 0xffffffff goto pc-2",
              "36 00 fe ff ff ff ff ff"),
          new Sample(
              branch(SET, W64, R1, reg(R2)),
              "(4d) if r1 & r2 goto pc-2",
              "4d 21 fe ff 00 00 00 00"),
          new Sample(
              branch(SET, W64, R3, imm(17)),
              "(45) if r3 & 0x11 goto pc-2",
              "45 03 fe ff 11 00 00 00"),
          new Sample(
              branch(SET, W32, R8, reg(R9)),
              "(4e) if w8 & w9 goto pc-2",
              "4e 98 fe ff 00 00 00 00"),
          new Sample(
              branch(SET, W32, R0, imm(-1)),
              "(46) if w0 & 0xffffffff goto pc-2",
              "46 00 fe ff ff ff ff ff"),
          new Sample(
              branch(NE, W64, R1, reg(R2)),
              "(5d) if r1 != r2 goto pc-2",
              "5d 21 fe ff 00 00 00 00"),
          new Sample(
              branch(NE, W64, R3, imm(17)),
              "(55) if r3 != 0x11 goto pc-2",
              "55 03 fe ff 11 00 00 00"),
          new Sample(
              branch(NE, W32, R8, reg(R9)),
              "(5e) if w8 != w9 goto pc-2",
              "5e 98 fe ff 00 00 00 00"),
          new Sample(
              branch(NE, W32, R0, imm(-1)),
              "(56) if w0 != 0xffffffff goto pc-2",
              "56 00 fe ff ff ff ff ff"),
          new Sample(
              branch(SGT, W64, R1, reg(R2)),
              "(6d) if r1 s> r2 goto pc-2",
              "6d 21 fe ff 00 00 00 00"),
          new Sample(
              branch(SGT, W64, R3, imm(17)),
              "(65) if r3 s> 0x11 goto pc-2",
              "65 03 fe ff 11 00 00 00"),
          new Sample(
              branch(SGT, W32, R8, reg(R9)),
              "(6e) if w8 s> w9 goto pc-2",
              "6e 98 fe ff 00 00 00 00"),
          new Sample(
              branch(SGT, W32, R0, imm(-1)),
              "(66) if w0 s> 0xffffffff goto pc-2",
              "66 00 fe ff ff ff ff ff"),
          new Sample(
              branch(SGE, W64, R1, reg(R2)),
              "(7d) if r1 s>= r2 goto pc-2",
              "7d 21 fe ff 00 00 00 00"),
          new Sample(
              branch(SGE, W64, R3, imm(17)),
              "(75) if r3 s>= 0x11 goto pc-2",
              "75 03 fe ff 11 00 00 00"),
          new Sample(
              branch(SGE, W32, R8, reg(R9)),
              "(7e) if w8 s>= w9 goto pc-2",
              "7e 98 fe ff 00 00 00 00"),
          new Sample(
              branch(SGE, W32, R0, imm(-1)),
              "(76) if w0 s>= 0xffffffff goto pc-2",
              "76 00 fe ff ff ff ff ff"),
          new Sample(
              branch(LT, W64, R1, reg(R2)), "(ad) if r1 < r2 goto pc-2", "ad 21 fe ff 00 00 00 00"),
          new Sample(
              branch(LT, W64, R3, imm(17)),
              "(a5) if r3 < 0x11 goto pc-2",
              "a5 03 fe ff 11 00 00 00"),
          new Sample(
              branch(LT, W32, R8, reg(R9)), "(ae) if w8 < w9 goto pc-2", "ae 98 fe ff 00 00 00 00"),
          new Sample(
              branch(LT, W32, R0, imm(-1)),
              "(a6) if w0 < 0xffffffff goto pc-2",
              "a6 00 fe ff ff ff ff ff"),
          new Sample(
              branch(LE, W64, R1, reg(R2)),
              "(bd) if r1 <= r2 goto pc-2",
              "bd 21 fe ff 00 00 00 00"),
          new Sample(
              branch(LE, W64, R3, imm(17)),
              "(b5) if r3 <= 0x11 goto pc-2",
              "b5 03 fe ff 11 00 00 00"),
          new Sample(
              branch(LE, W32, R8, reg(R9)),
              "(be) if w8 <= w9 goto pc-2",
              "be 98 fe ff 00 00 00 00"),
          new Sample(
              branch(LE, W32, R0, imm(-1)),
              "(b6) if w0 <= 0xffffffff goto pc-2",
              "b6 00 fe ff ff ff ff ff"),
          new Sample(
              branch(SLT, W64, R1, reg(R2)),
              "(cd) if r1 s< r2 goto pc-2",
              "cd 21 fe ff 00 00 00 00"),
          new Sample(
              branch(SLT, W64, R3, imm(17)),
              "(c5) if r3 s< 0x11 goto pc-2",
              "c5 03 fe ff 11 00 00 00"),
          new Sample(
              branch(SLT, W32, R8, reg(R9)),
              "(ce) if w8 s< w9 goto pc-2",
              "ce 98 fe ff 00 00 00 00"),
          new Sample(
              branch(SLT, W32, R0, imm(-1)),
              "(c6) if w0 s< 0xffffffff goto pc-2",
              "c6 00 fe ff ff ff ff ff"),
          new Sample(
              branch(SLE, W64, R1, reg(R2)),
              "(dd) if r1 s<= r2 goto pc-2",
              "dd 21 fe ff 00 00 00 00"),
          new Sample(
              branch(SLE, W64, R3, imm(17)),
              "(d5) if r3 s<= 0x11 goto pc-2",
              "d5 03 fe ff 11 00 00 00"),
          new Sample(
              branch(SLE, W32, R8, reg(R9)),
              "(de) if w8 s<= w9 goto pc-2",
              "de 98 fe ff 00 00 00 00"),
          new Sample(
              branch(SLE, W32, R0, imm(-1)),
              "(d6) if w0 s<= 0xffffffff goto pc-2",
              "d6 00 fe ff ff ff ff ff"),
          new Sample(
              call(Helpers.MAP_LOOKUP_ELEM),
              "(85) call bpf_map_lookup_elem#1",
              "85 00 00 00 01 00 00 00"),
          new Sample(
              call(Helpers.XDP_LOAD_BYTES),
              "(85) call bpf_xdp_load_bytes#189",
              "85 00 00 00 bd 00 00 00"),
          new Sample(
              call(new CallTarget.KernelFunction("bpf_dynptr_from_xdp")),
              "(85) call bpf_dynptr_from_xdp",
              "85 20 00 00 00 00 00 00"),
          new Sample(
              call(new CallTarget.Helper(999)), "(85) call unknown#999", "85 00 00 00 e7 03 00 00"),
          new Sample(
              call(new CallTarget.KernelFunctionId(4660, 0)),
              "(85) call kernel-function#4660",
              "85 20 00 00 34 12 00 00"),
          new Sample(
              call(new CallTarget.KernelFunctionId(4660, 2)),
              "(85) call kernel-function#4660[module:2]",
              "85 20 02 00 34 12 00 00"),
          new Sample(
              call(new CallTarget.Subprogram("main")),
              "(85) call pc-2#main",
              "85 10 00 00 fe ff ff ff"),
          new Sample(
              new Element.MayGoto<>(Samples.TARGET),
              "(e5) may_goto pc-2",
              "e5 00 fe ff 00 00 00 00"),
          new Sample(new Element.Exit<>(R0), "(95) exit", "95 00 00 00 00 00 00 00"));

  private ControlSamples() {}

  private static Element<Phys> branch(
      Condition condition, Width width, Phys left, Operand<Phys> right) {
    return new Element.Branch<>(condition, width, left, right, Samples.TARGET);
  }

  private static Element<Phys> call(CallTarget function) {
    return new Element.Call<>(function, List.of(R1, R2, R3, R4, R5), R0);
  }
}
