package dev.jbpfilter.bytecode.internal.allocation;

import dev.jbpfilter.bytecode.Allocation;
import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Virt;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Code in the course of allocation: still over virtual registers, every element reachable.
 *
 * <p>Each element knows the input element that it stems from. Spilling inserts stores and loads
 * whose place on the stack is not known yet: they carry the number of a <em>home</em>, a variable
 * in memory that belongs to one spilled register, and get their offset when all homes are known.
 */
public final class Draft {
  static final int NO_HOME = -1;

  private final List<Virt> parameters;
  private final List<Virt> homes = new ArrayList<>();
  private final Map<Virt, Integer> pieces = new HashMap<>();
  private final int frameBytes;
  private final int firstFree;
  private int nextId;
  private final List<Element<Virt>> elements = new ArrayList<>();
  private final IntList origins = new IntList();
  private final IntList elementHomes = new IntList();

  private Draft(List<Virt> parameters, int frameBytes, int firstFree) {
    this.parameters = new ArrayList<>(parameters);
    this.frameBytes = frameBytes;
    this.firstFree = firstFree;
    this.nextId = firstFree;
  }

  /**
   * The reachable elements of code.
   *
   * <p>A note says what follows it, even where the note itself cannot be reached (after a jump,
   * before the next label), so the last note of what is dropped stays.
   */
  public static Draft of(Code<Virt> code) {
    Draft draft =
        new Draft(code.parameters(), code.frameBytes(), Math.addExact(highestId(code), 1));
    BitSet reachable = reachable(code.elements());
    int note = -1;
    for (int i = 0; i < code.elements().size(); i++) {
      Element<Virt> element = code.elements().get(i);
      if (reachable.get(i)) {
        if (note >= 0) {
          draft.add(code.elements().get(note), note, NO_HOME);
          note = -1;
        }
        draft.add(element, i, NO_HOME);
      } else if (element instanceof Element.Note) {
        note = i;
      }
    }
    return draft;
  }

  private static int highestId(Code<Virt> code) {
    int highest = 0;
    for (Virt parameter : code.parameters()) {
      highest = Math.max(highest, parameter.id());
    }
    for (Element<Virt> element : code.elements()) {
      for (Virt use : element.uses()) {
        highest = Math.max(highest, use.id());
      }
      Virt def = element.def();
      if (def != null) {
        highest = Math.max(highest, def.id());
      }
    }
    return highest;
  }

  private static BitSet reachable(List<Element<Virt>> elements) {
    Map<Label, Integer> places = new HashMap<>();
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i) instanceof Element.Bind<Virt>(Label label)) {
        places.put(label, i);
      }
    }
    BitSet reachable = new BitSet(elements.size());
    IntList pending = new IntList();
    pending.add(0);
    while (!pending.isEmpty()) {
      boolean open = true;
      for (int i = pending.removeLast(); open && !reachable.get(i); i++) {
        reachable.set(i);
        Integer target = places.get(elements.get(i).target());
        if (target != null) {
          pending.add(target);
        }
        open = !elements.get(i).endsBlock();
      }
    }
    return reachable;
  }

  /** A draft of the same function without elements, for a pass to write. */
  Draft emptyCopy() {
    Draft copy = new Draft(parameters, frameBytes, firstFree);
    copy.nextId = nextId;
    copy.homes.addAll(homes);
    copy.pieces.putAll(pieces);
    return copy;
  }

  /** A register for the moment between memory and an element. */
  Virt temporary() {
    int id = nextId;
    nextId = Math.addExact(nextId, 1);
    return new Virt(id);
  }

  /** A register for a piece of a spilled one, whose home is the same. */
  Virt addPiece(int home) {
    Virt piece = temporary();
    pieces.put(piece, home);
    return piece;
  }

  boolean isPiece(Virt register) {
    return pieces.containsKey(register);
  }

  /** Whether a register is a piece of one that has a home, and not of a constant. */
  boolean hasHome(Virt register) {
    return isPiece(register) && homeOfPiece(register) != NO_HOME;
  }

  /** The home of what a piece is of; {@link #NO_HOME} if that is a constant. */
  int homeOfPiece(Virt piece) {
    return Objects.requireNonNull(pieces.get(piece));
  }

  /** The number that the next new register gets. */
  int nextId() {
    return nextId;
  }

  /** A new home, for a register that is spilled. */
  int addHome(Virt register) {
    homes.add(register);
    return homes.size() - 1;
  }

  void setParameter(int index, Virt register) {
    parameters.set(index, register);
  }

  void add(Element<Virt> element, int origin, int home) {
    elements.add(element);
    origins.add(origin);
    elementHomes.add(home);
  }

  List<Virt> parameters() {
    return parameters;
  }

  /** Bytes of the stack frame that the code uses for its own variables. */
  int frameBytes() {
    return frameBytes;
  }

  int size() {
    return elements.size();
  }

  Element<Virt> element(int index) {
    return elements.get(index);
  }

  /** The index of the input element that an element stems from, or {@link Allocation#INSERTED}. */
  int origin(int index) {
    return origins.get(index);
  }

  /** The home that an inserted load or store accesses, or {@link #NO_HOME}. */
  int home(int index) {
    return elementHomes.get(index);
  }

  /** Spilled registers by the number of their home. */
  List<Virt> homes() {
    return homes;
  }

  /** Whether a register was made for the moment between memory and an element. */
  boolean isTemporary(Virt register) {
    return register.id() >= firstFree && !isPiece(register);
  }

  /** The note that tells what an element is for; null if there is none before it. */
  @Nullable String noteAt(int index) {
    for (int i = index; i >= 0; i--) {
      if (elements.get(i) instanceof Element.Note<Virt>(String text)) {
        return text;
      }
    }
    return null;
  }
}
