package dev.jbpfilter.cli;

import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.ruleset.Chain;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What the kernel says to chains that are not to be attached. */
final class KernelCheck {
  private KernelCheck() {}

  /**
   * Compiles chains and lets the verifier judge them.
   *
   * @return why it could not be asked; empty if it accepts them
   * @throws CommandException if one can't be compiled, or is refused
   */
  static Optional<String> verify(List<Chain> chains, Session session) {
    AtomicReference<String> obstacle = new AtomicReference<>("the BPF file system can't be opened");
    try {
      KernelAccess.load(
          session,
          "failed to check ruleset",
          bpfilter -> {
            obstacle.set("");
            try {
              bpfilter.verify(chains);
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
