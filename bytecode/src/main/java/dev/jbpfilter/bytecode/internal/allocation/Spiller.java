package dev.jbpfilter.bytecode.internal.allocation;

import dev.jbpfilter.bytecode.Allocation;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves registers to memory. An element reads and writes temporary registers instead of spilled
 * ones, which are loaded right before it and stored right after it.
 *
 * <p>Elements in a row that name the same spilled register share its temporary: it is loaded at the
 * first that reads it, and stored after the last if the row has written it and it is read later.
 * The row ends at a label, and at a call but for its result; before control may leave for elsewhere
 * what was written is stored. So a temporary lives no longer than elements name it, and never
 * across a call, and hence there is always a register for it.
 *
 * <p>A copy between a spilled register and another one becomes the load or the store itself. A
 * register that holds only one constant has no home in memory: the constant is made again wherever
 * a row begins, and the elements that wrote it are dropped.
 */
final class Spiller {
  private final Draft draft;
  private final Numbering numbering;
  private final Intervals intervals;
  private final Constants constants;
  private final BitSet spilled;
  private final Draft result;
  private final int[] homes;
  private final int[] cursors;
  private final List<Held> held = new ArrayList<>();

  /** A temporary that holds the current value of a spilled register. */
  private static final class Held {
    final Virt register;
    final Virt temporary;

    /** Whether the home has an older value. */
    boolean written;

    Held(Virt register, Virt temporary) {
      this.register = register;
      this.temporary = temporary;
    }
  }

  private Spiller(Analysis analysis, BitSet spilled) {
    draft = analysis.draft();
    numbering = analysis.numbering();
    intervals = analysis.intervals();
    constants = analysis.constants();
    this.spilled = spilled;
    result = draft.emptyCopy();
    homes = new int[numbering.count()];
    cursors = new int[numbering.count()];
    for (int variable = 0; variable < homes.length; variable++) {
      homes[variable] = Draft.NO_HOME;
      cursors[variable] = intervals.first(variable);
    }
  }

  /** The draft without some of its variables. */
  static Draft spill(Analysis analysis, BitSet spilled) {
    Spiller spiller = new Spiller(analysis, spilled);
    spiller.parameters();
    for (int i = 0; i < spiller.draft.size(); i++) {
      spiller.rewrite(i, spiller.draft.element(i));
    }
    return spiller.result;
  }

  private void parameters() {
    for (int i = 0; i < draft.parameters().size(); i++) {
      Virt parameter = draft.parameters().get(i);
      if (isSpilled(parameter)) {
        Held incoming = hold(parameter);
        incoming.written = true;
        result.setParameter(i, incoming.temporary);
      }
    }
  }

  private void rewrite(int index, Element<Virt> element) {
    boolean affected = namesSpilled(element);
    if (!affected && isTransparent(index)) {
      keep(index, element);
      return;
    }
    endRows(index, element);
    if (!affected) {
      keep(index, element);
    } else if (Copies.source(element) != null && !namedNext(index)) {
      copy(index, (Element.Move<Virt>) element);
    } else {
      operate(index, element);
    }
    if (element.endsBlock()) {
      held.clear();
    }
  }

  /** Whether a row goes on over an element that names no spilled register. */
  private boolean isTransparent(int index) {
    return draft.origin(index) == Allocation.INSERTED
        || draft.element(index) instanceof Element.Note;
  }

  /** Lets go of temporaries that an element does not name or that do not survive it. */
  private void endRows(int index, Element<Virt> element) {
    boolean leaves = element.target() != null || element instanceof Element.Call;
    for (int i = held.size() - 1; i >= 0; i--) {
      Held one = held.get(i);
      boolean named = names(element, one.register);
      boolean overwritten = one.register.equals(element.def());
      if (one.written && (leaves || !named) && !overwritten && isReadAfter(one.register, index)) {
        store(one.register, one.temporary);
        one.written = false;
      }
      if (!named) {
        held.remove(i);
      }
    }
  }

  private void operate(int index, Element<Virt> element) {
    for (Virt use : element.uses()) {
      if (isSpilled(use) && heldOf(use) == null) {
        load(hold(use).temporary, use);
      }
    }
    Virt def = element.def();
    if (def != null && isSpilled(def)) {
      if (constantOf(def) != null) {
        return;
      }
      Held target = heldOf(def);
      (target == null ? hold(def) : target).written = true;
    }
    keep(index, element.map(this::replacement));
    if (element instanceof Element.Call) {
      held.removeIf(one -> !one.register.equals(def));
    }
  }

  /** A copy whose registers the next element does not name. */
  private void copy(int index, Element.Move<Virt> element) {
    Virt dst = element.dst();
    Virt source = element.uses().getFirst();
    Virt value = replacement(source);
    if (isSpilled(source) && value.equals(source)) {
      value = isSpilled(dst) ? result.temporary() : dst;
      load(value, source);
    } else if (!isSpilled(dst)) {
      keep(index, element.map(this::replacement));
    }
    if (isSpilled(dst) && !intervals.unreadResult(index)) {
      store(dst, value);
    }
    held.removeIf(one -> one.register.equals(dst));
  }

  private boolean isSpilled(Virt register) {
    return register.id() != 0 && spilled.get(numbering.variable(register));
  }

  private boolean namesSpilled(Element<Virt> element) {
    Virt def = element.def();
    if (def != null && isSpilled(def)) {
      return true;
    }
    for (Virt use : element.uses()) {
      if (isSpilled(use)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the next element that is not transparent names a spilled register of this one. */
  private boolean namedNext(int index) {
    Element<Virt> element = draft.element(index);
    int next = index + 1;
    while (isTransparent(next) && !namesSpilled(draft.element(next))) {
      next++;
    }
    Element<Virt> following = draft.element(next);
    Virt def = element.def();
    Virt source = element.uses().getFirst();
    return (def != null && isSpilled(def) && names(following, def))
        || (isSpilled(source) && names(following, source));
  }

  private static boolean names(Element<Virt> element, Virt register) {
    return register.equals(element.def()) || element.uses().contains(register);
  }

  /** Whether the value of a register after an element is read; asked by ascending index. */
  private boolean isReadAfter(Virt register, int index) {
    int variable = numbering.variable(register);
    int position = Blocks.late(index);
    int at = cursors[variable];
    while (at >= 0 && intervals.end(at) <= position) {
      at = intervals.next(at);
    }
    cursors[variable] = at;
    return at >= 0 && intervals.start(at) <= position;
  }

  private Held hold(Virt register) {
    Held one = new Held(register, result.temporary());
    held.add(one);
    return one;
  }

  private @Nullable Held heldOf(Virt register) {
    for (Held one : held) {
      if (one.register.equals(register)) {
        return one;
      }
    }
    return null;
  }

  private Virt replacement(Virt register) {
    Held one = heldOf(register);
    return one == null ? register : one.temporary;
  }

  private @Nullable Element<Virt> constantOf(Virt register) {
    return constants.definition(numbering.variable(register));
  }

  private void keep(int index, Element<Virt> element) {
    result.add(element, draft.origin(index), draft.home(index));
  }

  private void load(Virt target, Virt register) {
    Element<Virt> constant = constantOf(register);
    if (constant != null) {
      result.add(constant.map(dst -> target), Allocation.INSERTED, Draft.NO_HOME);
    } else {
      Element<Virt> load = new Element.Load<>(Size.DW, false, target, Virt.FRAME, 0);
      result.add(load, Allocation.INSERTED, home(register));
    }
  }

  private void store(Virt register, Virt source) {
    Element<Virt> store = new Element.Store<>(Size.DW, Virt.FRAME, 0, Operand.reg(source));
    result.add(store, Allocation.INSERTED, home(register));
  }

  private int home(Virt register) {
    int variable = numbering.variable(register);
    if (homes[variable] == Draft.NO_HOME) {
      homes[variable] = result.addHome(register);
    }
    return homes[variable];
  }
}
