package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.ObjectSpec;
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

  /** What is loaded, dumped, written to an object file or interpreted, under the chain's name. */
  public ObjectSpec object() {
    return new ObjectSpec(chain.name(), program, maps);
  }
}
