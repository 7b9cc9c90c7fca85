package dev.jbpfilter.ruleset;

import java.util.List;
import java.util.Optional;

/**
 * What the elements of a set are made of.
 *
 * @param components 1 to 8 types usable in sets, in order; a network type stands alone
 */
public record SetKey(List<MatcherType> components) {

  public static final int MAX_COMPONENTS = 8;

  /** The greatest key of a kernel map that the generated programs can build. */
  public static final int MAX_SIZE = 64;

  public SetKey {
    components = List.copyOf(components);
    if (components.isEmpty()) {
      throw new IllegalArgumentException("a set key needs a component");
    }
    for (MatcherType type : components) {
      Check.requireNone(problem(type));
    }
    Check.requireNone(problem(components));
  }

  /** Why {@code type} can't be a component of a key; empty if it can. */
  static Optional<String> problem(MatcherType type) {
    return type.isSetComponent()
        ? Optional.empty()
        : Optional.of(
            "matcher '"
                + type.keyword()
                + "' ("
                + type.code()
                + ") is not supported as a set key: Operation not supported");
  }

  /** Why {@code types}, which can be components, can't be a key together; empty if they can. */
  static Optional<String> problem(List<MatcherType> types) {
    if (types.size() > MAX_COMPONENTS) {
      return Optional.of(
          "set keys are limited to "
              + MAX_COMPONENTS
              + " components, not "
              + types.size()
              + ": Argument list too long");
    }
    for (MatcherType type : types) {
      if (type.payloadKind().isNetwork() && types.size() > 1) {
        return Optional.of(
            "network matchers can't be used in combination with other matchers in a set: '"
                + type.keyword()
                + "': Invalid argument");
      }
    }
    int size = size(types);
    return size > MAX_SIZE
        ? Optional.of(
            "set keys are limited to "
                + MAX_SIZE
                + " bytes, not "
                + size
                + ": Argument list too long")
        : Optional.empty();
  }

  public static SetKey of(MatcherType... components) {
    return new SetKey(List.of(components));
  }

  /** The bytes of one element. */
  public int size() {
    return size(components);
  }

  /** The position of component {@code index} in the bytes of an element. */
  public int offset(int index) {
    return size(components.subList(0, index));
  }

  /** Whether the elements are networks, so that a match is a longest-prefix match. */
  public boolean isNetwork() {
    return components.getFirst().payloadKind().isNetwork();
  }

  static int size(List<MatcherType> components) {
    int size = 0;
    for (MatcherType type : components) {
      size += type.payloadKind().size();
    }
    return size;
  }

  /** As written in the rule language: {@code (ip4.saddr, tcp.dport)}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("(");
    for (MatcherType type : components) {
      if (text.length() > 1) {
        text.append(", ");
      }
      text.append(type.keyword());
    }
    return text.append(')').toString();
  }
}
