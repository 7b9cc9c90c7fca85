package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Decoder, disassemblers and assembler on anything. */
class TextProperties {
  private static final String ALPHABET =
      "0123456789abcdefrwxuspcgotifmlk_ .:;#/()[]*+-=<>&|^%!,\"\n\t\u00e9\0";

  @Property(tries = 400)
  void assemblingUndoesDisassembling(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size) {
    ProgramSpec program = RandomInstructions.program(seed, size);
    String listing = Disassembler.disassemble(new ObjectSpec("main", program, List.of()));
    assertThat(Assembler.assemble(listing).program()).as(listing).isEqualTo(program);
    assertThat(LlvmDisassembler.disassemble(program)).contains(" <function_0>:\n");
  }

  @Property(tries = 2000)
  void anySlotsAreCodeOrTheOneException(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] slots = RandomInstructions.slots(random, 1 + random.nextInt(8));
    if (random.nextBoolean()) {
      slots[slots.length - 1] = 0x95;
    }
    ProgramSpec program =
        new ProgramSpec(
            "p",
            ProgramType.XDP,
            AttachType.XDP,
            0,
            "GPL",
            Instructions.of(slots),
            List.of(),
            List.of());
    boolean listed;
    try {
      listed = !Disassembler.disassemble(program).isEmpty();
      assertThat(LlvmDisassembler.disassemble(program)).isNotEmpty();
    } catch (DecodeException e) {
      assertThat(e.slot()).isBetween(0, slots.length - 1);
      listed = false;
    }
    try {
      assertThat(Decoder.decode(program)).isNotEmpty();
      assertThat(listed).isTrue();
    } catch (DecodeException e) {
      assertThat(e.slot()).isBetween(0, slots.length - 1);
    }
  }

  @Property(tries = 1000)
  void anyTextIsASourceOrTheOneException(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder();
    if (random.nextBoolean()) {
      text.append(Disassembler.disassemble(DumpTest.CHAINS.getFirst()));
      for (int i = random.nextInt(6); i >= 0; i--) {
        int at = random.nextInt(text.length());
        text.replace(at, Math.min(text.length(), at + random.nextInt(4)), characters(random, 3));
      }
    } else {
      text.append(characters(random, 60));
    }
    try {
      assertThat(Assembler.assemble(text.toString()).programs()).isNotEmpty();
    } catch (AssemblyException e) {
      assertThat(e.problems()).isNotEmpty();
    }
  }

  private static String characters(SplittableRandom random, int limit) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(limit); i > 0; i--) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  @Property(tries = 300)
  void bytesComeBackInEitherOrder(@ForAll List<Long> slots) {
    Instructions instructions =
        Instructions.of(slots.stream().mapToLong(Long::longValue).toArray());
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      assertThat(Instructions.ofBytes(instructions.toBytes(order), order)).isEqualTo(instructions);
    }
  }
}
