package dev.jbpfilter.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.testing.RequiresBpf;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Operations of which one call fails, one after another, each with another errno than the one
 * before; of operations with many calls, some forty. With {@code -Dchaos.every=true} every call
 * fails with every errno, which takes long.
 */
@RequiresBpf
class EveryErrnoTest {
  private static final boolean EVERY = Boolean.getBoolean("chaos.every");
  private static final int SEEDS = EVERY ? Failures.ERRNOS.size() : 1;
  private static final int MOST = EVERY ? Integer.MAX_VALUE : 40;

  private Installation kernel;
  private Wire wire;

  @BeforeEach
  void install() throws IOException {
    kernel = new Installation();
    wire = new Wire(kernel);
  }

  @AfterEach
  void uninstall() throws IOException {
    kernel.run(Bpfilter::flush);
    wire.close();
    kernel.close();
  }

  @ParameterizedTest
  @EnumSource
  void noFailureDoesHarm(Change change) {
    for (int seed = 0; seed < SEEDS; seed++) {
      Failures failures = new Failures(kernel, wire, change.on(wire), seed);
      assertThat(failures.assertNoneDoesHarm(MOST)).isGreaterThan(20);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SET_XDP", "SET_NETFILTER", "RULESET_PRIORITIES_TAKEN"})
  void noFailureWhileMendingDoesHarm(Change change) {
    for (int seed = 0; seed < SEEDS; seed++) {
      Failures failures = new Failures(kernel, wire, change.on(wire), seed);
      assertThat(failures.assertNoneDoesHarmWhileMending()).isGreaterThan(20);
    }
  }
}
