package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.assembler.Assembler;
import dev.jbpfilter.bytecode.assembler.Assembly;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The assembler reads what the disassemblers write. */
class AssemblerRoundTripTest {
  @ParameterizedTest
  @FieldSource("dev.jbpfilter.bytecode.Samples#ALL")
  void readsWhatTheDisassemblerWrites(Sample sample) {
    ProgramSpec program = program("main", Samples.around(sample));
    String listing = Disassembler.disassemble(program);
    assertThat(Assembler.assemble(listing).program()).as(listing).isEqualTo(program);
  }

  /** The notation in LLVM's dialect, where it says as much as the kernel's. */
  @ParameterizedTest
  @FieldSource("dev.jbpfilter.bytecode.Samples#ALL")
  void readsMostOfLlvmsNotation(Sample sample) {
    String text = LlvmDisassemblerTest.text(sample);
    if (LlvmDisassemblerTest.isAmbiguous(sample.element())
        || text.startsWith("ld_pseudo")
        || text.contains("xchg")
        || sample.element() instanceof Element.LoadField) {
      return;
    }
    String source = "r0 = -r0\n" + text + "\nexit";
    assertThat(slots(source, 1, Samples.encode(sample).length))
        .as(source)
        .isEqualTo(Samples.hex(Samples.encode(sample)));
  }

  private static String slots(String source, int from, int count) {
    long[] slots = new long[count];
    Instructions instructions = Assembler.assemble(source).program().instructions();
    for (int i = 0; i < count; i++) {
      slots[i] = instructions.slot(from + i);
    }
    return Samples.hex(slots);
  }

  @Test
  void objectsComeBack() {
    for (ObjectSpec object : DumpTest.CHAINS) {
      List<MapSpec> maps = new ArrayList<>();
      for (MapSpec map : object.maps()) {
        maps.add(
            new MapSpec(
                map.name(),
                map.type(),
                map.keySize(),
                map.valueSize(),
                map.maxEntries(),
                map.flags(),
                null));
      }
      String listing = Disassembler.disassemble(object);
      assertThat(Assembler.assemble(listing))
          .as(listing)
          .isEqualTo(new Assembly(List.of(object.program()), maps));
    }
  }

  @Test
  void randomFunctionsComeBack() {
    for (int seed = 0; seed < 60; seed++) {
      Code<Phys> code =
          RegisterAllocator.allocate(RandomCode.functionAlone(seed, seed % 16, 40)).output();
      ProgramSpec program = program("random", code);
      String listing = Disassembler.disassemble(program);
      ProgramSpec again = Assembler.assemble(listing).program();
      assertThat(again.instructions()).isEqualTo(program.instructions());
      assertThat(again.relocations()).isEqualTo(program.relocations());
      assertThat(again.notes()).isEqualTo(program.notes());
    }
  }

  private static ProgramSpec program(String name, Code<Phys> code) {
    return Encoder.program(name, ProgramType.XDP, AttachType.XDP, 0, "GPL", code);
  }
}
