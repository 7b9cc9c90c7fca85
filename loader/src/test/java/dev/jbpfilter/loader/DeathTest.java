package dev.jbpfilter.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.kernel.MortalKernel.Pace;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.io.IOException;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Operations that are killed on the way, after each step, and those that mend them, too. With
 * {@code -Dchaos.every=true} they are killed after every system call, and what mends them after
 * each of its steps every time, which takes long.
 */
@RequiresBpf
class DeathTest {
  private static final boolean EVERY = Boolean.getBoolean("chaos.every");

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

  /** The probes would tell. */
  @Test
  void aPlaceIsOpenUntilAChainClosesIt() {
    assertThat(wire.open()).isEqualTo(EnumSet.allOf(Place.class));
    for (Place place : Place.values()) {
      kernel.set(wire.closing(place));
      assertThat(wire.open()).isEqualTo(EnumSet.complementOf(EnumSet.of(place)));
      kernel.run(Bpfilter::flush);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noDeathDoesHarm(Change change) {
    Pace pace = EVERY ? Pace.EVERY_CALL : Pace.LASTING_CALLS;
    int deaths = new Deaths(kernel, wire, pace, EVERY).assertNoneDoesHarm(change.on(wire));
    assertThat(deaths).isGreaterThan(10);
  }
}
