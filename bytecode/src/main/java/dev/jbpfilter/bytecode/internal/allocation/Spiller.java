package dev.jbpfilter.bytecode.internal.allocation;

import dev.jbpfilter.bytecode.Allocation;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Moves registers to memory: each read of a spilled register becomes a load into a temporary one
 * right before the element, each write a store right after it. One temporary serves all operands of
 * an element that are the same register.
 *
 * <p>A copy between a spilled register and another one becomes the load or the store itself. A
 * register that holds only one constant has no home: the constant is made again before each read,
 * and the elements that wrote it are dropped.
 */
final class Spiller {
  private final Analysis analysis;
  private final BitSet spilled;
  private final int[] homes;
  private final Draft draft;
  private final Draft result;
  private final List<Virt> affected = new ArrayList<>();
  private final List<Virt> temporaries = new ArrayList<>();

  private Spiller(Analysis analysis, BitSet spilled) {
    this.analysis = analysis;
    this.spilled = spilled;
    draft = analysis.draft();
    result = draft.emptyCopy();
    homes = new int[analysis.numbering().count()];
    Arrays.fill(homes, Draft.NO_HOME);
  }

  /** The draft without some of its variables. */
  static Draft spill(Analysis analysis, BitSet spilled) {
    Spiller spiller = new Spiller(analysis, spilled);
    spiller.parameters();
    for (int i = 0; i < spiller.draft.size(); i++) {
      spiller.rewrite(i);
    }
    return spiller.result;
  }

  private void parameters() {
    List<Virt> parameters = draft.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      if (isSpilled(parameters.get(i))) {
        Virt temporary = result.temporary();
        result.setParameter(i, temporary);
        if (!analysis.intervals().unreadParameter(i)) {
          store(parameters.get(i), temporary);
        }
      }
    }
  }

  private boolean isSpilled(Virt register) {
    return register.id() != 0 && spilled.get(analysis.numbering().variable(register));
  }

  private void rewrite(int index) {
    Element<Virt> element = draft.element(index);
    affected.clear();
    for (Virt use : element.uses()) {
      addIfSpilled(use);
    }
    int reads = affected.size();
    Virt def = element.def();
    boolean defSpilled = def != null && isSpilled(def);
    if (def != null && defSpilled) {
      addIfSpilled(def);
    }
    if (affected.isEmpty()) {
      result.add(element, draft.origin(index), draft.home(index));
      return;
    }
    boolean stored = defSpilled && !analysis.intervals().unreadResult(index);
    Virt source = Copies.source(element);
    if (def != null && source != null) {
      rewriteCopy(def, source, stored);
      return;
    }
    if (def != null && defSpilled && isConstant(def)) {
      return;
    }
    temporaries.clear();
    for (int i = 0; i < affected.size(); i++) {
      Virt temporary = result.temporary();
      temporaries.add(temporary);
      if (i < reads) {
        load(temporary, affected.get(i));
      }
    }
    result.add(element.map(this::replacement), draft.origin(index), draft.home(index));
    if (def != null && stored) {
      store(def, replacement(def));
    }
  }

  private void addIfSpilled(Virt register) {
    if (isSpilled(register) && !affected.contains(register)) {
      affected.add(register);
    }
  }

  private Virt replacement(Virt register) {
    int place = affected.indexOf(register);
    return place < 0 ? register : temporaries.get(place);
  }

  private void rewriteCopy(Virt dst, Virt source, boolean stored) {
    Virt value = source;
    if (isSpilled(source)) {
      value = isSpilled(dst) ? result.temporary() : dst;
      load(value, source);
    }
    if (stored) {
      store(dst, value);
    }
  }

  private boolean isConstant(Virt register) {
    return analysis.constants().definition(analysis.numbering().variable(register)) != null;
  }

  private void load(Virt temporary, Virt register) {
    Element<Virt> constant =
        analysis.constants().definition(analysis.numbering().variable(register));
    if (constant != null) {
      result.add(constant.map(dst -> temporary), Allocation.INSERTED, Draft.NO_HOME);
    } else {
      result.add(
          new Element.Load<>(Size.DW, false, temporary, Virt.FRAME, 0),
          Allocation.INSERTED,
          home(register));
    }
  }

  private void store(Virt register, Virt temporary) {
    result.add(
        new Element.Store<>(Size.DW, Virt.FRAME, 0, Operand.reg(temporary)),
        Allocation.INSERTED,
        home(register));
  }

  private int home(Virt register) {
    int variable = analysis.numbering().variable(register);
    if (homes[variable] == Draft.NO_HOME) {
      homes[variable] = result.addHome(register);
    }
    return homes[variable];
  }
}
