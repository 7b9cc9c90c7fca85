package dev.jbpfilter.bytecode.internal.allocation;

import dev.jbpfilter.bytecode.Allocation;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Moves registers to memory. Where a spilled register has a {@linkplain Pieces piece}, elements
 * name that instead. Elsewhere they read and write temporary registers, which are loaded right
 * before them and stored right after them.
 *
 * <p>At the borders of blocks the home in memory always has the current value. A write to a piece
 * is stored at once if the value leaves the block, and is loaded where control comes in from
 * outside the piece.
 *
 * <p>Elements in a row that name the same spilled register share its temporary: it is loaded at the
 * first that reads it, and stored after the last if the row has written it and it is read later.
 * The row ends at a label, and at a call or a packet access but for its result; before control may
 * leave for elsewhere what was written is stored. So a temporary lives no longer than elements name
 * it, and never across a call, and hence there is always a register for it.
 *
 * <p>A copy between a spilled register and another one becomes the load or the store itself. A
 * register that holds only one constant, or one address in the frame, has no home in memory: that
 * is made again wherever a row or a piece begins, and the elements that wrote it elsewhere are
 * dropped.
 *
 * <p>A piece that is itself spilled has the home of what it is a piece of. Its loads and stores of
 * that home go away, since those of the temporaries do the same.
 */
final class Spiller {
  private final Draft draft;
  private final Blocks blocks;
  private final Numbering numbering;
  private final Intervals intervals;
  private final Constants constants;
  private final BitSet spilled;
  private final Draft result;
  private final int[] homes;
  private final int[] cursors;
  private final List<Held> held = new ArrayList<>();
  private final int firstNew;
  private final Pieces pieces;
  private final List<Virt> pieceRegisters = new ArrayList<>();
  private final Map<Virt, Local> local = new HashMap<>();

  /**
   * What a spilled register is called in the current block.
   *
   * @param leaves whether its value is live at the end of the block
   */
  private record Local(Virt piece, boolean leaves) {}

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

  private Spiller(Analysis analysis, LinearScan scan) {
    draft = analysis.draft();
    blocks = analysis.blocks();
    numbering = analysis.numbering();
    intervals = analysis.intervals();
    constants = analysis.constants();
    spilled = scan.spilled();
    result = draft.emptyCopy();
    homes = new int[numbering.count()];
    cursors = new int[numbering.count()];
    for (int variable = 0; variable < homes.length; variable++) {
      homes[variable] = Draft.NO_HOME;
      cursors[variable] = intervals.first(variable);
    }
    firstNew = result.nextId();
    pieces = new Pieces(analysis, scan);
    for (int piece = 0; piece < pieces.count(); piece++) {
      Virt owner = numbering.register(pieces.owner(piece));
      int home = isConstant(owner) ? Draft.NO_HOME : home(owner);
      pieceRegisters.add(result.addPiece(home));
    }
  }

  /** The draft without the variables that the scan could not place. */
  static Draft spill(Analysis analysis, LinearScan scan) {
    Spiller spiller = new Spiller(analysis, scan);
    spiller.enter(0);
    spiller.parameters();
    for (int block = 1; block < analysis.blocks().count(); block++) {
      spiller.block(block);
    }
    return spiller.result;
  }

  private void parameters() {
    for (int i = 0; i < draft.parameters().size(); i++) {
      Virt parameter = draft.parameters().get(i);
      if (local.containsKey(parameter)) {
        result.setParameter(i, localName(parameter));
        storeLocal(parameter);
      } else if (isSpilled(parameter)) {
        Held incoming = hold(parameter);
        incoming.written = true;
        result.setParameter(i, incoming.temporary);
      }
    }
  }

  private void block(int block) {
    int index = blocks.start(block);
    if (draft.element(index) instanceof Element.Bind) {
      rewrite(index);
      index++;
    }
    enter(block);
    while (index < blocks.end(block)) {
      rewrite(index);
      index++;
    }
  }

  /** Changes to the pieces of a block. */
  private void enter(int block) {
    local.clear();
    for (int at = pieces.first(block); at >= 0; at = pieces.next(at)) {
      Virt owner = numbering.register(pieces.owner(pieces.piece(at)));
      Virt piece = pieceRegisters.get(pieces.piece(at));
      local.put(owner, new Local(piece, pieces.leavesBlockAt(at)));
      if (pieces.needsLoadAt(at)) {
        load(piece, owner);
      }
    }
    held.removeIf(one -> local.containsKey(one.register));
  }

  private void rewrite(int index) {
    Element<Virt> before = draft.element(index);
    Element<Virt> element = local.isEmpty() ? before : before.map(this::localName);
    boolean affected = namesSpilled(element);
    if (!affected && isTransparent(index)) {
      keep(index, element);
    } else if (!isBorderOfPiece(index, element)) {
      endRows(index, element);
      if (!affected) {
        keep(index, element);
      } else if (!writesSpilledConstant(element)) {
        replace(index, element);
      }
    }
    Virt def = before.def();
    if (def != null) {
      storeLocal(def);
    }
    if (element.endsBlock()) {
      held.clear();
    }
  }

  private Virt localName(Virt register) {
    Local here = local.get(register);
    return here == null ? register : here.piece;
  }

  /** Stores what was written to a piece, for whoever reads it elsewhere. */
  private void storeLocal(Virt register) {
    Local here = local.get(register);
    if (here != null && here.leaves && !isConstant(register)) {
      store(register, here.piece);
    }
  }

  /** Whether an element moves a piece that is spilled from or to its home. */
  private boolean isBorderOfPiece(int index, Element<Virt> element) {
    if (draft.home(index) == Draft.NO_HOME) {
      return false;
    }
    Virt moved = element instanceof Element.Load<Virt> load ? load.dst() : element.uses().getLast();
    if (!draft.hasHome(moved)
        || !isSpilled(moved)
        || draft.homeOfPiece(moved) != draft.home(index)) {
      return false;
    }
    Held one = heldOf(moved);
    if (one != null && one.written && element instanceof Element.Store) {
      store(moved, one.temporary);
      one.written = false;
    }
    return true;
  }

  /** Whether a row goes on over an element that names no spilled register. */
  private boolean isTransparent(int index) {
    return draft.origin(index) == Allocation.INSERTED
        || draft.element(index) instanceof Element.Note;
  }

  /** Lets go of temporaries that an element does not name or that do not survive it. */
  private void endRows(int index, Element<Virt> element) {
    boolean leaves = element.target() != null || Clobbers.likeCall(element);
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

  /** Whether nothing need be done, as what is written is made again wherever it is read. */
  private boolean writesSpilledConstant(Element<Virt> element) {
    Virt def = element.def();
    return def != null && isSpilled(def) && isConstant(def);
  }

  private void replace(int index, Element<Virt> element) {
    if (Copies.source(element) != null && !namedNext(index, element)) {
      copy(index, (Element.Move<Virt>) element);
    } else {
      operate(index, element);
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
      Held target = heldOf(def);
      (target == null ? hold(def) : target).written = true;
    }
    keep(index, element.map(this::replacement));
    if (Clobbers.likeCall(element)) {
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
    return register.id() != 0
        && register.id() < firstNew
        && spilled.get(numbering.variable(register));
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
  private boolean namedNext(int index, Element<Virt> element) {
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

  private boolean isConstant(Virt register) {
    return constants.isConstant(numbering.variable(register));
  }

  private void keep(int index, Element<Virt> element) {
    result.add(element, draft.origin(index), draft.home(index));
  }

  private void load(Virt target, Virt register) {
    if (isConstant(register)) {
      for (Element<Virt> step : constants.definition(numbering.variable(register))) {
        Element<Virt> renamed = step.map(name -> name.equals(Virt.FRAME) ? name : target);
        result.add(renamed, Allocation.INSERTED, Draft.NO_HOME);
      }
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
    if (draft.isPiece(register)) {
      return draft.homeOfPiece(register);
    }
    int variable = numbering.variable(register);
    if (homes[variable] == Draft.NO_HOME) {
      homes[variable] = result.addHome(register);
    }
    return homes[variable];
  }
}
