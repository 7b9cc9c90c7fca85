package dev.jbpfilter.ruleset;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Knows the network interfaces; asked only when a text or a listing names one. */
@FunctionalInterface
public interface InterfaceResolver {

  /** The index of the interface called {@code name}, 1 to 2^32-1; empty if there is none. */
  OptionalLong index(String name);

  /**
   * The index of the interface called {@code name}, for whoever needs it.
   *
   * @throws IllegalArgumentException if there is none
   */
  default long require(String name) {
    return index(name)
        .orElseThrow(() ->
            Check.refusal(
                Diagnostic.error(
                    Span.NONE, "interface '" + name + "' not found", unavailable().orElse(null))));
  }

  /** The name of the interface with that index; empty if it is not known. */
  default Optional<String> name(long index) {
    return Optional.empty();
  }

  /** The names of the interfaces, as far as they can be listed; for hints. */
  default List<String> names() {
    return List.of();
  }

  /** Why names can't be resolved at all; empty if they can. Shown as a hint. */
  default Optional<String> unavailable() {
    return Optional.empty();
  }

  /** A resolver that knows no interface, so that every number is an index. */
  static InterfaceResolver none() {
    return name -> OptionalLong.empty();
  }
}
