package dev.jbpfilter.bytecode;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the virtual registers that only ever hold one constant: each element that writes one makes
 * that constant, or copies a register that only ever holds it.
 */
final class AllocationConstants {
  /** The elements that write each register; none for one that is a parameter. */
  private final Map<Integer, List<Element<Virt>>> writers = new TreeMap<>();

  private final Map<Virt, Element<Phys>> values = new HashMap<>();

  /**
   * Looks at the elements of code that are executed.
   *
   * @param executed their indices
   */
  AllocationConstants(Code<Virt> code, BitSet executed) {
    Set<Virt> parameters = Set.copyOf(code.parameters());
    for (int i = executed.nextSetBit(0); i >= 0; i = executed.nextSetBit(i + 1)) {
      Element<Virt> element = code.elements().get(i);
      Virt def = element.def();
      if (def != null && !parameters.contains(def)) {
        writers.computeIfAbsent(def.id(), id -> new ArrayList<>()).add(element);
      }
    }
    // Copies of constants are found when what they copy is; most follow it.
    for (boolean changed = true; changed; ) {
      changed = false;
      for (Map.Entry<Integer, List<Element<Virt>>> entry : writers.entrySet()) {
        Virt register = new Virt(entry.getKey());
        Element<Phys> value = values.containsKey(register) ? null : common(entry.getValue());
        if (value != null) {
          values.put(register, value);
          changed = true;
        }
      }
    }
  }

  private @Nullable Element<Phys> common(List<Element<Virt>> elements) {
    Element<Phys> first = value(elements.getFirst());
    for (Element<Virt> element : elements) {
      if (first == null || !first.equals(value(element))) {
        return null;
      }
    }
    return first;
  }

  private @Nullable Element<Phys> value(Element<Virt> element) {
    Virt source = AllocationChecker.copied(element);
    if (source != null) {
      return values.get(source);
    }
    return AllocationChecker.isConstant(element) ? element.map(register -> Phys.R0) : null;
  }

  /** The registers by the constant that they hold, ascending; constants are written to r0. */
  Map<Element<Phys>, int[]> registers() {
    Map<Element<Phys>, List<Integer>> lists = new HashMap<>();
    for (int id : writers.keySet()) {
      Element<Phys> value = values.get(new Virt(id));
      if (value != null) {
        lists.computeIfAbsent(value, key -> new ArrayList<>()).add(id);
      }
    }
    Map<Element<Phys>, int[]> result = new HashMap<>();
    lists.forEach(
        (value, ids) -> result.put(value, ids.stream().mapToInt(Integer::intValue).toArray()));
    return result;
  }
}
