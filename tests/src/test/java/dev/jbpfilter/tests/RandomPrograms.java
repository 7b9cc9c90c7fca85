package dev.jbpfilter.tests;

import static dev.jbpfilter.tests.RandomElements.SCALARS;
import static dev.jbpfilter.tests.RandomElements.add;
import static dev.jbpfilter.tests.RandomElements.call;
import static dev.jbpfilter.tests.RandomElements.copy;
import static dev.jbpfilter.tests.RandomElements.load;
import static dev.jbpfilter.tests.RandomElements.move;
import static dev.jbpfilter.tests.RandomElements.store;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.Atomic;
import dev.jbpfilter.bytecode.AtomicOp;
import dev.jbpfilter.bytecode.CallTarget;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Width;
import dev.jbpfilter.tests.RandomProgram.Piece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Writes random XDP programs for the verifier to accept.
 *
 * <p>In the first function r6 points to the map value, r9 to 64 bytes of packet, the context is at
 * r10 − 8; in others r9 points to 32 bytes of the caller's stack. Everywhere r8 counts loops, and
 * 128 bytes of stack are for numbers. All other registers hold numbers between pieces, and so each
 * piece can stand anywhere.
 */
final class RandomPrograms {
  private static final int CALLEES = 3;
  private static final int PACKET_BYTES = 64;
  private static final int STATE_BYTES = 64;
  private static final int SHARED_BYTES = 32;
  private static final int CONTEXT = -8;
  private static final int SHARED = -48;
  private static final int NUMBERS = -176;
  private static final int NUMBER_BYTES = 128;
  private static final int SCRATCH = -192;

  private final SplittableRandom random;
  private final RandomElements any;
  private final Map<String, List<Piece>> functions = new LinkedHashMap<>();
  private int labels;

  private RandomPrograms(long seed) {
    random = new SplittableRandom(seed);
    any = new RandomElements(random);
  }

  /** The program of a seed. */
  static RandomProgram of(long seed) {
    RandomPrograms writer = new RandomPrograms(seed);
    writer.main();
    for (int i = 0; i < CALLEES; i++) {
      writer.callee("f" + i);
    }
    return new RandomProgram(writer.functions);
  }

  private void main() {
    List<Element<Phys>> start = new ArrayList<>();
    start.add(store(Size.DW, Phys.R10, CONTEXT, Phys.R1));
    start.addAll(packet());
    start.add(mapValue());
    for (int i = 0; i < NUMBER_BYTES + SHARED_BYTES + 8; i += 8) {
      start.add(load(Size.DW, false, Phys.R0, Phys.R9, i % (PACKET_BYTES - 8)));
      start.add(store(Size.DW, Phys.R10, -16 - i, Phys.R0));
    }
    start.addAll(scalars());
    List<Piece> pieces = new ArrayList<>();
    pieces.add(Piece.fixed(start));
    pieces.addAll(pieces(8 + random.nextInt(40), 0, false));
    pieces.add(Piece.fixed(end(true)));
    functions.put("main", pieces);
  }

  /** Leaves the program if the packet is short. */
  private List<Element<Phys>> packet() {
    Label long_ = label();
    return List.of(
        load(Size.DW, false, Phys.R1, Phys.R10, CONTEXT),
        load(Size.W, false, Phys.R9, Phys.R1, 0),
        load(Size.W, false, Phys.R2, Phys.R1, 4),
        copy(Phys.R3, Phys.R9),
        add(Phys.R3, PACKET_BYTES),
        new Element.Branch<>(Condition.LE, Width.W64, Phys.R3, Operand.reg(Phys.R2), long_),
        move(Phys.R0, 77),
        new Element.Exit<>(Phys.R0),
        new Element.Bind<>(long_));
  }

  /** Numbers in all registers for numbers: known to the verifier or not. */
  private List<Element<Phys>> scalars() {
    List<Element<Phys>> elements = new ArrayList<>();
    for (Phys scalar : SCALARS) {
      elements.add(scalar(scalar));
    }
    elements.add(move(Phys.R8, 0));
    return elements;
  }

  private Element<Phys> scalar(Phys dst) {
    return random.nextBoolean()
        ? new Element.LoadImm64<>(dst, new Constant.Value(any.number()))
        : load(Size.DW, false, dst, Phys.R10, NUMBERS + 8 * random.nextInt(NUMBER_BYTES / 8));
  }

  /** After a call the registers that it destroyed are numbers again, and r0 may be. */
  private List<Element<Phys>> afterCall(boolean result) {
    List<Element<Phys>> elements = new ArrayList<>();
    for (Phys scalar : SCALARS) {
      if (scalar.clobberedByCalls() && !(result && scalar == Phys.R0)) {
        elements.add(scalar(scalar));
      }
    }
    return elements;
  }

  private List<Element<Phys>> end(boolean main) {
    List<Element<Phys>> elements = new ArrayList<>();
    if (main) {
      for (int i = 0; i < SCALARS.size(); i++) {
        elements.add(store(Size.DW, Phys.R6, 72 + 8 * i, SCALARS.get(i)));
      }
    }
    elements.add(new Element.Exit<>(Phys.R0));
    return elements;
  }

  private void callee(String name) {
    List<Element<Phys>> start = new ArrayList<>();
    start.add(copy(Phys.R9, Phys.R1));
    start.add(mapValue());
    for (int i = 0; i < NUMBER_BYTES; i += 8) {
      start.add(store(Size.DW, Phys.R10, NUMBERS + i, Phys.of(2 + random.nextInt(4))));
    }
    start.add(copy(Phys.R0, Phys.R5));
    start.addAll(scalars());
    List<Piece> pieces = new ArrayList<>();
    pieces.add(Piece.fixed(start));
    pieces.addAll(pieces(3 + random.nextInt(10), 2, true));
    pieces.add(Piece.fixed(end(false)));
    functions.put(name, pieces);
  }

  private List<Piece> pieces(int count, int depth, boolean callee) {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pieces.add(piece(depth, callee));
    }
    return pieces;
  }

  private Piece piece(int depth, boolean callee) {
    int kind = random.nextInt(100);
    if (kind < 12 && depth < 3) {
      return condition(depth, callee);
    }
    if (kind < 15 && depth == 0) {
      return loop();
    }
    if (kind < 20 && !callee) {
      return Piece.of(callFunction());
    }
    if (kind < 26) {
      return Piece.of(lookup());
    }
    if (kind < 30 && !callee) {
      return Piece.of(helper());
    }
    if (kind < 42) {
      return Piece.of(List.of(stack(callee)));
    }
    if (kind < 52) {
      return Piece.of(
          List.of(any.access(Phys.R9, 0, callee ? SHARED_BYTES : PACKET_BYTES, callee)));
    }
    if (kind < 60) {
      return Piece.of(List.of(any.access(Phys.R6, 0, STATE_BYTES, false)));
    }
    if (kind < 70) {
      boolean shared = random.nextInt(3) == 0;
      return Piece.of(
          List.of(
              shared
                  ? any.atomic(Phys.R10, NUMBERS, NUMBER_BYTES)
                  : any.atomic(Phys.R6, 0, STATE_BYTES)));
    }
    return Piece.of(List.of(any.compute()));
  }

  private Element<Phys> stack(boolean callee) {
    int below = callee || random.nextBoolean() ? NUMBERS : SHARED;
    int bytes = below == NUMBERS ? NUMBER_BYTES : SHARED_BYTES;
    return any.access(Phys.R10, below, bytes, true);
  }

  private Piece condition(int depth, boolean callee) {
    Label end = label();
    Element<Phys> branch = any.branch(end);
    List<Piece> then = pieces(1 + random.nextInt(4), depth + 1, callee);
    if (random.nextBoolean()) {
      return new Piece(false, List.of(branch), then, List.of(new Element.Bind<>(end)));
    }
    Label last = label();
    Piece first =
        new Piece(
            false,
            List.of(branch),
            then,
            List.of(new Element.Jump<>(last), new Element.Bind<>(end)));
    List<Piece> all = new ArrayList<>(List.of(first));
    all.addAll(pieces(1 + random.nextInt(4), depth + 1, callee));
    return new Piece(false, List.of(), all, List.of(new Element.Bind<>(last)));
  }

  private Piece loop() {
    Label top = label();
    Label out = label();
    int rounds = 1 + random.nextInt(6);
    List<Element<Phys>> before = new ArrayList<>(List.of(move(Phys.R8, 0)));
    before.add(new Element.Bind<>(top));
    List<Element<Phys>> after = new ArrayList<>(List.of(add(Phys.R8, 1)));
    if (random.nextBoolean()) {
      // What bounds it for the verifier comes into play long after the loop has ended.
      after.add(new Element.MayGoto<>(out));
    }
    after.add(new Element.Branch<>(Condition.LT, Width.W64, Phys.R8, Operand.imm(rounds), top));
    after.add(new Element.Bind<>(out));
    return new Piece(false, before, pieces(1 + random.nextInt(4), 2, false), after);
  }

  private List<Element<Phys>> callFunction() {
    List<Element<Phys>> elements = new ArrayList<>();
    elements.add(copy(Phys.R1, Phys.R10));
    elements.add(add(Phys.R1, SHARED));
    elements.add(call(new CallTarget.Subprogram("f" + random.nextInt(CALLEES))));
    elements.addAll(afterCall(true));
    return elements;
  }

  /** Looks a number up and, if it is there, adds to its value. */
  private List<Element<Phys>> lookup() {
    Label missing = label();
    List<Element<Phys>> elements = new ArrayList<>();
    Phys index = any.pick(SCALARS);
    elements.add(new Element.Alu<>(AluOp.AND, Width.W64, index, Operand.imm(7)));
    elements.add(store(Size.W, Phys.R10, SCRATCH, index));
    elements.add(new Element.LoadImm64<>(Phys.R1, new Constant.MapFd("table")));
    elements.add(copy(Phys.R2, Phys.R10));
    elements.add(add(Phys.R2, SCRATCH));
    elements.add(call(1));
    elements.add(new Element.Branch<>(Condition.EQ, Width.W64, Phys.R0, Operand.imm(0), missing));
    elements.add(
        new Atomic.Update<>(
            any.pick(List.of(AtomicOp.values())), Size.DW, true, Phys.R0, 8, Phys.R7));
    elements.add(new Element.Bind<>(missing));
    elements.addAll(afterCall(false));
    return elements;
  }

  private List<Element<Phys>> helper() {
    List<Element<Phys>> elements = new ArrayList<>();
    switch (random.nextInt(4)) {
      case 0 -> {
        elements.add(load(Size.DW, false, Phys.R1, Phys.R10, CONTEXT));
        elements.add(call(188));
      }
      case 1 -> {
        elements.addAll(transfer(random.nextInt(80)));
        elements.add(call(189));
      }
      case 2 -> {
        // Afterwards pointers into the packet are no good.
        elements.addAll(transfer(random.nextInt(80)));
        elements.add(call(190));
        elements.add(store(Size.DW, Phys.R10, SCRATCH, Phys.R0));
        elements.addAll(packet());
        elements.add(load(Size.DW, false, Phys.R0, Phys.R10, SCRATCH));
      }
      default -> {
        elements.add(
            new Element.Store<>(Size.W, Phys.R10, SCRATCH, Operand.imm(random.nextInt(6))));
        elements.add(new Element.LoadImm64<>(Phys.R1, new Constant.MapFd("table")));
        elements.add(copy(Phys.R2, Phys.R10));
        elements.add(add(Phys.R2, SCRATCH));
        elements.add(copy(Phys.R3, Phys.R10));
        elements.add(add(Phys.R3, NUMBERS + 8 * random.nextInt(NUMBER_BYTES / 8 - 1)));
        elements.add(move(Phys.R4, random.nextInt(4)));
        elements.add(call(2));
      }
    }
    elements.addAll(afterCall(true));
    return elements;
  }

  /** Arguments of xdp_load_bytes and xdp_store_bytes. */
  private List<Element<Phys>> transfer(int offset) {
    int bytes = 1 + random.nextInt(16);
    int place = random.nextInt(NUMBER_BYTES / 8 - 2) * 8;
    return List.of(
        load(Size.DW, false, Phys.R1, Phys.R10, CONTEXT),
        move(Phys.R2, offset),
        copy(Phys.R3, Phys.R10),
        add(Phys.R3, NUMBERS + place),
        move(Phys.R4, bytes));
  }

  private static Element<Phys> mapValue() {
    return new Element.LoadImm64<>(Phys.R6, new Constant.MapValue("state", 0));
  }

  private Label label() {
    return new Label(labels++, "l");
  }
}
