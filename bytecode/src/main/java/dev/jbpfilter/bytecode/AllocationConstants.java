package dev.jbpfilter.bytecode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the virtual registers that are only ever written with one constant. */
final class AllocationConstants {
  private final Map<Virt, Element<Phys>> values = new HashMap<>();
  private final Set<Virt> others = new HashSet<>();

  /**
   * Looks at the elements of code that are executed.
   *
   * @param executed their indices
   */
  AllocationConstants(Code<Virt> code, BitSet executed) {
    others.addAll(code.parameters());
    for (int i = executed.nextSetBit(0); i >= 0; i = executed.nextSetBit(i + 1)) {
      Element<Virt> element = code.elements().get(i);
      Virt def = element.def();
      if (def != null) {
        Element<Phys> value = element.map(register -> Phys.R0);
        Element<Phys> known = values.putIfAbsent(def, value);
        if (!AllocationChecker.isConstant(element) || (known != null && !known.equals(value))) {
          others.add(def);
        }
      }
    }
  }

  /** The registers by the constant that they hold, ascending; constants are written to r0. */
  Map<Element<Phys>, int[]> registers() {
    Map<Element<Phys>, List<Virt>> lists = new HashMap<>();
    values.forEach((register, value) -> {
      if (!others.contains(register)) {
        lists.computeIfAbsent(value, key -> new ArrayList<>()).add(register);
      }
    });
    Map<Element<Phys>, int[]> result = new HashMap<>();
    lists.forEach((value, registers) -> {
      int[] ids = registers.stream().mapToInt(Virt::id).toArray();
      Arrays.sort(ids);
      result.put(value, ids);
    });
    return result;
  }
}
