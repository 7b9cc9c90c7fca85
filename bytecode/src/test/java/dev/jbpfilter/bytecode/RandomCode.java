package dev.jbpfilter.bytecode;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes random functions over virtual registers: nested conditions and loops, early exits, jumps
 * to shared tails, calls, unreachable code, and as many long-lived values as wanted. Every register
 * is written before it is read on every path.
 */
public final class RandomCode {
  private static final int MAX_DEPTH = 4;
  private static final int RECENT = 12;
  private static final List<AluOp> OPERATIONS = List.of(AluOp.ADD, AluOp.SUB, AluOp.LSH);

  private final SplittableRandom random;
  private final CodeBuilder builder;
  private final List<Label> tails = new ArrayList<>();
  private final List<Virt> globals = new ArrayList<>();
  private final int frameVariable;
  private int budget;

  private RandomCode(SplittableRandom random, CodeBuilder builder, int pressure, int size) {
    this.random = random;
    this.builder = builder;
    budget = size;
    frameVariable = random.nextBoolean() ? builder.stackVariable(8) : 0;
    int parameters = random.nextInt(6);
    for (int i = 0; i < parameters; i++) {
      globals.add(builder.parameter());
    }
    for (int i = 0; i < pressure || globals.isEmpty(); i++) {
      globals.add(globals.isEmpty() || random.nextInt(3) == 0 ? constant() : load(globals));
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
    SplittableRandom random = new SplittableRandom(seed);
    return CodeBuilder.function(
        "random", builder -> new RandomCode(random, builder, pressure, size).body());
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
    Condition condition = pick(List.of(Condition.EQ, Condition.LT, Condition.SET));
    if (random.nextBoolean()) {
      builder.branch(condition, pickRegister(scope), pickRegister(scope), target);
    } else {
      builder.branch(condition, Width.W32, pickRegister(scope), random.nextInt(), target);
    }
  }

  private void simple(List<Virt> scope) {
    budget--;
    switch (random.nextInt(14)) {
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
      case 12 -> atomic(scope);
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
    Virt result = random.nextInt(4) == 0 ? pickRegister(scope) : builder.fresh();
    builder.with(new Element.Call<>(Helpers.MAP_LOOKUP_ELEM, arguments, result));
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
    Virt base = frameVariable != 0 ? Virt.FRAME : pickRegister(scope);
    builder.with(
        new Atomic.Update<>(
            AtomicOp.ADD, Size.DW, random.nextBoolean(), base, frameVariable, pickRegister(scope)));
  }

  private Virt load(List<Virt> scope) {
    if (frameVariable != 0 && random.nextInt(3) == 0) {
      return builder.load(Size.DW, Virt.FRAME, frameVariable);
    }
    return builder.load(Size.W, pickRegister(scope), -8);
  }

  private Virt constant() {
    return switch (random.nextInt(3)) {
      case 0 -> builder.constant(random.nextInt(1000));
      case 1 -> builder.constant(random.nextLong());
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
