package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.jbpfilter.bytecode.interpreter.Interpreter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Memory, stack variables and atomic operations, by what they do and how they are listed. */
class MemoryBuilderTest {

  @Test
  void variablesHaveTheirPlaceSizeAndAlignment() {
    CodeBuilder.function(
        "f",
        b -> {
          assertThat(b.stackVariable("a", 3, 1)).isEqualTo(new StackVariable("a", -3, 3));
          assertThat(b.stackVariable("b", 2, 2)).isEqualTo(new StackVariable("b", -6, 2));
          assertThat(b.stackVariable("c", 20)).isEqualTo(new StackVariable("c", -32, 20));
          assertThat(b.stackVariable(4)).isEqualTo(-40);
          assertThat(b.stackVariable("d", 1, 4)).isEqualTo(new StackVariable("d", -44, 1));
          b.exit(0);
        });
  }

  @Test
  void variablesAreCheckedWhereTheyAreUsed() {
    StackVariable key = new StackVariable("key", -8, 6);

    assertThat(key.offset(2, Size.W)).isEqualTo(-6);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> key.offset(4, Size.W))
        .withMessage("4 bytes at 4 of key, which has 6");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> key.offset(-1, Size.B))
        .withMessageContaining("at -1");
    assertThatIllegalArgumentException()
        .isThrownBy(key::size)
        .withMessage("key has 6 bytes, not 1, 2, 4 or 8");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dsl.run(b -> b.stackVariable("x", 8, 3)))
        .withMessage("x: 8 bytes aligned to 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dsl.run(b -> b.stackVariable("x", 0)))
        .withMessageContaining("0 bytes");
  }

  @Test
  void variablesAreStoredLoadedAndAddressed() {
    assertThat(
            Dsl.listing(b -> {
              StackVariable pair = b.stackVariable("pair", 8);
              b.store(pair, 1);
              b.store(pair, 4, Size.H, b.load(pair));
              b.exit(b.load(Size.W, b.address(pair), 4));
            }))
        .isEqualTo(
            "*(u64 *)(fp -8) = 1; v1 = *(u64 *)(fp -8); *(u16 *)(fp -4) = v1; v2 = fp; v2 += -8; "
                + "v3 = *(u32 *)(v2 +4); exit v3");
    assertThat(
            Dsl.value(b -> {
              StackVariable pair = b.stackVariable("pair", 8);
              b.store(pair, b.constant(0x1122_3344_5566_7788L));
              b.store(pair, 1, Size.B, 0);
              b.store(Size.B, b.address(pair), 7, 0x99);
              return b.load(pair);
            }))
        .isEqualTo(0x9922_3344_5566_0088L);
  }

  @Test
  void loadsAreExtendedAsSaid() {
    assertThat(
            Dsl.value(b -> {
              StackVariable word = b.stackVariable("word", 4);
              b.store(word, -2);
              Virt sum = b.loadSigned(Size.W, Virt.FRAME, word.offset());
              b.alu(AluOp.ADD, sum, b.load(word));
              b.alu(AluOp.ADD, sum, b.loadSigned(Size.B, Virt.FRAME, word.offset()));
              return sum;
            }))
        .isEqualTo(-2 + 0xffff_fffeL - 2);
  }

  @Test
  void packetAccess() {
    ProgramSpec program =
        ProgramBuilder.program(
            "packet",
            ProgramType.SCHED_CLS,
            AttachType.XDP,
            "GPL",
            p ->
                p.main(b -> {
                  Virt context = b.parameter();
                  Virt type = b.loadPacket(Size.H, context, 12);
                  b.exit(b.add(type, b.loadPacket(Size.B, context, b.constant(2), 3)));
                }));

    assertThat(Interpreter.of(new ObjectSpec("o", program, List.of())).run(Dsl.FRAME))
        .isEqualTo(0x0c0d + 5);
  }

  @Test
  void fields() {
    assertThat(Dsl.listing(b -> b.exit(b.loadField(Size.W, b.parameter(), "sk_buff", "len"))))
        .startsWith("v2 = *(u32 *)(v1 +sk_buff.len); ");
  }

  @Test
  void atomicOperations() {
    assertThat(
            Dsl.value(b -> {
              StackVariable cell = b.stackVariable("cell", 8);
              Virt at = b.address(cell);
              Virt result = b.constant(0);
              b.store(cell, 5);
              b.atomic(AtomicOp.ADD, Size.DW, at, 0, b.constant(3));
              append(b, result, b.fetch(AtomicOp.XOR, Size.DW, at, 0, b.constant(1)));
              append(b, result, b.exchange(Size.DW, at, 0, b.constant(2)));
              // Not equal: stays.
              append(b, result, b.compareExchange(Size.DW, at, 0, b.constant(7), b.constant(6)));
              append(b, result, b.compareExchange(Size.DW, at, 0, b.constant(2), b.constant(4)));
              append(b, result, b.loadAcquire(Size.DW, at, 0));
              b.storeRelease(Size.DW, at, 0, b.constant(3));
              append(b, result, b.load(cell));
              return result;
            }))
        .isEqualTo(0x89_2243);
  }

  private static void append(CodeBuilder b, Virt result, Virt digit) {
    b.alu(AluOp.LSH, result, 4);
    b.alu(AluOp.OR, result, digit);
  }

  @Test
  void fetchingLeavesTheOperandAsItIs() {
    assertThat(
            Dsl.listing(b -> {
              Virt one = b.constant(1);
              b.fetch(AtomicOp.ADD, Size.DW, Virt.FRAME, -8, one);
              b.compareExchange(Size.DW, Virt.FRAME, -8, one, one);
              b.exit(one);
            }))
        .startsWith("v1 = 1; v2 = v1; v2 = fetch lock *(u64 *)(fp -8) += v2; v3 = v1; ");
  }
}
