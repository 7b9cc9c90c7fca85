package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.assembler.Assembler;
import dev.jbpfilter.bytecode.assembler.AssemblyException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Decoder, disassemblers and assembler on anything. */
final class TextRandomTest {
  private static final String ALPHABET =
      "0123456789abcdefrwxuspcgotifmlk_ .:;#/()[]*+-=<>&|^%!,\"\n\t\u00e9\0";

  @Test
  void assemblingUndoesDisassembling() {
    for (int seed = 0; seed < 400; seed++) {
      ProgramSpec program = RandomInstructions.program(seed, 1 + seed % 60);
      String listing = Disassembler.disassemble(new ObjectSpec("main", program, List.of()));
      assertThat(Assembler.assemble(listing).program()).as(listing).isEqualTo(program);
      assertThat(LlvmDisassembler.disassemble(program)).contains(" <function_0>:\n");
    }
  }

  @Test
  void anySlotsAreCodeOrTheOneException() {
    int decoded = 0;
    for (int seed = 0; seed < 20_000; seed++) {
      decoded += decodes(new SplittableRandom(seed)) ? 1 : 0;
    }
    assertThat(decoded).isBetween(500, 19_500);
  }

  private static boolean decodes(SplittableRandom random) {
    long[] slots = RandomInstructions.slots(random, 1 + random.nextInt(8));
    if (random.nextBoolean()) {
      slots[slots.length - 1] = 0x95;
    }
    ProgramSpec program =
        new ProgramSpec(
            "main",
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
      return true;
    } catch (DecodeException e) {
      assertThat(e.slot()).isBetween(0, slots.length - 1);
      return false;
    }
  }

  @Test
  void anyTextIsASourceOrTheOneException() {
    int assembled = 0;
    for (int seed = 0; seed < 4_000; seed++) {
      assembled += assembles(new SplittableRandom(seed)) ? 1 : 0;
    }
    assertThat(assembled).isBetween(100, 3_900);
  }

  private static boolean assembles(SplittableRandom random) {
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
      return true;
    } catch (AssemblyException e) {
      assertThat(e.problems()).isNotEmpty();
      return false;
    }
  }

  private static String characters(SplittableRandom random, int limit) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(limit); i > 0; i--) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
