package dev.jbpfilter.loader.kernel;

import static dev.jbpfilter.loader.kernel.Specs.EXIT;
import static dev.jbpfilter.loader.kernel.Specs.loadAddress;
import static dev.jbpfilter.loader.kernel.Specs.move;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.Instructions;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramSpec.Relocation;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelocationsTest {

  @Test
  void mapsGetTheirDescriptors() {
    ProgramSpec spec =
        Specs.program(
            List.of(
                new Relocation(0, new Target.MapFd("a")),
                new Relocation(3, new Target.MapValue("b", 24))),
            loadAddress(1),
            0,
            move(0, 2),
            loadAddress(9),
            0,
            EXIT);
    byte[] resolved = Relocations.resolve(spec, name -> name.equals("a") ? 5 : 6);
    assertThat(Instructions.ofBytes(resolved).toArray())
        .containsExactly(
            0x0000_0005_0000_1118L,
            0,
            0x0000_0002_0000_00b4L,
            0x0000_0006_0000_2918L,
            0x0000_0018_0000_0000L,
            EXIT);
  }

  @Test
  void resolvingTwiceGivesTheNewDescriptor() {
    ProgramSpec spec =
        Specs.program(
            List.of(new Relocation(0, new Target.MapFd("a"))), 0x0000_0005_0000_1118L, 0, EXIT);
    assertThat(Instructions.ofBytes(Relocations.resolve(spec, name -> 7)).slot(0))
        .isEqualTo(0x0000_0007_0000_1118L);
  }

  @Test
  void onlyLoadsOfTwoSlotsAreRelocated() {
    Relocation relocation = new Relocation(0, new Target.MapFd("a"));
    assertThatThrownBy(
            () -> Relocations.resolve(Specs.program(List.of(relocation), EXIT, EXIT), name -> 5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            Relocations.resolve(Specs.program(List.of(relocation), loadAddress(1)), name -> 5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void kernelFunctionsAreNotSupportedYet() {
    ProgramSpec spec =
        Specs.program(
            List.of(new Relocation(0, new Target.KernelFunction("bpf_dynptr_slice"))),
            0x0000_0000_0000_2085L,
            EXIT);
    assertThatThrownBy(() -> Relocations.resolve(spec, name -> 5))
        .isInstanceOfSatisfying(
            BpfException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EOPNOTSUPP))
        .hasMessageContaining("bpf_dynptr_slice");
  }
}
