package dev.jbpfilter.bytecode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the virtual registers that only ever hold one constant, or one address in the frame: each
 * element that writes one makes that constant, or copies a register that only ever holds it; or is
 * one of two elements in a row that make that address.
 *
 * <p>A value is told by the element that makes it, over {@code r0}; an address by the second one,
 * {@code r0 += number}.
 */
final class AllocationConstants {
  private static final int[] NOTHING = {};

  private final List<Element<Virt>> elements;

  /** The second elements of addresses in the frame. */
  private final BitSet additions = new BitSet();

  /** Where each register is written; none for one that is a parameter. */
  private final Map<Integer, List<Integer>> writers = new TreeMap<>();

  private final Map<Virt, Element<Phys>> values = new HashMap<>();
  private final Map<Element<Phys>, int[]> registers = new HashMap<>();

  /**
   * Looks at the elements of code that are executed.
   *
   * @param executed their indices
   */
  AllocationConstants(Code<Virt> code, BitSet executed) {
    elements = code.elements();
    Set<Virt> parameters = Set.copyOf(code.parameters());
    for (int i = executed.nextSetBit(0); i >= 0; i = executed.nextSetBit(i + 1)) {
      Virt def = elements.get(i).def();
      if (def != null && !parameters.contains(def)) {
        writers.computeIfAbsent(def.id(), id -> new ArrayList<>()).add(i);
      }
      additions.set(i, i > 0 && isAddition(elements.get(i - 1), elements.get(i)));
    }
    // Copies of constants are found when what they copy is; most follow it.
    for (boolean changed = true; changed; ) {
      changed = false;
      for (Map.Entry<Integer, List<Integer>> entry : writers.entrySet()) {
        Virt register = new Virt(entry.getKey());
        Element<Phys> value = values.containsKey(register) ? null : common(entry.getValue());
        if (value != null) {
          values.put(register, value);
          changed = true;
        }
      }
    }
    index();
  }

  private static boolean isAddition(Element<Virt> first, Element<Virt> second) {
    return Virt.FRAME.equals(AllocationChecker.copied(first))
        && second instanceof Element.Alu<Virt> alu
        && addsNumber(alu)
        && alu.dst().equals(first.def());
  }

  /** Whether an operation is {@code dst += number}, 64 bits. */
  static boolean addsNumber(Element.Alu<?> alu) {
    return alu.op() == AluOp.ADD && alu.width() == Width.W64 && alu.src() instanceof Operand.Imm<?>;
  }

  private @Nullable Element<Phys> common(List<Integer> places) {
    Element<Phys> first = value(places.getFirst());
    for (int place : places) {
      if (first == null || !first.equals(value(place))) {
        return null;
      }
    }
    return first;
  }

  private @Nullable Element<Phys> value(int place) {
    if (additions.get(place + 1)) {
      return value(place + 1);
    }
    Element<Virt> element = elements.get(place);
    Virt source = AllocationChecker.copied(element);
    if (source != null) {
      return values.get(source);
    }
    return additions.get(place) || AllocationChecker.isConstant(element) ? key(element) : null;
  }

  private static <R extends Reg> Element<Phys> key(Element<R> element) {
    return element.map(register -> Phys.R0);
  }

  private void index() {
    Map<Element<Phys>, List<Integer>> lists = new HashMap<>();
    for (int id : writers.keySet()) {
      Element<Phys> value = values.get(new Virt(id));
      if (value != null) {
        lists.computeIfAbsent(value, key -> new ArrayList<>()).add(id);
      }
    }
    lists.forEach(
        (value, ids) -> registers.put(value, ids.stream().mapToInt(Integer::intValue).toArray()));
  }

  /**
   * The registers that hold what an element makes, ascending.
   *
   * @param next the element of the input that comes next; if it is the second one of an address,
   *     its register does not hold that yet
   */
  int[] holding(Element<Phys> element, int next) {
    int[] result = registers.getOrDefault(key(element), NOTHING);
    Virt unfinished = additions.get(next) ? elements.get(next).def() : null;
    return unfinished == null
        ? result
        : Arrays.stream(result).filter(id -> id != unfinished.id()).toArray();
  }

  /**
   * Whether an element writes a register that only ever holds the same constant, and need not be
   * there: of an address in the frame, both elements are missing.
   *
   * @param from the first element that is missing
   * @param to one after the last one
   */
  boolean isWhole(int place, int from, int to) {
    Virt def = elements.get(place).def();
    Element<Phys> value = def == null ? null : values.get(def);
    if (value == null || !value.equals(value(place))) {
      return false;
    }
    if (AllocationChecker.copied(elements.get(place)) != null && !additions.get(place + 1)) {
      return false;
    }
    return (!additions.get(place) || place > from) && (!additions.get(place + 1) || place + 1 < to);
  }
}
