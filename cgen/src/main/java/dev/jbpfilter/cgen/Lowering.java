package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.cgen.lookup.Tables;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * From a filter program to code over virtual registers, evaluating rules in sequence.
 *
 * <pre>
 *   parse, reading through pointers ──missing bytes──→ parse again, copying ──→ malformed
 *         │                                                  │
 *         └──────────────────── fields in registers ←────────┘
 *   rule 0, rule 1, … policy ──→ tail: log, count, return
 * </pre>
 *
 * <p>The fast parser gives up on any packet whose headers it cannot reach; the slow one, out of
 * line, then finds out whether the packet is cut off or merely not linear. Both leave the same
 * fields in the same registers, so there is one copy of the rules.
 */
final class Lowering {
  private final FilterProgram program;
  private final HookFlavor flavor;
  private final CodeBuilder code;
  private final Virt context;
  private final FieldRegisters fields;
  private final Tail.Keys keys;

  /** Whether the log function takes an interval. */
  private final boolean rates;

  private final Label malformed;
  private final Malformed failures;
  private final boolean traced;
  private final Label rules;
  private final RuleSequence sequence;
  private final List<Region> regions;
  private final Tables tables;
  private final TestEmitter tests;

  /** Code that follows what is emitted now; it may have such code in its turn. */
  private final Queue<Runnable> outOfLine = new ArrayDeque<>();

  private Lowering(
      FilterProgram program,
      List<Region> regions,
      HookFlavor flavor,
      CompileOptions options,
      Tables tables,
      CodeBuilder code) {
    this.program = program;
    this.regions = regions;
    this.tables = tables;
    this.flavor = flavor;
    this.code = code;
    this.context = code.parameter();
    this.fields = FieldRegisters.of(program, code);
    this.tests = new TestEmitter(code, fields, program);
    this.sequence = new RuleSequence(code, tests, inSequence(regions), outOfLine::add, this::mark);
    this.keys = Tail.Keys.reserve(code);
    this.rates = program.limitsLogs();
    this.malformed = code.label("malformed");
    this.traced = options.traceFailures();
    this.failures = traced ? Malformed.traced(code) : Malformed.at(malformed);
    this.rules = code.label("rules");
  }

  private static int inSequence(List<Region> regions) {
    int rules = 0;
    for (Region region : regions) {
      rules += region.inSequence();
    }
    return rules;
  }

  /** The functions of a program, of which the first is where it starts. */
  static List<Code<Virt>> lower(
      FilterProgram program,
      List<Region> regions,
      HookFlavor flavor,
      CompileOptions options,
      Tables tables) {
    List<Code<Virt>> functions = new ArrayList<>();
    functions.add(
        CodeBuilder.function(
            Compiler.PROGRAM_NAME,
            code -> new Lowering(program, regions, flavor, options, tables, code).emit()));
    if (program.logs()) {
      functions.add(LogFunction.of(flavor, program.limitsLogs(), options));
    }
    return functions;
  }

  private void emit() {
    parse();
    code.bind(rules);
    Tail last = rules();
    Label policy = last.counted(program.policy().verdict());
    if (code.isOpen()) {
      code.note("policy");
      last.emitEnd(program.policyCounter(), policy);
    }
    last.emit();
    if (last.hasDeferred()) {
      Tail errors = new Tail(code, flavor, context, keys, rates);
      malformed(errors, errors.counted(program.policy().verdict()));
      errors.emit();
    } else {
      malformed(last, policy);
    }
    for (Runnable part = outOfLine.poll(); part != null; part = outOfLine.poll()) {
      part.run();
    }
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
    Label slow = code.label("slow");
    HeaderParser fast = parser(packets, packets.reader(code, context, slow), fields, rules);
    fast.emitMain();
    outOfLine.add(() -> {
      code.note("parse what is less common");
      fast.emitRest();
      code.note("parse what is not linear");
      code.bind(slow);
      parseCopies(packets);
    });
  }

  private void parseCopies(PacketFlavor packets) {
    FieldRegisters copies = fields.freshForParsed(code);
    Label parsed = code.label("parsed");
    PacketReader reader =
        new CopyingReader(code, packets.copier(code, context, failures.link()), failures.link());
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
        code, packets, context, reader, program.depth(), target, failures, done);
  }

  private void malformed(Tail tail, Label policy) {
    code.note("malformed packet");
    if (traced) {
      failures.emitTraces(code, malformed);
    }
    code.bind(malformed);
    tail.emitEnd(program.errorCounter(), policy);
  }

  /** Emits all rules; gives the tail of the last region. */
  private Tail rules() {
    for (Region region : regions.subList(0, regions.size() - 1)) {
      Tail tail = region(region, false);
      tail.emitDrain();
      outOfLine.add(tail::emit);
    }
    return region(regions.getLast(), true);
  }

  private Tail region(Region region, boolean last) {
    Tail tail = new Tail(code, flavor, context, keys, rates);
    tail.emitStart(region.rules());
    Dispatch dispatch = region.dispatch();
    if (dispatch == null) {
      sequence.emit(region.rules(), tail);
    } else {
      new DispatchLowering(
              code,
              tests,
              sequence,
              tables,
              tail::emitHide,
              mark -> flavor.setMark(code, context, code.constant(mark)))
          .emit(dispatch, tail, last);
    }
    return tail;
  }

  /** Sets the packet's mark and what later rules take for it. */
  private void mark(FilterRule rule) {
    Long mark = rule.mark();
    if (mark != null) {
      flavor.setMark(code, context, code.constant(mark));
      // Loaded and not copied: of what it loads, the verifier does not know the value.
      fields.load(Field.MARK, register -> flavor.loadMark(code, context, register));
    }
  }
}
