package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Virt;
import java.util.ArrayList;
import java.util.List;

/**
 * From a filter program to code over virtual registers, evaluating rules in sequence.
 *
 * <pre>
 *   parse, reading through pointers ──missing bytes──→ parse again, copying ──→ malformed
 *         │                                                  │
 *         └──────────────────── fields in registers ←────────┘
 *   rule 0, rule 1, … policy ──→ tail: count, return
 * </pre>
 *
 * <p>The fast parser gives up on any packet whose headers it cannot reach; the slow one, out of
 * line, then finds out whether the packet is cut off or merely not linear. Both leave the same
 * fields in the same registers, so there is one copy of the rules.
 */
final class Lowering {
  /**
   * Up to this many rules leave by a branch that is taken on a match, which costs a packet that
   * does not match almost nothing. The verifier keeps such branches pending and allows 8 192.
   */
  private static final int MAX_PENDING_RULES = 2000;

  private final FilterProgram program;
  private final HookFlavor flavor;
  private final CodeBuilder code;
  private final Virt context;
  private final FieldRegisters fields;
  private final TestEmitter tests;
  private final Tail.Keys keys;

  /** Whether the log function takes an interval. */
  private final boolean rates;

  private final Label malformed;
  private final Label rules;
  private final List<Runnable> outOfLine = new ArrayList<>();

  private Lowering(FilterProgram program, HookFlavor flavor, CodeBuilder code) {
    this.program = program;
    this.flavor = flavor;
    this.code = code;
    this.context = code.parameter();
    this.fields = FieldRegisters.of(program, code);
    this.tests = new TestEmitter(code, fields, program.depth());
    this.keys = Tail.Keys.reserve(code);
    this.rates = program.limitsLogs();
    this.malformed = code.label("malformed");
    this.rules = code.label("rules");
  }

  /** The functions of a program, of which the first is where it starts. */
  static List<Code<Virt>> lower(FilterProgram program, HookFlavor flavor) {
    List<Code<Virt>> functions = new ArrayList<>();
    functions.add(
        CodeBuilder.function(
            Compiler.PROGRAM_NAME, code -> new Lowering(program, flavor, code).emit()));
    if (program.logs()) {
      functions.add(LogFunction.of(flavor, program.limitsLogs()));
    }
    return functions;
  }

  private void emit() {
    parse();
    code.bind(rules);
    Tail last = rules();
    code.note("policy");
    Label policy = last.counted(program.policy().verdict());
    last.emitEnd(program.policyCounter(), policy);
    last.emit();
    if (last.hasDeferred()) {
      Tail errors = new Tail(code, flavor, context, keys, rates);
      malformed(errors, errors.counted(program.policy().verdict()));
      errors.emit();
    } else {
      malformed(last, policy);
    }
    outOfLine.forEach(Runnable::run);
  }

  private void parse() {
    switch (flavor) {
      case PacketFlavor packets -> {
        code.note("load what is known of the packet");
        packets.loadMetadata(code, context, fields);
        if (program.depth() != ParseDepth.NONE) {
          parse(packets);
        }
      }
      case SocketAddressFlavor calls -> {
        code.note("load the arguments");
        calls.loadFields(code, context, fields);
      }
    }
  }

  private void parse(PacketFlavor packets) {
    code.note("parse");
    Label slow = packets.readsWholePacket() ? malformed : code.label("slow");
    HeaderParser fast = parser(packets, packets.reader(code, context, slow), fields, rules);
    fast.emitMain();
    outOfLine.add(() -> {
      code.note("parse what is less common");
      fast.emitRest();
      if (!packets.readsWholePacket()) {
        code.note("parse what is not linear");
        code.bind(slow);
        parseCopies(packets);
      }
    });
  }

  private void parseCopies(PacketFlavor packets) {
    FieldRegisters copies = fields.freshForParsed(code);
    Label parsed = code.label("parsed");
    PacketReader reader = new CopyingReader(code, packets.copier(code, context, malformed));
    HeaderParser parser = parser(packets, reader, copies, parsed);
    parser.emitMain();
    parser.emitRest();
    code.bind(parsed);
    copies.moveParsedTo(fields, code);
    code.jump(rules);
  }

  private HeaderParser parser(
      PacketFlavor packets, PacketReader reader, FieldRegisters target, Label done) {
    return new HeaderParser(
        code, packets, context, reader, program.depth(), target, malformed, done);
  }

  private void malformed(Tail tail, Label policy) {
    code.note("malformed packet");
    code.bind(malformed);
    tail.emitEnd(program.errorCounter(), policy);
  }

  /** Emits all rules, cut into segments that a tail can serve; gives the last one's tail. */
  private Tail rules() {
    List<FilterRule> segment = new ArrayList<>();
    int deferred = 0;
    for (FilterRule rule : program.rules()) {
      if (rule.recordsAndContinues() && ++deferred > Tail.MAX_DEFERRED) {
        Tail tail = segment(segment);
        tail.emitDrain();
        outOfLine.add(tail::emit);
        segment.clear();
        deferred = 1;
      }
      segment.add(rule);
    }
    return segment(segment);
  }

  private Tail segment(List<FilterRule> rules) {
    Tail tail = new Tail(code, flavor, context, keys, rates);
    if (rules.stream().anyMatch(FilterRule::recordsAndContinues)) {
      tail.emitStart();
    }
    rules(rules, 0, tail);
    return tail;
  }

  /**
   * Emits rules in sequence, but tests that neighbours begin with alike only once for all of them.
   *
   * @param tested how many tests the rules share that have been emitted already
   */
  private void rules(List<FilterRule> rules, int tested, Tail tail) {
    int from = 0;
    while (from < rules.size()) {
      int to = endOfAlike(rules, from, tested);
      if (to - from == 1) {
        rule(rules.get(from), tested, tail);
      } else {
        Label behind = code.label("behind");
        tests.branchUnless(rules.get(from).tests().get(tested), behind);
        rules(rules.subList(from, to), tested + 1, tail);
        code.bind(behind);
      }
      from = to;
    }
  }

  /** The end of the rules that have the same next test as the first one, which may have none. */
  private static int endOfAlike(List<FilterRule> rules, int from, int tested) {
    int to = from + 1;
    if (rules.get(from).tests().size() > tested) {
      RuleTest next = rules.get(from).tests().get(tested);
      while (to < rules.size()
          && rules.get(to).tests().size() > tested
          && rules.get(to).tests().get(tested).equals(next)) {
        to++;
      }
    }
    return to;
  }

  private void rule(FilterRule rule, int tested, Tail tail) {
    code.note(rule.print());
    Label next = code.label("next");
    List<RuleTest> left = rule.tests().subList(tested, rule.tests().size());
    for (int i = 0; i < left.size() - 1; i++) {
      tests.branchUnless(left.get(i), next);
    }
    if (left.isEmpty()) {
      act(rule, tail);
    } else if (rule.verdict().isTerminal() && program.rules().size() <= MAX_PENDING_RULES) {
      tests.branchIf(left.getLast(), hit(rule, tail));
    } else {
      tests.branchUnless(left.getLast(), next);
      act(rule, tail);
    }
    code.bind(next);
  }

  /** Where a match of a rule that ends the chain goes. */
  private Label hit(FilterRule rule, Tail tail) {
    Label ending = tail.ending(rule);
    if (rule.mark() == null && !rule.counter() && rule.log() == null) {
      return ending;
    }
    Label hit = code.label("hit");
    outOfLine.add(() -> {
      code.note(rule.print());
      code.bind(hit);
      mark(rule);
      tail.emitEnd(rule.index(), ending);
    });
    return hit;
  }

  private void act(FilterRule rule, Tail tail) {
    mark(rule);
    if (rule.verdict().isTerminal()) {
      tail.emitEnd(rule.index(), tail.ending(rule));
    } else if (rule.recordsAndContinues()) {
      tail.emitDefer(rule);
    }
  }

  /** Sets the packet's mark and what later rules take for it. */
  private void mark(FilterRule rule) {
    Long mark = rule.mark();
    if (mark != null) {
      Virt value = code.constant(mark);
      flavor.setMark(code, context, value);
      fields.load(Field.MARK, register -> code.move(register, value));
    }
  }
}
