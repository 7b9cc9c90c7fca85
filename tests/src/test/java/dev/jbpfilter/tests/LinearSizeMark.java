package dev.jbpfilter.tests;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Encoder;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.RegisterAllocator;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.testing.NetworkNamespace;
import java.util.Map;

/** A program on a device that marks what comes in with the size of its linear area. */
final class LinearSizeMark implements AutoCloseable {
  /** {@code struct __sk_buff}. */
  private static final int MARK = 8;

  private static final int DATA = 76;
  private static final int DATA_END = 80;

  private static final int TCX_NEXT = -1;

  private final BpfLink link;

  LinearSizeMark(NetworkNamespace namespace, String device) {
    Kernel kernel = Kernel.system();
    try (BpfProgram program =
        kernel.loadProgram(
            Encoder.program(
                "linear",
                ProgramType.SCHED_CLS,
                AttachType.TCX_INGRESS,
                0,
                "GPL",
                RegisterAllocator.allocate(code()).output()),
            Map.of())) {
      link =
          namespace.call(() ->
              kernel.attachTcx(program, kernel.interfaceIndex(device), AttachType.TCX_INGRESS));
    }
  }

  private static Code<Virt> code() {
    return CodeBuilder.function(
        "linear",
        code -> {
          Virt context = code.parameter();
          Virt end = code.load(Size.W, context, DATA_END);
          Virt size = code.subtract(end, code.load(Size.W, context, DATA));
          code.store(Size.W, context, MARK, size);
          code.exit(TCX_NEXT);
        });
  }

  @Override
  public void close() {
    link.close();
  }
}
