package dev.jbpfilter.loader;

import dev.jbpfilter.cgen.CompileOptions;
import dev.jbpfilter.cgen.CompiledChain;
import java.util.function.Consumer;

/**
 * How a {@link Bpfilter} works, and what it tells on the way, on the calling thread.
 *
 * @param events told what its caller should know
 * @param steps told each step that changes something in the kernel or locks it, by its object and
 *     the system call, in the words of error messages: for finding faults
 * @param programs told each chain that is about to be loaded
 * @param compile how chains are compiled
 */
public record BpfilterOptions(
    Consumer<Event> events,
    Consumer<String> steps,
    Consumer<CompiledChain> programs,
    CompileOptions compile) {

  /** The usual way, which tells events only. */
  public static BpfilterOptions of(Consumer<Event> events) {
    return new BpfilterOptions(events, step -> {}, program -> {}, CompileOptions.DEFAULT);
  }

  /** The same, with somebody to tell steps. */
  public BpfilterOptions withSteps(Consumer<String> told) {
    return new BpfilterOptions(events, told, programs, compile);
  }

  /** The same, with somebody to tell programs. */
  public BpfilterOptions withPrograms(Consumer<CompiledChain> told) {
    return new BpfilterOptions(events, steps, told, compile);
  }

  /** The same, compiling in another way. */
  public BpfilterOptions withCompile(CompileOptions options) {
    return new BpfilterOptions(events, steps, programs, options);
  }
}
