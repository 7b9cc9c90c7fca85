package dev.jbpfilter.fuzz;

import dev.jbpfilter.ruleset.packet.Environment;

/** Chance and time as a test wants them, for the evaluator and the interpreter alike. */
public final class World implements Environment {
  /** Nanoseconds between two packets. */
  static final long STEP = 1_000_000;

  private static final long START = 3_600_000_000_000L;

  /** At first one that no 0 % takes. */
  private int random = 1;

  private long now = START;

  @Override
  public int random() {
    return random;
  }

  @Override
  public long nanoTime() {
    return now;
  }

  /** Goes on to the next packet, during which the same number is drawn each time. */
  void next(int number) {
    random = number;
    now += STEP;
  }
}
