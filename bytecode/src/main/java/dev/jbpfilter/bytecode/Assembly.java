package dev.jbpfilter.bytecode;

import java.util.List;

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
