package dev.jbpfilter.loader;

import dev.jbpfilter.cgen.CompileOptions;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.loader.kernel.Directory;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How a {@link Bpfilter} works, and what it tells on the way, on the calling thread.
 *
 * @param events told what its caller should know
 * @param steps told each step that changes something in the kernel or locks it, by its object and
 *     the system call, in the words of error messages: for finding faults
 * @param programs told each chain that is about to be loaded
 * @param compile how chains are compiled
 * @param lockWait how long to wait for each lock that another process has; then it is {@code
 *     EAGAIN}
 * @param token whether programs and maps are made with the rights of a BPF token of the file system
 */
public record BpfilterOptions(
    Consumer<Event> events,
    Consumer<String> steps,
    Consumer<CompiledChain> programs,
    CompileOptions compile,
    Duration lockWait,
    boolean token) {

  /** The usual way, which tells events only. */
  public static BpfilterOptions of(Consumer<Event> events) {
    return new BpfilterOptions(
        events, step -> {}, program -> {}, CompileOptions.DEFAULT, Directory.LOCK_WAIT, false);
  }

  /** The same, with somebody to tell steps. */
  public BpfilterOptions withSteps(Consumer<String> told) {
    return new BpfilterOptions(events, told, programs, compile, lockWait, token);
  }

  /** The same, with somebody to tell programs. */
  public BpfilterOptions withPrograms(Consumer<CompiledChain> told) {
    return new BpfilterOptions(events, steps, told, compile, lockWait, token);
  }

  /** The same, compiling in another way. */
  public BpfilterOptions withCompile(CompileOptions options) {
    return new BpfilterOptions(events, steps, programs, options, lockWait, token);
  }

  /** The same, waiting for locks as long as is said. */
  public BpfilterOptions withLockWait(Duration longest) {
    return new BpfilterOptions(events, steps, programs, compile, longest, token);
  }

  /**
   * The same, with a BPF token, which {@link Bpfilter#open(java.nio.file.Path, BpfilterOptions)
   * opening} creates: for user name spaces to which that right was delegated. Linux 6.9.
   */
  public BpfilterOptions withToken() {
    return new BpfilterOptions(events, steps, programs, compile, lockWait, true);
  }
}
