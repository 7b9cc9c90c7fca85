package dev.jbpfilter.bytecode.assembler;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramSpec.Relocation;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an assembler source has.
 *
 * @param programs in their order, at least one
 * @param maps in their order; programs may refer to others unless it declares some
 */
public record Assembly(List<ProgramSpec> programs, List<MapSpec> maps) {
  /** Copies the lists. */
  public Assembly {
    programs = List.copyOf(programs);
    maps = List.copyOf(maps);
  }

  /**
   * Each program with those of the maps that it refers to. What it refers to and is not declared is
   * left out; {@link Assembler#assembleComplete} leaves nothing undeclared.
   */
  public List<ObjectSpec> objects() {
    List<ObjectSpec> objects = new ArrayList<>();
    for (ProgramSpec program : programs) {
      Set<String> used = new HashSet<>();
      for (Relocation relocation : program.relocations()) {
        switch (relocation.target()) {
          case Target.MapFd(String map) -> used.add(map);
          case Target.MapValue(String map, int offset) -> used.add(map);
          case Target.KernelFunction function -> {}
          case Target.Variable variable -> {}
          case Target.StructureId structure -> {}
          case Target.Field field -> {}
        }
      }
      objects.add(
          new ObjectSpec(
              program.name(),
              program,
              maps.stream().filter(map -> used.contains(map.name())).toList()));
    }
    return objects;
  }

  /**
   * The only program.
   *
   * @throws IllegalStateException if there are several
   */
  public ProgramSpec program() {
    if (programs.size() != 1) {
      throw new IllegalStateException("there are " + programs.size() + " programs");
    }
    return programs.getFirst();
  }
}
