package dev.jbpfilter.bytecode;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes random functions over virtual registers: nested conditions and loops, early exits, jumps
 * to shared tails, calls, elements with fixed registers, addresses in the frame, unreachable code,
 * and as many long-lived values as wanted. Every register is written before it is read on every
 * path.
 *
 * <p>The functions call one named {@link #CALLEE} and take its address.
 */
public final class RandomCode {
  /** The function that random functions call. */
  public static final String CALLEE = "callee";

  private static final int MAX_DEPTH = 4;
  private static final int RECENT = 12;
  private static final List<AluOp> OPERATIONS = List.of(AluOp.values());
  private static final List<AtomicOp> ATOMICS = List.of(AtomicOp.ADD, AtomicOp.OR, AtomicOp.XOR);
  private static final List<Size> PACKET_SIZES = List.of(Size.B, Size.H, Size.W);
  private static final int VARIABLE_BYTES = 16;

  private final SplittableRandom random;
  private final CodeBuilder builder;
  private final List<Label> tails = new ArrayList<>();
  private final List<Virt> globals = new ArrayList<>();

  /** Addresses in the frame that are never written again. */
  private final List<Virt> pointers = new ArrayList<>();

  private final int frameVariable;
  private final boolean alone;
  private int budget;

  private RandomCode(
      SplittableRandom random, CodeBuilder builder, int pressure, int size, boolean alone) {
    this.random = random;
    this.builder = builder;
    this.alone = alone;
    budget = size;
    frameVariable = random.nextBoolean() ? builder.stackVariable(VARIABLE_BYTES) : 0;
    int parameters = random.nextInt(6);
    for (int i = 0; i < parameters; i++) {
      globals.add(builder.parameter());
    }
    for (int i = 0; i < pressure || globals.isEmpty(); i++) {
      globals.add(globals.isEmpty() || random.nextInt(3) == 0 ? constant() : load(globals));
    }
    for (int i = frameVariable == 0 ? 0 : random.nextInt(4); i > 0; i--) {
      pointers.add(builder.add(Virt.FRAME, frameVariable + 4 * random.nextInt(3)));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      tails.add(builder.label("tail"));
    }
  }

  /**
   * A random function.
   *
   * @param pressure number of values that may live from the first instructions to the last
   * @param size about how many statements
   */
  public static Code<Virt> function(long seed, int pressure, int size) {
    return function(seed, pressure, size, false);
  }

  /** A random function that does not need {@link #CALLEE}. */
  public static Code<Virt> functionAlone(long seed, int pressure, int size) {
    return function(seed, pressure, size, true);
  }

  private static Code<Virt> function(long seed, int pressure, int size, boolean alone) {
    SplittableRandom random = new SplittableRandom(seed);
    return CodeBuilder.function(
        "random", builder -> new RandomCode(random, builder, pressure, size, alone).body());
  }

  private void body() {
    if (random.nextInt(8) == 0) {
      loop(new ArrayList<>(globals), 0);
    }
    List<Virt> scope = new ArrayList<>(globals);
    while (budget > 0) {
      statement(scope, 0);
    }
    useGlobals();
    builder.exit(pickRegister(scope));
    for (Label tail : tails) {
      builder.note("tail");
      builder.bind(tail);
      budget = random.nextInt(6);
      List<Virt> tailScope = new ArrayList<>(globals);
      while (budget > 0) {
        simple(tailScope);
      }
      useGlobals();
      builder.exit(pickRegister(tailScope));
    }
  }

  /** Keeps some of the long-lived values alive to the end. */
  private void useGlobals() {
    if (random.nextInt(4) != 0) {
      Virt sum = builder.constant(1);
      for (Virt global : globals) {
        builder.alu(AluOp.ADD, sum, global);
      }
      for (Virt pointer : pointers) {
        builder.alu(AluOp.SUB, sum, pointer);
      }
      builder.call(Helpers.XDP_GET_BUFF_LEN, sum);
    }
  }

  private void statements(List<Virt> outer, int depth) {
    List<Virt> scope = new ArrayList<>(outer);
    for (int i = random.nextInt(5); i >= 0 && budget > 0; i--) {
      statement(scope, depth);
    }
  }

  private void statement(List<Virt> scope, int depth) {
    int kind = depth < MAX_DEPTH ? random.nextInt(20) : 19;
    if (kind < 3) {
      condition(scope, depth + 1);
    } else if (kind == 3) {
      loop(scope, depth + 1);
    } else if (kind == 4) {
      leave(scope, depth + 1);
    } else if (kind == 5) {
      builder.note("statement " + budget);
    } else {
      simple(scope);
    }
  }

  private void condition(List<Virt> scope, int depth) {
    Label otherwise = builder.label("else");
    Label end = builder.label("end");
    branch(scope, otherwise);
    statements(scope, depth);
    if (random.nextBoolean()) {
      builder.jump(end);
      builder.bind(otherwise);
      statements(scope, depth);
      builder.bind(end);
    } else {
      builder.bind(otherwise);
    }
  }

  private void loop(List<Virt> scope, int depth) {
    Label head = builder.label("head");
    Label end = builder.label("end");
    builder.bind(head);
    statements(scope, depth);
    if (random.nextInt(3) == 0) {
      branch(scope, end);
      statements(scope, depth);
    }
    if (random.nextInt(3) == 0) {
      // Rotates variables: copies form a cycle through the loop.
      Virt first = pickRegister(scope);
      Virt second = pickRegister(scope);
      Virt saved = builder.copy(first);
      builder.move(first, second);
      builder.move(second, saved);
    }
    branch(scope, head);
    builder.bind(end);
  }

  private void leave(List<Virt> scope, int depth) {
    Label on = builder.label("on");
    branch(scope, on);
    statements(scope, depth);
    if (!tails.isEmpty() && random.nextBoolean()) {
      builder.jump(pick(tails));
    } else {
      builder.exit(pickRegister(scope));
    }
    if (random.nextInt(4) == 0) {
      // Nobody gets here, so it may even read what was never written.
      builder.alu(AluOp.XOR, builder.fresh(), builder.fresh());
      builder.jump(on);
    }
    builder.note("on");
    builder.bind(on);
  }

  private void branch(List<Virt> scope, Label target) {
    if (random.nextInt(8) == 0) {
      builder.with(new Element.MayGoto<>(target));
      return;
    }
    Condition condition = pick(List.of(Condition.EQ, Condition.LT, Condition.SET));
    if (random.nextBoolean()) {
      builder.branch(condition, pickRegister(scope), pickRegister(scope), target);
    } else {
      builder.branch(condition, Width.W32, pickRegister(scope), random.nextInt(), target);
    }
  }

  private void simple(List<Virt> scope) {
    budget--;
    switch (random.nextInt(20)) {
      case 0 -> scope.add(constant());
      case 1 -> scope.add(load(scope));
      case 2 -> scope.add(builder.copy(pickRegister(scope)));
      case 3 -> builder.move(pickRegister(scope), pickRegister(scope));
      case 4 -> builder.move(pickRegister(scope), random.nextInt(100));
      case 5 -> scope.add(builder.add(pickRegister(scope), pickRegister(scope)));
      case 6 -> builder.alu(pick(OPERATIONS), pickRegister(scope), pickRegister(scope));
      case 7, 8 -> call(scope);
      case 9 -> store(scope);
      case 10 -> move(pickRegister(scope), pickRegister(scope));
      case 11 -> builder.toBigEndian(pickRegister(scope), 16);
      case 12, 13 -> atomic(scope);
      case 14, 15 -> exchange(scope);
      case 16 -> packet(scope);
      case 17 -> field(scope);
      case 18 -> constantAgain(scope);
      default -> builder.with(new Element.Negate<>(Width.W32, pickRegister(scope)));
    }
  }

  private void move(Virt dst, Virt src) {
    int extend = pick(List.of(0, 0, 8, 32));
    Width width = extend == 32 || random.nextBoolean() ? Width.W64 : Width.W32;
    builder.with(new Element.Move<>(width, extend, dst, Operand.reg(src)));
  }

  private void call(List<Virt> scope) {
    List<Virt> arguments = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      arguments.add(random.nextInt(8) == 0 ? Virt.FRAME : pickRegister(scope));
    }
    if (!pointers.isEmpty() && arguments.size() < 5 && random.nextBoolean()) {
      arguments.add(pick(pointers));
    }
    CallTarget callee =
        switch (random.nextInt(alone ? 2 : 3)) {
          case 2 -> new CallTarget.Subprogram(CALLEE);
          case 1 -> new CallTarget.KernelFunction("kernel");
          default -> Helpers.MAP_LOOKUP_ELEM;
        };
    Virt result = result(scope);
    builder.with(new Element.Call<>(callee, arguments, result));
    keep(result, scope);
  }

  private Virt result(List<Virt> scope) {
    return random.nextInt(4) == 0 ? pickRegister(scope) : builder.fresh();
  }

  private void keep(Virt result, List<Virt> scope) {
    if (random.nextInt(3) != 0) {
      scope.add(result);
    }
  }

  private void store(List<Virt> scope) {
    if (frameVariable != 0 && random.nextBoolean()) {
      builder.store(Size.DW, Virt.FRAME, frameVariable, pickRegister(scope));
    } else if (random.nextBoolean()) {
      builder.store(Size.W, pickRegister(scope), 4, pickRegister(scope));
    } else {
      builder.store(Size.H, pickRegister(scope), 2, 7);
    }
  }

  private void atomic(List<Virt> scope) {
    Virt base = base(scope);
    int offset = base.equals(Virt.FRAME) ? frameVariable : 0;
    Virt value = pickRegister(scope);
    switch (random.nextInt(4)) {
      case 0 -> {
        Virt result = result(scope);
        builder.with(new Atomic.LoadAcquire<>(Size.DW, result, base, offset));
        keep(result, scope);
      }
      case 1 -> builder.with(new Atomic.StoreRelease<>(Size.W, base, offset, value));
      case 2 ->
          builder.with(
              new Atomic.Update<>(
                  pick(ATOMICS), Size.DW, random.nextBoolean(), base, offset, value));
      default ->
          builder.with(new Atomic.Update<>(AtomicOp.XCHG, Size.W, true, base, offset, value));
    }
  }

  /** The operands may be the same, may be constants, and may live on or not. */
  private void exchange(List<Virt> scope) {
    Virt base = base(scope);
    int offset = base.equals(Virt.FRAME) ? frameVariable : 0;
    Virt old = random.nextBoolean() ? builder.copy(pickRegister(scope)) : pickRegister(scope);
    Virt src = random.nextInt(8) == 0 ? base : pickRegister(scope);
    builder.with(new Atomic.CompareExchange<>(Size.DW, base, offset, old, src));
    keep(old, scope);
  }

  /** Something to address memory with: mostly the frame, if there is anything in it. */
  private Virt base(List<Virt> scope) {
    if (frameVariable == 0 || random.nextInt(4) == 0) {
      return pickRegister(scope);
    }
    return pointers.isEmpty() || random.nextBoolean() ? Virt.FRAME : pick(pointers);
  }

  private void packet(List<Virt> scope) {
    Virt context = random.nextInt(3) == 0 ? pickRegister(scope) : globals.getFirst();
    Virt index =
        switch (random.nextInt(4)) {
          case 0 -> null;
          case 1 -> builder.copy(pickRegister(scope));
          default -> pickRegister(scope);
        };
    Virt result = result(scope);
    builder.with(new LoadPacket<>(pick(PACKET_SIZES), result, context, index, 14));
    keep(result, scope);
  }

  private void field(List<Virt> scope) {
    Virt result = result(scope);
    if (random.nextBoolean()) {
      builder.with(new Element.LoadField<>(Size.W, result, pickRegister(scope), "sk_buff", "len"));
    } else {
      builder.with(new Element.AddressSpaceCast<>(result, pickRegister(scope), 0, 1));
    }
    keep(result, scope);
  }

  /** A second place that writes a register, with the same value or not. */
  private void constantAgain(List<Virt> scope) {
    Virt value = random.nextBoolean() ? builder.fresh() : pickRegister(scope);
    for (int i = 0; i < 2; i++) {
      Label over = builder.label("over");
      if (i > 0) {
        branch(scope, over);
      }
      builder.move(value, Virt.FRAME);
      builder.alu(AluOp.ADD, value, -8 - 8 * (random.nextInt(4) / 3));
      builder.bind(over);
    }
    keep(value, scope);
  }

  private Virt load(List<Virt> scope) {
    if (frameVariable != 0 && random.nextInt(3) == 0) {
      return pointers.isEmpty() || random.nextBoolean()
          ? builder.load(Size.DW, Virt.FRAME, frameVariable)
          : builder.load(Size.W, pick(pointers), 4);
    }
    return builder.load(Size.W, pickRegister(scope), -8);
  }

  private Virt constant() {
    return switch (random.nextInt(alone ? 5 : 6)) {
      case 0, 1 -> builder.constant(random.nextInt(1000));
      case 2 -> builder.constant(random.nextLong());
      case 3 -> builder.add(Virt.FRAME, -16 + random.nextInt(3));
      case 5 -> builder.constant(new Constant.Function(CALLEE));
      default -> builder.constant(new Constant.MapFd("map" + random.nextInt(3)));
    };
  }

  /** Mostly what came last, so that long functions do not need ever more values at once. */
  private Virt pickRegister(List<Virt> scope) {
    int recent = random.nextInt(Math.min(scope.size(), RECENT));
    return random.nextInt(4) == 0 ? pick(globals) : scope.get(scope.size() - 1 - recent);
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
