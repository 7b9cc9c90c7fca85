package dev.jbpfilter.bytecode.internal.allocation;

import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Virt;
import java.util.Arrays;
import java.util.List;

/** Numbers the registers of a draft, all but the frame pointer, from 0 in order of their ids. */
final class Numbering {
  private final int[] ids;

  Numbering(Draft draft) {
    IntList seen = new IntList();
    addAll(seen, draft.parameters());
    for (int i = 0; i < draft.size(); i++) {
      Element<Virt> element = draft.element(i);
      addAll(seen, element.uses());
      Virt def = element.def();
      if (def != null && def.id() != 0) {
        seen.add(def.id());
      }
    }
    int[] sorted = seen.toArray();
    Arrays.sort(sorted);
    int count = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[count++] = sorted[i];
      }
    }
    ids = Arrays.copyOf(sorted, count);
  }

  private static void addAll(IntList seen, List<Virt> registers) {
    for (int i = 0; i < registers.size(); i++) {
      if (registers.get(i).id() != 0) {
        seen.add(registers.get(i).id());
      }
    }
  }

  int count() {
    return ids.length;
  }

  /** The number of a register that occurs in the draft. */
  int variable(Virt register) {
    return Arrays.binarySearch(ids, register.id());
  }

  /** The register with a number. */
  Virt register(int variable) {
    return new Virt(ids[variable]);
  }
}
