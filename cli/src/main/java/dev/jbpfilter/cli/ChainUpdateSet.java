package dev.jbpfilter.cli;

import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.ruleset.Diagnostic;
import dev.jbpfilter.ruleset.SetElementException;
import java.util.List;

/** {@code chain update-set}. */
final class ChainUpdateSet extends Command {
  ChainUpdateSet() {
    super(
        "chain update-set",
        "Adds and removes elements of a named set.",
        List.of(List.of(Option.NAME), List.of(Option.SET_NAME)),
        withCompilation(List.of(Option.ADD, Option.REMOVE)));
  }

  @Override
  List<String> details() {
    return List.of(
        "Adds first, then removes: an element in both is absent afterwards. To add what is there,"
            + " or to remove what is not, is no error. A network is removed by any spelling of it.",
        "Packets are filtered with the old set or with the new one, and no counter loses a packet."
            + " A rule that looks into a set without elements is disabled, and enabled by the first"
            + " element.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example(
            "Exchange an address",
            "bfcli chain update-set --name web --set-name blocked \\\n"
                + "    --add 192.0.2.7 --remove 192.0.2.9"),
        new Example(
            "An element of two components is one word",
            "bfcli chain update-set -n web -S services -A '192.0.2.1, 443'"));
  }

  @Override
  void run(Arguments arguments, Session session) {
    if (!arguments.has(Option.ADD) && !arguments.has(Option.REMOVE)) {
      throw CommandException.of(Errno.EINVAL, "no elements to add or remove");
    }
    String name = arguments.value(Option.NAME).orElseThrow();
    String set = arguments.value(Option.SET_NAME).orElseThrow();
    try {
      KernelAccess.load(
          session,
          "failed to update set '" + set + "' in chain '" + name + "'",
          bpfilter ->
              bpfilter.updateSet(
                  name, set, arguments.all(Option.ADD), arguments.all(Option.REMOVE)));
    } catch (SetElementException e) {
      throw refusal(e);
    }
    session.console().info("updated set '" + set + "' in chain '" + name + "'");
  }

  private static CommandException refusal(SetElementException e) {
    Diagnostic diagnostic = e.diagnostic();
    String hint = diagnostic.hint();
    return new CommandException(
        Errno.EINVAL,
        List.of(
            diagnostic.message() + (hint == null ? "" : CommandException.HINT + hint),
            CommandException.withError(
                "failed to parse set element '" + e.element() + "'", Errno.EINVAL)));
  }
}
