package dev.jbpfilter.bytecode;

import static dev.jbpfilter.bytecode.AtomicOp.ADD;
import static dev.jbpfilter.bytecode.AtomicOp.AND;
import static dev.jbpfilter.bytecode.AtomicOp.OR;
import static dev.jbpfilter.bytecode.AtomicOp.XCHG;
import static dev.jbpfilter.bytecode.AtomicOp.XOR;
import static dev.jbpfilter.bytecode.Operand.imm;
import static dev.jbpfilter.bytecode.Operand.reg;
import static dev.jbpfilter.bytecode.Phys.R0;
import static dev.jbpfilter.bytecode.Phys.R1;
import static dev.jbpfilter.bytecode.Phys.R10;
import static dev.jbpfilter.bytecode.Phys.R2;
import static dev.jbpfilter.bytecode.Phys.R6;
import static dev.jbpfilter.bytecode.Phys.R9;
import static dev.jbpfilter.bytecode.Size.B;
import static dev.jbpfilter.bytecode.Size.DW;
import static dev.jbpfilter.bytecode.Size.H;
import static dev.jbpfilter.bytecode.Size.W;

import java.util.List;

/** Loads, stores, atomics, constants of 64 bits. */
final class MemorySamples {
  static final List<Sample> ALL =
      List.of(
          new Sample(
              load(B, false, R1, R6, 12), "(71) r1 = *(u8 *)(r6 +12)", "71 61 0c 00 00 00 00 00"),
          new Sample(
              load(H, false, R1, R6, 12), "(69) r1 = *(u16 *)(r6 +12)", "69 61 0c 00 00 00 00 00"),
          new Sample(
              load(W, false, R1, R6, 12), "(61) r1 = *(u32 *)(r6 +12)", "61 61 0c 00 00 00 00 00"),
          new Sample(
              load(DW, false, R1, R6, 12), "(79) r1 = *(u64 *)(r6 +12)", "79 61 0c 00 00 00 00 00"),
          new Sample(
              load(B, true, R1, R6, -8), "(91) r1 = *(s8 *)(r6 -8)", "91 61 f8 ff 00 00 00 00"),
          new Sample(
              load(H, true, R1, R6, -8), "(89) r1 = *(s16 *)(r6 -8)", "89 61 f8 ff 00 00 00 00"),
          new Sample(
              load(W, true, R1, R6, -8), "(81) r1 = *(s32 *)(r6 -8)", "81 61 f8 ff 00 00 00 00"),
          new Sample(
              store(B, R10, -8, reg(R1)), "(73) *(u8 *)(r10 -8) = r1", "73 1a f8 ff 00 00 00 00"),
          new Sample(
              store(H, R10, -8, reg(R1)), "(6b) *(u16 *)(r10 -8) = r1", "6b 1a f8 ff 00 00 00 00"),
          new Sample(
              store(W, R10, -8, reg(R1)), "(63) *(u32 *)(r10 -8) = r1", "63 1a f8 ff 00 00 00 00"),
          new Sample(
              store(DW, R10, -8, reg(R1)), "(7b) *(u64 *)(r10 -8) = r1", "7b 1a f8 ff 00 00 00 00"),
          new Sample(
              store(B, R10, -16, imm(-2)), "(72) *(u8 *)(r10 -16) = -2", "72 0a f0 ff fe ff ff ff"),
          new Sample(
              store(H, R10, -16, imm(-2)),
              "(6a) *(u16 *)(r10 -16) = -2",
              "6a 0a f0 ff fe ff ff ff"),
          new Sample(
              store(W, R10, -16, imm(-2)),
              "(62) *(u32 *)(r10 -16) = -2",
              "62 0a f0 ff fe ff ff ff"),
          new Sample(
              store(DW, R10, -16, imm(-2)),
              "(7a) *(u64 *)(r10 -16) = -2",
              "7a 0a f0 ff fe ff ff ff"),
          new Sample(
              atomic(ADD, W, false, R1, 8, R2),
              "(c3) lock *(u32 *)(r1 +8) += r2",
              "c3 21 08 00 00 00 00 00"),
          new Sample(
              atomic(OR, W, false, R1, 8, R2),
              "(c3) lock *(u32 *)(r1 +8) |= r2",
              "c3 21 08 00 40 00 00 00"),
          new Sample(
              atomic(AND, W, false, R1, 8, R2),
              "(c3) lock *(u32 *)(r1 +8) &= r2",
              "c3 21 08 00 50 00 00 00"),
          new Sample(
              atomic(XOR, W, false, R1, 8, R2),
              "(c3) lock *(u32 *)(r1 +8) ^= r2",
              "c3 21 08 00 a0 00 00 00"),
          new Sample(
              atomic(ADD, W, true, R1, 8, R2),
              "(c3) r2 = atomic_fetch_add((u32 *)(r1 +8), r2)",
              "c3 21 08 00 01 00 00 00"),
          new Sample(
              atomic(OR, W, true, R1, 8, R2),
              "(c3) r2 = atomic_fetch_or((u32 *)(r1 +8), r2)",
              "c3 21 08 00 41 00 00 00"),
          new Sample(
              atomic(AND, W, true, R1, 8, R2),
              "(c3) r2 = atomic_fetch_and((u32 *)(r1 +8), r2)",
              "c3 21 08 00 51 00 00 00"),
          new Sample(
              atomic(XOR, W, true, R1, 8, R2),
              "(c3) r2 = atomic_fetch_xor((u32 *)(r1 +8), r2)",
              "c3 21 08 00 a1 00 00 00"),
          new Sample(
              atomic(XCHG, W, true, R1, 8, R2),
              "(c3) r2 = atomic_xchg((u32 *)(r1 +8), r2)",
              "c3 21 08 00 e1 00 00 00"),
          new Sample(
              atomic(ADD, DW, false, R1, 8, R2),
              "(db) lock *(u64 *)(r1 +8) += r2",
              "db 21 08 00 00 00 00 00"),
          new Sample(
              atomic(OR, DW, false, R1, 8, R2),
              "(db) lock *(u64 *)(r1 +8) |= r2",
              "db 21 08 00 40 00 00 00"),
          new Sample(
              atomic(AND, DW, false, R1, 8, R2),
              "(db) lock *(u64 *)(r1 +8) &= r2",
              "db 21 08 00 50 00 00 00"),
          new Sample(
              atomic(XOR, DW, false, R1, 8, R2),
              "(db) lock *(u64 *)(r1 +8) ^= r2",
              "db 21 08 00 a0 00 00 00"),
          new Sample(
              atomic(ADD, DW, true, R1, 8, R2),
              "(db) r2 = atomic64_fetch_add((u64 *)(r1 +8), r2)",
              "db 21 08 00 01 00 00 00"),
          new Sample(
              atomic(OR, DW, true, R1, 8, R2),
              "(db) r2 = atomic64_fetch_or((u64 *)(r1 +8), r2)",
              "db 21 08 00 41 00 00 00"),
          new Sample(
              atomic(AND, DW, true, R1, 8, R2),
              "(db) r2 = atomic64_fetch_and((u64 *)(r1 +8), r2)",
              "db 21 08 00 51 00 00 00"),
          new Sample(
              atomic(XOR, DW, true, R1, 8, R2),
              "(db) r2 = atomic64_fetch_xor((u64 *)(r1 +8), r2)",
              "db 21 08 00 a1 00 00 00"),
          new Sample(
              atomic(XCHG, DW, true, R1, 8, R2),
              "(db) r2 = atomic64_xchg((u64 *)(r1 +8), r2)",
              "db 21 08 00 e1 00 00 00"),
          new Sample(
              new Element.LoadImm64<>(R1, new Constant.Value(0x1122334455667788L)),
              "(18) r1 = 0x1122334455667788",
              "18 01 00 00 88 77 66 55 00 00 00 00 44 33 22 11"),
          new Sample(
              new Element.LoadImm64<>(R9, new Constant.Value(-2)),
              "(18) r9 = 0xfffffffffffffffe",
              "18 09 00 00 fe ff ff ff 00 00 00 00 ff ff ff ff"),
          new Sample(
              new Element.LoadImm64<>(R1, new Constant.MapFd("bf_cmap")),
              "(18) r1 = map[name:bf_cmap]",
              "18 11 00 00 00 00 00 00 00 00 00 00 00 00 00 00"),
          new Sample(
              new Element.LoadImm64<>(R2, new Constant.MapValue("bf_tables", 40)),
              "(18) r2 = map[name:bf_tables][0]+40",
              "18 22 00 00 00 00 00 00 00 00 00 00 00 00 00 00"),
          new Sample(
              new Atomic.CompareExchange<>(W, R1, 8, R0, R2),
              "(c3) r0 = atomic_cmpxchg((u32 *)(r1 +8), r0, r2)",
              "c3 21 08 00 f1 00 00 00"),
          new Sample(
              new Atomic.CompareExchange<>(DW, R1, 8, R0, R2),
              "(db) r0 = atomic64_cmpxchg((u64 *)(r1 +8), r0, r2)",
              "db 21 08 00 f1 00 00 00"),
          new Sample(
              new Atomic.LoadAcquire<>(B, R1, R2, -8),
              "(d3) r1 = load_acquire((u8 *)(r2 -8))",
              "d3 21 f8 ff 00 01 00 00"),
          new Sample(
              new Atomic.StoreRelease<>(B, R1, -8, R2),
              "(d3) store_release((u8 *)(r1 -8), r2)",
              "d3 21 f8 ff 10 01 00 00"),
          new Sample(
              new Atomic.LoadAcquire<>(H, R1, R2, -8),
              "(cb) r1 = load_acquire((u16 *)(r2 -8))",
              "cb 21 f8 ff 00 01 00 00"),
          new Sample(
              new Atomic.StoreRelease<>(H, R1, -8, R2),
              "(cb) store_release((u16 *)(r1 -8), r2)",
              "cb 21 f8 ff 10 01 00 00"),
          new Sample(
              new Atomic.LoadAcquire<>(W, R1, R2, -8),
              "(c3) r1 = load_acquire((u32 *)(r2 -8))",
              "c3 21 f8 ff 00 01 00 00"),
          new Sample(
              new Atomic.StoreRelease<>(W, R1, -8, R2),
              "(c3) store_release((u32 *)(r1 -8), r2)",
              "c3 21 f8 ff 10 01 00 00"),
          new Sample(
              new Atomic.LoadAcquire<>(DW, R1, R2, -8),
              "(db) r1 = load_acquire((u64 *)(r2 -8))",
              "db 21 f8 ff 00 01 00 00"),
          new Sample(
              new Atomic.StoreRelease<>(DW, R1, -8, R2),
              "(db) store_release((u64 *)(r1 -8), r2)",
              "db 21 f8 ff 10 01 00 00"),
          new Sample(
              new LoadPacket<>(B, R0, R6, null, 12),
              "(30) r0 = *(u8 *)skb[12]",
              "30 00 00 00 0c 00 00 00"),
          new Sample(
              new LoadPacket<>(B, R0, R6, R2, -4),
              "(50) r0 = *(u8 *)skb[r2 + -4]",
              "50 20 00 00 fc ff ff ff"),
          new Sample(
              new LoadPacket<>(H, R0, R6, null, 12),
              "(28) r0 = *(u16 *)skb[12]",
              "28 00 00 00 0c 00 00 00"),
          new Sample(
              new LoadPacket<>(H, R0, R6, R2, -4),
              "(48) r0 = *(u16 *)skb[r2 + -4]",
              "48 20 00 00 fc ff ff ff"),
          new Sample(
              new LoadPacket<>(W, R0, R6, null, 12),
              "(20) r0 = *(u32 *)skb[12]",
              "20 00 00 00 0c 00 00 00"),
          new Sample(
              new LoadPacket<>(W, R0, R6, R2, -4),
              "(40) r0 = *(u32 *)skb[r2 + -4]",
              "40 20 00 00 fc ff ff ff"),
          new Sample(
              new Element.LoadField<>(B, R1, R2, "sk_buff", "dev.ifindex"),
              "(71) r1 = *(u8 *)(r2 +sk_buff.dev.ifindex)",
              "71 21 00 00 00 00 00 00"),
          new Sample(
              new Element.LoadField<>(H, R1, R2, "sk_buff", "dev.ifindex"),
              "(69) r1 = *(u16 *)(r2 +sk_buff.dev.ifindex)",
              "69 21 00 00 00 00 00 00"),
          new Sample(
              new Element.LoadField<>(W, R1, R2, "sk_buff", "dev.ifindex"),
              "(61) r1 = *(u32 *)(r2 +sk_buff.dev.ifindex)",
              "61 21 00 00 00 00 00 00"),
          new Sample(
              new Element.LoadField<>(DW, R1, R2, "sk_buff", "dev.ifindex"),
              "(79) r1 = *(u64 *)(r2 +sk_buff.dev.ifindex)",
              "79 21 00 00 00 00 00 00"),
          new Sample(
              new Element.LoadImm64<>(R1, new Constant.Value(Long.MIN_VALUE)),
              "(18) r1 = 0x8000000000000000",
              "18 01 00 00 00 00 00 00 00 00 00 00 00 00 00 80"),
          new Sample(
              new Element.LoadImm64<>(R1, new Constant.Variable("bpf_prog_active")),
              "(18) r1 = var[name:bpf_prog_active]",
              "18 31 00 00 00 00 00 00 00 00 00 00 00 00 00 00"),
          new Sample(
              new Element.LoadImm64<>(R1, new Constant.StructureId("iphdr")),
              "(18) r1 = struct[name:iphdr]",
              "18 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00"),
          new Sample(
              new Element.LoadImm64<>(R1, new Constant.Function("main")),
              "(18) r1 = subprog[-2]#main",
              "18 41 00 00 fe ff ff ff 00 00 00 00 00 00 00 00"),
          new Sample(
              new Element.LoadImm64<>(R1, new Constant.MapValue("bf_tables", -8)),
              "(18) r1 = map[name:bf_tables][0]+4294967288",
              "18 21 00 00 00 00 00 00 00 00 00 00 00 00 00 00"),
          new Sample(
              new Element.LoadImm64<>(R1, resolved(Constant.Pseudo.MAP_FD, 7, 0)),
              "(18) r1 = map[fd:7]",
              "18 11 00 00 07 00 00 00 00 00 00 00 00 00 00 00"),
          new Sample(
              new Element.LoadImm64<>(R1, resolved(Constant.Pseudo.MAP_VALUE, 7, 8)),
              "(18) r1 = map[fd:7][0]+8",
              "18 21 00 00 07 00 00 00 00 00 00 00 08 00 00 00"),
          new Sample(
              new Element.LoadImm64<>(R1, resolved(Constant.Pseudo.BTF_ID, 9, 0)),
              "(18) r1 = var[id:9]",
              "18 31 00 00 09 00 00 00 00 00 00 00 00 00 00 00"),
          new Sample(
              new Element.LoadImm64<>(R1, resolved(Constant.Pseudo.BTF_ID, 9, 4)),
              "(18) r1 = var[id:9][fd:4]",
              "18 31 00 00 09 00 00 00 00 00 00 00 04 00 00 00"),
          new Sample(
              new Element.LoadImm64<>(R1, resolved(Constant.Pseudo.MAP_INDEX, 1, 0)),
              "(18) r1 = map[idx:1]",
              "18 51 00 00 01 00 00 00 00 00 00 00 00 00 00 00"),
          new Sample(
              new Element.LoadImm64<>(R1, resolved(Constant.Pseudo.MAP_INDEX_VALUE, 1, 8)),
              "(18) r1 = map[idx:1][0]+8",
              "18 61 00 00 01 00 00 00 00 00 00 00 08 00 00 00"));

  private MemorySamples() {}

  private static Element<Phys> load(Size size, boolean signed, Phys dst, Phys base, int offset) {
    return new Element.Load<>(size, signed, dst, base, offset);
  }

  private static Constant resolved(Constant.Pseudo kind, int number, int offset) {
    return new Constant.Resolved(kind, number, offset);
  }

  private static Element<Phys> store(Size size, Phys base, int offset, Operand<Phys> src) {
    return new Element.Store<>(size, base, offset, src);
  }

  private static Element<Phys> atomic(
      AtomicOp op, Size size, boolean fetch, Phys base, int offset, Phys src) {
    return new Atomic.Update<>(op, size, fetch, base, offset, src);
  }
}
