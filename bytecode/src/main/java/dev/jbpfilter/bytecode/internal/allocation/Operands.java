package dev.jbpfilter.bytecode.internal.allocation;

import dev.jbpfilter.bytecode.Atomic;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.LoadPacket;
import dev.jbpfilter.bytecode.Virt;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each element of a draft reads and writes, as plain arrays over variables numbered from 0.
 *
 * <p>There are two views of a draft: its virtual registers without the frame pointer, which needs
 * no allocation; and the homes of what is spilled. Liveness and intervals are the same for both.
 */
final class Operands {
  static final int NONE = -1;

  private final int variables;
  private final int[] entryDefs;
  private final int[] useStarts;
  private final int[] uses;
  private final int[] defs;
  private final BitSet exchangeOperands = new BitSet();
  private final Map<Integer, Integer> contexts = new HashMap<>();

  private Operands(int variables, int[] entryDefs, int[] useStarts, int[] uses, int[] defs) {
    this.variables = variables;
    this.entryDefs = entryDefs;
    this.useStarts = useStarts;
    this.uses = uses;
    this.defs = defs;
  }

  /**
   * The registers that elements read and write.
   *
   * @throws IllegalArgumentException if the frame pointer is written or two parameters are the same
   */
  static Operands registers(Draft draft, Numbering numbering) {
    int[] entryDefs = new int[draft.parameters().size()];
    for (int i = 0; i < entryDefs.length; i++) {
      Virt parameter = draft.parameters().get(i);
      if (parameter.equals(Virt.FRAME) || draft.parameters().indexOf(parameter) != i) {
        throw new IllegalArgumentException("parameter " + parameter + " is not a fresh register");
      }
      entryDefs[i] = numbering.variable(parameter);
    }
    int[] useStarts = new int[draft.size() + 1];
    IntList uses = new IntList();
    int[] defs = new int[draft.size()];
    for (int i = 0; i < draft.size(); i++) {
      Element<Virt> element = draft.element(i);
      List<Virt> read = element.uses();
      for (int j = 0; j < read.size(); j++) {
        if (read.get(j).id() != 0) {
          uses.add(numbering.variable(read.get(j)));
        }
      }
      useStarts[i + 1] = uses.size();
      Virt def = element.def();
      if (def != null && def.id() == 0) {
        throw new IllegalArgumentException(element + " writes the frame pointer");
      }
      defs[i] = def == null ? NONE : numbering.variable(def);
    }
    Operands result = new Operands(numbering.count(), entryDefs, useStarts, uses.toArray(), defs);
    result.findFixed(draft, numbering);
    return result;
  }

  private void findFixed(Draft draft, Numbering numbering) {
    for (int i = 0; i < draft.size(); i++) {
      Element<Virt> element = draft.element(i);
      if (element instanceof Atomic.CompareExchange<Virt> exchange) {
        addExchangeOperand(exchange.base(), numbering);
        addExchangeOperand(exchange.src(), numbering);
      } else if (element instanceof LoadPacket<Virt> load && load.context().id() != 0) {
        contexts.put(i, numbering.variable(load.context()));
      }
    }
  }

  private void addExchangeOperand(Virt register, Numbering numbering) {
    if (register.id() != 0) {
      exchangeOperands.set(numbering.variable(register));
    }
  }

  /** The homes that elements read and write; a load whose result nobody reads counts as none. */
  static Operands homes(Draft draft, Intervals registers) {
    int[] useStarts = new int[draft.size() + 1];
    IntList uses = new IntList();
    int[] defs = new int[draft.size()];
    Arrays.fill(defs, NONE);
    for (int i = 0; i < draft.size(); i++) {
      int home = draft.home(i);
      if (home != Draft.NO_HOME) {
        if (draft.element(i) instanceof Element.Store) {
          defs[i] = home;
        } else if (!registers.unreadResult(i)) {
          uses.add(home);
        }
      }
      useStarts[i + 1] = uses.size();
    }
    return new Operands(draft.homes().size(), new int[0], useStarts, uses.toArray(), defs);
  }

  /** Number of variables. */
  int variables() {
    return variables;
  }

  /** Number of elements. */
  int elements() {
    return defs.length;
  }

  /** The variables that the entry writes, in order. */
  int[] entryDefs() {
    return entryDefs;
  }

  /** Where the {@link #use uses} of an element begin; they end where the next one's begin. */
  int firstUse(int element) {
    return useStarts[element];
  }

  int use(int place) {
    return uses[place];
  }

  /** The variable that an element writes, or {@link #NONE}. */
  int def(int element) {
    return defs[element];
  }

  /** Whether a compare-exchange reads the variable besides {@code r0}, where it compares. */
  boolean isExchangeOperand(int variable) {
    return exchangeOperands.get(variable);
  }

  /** The variable that is the context of the packet access that an element is; else NONE. */
  int context(int element) {
    return contexts.isEmpty() ? NONE : contexts.getOrDefault(element, NONE);
  }
}
