package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.interpreter.Frame;
import dev.jbpfilter.bytecode.interpreter.Interpreter;
import dev.jbpfilter.cgen.lookup.LookupSamples;
import dev.jbpfilter.cgen.lookup.LookupSamples.Lookup;
import dev.jbpfilter.cgen.lookup.LookupSamples.Sample;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.TestRun;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The verifier accepts lookup structures, and they find in the kernel what they have to. */
@RequiresBpf
class LookupKernelTest {
  /** Of the 50 000 that a chain may take. */
  private static final int MOST_VERIFIED = 10_000;

  private final Kernel kernel = Kernel.system();

  static List<Sample> samples() {
    return LookupSamples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void finds(Sample sample) {
    LookupSamples.Program built = sample.program().get();
    Interpreter interpreter = Interpreter.of(built.object());
    Map<String, BpfMap> maps = new HashMap<>();
    try {
      for (MapSpec map : built.object().maps()) {
        maps.put(map.name(), kernel.createMap(map));
      }
      try (BpfProgram program = kernel.loadProgram(built.object().program(), maps)) {
        assertThat(program.info().verifiedInstructions()).isLessThanOrEqualTo(MOST_VERIFIED);
        for (Lookup lookup : built.lookups()) {
          assertThat(program.run(TestRun.of(lookup.frame())).returnValue())
              .isEqualTo(lookup.found());
          assertThat(interpreter.run(Frame.of(lookup.frame()))).isEqualTo(lookup.found());
        }
      }
    } finally {
      maps.values().forEach(BpfMap::close);
    }
  }
}
