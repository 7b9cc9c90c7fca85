package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.ruleset.Chain;
import java.util.List;

/**
 * A chain at every level of its compilation.
 *
 * @param functions of which the first is where the program starts
 * @param plan how the program finds the rule that decides
 * @param maps of which the first is that of the counters
 */
public record CompiledChain(
    Chain chain,
    FilterProgram filter,
    Plan plan,
    List<Code<Virt>> functions,
    ProgramSpec program,
    List<MapSpec> maps) {
  /** Copies the lists. */
  public CompiledChain {
    functions = List.copyOf(functions);
    maps = List.copyOf(maps);
  }

  /** What is loaded, dumped, written to an object file or interpreted, under the chain's name. */
  public ObjectSpec object() {
    return new ObjectSpec(chain.name(), program, maps);
  }
}
