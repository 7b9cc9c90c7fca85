package dev.jbpfilter.cli;

import java.io.IOException;
import java.util.logging.LogManager;

/**
 * Java's logging without a configuration, by the launcher's property {@code
 * java.util.logging.manager}. JNA asks for loggers when it starts, but nothing is logged here; to
 * look for a configuration and for other implementations, in the jar too, would take 10 ms.
 */
public final class NoLogging extends LogManager {
  /**
   * Refuses, and so ends the search: Java then goes on without a configuration.
   *
   * @throws IOException always
   */
  @Override
  public void readConfiguration() throws IOException {
    throw new IOException("there is no configuration");
  }
}
