package dev.jbpfilter.cgen.lookup;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Encoder;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.RegisterAllocator;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.interpreter.Frame;
import dev.jbpfilter.bytecode.interpreter.Interpreter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A structure in a program of its own, which reads the dimensions' values from a frame. */
final class InterpretedStructure {
  /** What the program returns if the frame is too short. */
  private static final int NO_FRAME = 0x7eed;

  private final ObjectSpec object;
  private final Interpreter interpreter;
  private final int dimensions;

  InterpretedStructure(Structure structure, int dimensions) {
    this.dimensions = dimensions;
    Tables tables = new Tables("bf_tables");
    Code<Phys> code =
        RegisterAllocator.allocate(CodeBuilder.function("bf_prog", b -> emit(b, structure, tables)))
            .output();
    ProgramSpec program =
        Encoder.program("bf_prog", ProgramType.XDP, AttachType.XDP, 0, "GPL", List.of(code));
    List<MapSpec> maps = tables.isEmpty() ? List.of() : List.of(tables.spec());
    object = new ObjectSpec("lookup", program, maps);
    interpreter = Interpreter.of(object);
  }

  private void emit(CodeBuilder code, Structure structure, Tables tables) {
    Virt context = code.parameter();
    Virt data = code.load(Size.W, context, 0);
    Virt end = code.load(Size.W, context, 4);
    Label missing = code.label("missing");
    code.branch(Condition.GT, code.add(data, Long.BYTES * (dimensions + 2)), end, missing);
    List<Virt> values = new ArrayList<>();
    for (int dimension = 0; dimension < dimensions; dimension++) {
      values.add(code.load(Size.DW, data, Long.BYTES * dimension));
    }
    Virt result = code.fresh();
    structure.store(tables).emit(new LookupCode(code, tables.map(), values::get), result);
    code.exit(result);
    code.bind(missing);
    code.exit(NO_FRAME);
  }

  /** The program and its map. */
  ObjectSpec object() {
    return object;
  }

  /** What the structure finds. */
  int find(long... values) {
    return interpreter.run(Frame.of(frame(values)));
  }

  /** The frame that holds values. */
  byte[] frame(long... values) {
    ByteBuffer frame =
        ByteBuffer.allocate(Long.BYTES * (dimensions + 2)).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      frame.putLong(value);
    }
    return frame.array();
  }
}
