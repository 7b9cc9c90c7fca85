package dev.jbpfilter.tests.benchmarks;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import dev.jbpfilter.cgen.lookup.CostSamples;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/** Programs that do one thing many times, by which constants of the cost model are measured. */
final class MicroPrograms {
  private static final String STATE = "state";
  private static final String TABLE = "table";
  private static final int LINE = 64;
  private static final int CHAINS = 4;

  // How many the empty programs have, so that what the kernel does between two runs waits for
  // these.
  private static final int FIRST_OPERATIONS = 64;
  private static final int FIRST_BRANCHES = 16;
  private static final int FIRST_LOADS = 16;

  private static final int OPERATIONS = 192;
  private static final int BRANCHES = 32;
  private static final int LOADS = 32;
  private static final int OPERATIONS_PER_LOAD = 2;
  private static final long FACTOR = 6364136223846793005L;
  private static final int INDEX_SHIFT = 32;
  private static final List<Integer> KIB =
      List.of(16, 64, 256, 512, 2 << 10, 4 << 10, 16 << 10, 64 << 10);

  private MicroPrograms() {}

  /**
   * A program.
   *
   * @param times how often each constant is in its time net of the empty one's
   * @param whole the program
   * @param empty the same with less of it
   * @param maps of both
   */
  record Micro(
      String name,
      Map<String, Double> times,
      ProgramSpec whole,
      ProgramSpec empty,
      List<MapSpec> maps) {}

  /** One after another, except for memory. */
  static List<Micro> operations() {
    return List.of(
        micro(
            "operations",
            Map.of("OPERATION", 1.0 * OPERATIONS),
            (code, state) -> operations(code, state, FIRST_OPERATIONS + OPERATIONS),
            (code, state) -> operations(code, state, FIRST_OPERATIONS)),
        micro(
            "parallel operations",
            Map.of("PARALLEL_OPERATION", 1.0 * OPERATIONS),
            (code, state) -> parallel(code, state, FIRST_OPERATIONS + OPERATIONS),
            (code, state) -> parallel(code, state, FIRST_OPERATIONS)),
        micro(
            "branches, not taken",
            Map.of("COMPARE", 1.0 * BRANCHES),
            (code, state) -> branches(code, state, Condition.EQ, FIRST_BRANCHES + BRANCHES),
            (code, state) -> branches(code, state, Condition.EQ, FIRST_BRANCHES)),
        micro(
            "branches, half taken",
            Map.of("COMPARE", 1.0 * BRANCHES, "MISPREDICTED", BRANCHES / 2.0),
            (code, state) -> branches(code, state, Condition.SLT, FIRST_BRANCHES + BRANCHES),
            (code, state) -> branches(code, state, Condition.SLT, FIRST_BRANCHES)));
  }

  /** Loads, each of which tells the place of the next, from tables of several sizes. */
  static List<Micro> dependentLoads() {
    List<Micro> result = new ArrayList<>();
    for (int kib : KIB) {
      int bytes = kib << 10;
      Map<String, Double> times = loadTimes(bytes, LOADS);
      times.put("OPERATION", 1.0 * LOADS * OPERATIONS_PER_LOAD);
      result.add(
          new Micro(
              LOADS + " loads one by one, " + kib + " KiB",
              times,
              program((code, state) -> chain(code, state, bytes, FIRST_LOADS + LOADS)),
              program((code, state) -> chain(code, state, bytes, FIRST_LOADS)),
              List.of(state(), CostSamples.readOnly(TABLE, cycle(bytes)))));
    }
    return result;
  }

  /** A load from a random place, for which only the program's end waits. */
  static List<Micro> overlappedLoads() {
    List<Micro> result = new ArrayList<>();
    for (int kib : KIB) {
      int bytes = kib << 10;
      result.add(
          new Micro(
              "a load on its own, " + kib + " KiB",
              loadTimes(bytes, 1),
              random(bytes, true),
              random(bytes, false),
              List.of(state(), CostSamples.readOnly(TABLE, cycle(bytes)))));
    }
    return result;
  }

  private static Map<String, Double> loadTimes(int bytes, int loads) {
    double[] shares = CostSamples.shares(bytes);
    Map<String, Double> times = new HashMap<>();
    List<String> names = List.of("L1_LOAD", "L2_LOAD", "L3_LOAD", "MEMORY_LOAD");
    for (int i = 0; i < shares.length; i++) {
      times.put(names.get(i), shares[i] * loads);
    }
    return times;
  }

  private static MapSpec state() {
    return new MapSpec(STATE, MapType.ARRAY, Integer.BYTES, Long.BYTES, 1, 0, null);
  }

  private static Micro micro(
      String name,
      Map<String, Double> times,
      BiConsumer<CodeBuilder, Virt> whole,
      BiConsumer<CodeBuilder, Virt> empty) {
    return new Micro(name, times, program(whole, true), program(empty, true), List.of(state()));
  }

  /** A program that changes the state, with which the next run goes on. */
  private static ProgramSpec program(BiConsumer<CodeBuilder, Virt> body) {
    return program(body, false);
  }

  private static ProgramSpec program(BiConsumer<CodeBuilder, Virt> body, boolean isRandom) {
    return CostSamples.program(code -> {
      Virt place = code.constant(new Constant.MapValue(STATE, 0));
      Virt state = code.load(Size.DW, place, 0);
      if (isRandom) {
        step(code, state);
      }
      body.accept(code, state);
      code.store(Size.DW, place, 0, state);
      code.exit(2);
    });
  }

  /** The next random number, whose upper bits are good ones. */
  private static void step(CodeBuilder code, Virt state) {
    code.alu(AluOp.MUL, state, code.constant(FACTOR));
    code.alu(AluOp.ADD, state, 1);
  }

  private static ProgramSpec random(int bytes, boolean loads) {
    return CostSamples.program(code -> {
      Virt place = code.constant(new Constant.MapValue(STATE, 0));
      Virt state = code.load(Size.DW, place, 0);
      step(code, state);
      code.store(Size.DW, place, 0, state);
      code.alu(AluOp.RSH, state, INDEX_SHIFT);
      code.alu(AluOp.AND, state, bytes - Integer.BYTES);
      Virt entry = code.add(code.constant(new Constant.MapValue(TABLE, 0)), state);
      code.exit(loads ? code.load(Size.W, entry, 0) : state);
    });
  }

  private static void operations(CodeBuilder code, Virt state, int operations) {
    for (int i = 0; i < operations; i++) {
      code.alu(i % 2 == 0 ? AluOp.ADD : AluOp.XOR, state, 12345 + i);
    }
  }

  private static void parallel(CodeBuilder code, Virt state, int operations) {
    List<Virt> chains = new ArrayList<>();
    for (int i = 0; i < CHAINS; i++) {
      chains.add(code.copy(state));
    }
    for (int i = 0; i < operations; i++) {
      code.alu(i / CHAINS % 2 == 0 ? AluOp.ADD : AluOp.XOR, chains.get(i % CHAINS), 12345 + i);
    }
    for (Virt chain : chains) {
      code.alu(AluOp.XOR, state, chain);
    }
  }

  private static void branches(CodeBuilder code, Virt state, Condition condition, int branches) {
    Virt all = code.copy(state);
    for (int i = 0; i < FIRST_BRANCHES + BRANCHES; i++) {
      Label next = code.label("next");
      Virt bits = code.shiftLeft(all, i);
      if (i < branches) {
        code.branch(condition, Width.W64, bits, condition == Condition.EQ ? 1 << 20 | 1 : 0, next);
      }
      code.alu(AluOp.ADD, state, 12345);
      code.bind(next);
    }
  }

  private static void chain(CodeBuilder code, Virt state, int bytes, int loads) {
    for (int i = 0; i < loads; i++) {
      code.alu(AluOp.AND, state, bytes - Integer.BYTES);
      code.alu(AluOp.ADD, state, code.constant(new Constant.MapValue(TABLE, 0)));
      code.move(state, code.load(Size.W, state, 0));
    }
  }

  /** A table in which each cache line holds the place of the next, all of them in one cycle. */
  private static byte[] cycle(int bytes) {
    int lines = bytes / LINE;
    int[] order = new int[lines];
    SplittableRandom random = new SplittableRandom(bytes);
    for (int i = 1; i < lines; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    ByteBuffer table = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < lines; i++) {
      table.putInt(order[i] * LINE, order[(i + 1) % lines] * LINE);
    }
    return table.array();
  }
}
