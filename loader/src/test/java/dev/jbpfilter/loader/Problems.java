package dev.jbpfilter.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What was found wrong, so that a long search goes on after the first find. */
final class Problems {
  private static final int SHOWN = 12;

  private final List<String> found = new ArrayList<>();

  /**
   * Checks something. Whatever it throws but {@link Error}s other than failed assertions counts.
   */
  void check(String when, Runnable check) {
    try {
      check.run();
    } catch (AssertionError | RuntimeException e) {
      add(when, String.valueOf(e.getMessage()));
    }
  }

  void add(String when, String what) {
    found.add(when + ": " + what.lines().map(String::strip).collect(Collectors.joining(" ")));
  }

  int count() {
    return found.size();
  }

  void assertNone(String among) {
    assertThat(found.subList(0, Math.min(found.size(), SHOWN)))
        .as("of %d problems among %s", found.size(), among)
        .isEmpty();
  }
}
