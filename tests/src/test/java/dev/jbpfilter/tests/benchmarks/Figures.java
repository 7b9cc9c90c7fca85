package dev.jbpfilter.tests.benchmarks;

import java.util.Optional;

/**
 * What was measured of one chain, compiled in one way.
 *
 * @param rules or elements of its set
 * @param instructions of 8 bytes in the program
 * @param verified instructions that the verifier followed
 * @param jitedBytes of machine code
 * @param tableBytes of all read-only arrays
 * @param loadMillis for the kernel to take maps and program
 * @param compileMillis from the parsed chain to program and maps, in a warm JVM
 * @param packet net nanoseconds for one packet over and over
 * @param flows net nanoseconds for a packet of many flows
 * @param command how long the command takes that loads the chain
 */
record Figures(
    String row,
    String variant,
    int rules,
    long instructions,
    long verified,
    long jitedBytes,
    long tableBytes,
    double loadMillis,
    double compileMillis,
    Optional<Spread> packet,
    Optional<Spread> flows,
    Optional<Command> command) {

  /**
   * A run of the command.
   *
   * @param millis from the start of the process to its end
   * @param peakMegabytes of memory that the process had, in units of 1 000 000 bytes
   */
  record Command(Spread millis, double peakMegabytes) {}

  Figures with(Optional<Spread> packetTimes, Optional<Spread> flowTimes) {
    return with(packetTimes, flowTimes, command);
  }

  Figures with(Command times) {
    return with(packet, flows, Optional.of(times));
  }

  private Figures with(
      Optional<Spread> packetTimes, Optional<Spread> flowTimes, Optional<Command> commandTimes) {
    return new Figures(
        row,
        variant,
        rules,
        instructions,
        verified,
        jitedBytes,
        tableBytes,
        loadMillis,
        compileMillis,
        packetTimes,
        flowTimes,
        commandTimes);
  }
}
