package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.ruleset.Chain;
import java.util.List;

/** A chain at every level of its compilation. */
public record CompiledChain(
    Chain chain, FilterProgram filter, Code<Virt> code, ProgramSpec program, List<MapSpec> maps) {
  /** Copies the list. */
  public CompiledChain {
    maps = List.copyOf(maps);
  }
}
