package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.ProgramSpec.LineNote;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

final class DisassemblerTest {
  @ParameterizedTest
  @FieldSource("dev.jbpfilter.bytecode.Samples#ALL")
  void printsEachFormAsTheKernelDoes(Sample sample) {
    ProgramSpec program =
        Encoder.program("main", ProgramType.XDP, AttachType.XDP, 0, "GPL", Samples.around(sample));
    assertThat(Disassembler.disassemble(program).lines().toList().get(1))
        .isEqualTo("   1: " + sample.text());
  }

  @Test
  void notesStandBeforeTheirInstruction() {
    assertThat(
            listing(
                List.of(new LineNote(0, "prologue"), new LineNote(3, "rule 0")),
                0xb7,
                0x118,
                0,
                0x95))
        .isEqualTo(
            """
            ; prologue
               0: (b7) r0 = 0
               1: (18) r1 = 0x0
            ; rule 0
               3: (95) exit
            """);
  }

  @Test
  void jumpsAreRelativeToTheNextSlot() {
    assertThat(listing(List.of(), 0x0000_0001_0000_0006L, 0x95, 0xffff_fffe_0000_0006L))
        .isEqualTo(
            """
               0: (06) gotol pc+1
               1: (95) exit
               2: (06) gotol pc-2
            """);
  }

  @Test
  void helpersWithoutANameAreUnknown() {
    assertThat(listing(List.of(), (5000L << 32) | 0x85, 0x95))
        .startsWith("   0: (85) call unknown#5000\n");
  }

  @Test
  void numbersWiderThanTheirColumnPushTheLine() {
    long[] slots = new long[10_001];
    Arrays.fill(slots, 0x95);
    assertThat(listing(List.of(), slots))
        .contains("\n   9: (95) exit\n  10: (95) exit\n")
        .endsWith("\n9999: (95) exit\n10000: (95) exit\n");
  }

  @Test
  void undecodableProgramsAreRefused() {
    assertThatThrownBy(() -> listing(List.of(), 0xff)).isInstanceOf(DecodeException.class);
  }

  @Test
  void functionsAreLinesOfTheirOwn() {
    assertThat(listing(List.of(new LineNote(2, "counts")), 0x1_0000_1085L, 0x95, 0xb7, 0x95))
        .isEqualTo(
            """
            p(r1):
               0: (85) call pc+1#function_2
               1: (95) exit
            function_2(r1, r2, r3, r4, r5):
            ; counts
               2: (b7) r0 = 0
               3: (95) exit
            """);
  }

  @Test
  void aFunctionWithAnotherNameThanItsProgramHasALine() {
    Code<Phys> code = new Code<>("main", List.of(), List.of(new Element.Exit<>(Phys.R0)), 0);
    assertThat(
            Disassembler.disassemble(
                Encoder.program("p", ProgramType.XDP, AttachType.XDP, 0, "GPL", code)))
        .isEqualTo("main():\n   0: (95) exit\n");
  }

  private static String listing(List<LineNote> notes, long... slots) {
    return Disassembler.disassemble(
        new ProgramSpec(
            "p",
            ProgramType.XDP,
            AttachType.XDP,
            0,
            "GPL",
            Instructions.of(slots),
            List.of(),
            notes));
  }
}
