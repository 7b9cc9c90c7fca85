package dev.jbpfilter.ruleset.packet;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** What a program gets from the kernel besides the packet; replaceable, so that tests repeat. */
public interface Environment {

  /** A random number of 32 bits for {@code meta.probability}; asked once per evaluation of it. */
  int random();

  /** Nanoseconds since some fixed moment, for {@code log every}. */
  long nanoTime();

  /** Real randomness and time. */
  static Environment system() {
    RandomGenerator generator = new SplittableRandom();
    return new Environment() {
      @Override
      public int random() {
        return generator.nextInt();
      }

      @Override
      public long nanoTime() {
        return System.nanoTime();
      }
    };
  }

  /** The same number and the same time for ever. */
  static Environment fixed(int random, long nanoTime) {
    return new Environment() {
      @Override
      public int random() {
        return random;
      }

      @Override
      public long nanoTime() {
        return nanoTime;
      }
    };
  }
}
