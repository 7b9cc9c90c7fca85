package dev.jbpfilter.ruleset;

import java.util.List;

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
    Check.range("number of set key components", components.size(), 1, MAX_COMPONENTS);
    for (MatcherType type : components) {
      if (!type.isSetComponent()) {
        throw new IllegalArgumentException(type.keyword() + " can't be a set key component");
      }
      if (type.payloadKind().isNetwork() && components.size() > 1) {
        throw new IllegalArgumentException(
            type.keyword() + " can't be combined with other set key components");
      }
    }
    Check.range("size of a set key", size(components), 1, MAX_SIZE);
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
