package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.CodegenException;
import dev.jbpfilter.bytecode.Encoder;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.RegisterAllocator;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.cgen.lookup.Tables;
import dev.jbpfilter.ruleset.Chain;
import java.util.ArrayList;
import java.util.List;

/**
 * Compiles chains. Needs no kernel and no privilege.
 *
 * <pre>{@code
 * CompiledChain compiled = Compiler.compile(chain);
 * ProgramSpec program = compiled.program();
 * }</pre>
 */
public final class Compiler {
  /** Name of the program and of its pin. */
  public static final String PROGRAM_NAME = "bf_prog";

  /** Name of the map that holds the tables in which rules are looked up. */
  public static final String TABLES_NAME = "bf_tables";

  /** What programs declare, because of the helpers that they call. */
  private static final String LICENSE = "GPL";

  private Compiler() {}

  /** Compiles a chain with {@linkplain CompileOptions#DEFAULT usual options}. */
  public static CompiledChain compile(Chain chain) {
    return compile(chain, CompileOptions.DEFAULT);
  }

  /**
   * Compiles a chain, through every level.
   *
   * @throws CodegenException if the chain uses what cannot be compiled, or is too large; names the
   *     chain
   */
  public static CompiledChain compile(Chain chain, CompileOptions options) {
    try {
      return pipeline(chain, options);
    } catch (CodegenException e) {
      throw e.within("chain '" + chain.name() + "'");
    }
  }

  private static CompiledChain pipeline(Chain chain, CompileOptions options) {
    HookFlavor flavor = HookFlavor.of(chain.hook());
    SetTables sets = SetTables.of(chain);
    FilterProgram analysed = Analyser.analyse(chain, sets);
    FilterProgram filter = options.optimise() ? Optimiser.optimise(analysed) : analysed;
    List<Region> regions = new RegionPlanner(filter, options).plan();
    Tables tables = new Tables(TABLES_NAME);
    List<Code<Virt>> functions = Lowering.lower(filter, regions, flavor, options, tables);
    List<Code<Phys>> allocated = new ArrayList<>();
    for (Code<Virt> function : functions) {
      allocated.add(RegisterAllocator.allocate(function).output());
    }
    ProgramSpec program =
        Encoder.program(
            PROGRAM_NAME,
            flavor.programType(),
            flavor.attachType(),
            flavor.programFlags(),
            LICENSE,
            allocated);
    if (filter.logs()) {
      program = program.withGlobal(LogFunction.NAME);
    }
    Plan plan = Plan.of(filter, regions);
    List<MapSpec> maps = maps(analysed, sets, tables, options);
    return new CompiledChain(chain, filter, plan, functions, program, maps);
  }

  private static List<MapSpec> maps(
      FilterProgram filter, SetTables sets, Tables tables, CompileOptions options) {
    List<MapSpec> maps = new ArrayList<>();
    maps.add(CounterMap.spec(filter.ruleCount()));
    if (filter.logs()) {
      maps.add(LogMap.spec());
      maps.add(LostMap.spec());
    }
    if (filter.limitsLogs()) {
      maps.add(RateMap.spec(filter.ruleCount()));
    }
    maps.addAll(sets.specs());
    if (!tables.isEmpty()) {
      maps.add(tables.spec());
    }
    if (options.traceFailures()) {
      maps.add(TraceMessage.spec());
    }
    return maps;
  }
}
