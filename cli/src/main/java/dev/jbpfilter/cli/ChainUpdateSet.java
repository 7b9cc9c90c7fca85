package dev.jbpfilter.cli;

import dev.jbpfilter.loader.kernel.Errno;
import java.util.List;

/** {@code chain update-set}. */
final class ChainUpdateSet extends Command {
  ChainUpdateSet() {
    super(
        "chain update-set",
        "Adds and removes elements of a named set.",
        List.of(List.of(Option.NAME), List.of(Option.SET_NAME)),
        List.of(Option.ADD, Option.REMOVE));
  }

  @Override
  List<String> details() {
    return List.of(
        "Adds first, then removes: an element in both is absent afterwards. To add what is there,"
            + " or to remove what is not, is no error. Counters are kept.",
        "Not in this version yet; the command fails.");
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
    throw CommandException.of(Errno.EOPNOTSUPP, "this version can't update sets yet");
  }
}
