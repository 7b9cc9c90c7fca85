package dev.jbpfilter.ruleset;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Names to write rules with in place of the indexes of interfaces, which change when a machine
 * starts again. An interface has one if it is known, and if the parser takes the name for that
 * interface: a name can be anything, also a keyword or a number.
 */
public final class InterfaceNames {
  private final InterfaceResolver interfaces;
  private final Map<Long, Optional<String>> inOptions = new HashMap<>();
  private final Map<Long, Optional<String>> inRules = new HashMap<>();

  /** The names that {@code interfaces} knows. */
  public InterfaceNames(InterfaceResolver interfaces) {
    this.interfaces = interfaces;
  }

  /** No names: every interface is written by index. */
  public static InterfaceNames none() {
    return new InterfaceNames(InterfaceResolver.none());
  }

  /** The name of an interface for the hook option {@code ifindex}; empty if there is none. */
  public Optional<String> inOption(long index) {
    return inOptions.computeIfAbsent(index, key -> find(key, "{ifindex=%1$s} ACCEPT"));
  }

  /**
   * The name of an interface for {@code meta.iface} and for {@code REDIRECT}; empty if there is
   * none.
   */
  public Optional<String> inRule(long index) {
    return inRules.computeIfAbsent(
        index, key -> find(key, " ACCEPT rule meta.iface %1$s REDIRECT %1$s out"));
  }

  /** The name, if the parser reads it as the index wherever {@code rest} of a chain has it. */
  private Optional<String> find(long index, String rest) {
    Optional<String> name = interfaces.name(index);
    return name.filter(n -> {
      Optional<List<Chain>> byName = parse(rest.formatted(n), interfaces);
      return byName.isPresent()
          && byName.equals(parse(rest.formatted(index), InterfaceResolver.none()));
    });
  }

  private static Optional<List<Chain>> parse(String rest, InterfaceResolver interfaces) {
    Source source = new Source("name", "chain a BF_HOOK_TC_INGRESS" + rest);
    return RulesetParser.parse(source, interfaces)
        .ruleset()
        .map(ruleset -> ruleset.withoutSpans().chains());
  }

  /** Names for the interfaces that matchers compare with. */
  PayloadText payloads() {
    return PayloadText.rules(
        new InterfaceResolver() {
          @Override
          public OptionalLong index(String name) {
            return interfaces.index(name);
          }

          @Override
          public Optional<String> name(long index) {
            return inRule(index);
          }
        });
  }
}
