package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

final class AssemblerTest {
  @ParameterizedTest
  @FieldSource("dev.jbpfilter.bytecode.Samples#ALL")
  void readsWhatTheDisassemblerWrites(Sample sample) {
    ProgramSpec program = program("main", Samples.around(sample));
    String listing = Disassembler.disassemble(program);
    assertThat(Assembler.assemble(listing).program()).as(listing).isEqualTo(program);
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
          RegisterAllocator.allocate(RandomCode.function(seed, seed % 16, 40)).output();
      ProgramSpec program = program("random", code);
      String listing = Disassembler.disassemble(program);
      ProgramSpec again = Assembler.assemble(listing).program();
      assertThat(again.instructions()).isEqualTo(program.instructions());
      assertThat(again.relocations()).isEqualTo(program.relocations());
      assertThat(again.notes()).isEqualTo(program.notes());
      assertThat(Disassembler.disassemble(again)).isEqualTo(listing);
    }
  }

  private static ProgramSpec program(String name, Code<Phys> code) {
    return Encoder.program(name, ProgramType.XDP, AttachType.XDP, 0, "GPL", code);
  }
}
