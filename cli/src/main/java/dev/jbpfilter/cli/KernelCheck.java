package dev.jbpfilter.cli;

import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.ruleset.Chain;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;

/** What the kernel says to chains that are not to be attached. */
final class KernelCheck {
  private KernelCheck() {}

  /**
   * Compiles each chain once, and lets the verifier judge them as long as it can be asked.
   *
   * @return why it could not be asked; empty if it accepts them
   * @throws CommandException if one can't be compiled, or is refused
   */
  static Optional<String> verify(List<Chain> chains, Session session) {
    Queue<Chain> uncompiled = new ArrayDeque<>(chains);
    Optional<String> obstacle = ask(uncompiled, session);
    if (obstacle.isPresent()) {
      DryRun.compile(List.copyOf(uncompiled), session);
    }
    return obstacle;
  }

  /**
   * @param chains of which those are taken out that are compiled
   * @return as {@link #verify} does
   */
  private static Optional<String> ask(Queue<Chain> chains, Session session) {
    AtomicReference<String> obstacle = new AtomicReference<>("the BPF file system can't be opened");
    try {
      KernelAccess.load(
          session,
          "failed to check ruleset",
          bpfilter -> {
            obstacle.set("");
            try {
              while (!chains.isEmpty()) {
                bpfilter.verify(List.of(chains.remove()));
              }
            } catch (BpfException e) {
              // The verifier itself says why, if it is the one who does not permit something.
              if (e.errno() != Errno.EPERM || e.verifierLog().isPresent()) {
                throw e;
              }
              obstacle.set(String.valueOf(e.getMessage()));
            }
          });
    } catch (CommandException e) {
      // Who wants a token wants the kernel to be asked.
      if (obstacle.get().isEmpty() || session.settings().token()) {
        throw e;
      }
      return Optional.of(e.lines().getFirst());
    }
    return obstacle.get().isEmpty() ? Optional.empty() : Optional.of(obstacle.get());
  }
}
