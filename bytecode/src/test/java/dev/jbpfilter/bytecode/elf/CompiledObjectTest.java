package dev.jbpfilter.bytecode.elf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.Disassembler;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.testing.Golden;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** Objects that clang wrote; their sources are next to them. */
final class CompiledObjectTest {

  @Test
  void programsThatLoad() {
    Golden.check("counting.object", print(ObjectFile.read(Objects.compiled("counting.bpf.o"))));
  }

  @Test
  void everythingElse() {
    Golden.check("features.object", print(ObjectFile.read(Objects.compiled("features.bpf.o"))));
  }

  /** The same source, compiled for the other byte order. */
  @Test
  void bigEndian() {
    ObjectFile little = ObjectFile.read(Objects.compiled("counting.bpf.o"));
    ObjectFile big = ObjectFile.read(Objects.compiled("counting.bpfeb.o"));
    assertThat(big.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
    assertThat(print(big).replace("BIG_ENDIAN", "LITTLE_ENDIAN")).isEqualTo(print(little));
  }

  @Test
  void pinnedAndNestedMapsAreKnown() {
    ObjectFile file = ObjectFile.read(Objects.compiled("features.bpf.o"));
    ObjectMap outer = map(file, "outer");
    assertThat(outer.inner().orElseThrow())
        .usingRecursiveComparison()
        .ignoringFields("btf")
        .isEqualTo(new MapSpec("outer.inner", MapType.ARRAY, 4, 8, 8, 0, null));
    assertThat(outer.pinned()).isFalse();
    assertThat(map(file, "tails").inner()).isEmpty();
    assertThat(map(file, "events").pinned()).isTrue();
    assertThat(map(file, "events").numaNode()).hasValue(1);
    assertThat(map(file, "filter").extra()).isEqualTo(5);
    assertThat(map(file, ".rodata.table").contents())
        .containsExactly(1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0);
  }

  private static ObjectMap map(ObjectFile file, String name) {
    return file.maps().stream()
        .filter(map -> map.spec().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String print(ObjectFile file) {
    StringBuilder out = new StringBuilder();
    out.append(file.order()).append(", license ").append(file.license()).append('\n');
    for (ObjectMap map : file.maps()) {
      MapSpec spec = map.spec();
      out.append(
          "map %s: %s %d %d %d 0x%x %s%n"
              .formatted(
                  spec.name(),
                  spec.type(),
                  spec.keySize(),
                  spec.valueSize(),
                  spec.maxEntries(),
                  spec.flags(),
                  spec.btf() == null ? "untyped" : "typed"));
    }
    for (ObjectProgram program : file.programs()) {
      ProgramSpec spec = program.spec();
      out.append(
          "%nsection %s: %s %s 0x%x%n"
              .formatted(program.section(), spec.type(), spec.attachType(), spec.flags()));
      for (ProgramSpec.Function function : spec.functions()) {
        out.append("function ").append(function).append('\n');
      }
      program.coreRelocations().forEach(core -> out.append(core).append('\n'));
      out.append(Disassembler.disassemble(spec));
    }
    return out.toString();
  }
}
