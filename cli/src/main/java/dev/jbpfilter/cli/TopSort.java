package dev.jbpfilter.cli;

import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** In which order {@code top} shows the rules of a chain. */
enum TopSort {
  /** The most packets now first. */
  RATE('r'),
  /** The most packets in all first. */
  PACKETS('p'),
  /** The most bytes in all first. */
  BYTES('b'),
  /** As the rules stand in the chain. */
  RULE('n');

  /** The words behind {@code --sort}. */
  static final String WORDS = "rate, packets, bytes or rule";

  private final char key;

  TopSort(char key) {
    this.key = key;
  }

  /** The word of the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The key that chooses this order. */
  char key() {
    return key;
  }

  /** Of equal rows, the first one in the chain comes first. */
  Comparator<TopRow> order() {
    return (one, other) -> {
      int order = Long.compareUnsigned(weight(other), weight(one));
      return order != 0 ? order : Integer.compare(one.index(), other.index());
    };
  }

  private long weight(TopRow row) {
    return switch (this) {
      case RATE -> row.growth().packets();
      case PACKETS -> row.total().packets();
      case BYTES -> row.total().bytes();
      case RULE -> 0;
    };
  }

  /** The order that {@code arguments}, whose words were checked, ask for. */
  static TopSort of(Arguments arguments) {
    return arguments
        .value(Option.SORT)
        .map(word -> valueOf(word.toUpperCase(Locale.ROOT)))
        .orElse(RATE);
  }

  /** The order that a key chooses; null if none. */
  static @Nullable TopSort ofKey(int key) {
    for (TopSort sort : values()) {
      if (sort.key == key) {
        return sort;
      }
    }
    return null;
  }
}
