package dev.jbpfilter.tests.benchmarks;

import dev.jbpfilter.cgen.CompileOptions;
import java.util.List;

/**
 * A way to compile each chain, measured beside the others.
 *
 * @param name in tables, charts and the baseline
 * @param options for the compiler
 * @param targeted whether the targets are for it
 */
record Variant(String name, CompileOptions options, boolean targeted) {
  /** Whether the command compiles chains so. */
  boolean isDefault() {
    return options.equals(CompileOptions.DEFAULT);
  }

  /** All of them; the first one first in tables and charts. */
  static List<Variant> all() {
    return List.of(
        new Variant("optimised", CompileOptions.DEFAULT, true),
        new Variant("sequential", CompileOptions.DEFAULT.withOptimise(false), false));
  }
}
