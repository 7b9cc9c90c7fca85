package dev.jbpfilter.tests;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Encoder;
import dev.jbpfilter.bytecode.Helpers;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.RegisterAllocator;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.TestRun;
import java.util.Map;

/** Asks the kernel for its flow hash of a frame, which nothing else can tell. */
final class KernelFlowHash {
  private KernelFlowHash() {}

  static int of(byte[] frame) {
    Code<Virt> code =
        CodeBuilder.function(
            "hash", body -> body.exit(body.call(Helpers.GET_HASH_RECALC, body.parameter())));
    try (BpfProgram program =
        Kernel.system()
            .loadProgram(
                Encoder.program(
                    "hash",
                    ProgramType.SCHED_CLS,
                    AttachType.TCX_INGRESS,
                    0,
                    "GPL",
                    RegisterAllocator.allocate(code).output()),
                Map.of())) {
      return program.run(TestRun.of(frame)).returnValue();
    }
  }
}
