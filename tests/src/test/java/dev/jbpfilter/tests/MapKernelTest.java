package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.CallTarget;
import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Encoder;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Width;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random lookups, updates and deletions give the same in the interpreter's maps as in real ones.
 */
@RequiresBpf
class MapKernelTest {
  private static final int STEPS = 2000;
  private static final int LOOKUP = 0;
  private static final int UPDATE = 1;

  /** Key at 0, value at 16, flags at 24, operation at 28; the result at 32. */
  private static final MapSpec CALL = new MapSpec("call", MapType.ARRAY, 4, 40, 1, 0, null);

  @ParameterizedTest
  @CsvSource({
    "ARRAY, 4, 6, 0",
    "HASH, 4, 6, 0",
    "HASH, 4, 6, 1",
    "HASH, 12, 6, 0",
    "LRU_HASH, 4, 40, 0",
    "LPM_TRIE, 6, 8, 1",
    "LPM_TRIE, 8, 8, 1",
  })
  void agree(MapType type, int keySize, int entries, int flags) {
    MapSpec map = new MapSpec("map", type, keySize, 8, entries, flags, null);
    SplittableRandom random = new SplittableRandom(keySize + 100L * flags);
    try (KernelProgram program = KernelProgram.load(object(map))) {
      for (int step = 0; step < STEPS; step++) {
        byte[] call = call(random, type);
        program.update("call", new byte[4], call);
        byte[] frame = new byte[64];
        assertThat(program.interpret(frame))
            .as(() -> type + ": " + HexFormat.of().formatHex(call))
            .isEqualTo(program.runInKernel(frame));
      }
    }
  }

  private static byte[] call(SplittableRandom random, MapType type) {
    ByteBuffer call = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    if (type == MapType.LPM_TRIE) {
      call.putInt(random.nextInt(35)).put((byte) random.nextInt(2)).put((byte) random.nextInt(4));
      call.put((byte) (random.nextInt(2) * 255)).put((byte) random.nextInt(256));
    } else {
      call.putInt(random.nextInt(8)).putInt(random.nextInt(2));
    }
    call.putLong(16, random.nextLong());
    call.putInt(24, random.nextInt(4) == 0 ? random.nextInt(4) : 0);
    call.putInt(28, random.nextInt(3));
    return call.array();
  }

  private static ObjectSpec object(MapSpec map) {
    Label update = new Label(0, "update");
    Label delete = new Label(1, "delete");
    Label end = new Label(2, "end");
    List<Element<Phys>> elements =
        List.of(
            new Element.LoadImm64<>(Phys.R9, new Constant.MapValue("call", 0)),
            new Element.LoadImm64<>(Phys.R1, new Constant.MapFd("map")),
            new Element.Move<>(Width.W64, 0, Phys.R2, Operand.reg(Phys.R9)),
            load(Size.W, Phys.R3, 28),
            branch(Phys.R3, UPDATE, update),
            new Element.Branch<>(Condition.GT, Width.W64, Phys.R3, Operand.imm(LOOKUP), delete),
            call(1),
            branch(Phys.R0, 0, end),
            new Element.Load<>(Size.DW, false, Phys.R0, Phys.R0, 0),
            new Element.Jump<>(end),
            new Element.Bind<>(update),
            new Element.Move<>(Width.W64, 0, Phys.R3, Operand.reg(Phys.R9)),
            new Element.Alu<>(AluOp.ADD, Width.W64, Phys.R3, Operand.imm(16)),
            load(Size.W, Phys.R4, 24),
            call(2),
            new Element.Jump<>(end),
            new Element.Bind<>(delete),
            call(3),
            new Element.Bind<>(end),
            new Element.Store<>(Size.DW, Phys.R9, 32, Operand.reg(Phys.R0)),
            new Element.Exit<>(Phys.R0));
    Code<Phys> code = new Code<>("main", List.of(Phys.R1), elements, 0);
    ProgramSpec program = Encoder.program("test", ProgramType.XDP, AttachType.XDP, 0, "GPL", code);
    return new ObjectSpec("test", program, List.of(CALL, map));
  }

  private static Element<Phys> load(Size size, Phys dst, int offset) {
    return new Element.Load<>(size, false, dst, Phys.R9, offset);
  }

  private static Element<Phys> branch(Phys left, int right, Label target) {
    return new Element.Branch<>(Condition.EQ, Width.W64, left, Operand.imm(right), target);
  }

  private static Element<Phys> call(int helper) {
    return new Element.Call<>(new CallTarget.Helper(helper), List.of(), Phys.R0);
  }
}
