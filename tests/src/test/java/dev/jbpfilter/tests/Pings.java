package dev.jbpfilter.tests;

import dev.jbpfilter.loader.testing.Shell;
import java.util.ArrayList;
import java.util.List;

/** Echo requests. */
final class Pings {
  /** How many are sent. */
  static final int COUNT = 3;

  private Pings() {}

  /**
   * Sends {@link #COUNT} to an address; returns how many are answered.
   *
   * @param prefix words that run a command where they are to come from
   */
  static int answered(List<String> prefix, String address) {
    List<String> words = new ArrayList<>(prefix);
    String ping = "ping -n -c " + COUNT + " -i 0.05 -W 0.5 " + address;
    words.addAll(List.of("sh", "-c", ping + " || [ $? = 1 ]"));
    String report = Shell.run(words.toArray(String[]::new));
    int end = report.indexOf(" received");
    int start = report.lastIndexOf(' ', end - 1) + 1;
    if (end < 0) {
      throw new IllegalStateException("no count of answers in: " + report);
    }
    return Integer.parseInt(report.substring(start, end));
  }
}
