package dev.jbpfilter.cli;

import dev.jbpfilter.loader.Bpfilter;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.ruleset.InterfaceResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The interfaces of this network namespace. What calls the kernel is loaded when the first question
 * comes: hence the class of its own for the answers.
 */
final class KernelInterfaces implements InterfaceResolver {
  /** The network devices of this process's namespace, one in a line, behind two lines of heads. */
  private static final Path DEVICES = Path.of("/proc/self/net/dev");

  private @Nullable Answers answers;

  @Override
  public OptionalLong index(String name) {
    return answers().index(name);
  }

  @Override
  public Optional<String> name(long index) {
    return answers().name(index);
  }

  /** Read from a file: names are listed for hints only, which must not fail for want of rights. */
  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(DEVICES)) {
        int colon = line.indexOf(':');
        if (colon > 0) {
          names.add(line.substring(0, colon).strip());
        }
      }
    } catch (IOException e) {
      return List.of();
    }
    return names;
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.ofNullable(answers().unavailable);
  }

  private Answers answers() {
    Answers open = answers;
    if (open == null) {
      open = new Answers();
      answers = open;
    }
    return open;
  }

  private static final class Answers {
    private final InterfaceResolver kernel;
    private final @Nullable String unavailable;

    Answers() {
      InterfaceResolver open = InterfaceResolver.none();
      String reason = null;
      try {
        open = Bpfilter.interfaces();
      } catch (IllegalStateException e) {
        reason = e.getMessage() + "; write the index of the interface, or use --iface-map";
      }
      kernel = open;
      unavailable = reason;
    }

    OptionalLong index(String name) {
      try {
        return kernel.index(name);
      } catch (BpfException e) {
        throw failure(e);
      }
    }

    Optional<String> name(long index) {
      try {
        return kernel.name(index);
      } catch (BpfException e) {
        throw failure(e);
      }
    }

    private static CommandException failure(BpfException e) {
      return new CommandException(e.errno(), List.of(String.valueOf(e.getMessage())));
    }
  }
}
