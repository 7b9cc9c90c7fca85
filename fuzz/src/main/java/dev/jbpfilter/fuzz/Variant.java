package dev.jbpfilter.fuzz;

import dev.jbpfilter.cgen.CompileOptions;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.cgen.lookup.StructureKind;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.RulesPrinter;
import java.util.ArrayList;
import java.util.List;

/**
 * A way to compile chains, all of which have to agree.
 *
 * @param name for messages
 */
public record Variant(String name, CompileOptions options) {
  private static final Variant SEQUENTIAL =
      new Variant("sequential", CompileOptions.DEFAULT.withOptimise(false));
  private static final Variant OPTIMISED = new Variant("optimised", CompileOptions.DEFAULT);

  /** With the lookups that are best, as the command compiles chains, and without any. */
  public static List<Variant> plain() {
    return List.of(OPTIMISED, SEQUENTIAL);
  }

  /** Without lookups, with those that are best, and with each kind of lookup where it can be. */
  public static List<Variant> all() {
    List<Variant> all = new ArrayList<>(List.of(SEQUENTIAL, OPTIMISED));
    for (StructureKind kind : StructureKind.values()) {
      all.add(forced(kind));
    }
    return all;
  }

  /** The first two, and one kind of lookup, which is another one for another chain. */
  public static List<Variant> some(Chain chain) {
    StructureKind[] kinds = StructureKind.values();
    int kind = Math.floorMod(RulesPrinter.print(chain).hashCode(), kinds.length);
    return List.of(SEQUENTIAL, OPTIMISED, forced(kinds[kind]));
  }

  /** With one kind of lookup wherever it can be. */
  public static Variant forced(StructureKind kind) {
    return new Variant(kind.label(), CompileOptions.DEFAULT.withForced(kind));
  }

  /** Whether the command compiles chains so. */
  public boolean isDefault() {
    return options.equals(CompileOptions.DEFAULT);
  }

  /** Compiles a chain in this way. */
  public CompiledChain compile(Chain chain) {
    return Compiler.compile(chain, options);
  }
}
