package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import dev.jbpfilter.cgen.ProtocolClass.Network;
import dev.jbpfilter.cgen.ProtocolClass.Transport;
import dev.jbpfilter.cgen.lookup.Boxes;
import dev.jbpfilter.cgen.lookup.Choice;
import dev.jbpfilter.cgen.lookup.LookupCode;
import dev.jbpfilter.cgen.lookup.Tables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Emits a region of which rules are looked up.
 *
 * <pre>
 *   which class of packets? ──→ lookup ──→ outcome: rule and ending, or none
 *   for each rule that is not looked up: found one before it? ──→ end; try it
 *   end: index and ending from the outcome ──→ tail
 * </pre>
 */
final class DispatchLowering {
  private final CodeBuilder code;
  private final TestEmitter tests;
  private final RuleSequence sequence;
  private final Tables tables;

  /** What emits: an outcome plus a 0 of which the verifier does not know that it is one. */
  private final Consumer<Virt> hide;

  private final Consumer<Long> mark;

  /**
   * @param tests has the registers with fields' values
   * @param hide emits an addition of 0 that makes a number unknown to the verifier
   * @param mark emits: set the packet's mark
   */
  DispatchLowering(
      CodeBuilder code,
      TestEmitter tests,
      RuleSequence sequence,
      Tables tables,
      Consumer<Virt> hide,
      Consumer<Long> mark) {
    this.code = code;
    this.tests = tests;
    this.sequence = sequence;
    this.tables = tables;
    this.hide = hide;
    this.mark = mark;
  }

  /**
   * Emits a region.
   *
   * @param last whether the policy is next; else control goes on behind if no rule ends the chain
   */
  void emit(Dispatch dispatch, Tail tail, boolean last) {
    Virt outcome = code.fresh();
    lookUp(dispatch, outcome, last);
    Label ends = code.label("ends");
    sequential(dispatch, outcome, tail, ends);
    Label next = code.label("next_region");
    if (!last) {
      code.branch(Condition.EQ, Width.W32, outcome, dispatch.none(), next);
    }
    code.bind(ends);
    end(dispatch.endings(), outcome, tail);
    if (!last) {
      code.bind(next);
    }
  }

  private void lookUp(Dispatch dispatch, Virt outcome, boolean last) {
    Map<Boxes, Label> labels = new LinkedHashMap<>();
    dispatch.choices().keySet().forEach(boxes -> labels.put(boxes, code.label("lookup")));
    Label nothing = code.label("nothing");
    Label found = code.label("found");
    code.note("find the class of the packet");
    classes(dispatch.classes(), boxes -> labels.getOrDefault(boxes, nothing));
    List<Field> fields = dispatch.dimensions();
    boolean nothingBehind = last && dispatch.sequential().isEmpty();
    IntFunction<Virt> values =
        nothingBehind ? i -> tests.register(fields.get(i)) : i -> tests.apart(fields.get(i));
    LookupCode lookup = new LookupCode(code, tables.map(), values);
    dispatch
        .choices()
        .forEach((boxes, choice) -> {
          code.note("find the first rule: " + describe(choice));
          code.bind(labels.getOrDefault(boxes, nothing));
          choice.structure().store(tables).emit(lookup, outcome);
          code.jump(found);
        });
    code.bind(nothing);
    code.move(outcome, dispatch.none());
    code.bind(found);
    hide.accept(outcome);
  }

  private static String describe(Choice choice) {
    return choice.structure().kind().label() + ", " + choice.structure().details();
  }

  /** Goes to the lookup of the packet's class. */
  private void classes(Map<ProtocolClass, Boxes> classes, Function<Boxes, Label> targets) {
    Map<Network, SequencedMap<Transport, Label>> networks = new LinkedHashMap<>();
    classes.forEach((packets, boxes) ->
        networks
            .computeIfAbsent(packets.network(), n -> new LinkedHashMap<>())
            .put(packets.transport(), targets.apply(boxes)));
    networks.forEach((network, transports) -> {
      if (network.etherType() < 0) {
        transports(transports);
        return;
      }
      Label other = code.label("other_network");
      Virt protocol = tests.register(Field.L3_PROTO);
      code.branch(Condition.NE, Width.W32, protocol, network.etherType(), other);
      transports(transports);
      code.bind(other);
    });
  }

  /** The last one is that of all other packets. */
  private void transports(SequencedMap<Transport, Label> transports) {
    Label otherwise = transports.lastEntry().getValue();
    transports.forEach((transport, target) -> {
      if (transport.protocol() >= 0 && !target.equals(otherwise)) {
        Virt header = tests.register(Field.L4_HEADER);
        code.branch(Condition.EQ, Width.W32, header, transport.protocol(), target);
      }
    });
    code.jump(otherwise);
  }

  private void sequential(Dispatch dispatch, Virt outcome, Tail tail, Label ends) {
    for (Dispatch.Run run : dispatch.sequential()) {
      if (run.behindOthers()) {
        int least = dispatch.endings().from(run.rules().getFirst().index());
        code.branch(Condition.LT, Width.W32, outcome, least, ends);
      }
      sequence.emit(run.rules(), tail);
    }
  }

  private void end(Endings endings, Virt outcome, Tail tail) {
    code.note("end as the rule that was found says");
    List<Ending> list = endings.list();
    tail.emitIndex(outcome, endings.shift());
    Virt number = code.and(outcome, (1 << endings.shift()) - 1);
    end(list, 0, list.size(), number, tail);
  }

  private void end(List<Ending> endings, int from, int to, Virt number, Tail tail) {
    if (to - from == 1) {
      Ending ending = endings.get(from);
      if (ending.mark() != null) {
        mark.accept(ending.mark());
      }
      code.jump(tail.ending(ending));
      return;
    }
    int middle = (from + to) >>> 1;
    Label upper = code.label("ending");
    code.branch(Condition.GE, Width.W32, number, middle, upper);
    end(endings, from, middle, number, tail);
    code.bind(upper);
    end(endings, middle, to, number, tail);
  }
}
