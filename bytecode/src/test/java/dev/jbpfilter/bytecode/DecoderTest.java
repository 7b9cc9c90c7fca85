package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.ProgramSpec.Relocation;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

final class DecoderTest {
  @ParameterizedTest
  @FieldSource("dev.jbpfilter.bytecode.Samples#ALL")
  void givesBackWhatWasEncoded(Sample sample) {
    ProgramSpec program = program(Samples.around(sample));
    Code<Phys> decoded = Decoder.decode(program).getFirst();
    Element<Phys> element = decoded.elements().get(targets(sample) ? 2 : 1);
    assertThat(withTarget(element, Samples.TARGET)).isEqualTo(sample.element());
    assertThat(program(decoded)).isEqualTo(program);
  }

  private static boolean targets(Sample sample) {
    return sample.element().target() != null;
  }

  private static Element<Phys> withTarget(Element<Phys> element, Label label) {
    return switch (element) {
      case Element.Jump<Phys> jump -> new Element.Jump<>(label);
      case Element.MayGoto<Phys> jump -> new Element.MayGoto<>(label);
      case Element.Branch<Phys>(var condition, var width, var left, var right, var target) ->
          new Element.Branch<>(condition, width, left, right, label);
      default -> element;
    };
  }

  @ParameterizedTest
  @EnumSource
  void farBranchesComeBackAsTheSameBytes(Condition condition) {
    Code<Phys> code =
        new Code<>("main", List.of(Phys.R1), EncoderTest.branchOver(condition, 40_000), 0);
    ProgramSpec program = program(code);
    assertThat(program(Decoder.decode(program).getFirst())).isEqualTo(program);
  }

  @Test
  void notesAndSymbolsComeBack() {
    List<Element<Phys>> elements =
        List.of(
            new Element.Note<>("prologue"),
            new Element.LoadImm64<>(Phys.R1, new Constant.MapFd("bf_cmap")),
            new Element.Note<>("rule 0"),
            new Element.LoadImm64<>(Phys.R2, new Constant.MapValue("bf_tables", 8)),
            new Element.Call<>(
                new CallTarget.KernelFunction("f"),
                List.of(Phys.R1, Phys.R2, Phys.R3, Phys.R4, Phys.R5),
                Phys.R0),
            new Element.Exit<>(Phys.R0));
    Code<Phys> decoded =
        Decoder.decode(program(new Code<>("main", List.of(Phys.R1), elements, 0))).getFirst();
    assertThat(decoded.elements()).isEqualTo(elements);
    assertThat(decoded.name()).isEqualTo("main");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '', no instructions
          9500000001000000, field that is not used
          9501000000000000, field that is not used
          0000000000000000, unknown instruction 0x0
          3001000000000000, field that is not used
          3800000000000000, packet access of 8 bytes
          7100000001000000, field that is not used
          7b0b000000000000, no register r11
          bfb0000000000000, no register r11
          b700010000000000, sign extension
          bf00200000000000 9500000000000000, ''
          bc00200000000000, sign extension
          bf00030000000000, sign extension
          3f00020000000000, unknown instruction 0x2003f
          e700000000000000, unknown instruction 0xe7
          f700000000000000, unknown instruction 0xf7
          8700000001000000, field that is not used
          8f00000000000000, field that is not used
          0f00000001000000, field that is not used
          0710000001000000, field that is not used
          d700000011000000, byte order conversion of 17 bits
          df00000010000000, unknown instruction 0x10000000df
          d410000010000000, field that is not used
          9900000000000000, sign extension of 8 bytes
          4100000000000000, unknown instruction 0x41
          e200000000000000, unknown instruction 0xe2
          6210000000000000, field that is not used
          6300000001000000, field that is not used
          cb00000000000000, atomic operation on 2 bytes
          d300000000000000, atomic operation on 1 bytes
          db000000e0000000, exchange that does not fetch
          db000000f0000000, unknown instruction 0xf0000000db
          db00000020010000, unknown instruction 0x120000000db
          1800000000000000, the second slot is missing
          1800010000000000 0000000000000000, field that is not used
          1800000000000000 0100000000000000, field that is not used
          1870000000000000 0000000000000000, unknown instruction
          1810000000000000 0000000001000000, MAP_FD with offset
          8510000000000000, function in slot 1
          8501000001000000, field that is not used
          8d00000000000000, unknown instruction 0x8d
          8600000000000000, unknown instruction 0x86
          9600000000000000, unknown instruction 0x96
          0500000001000000, field that is not used
          0d00000000000000, unknown instruction 0xd
          0e00000000000000, unknown instruction 0xe
          e500000001000000, field that is not used
          1510000000000000, field that is not used
          1d00000001000000, field that is not used
          0500feff00000000, jump into slot -1
          060000000000007f, jump into slot 2130706433
          06000000ffffff7f, jump into slot 2147483648
          0500010000000000 9500000000000000, jump into slot 2
          1500010000000000 1800000000000000 0000000000000000 9500000000000000, jump into slot 2
          b700000000000000, control falls off the end
          1500feff00000000, jump into slot -1
          """)
  void malformedInstructionsAreRefused(String hex, String problem) {
    Instructions instructions = Instructions.ofBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
    if (problem.isEmpty()) {
      assertThat(Decoder.list(instructions, List.of())).isNotEmpty();
    } else {
      assertThatThrownBy(() -> decode(instructions, List.of()))
          .isInstanceOf(DecodeException.class)
          .hasMessageContaining(problem);
    }
  }

  @Test
  void relocationsMustFit() {
    Instructions fd = Instructions.of(0x1018, 0, 0x95);
    Instructions value = Instructions.of(0x2018, 0, 0x95);
    Instructions call = Instructions.of(0x2085, 0x95);
    Target mapFd = new Target.MapFd("m");
    Target mapValue = new Target.MapValue("m", 0);
    Target function = new Target.KernelFunction("f");
    refuses(fd, "does not fit", new Relocation(0, mapValue));
    refuses(fd, "does not fit", new Relocation(0, function));
    refuses(value, "does not fit", new Relocation(0, mapFd));
    refuses(call, "does not fit", new Relocation(0, mapFd));
    refuses(fd, "slot 2: nothing to relocate", new Relocation(0, mapFd), new Relocation(2, mapFd));
    refuses(fd, "slot 1: nothing to relocate", new Relocation(0, mapFd), new Relocation(1, mapFd));
    refuses(fd, "slot 9: nothing to relocate", new Relocation(0, mapFd), new Relocation(9, mapFd));
    refuses(Instructions.of(0x0001_0000_1018L, 0), "not zero", new Relocation(0, mapFd));
  }

  private static void refuses(Instructions code, String problem, Relocation... relocations) {
    assertThatThrownBy(() -> decode(code, List.of(relocations)))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void randomSlotsGiveCodeOrTheOneException() {
    SplittableRandom random = new SplittableRandom(1);
    int decoded = 0;
    for (int i = 0; i < 50_000; i++) {
      long[] slots = new long[1 + random.nextInt(3)];
      for (int k = 0; k < slots.length; k++) {
        // Zeros where they matter most, so that some slots are valid.
        slots[k] = (random.nextLong() & 0x0000_0003_0003_00ffL & random.nextLong()) | 0x04;
      }
      slots[slots.length - 1] = 0x95;
      Instructions instructions = Instructions.of(slots);
      try {
        decode(instructions, List.of());
        decoded++;
      } catch (DecodeException e) {
        assertThat(e.slot()).isBetween(0, slots.length - 1);
      }
    }
    assertThat(decoded).isBetween(1_000, 49_000);
  }

  private static List<Code<Phys>> decode(Instructions instructions, List<Relocation> relocations) {
    return Decoder.decode(
        new ProgramSpec(
            "p",
            ProgramType.XDP,
            AttachType.XDP,
            0,
            "GPL",
            instructions,
            relocations,
            new ArrayList<>()));
  }

  private static ProgramSpec program(Code<Phys> code) {
    return Encoder.program("bf_prog", ProgramType.XDP, AttachType.XDP, 0, "GPL", code);
  }
}
