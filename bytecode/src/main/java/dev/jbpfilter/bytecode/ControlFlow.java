package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.Checker.Finding;
import dev.jbpfilter.bytecode.Decoder.Decoded;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The instructions of a program, its functions, and where control goes. */
final class ControlFlow {
  private static final int NOWHERE = -1;

  /** A kernel function that does not return. */
  private static final String THROW = "bpf_throw";

  private final List<Decoded> list;
  private final int[] starts;
  private final String[] names;
  private final int[] functions;
  private final int[] targets;
  private final int[] callees;
  private final boolean[] badTargets;

  /**
   * @throws DecodeException if {@link Decoder#list(ProgramSpec)} does, or there are no instructions
   */
  ControlFlow(ProgramSpec program) {
    list = Decoder.list(program);
    if (list.isEmpty()) {
      throw new DecodeException(0, "no instructions");
    }
    int[] indexes = new int[program.instructions().count()];
    Arrays.fill(indexes, NOWHERE);
    for (int i = 0; i < list.size(); i++) {
      indexes[list.get(i).slot()] = i;
    }
    targets = new int[list.size()];
    callees = new int[list.size()];
    badTargets = new boolean[list.size()];
    TreeMap<Integer, String> found = new TreeMap<>();
    found.put(0, program.name());
    for (ProgramSpec.Function function : program.functions()) {
      found.put(index(indexes, function.slot()), function.name());
    }
    for (int i = 0; i < targets.length; i++) {
      Element<Phys> element = list.get(i).element();
      Label target = element.target();
      targets[i] = target == null ? NOWHERE : index(indexes, target.id());
      badTargets[i] = target != null && targets[i] == NOWHERE;
      callees[i] = NOWHERE;
      String name = referredFunction(element);
      if (name != null) {
        int slot = list.get(i).slot();
        int distance = (int) (program.instructions().slot(slot) >>> 32);
        callees[i] = index(indexes, (long) slot + distance + 1);
        badTargets[i] = callees[i] == NOWHERE;
        found.putIfAbsent(callees[i], name);
      }
    }
    found.remove(NOWHERE);
    starts = new int[found.size() + 1];
    names = new String[found.size()];
    functions = new int[list.size()];
    number(found);
  }

  private void number(Map<Integer, String> found) {
    int function = 0;
    for (Map.Entry<Integer, String> entry : found.entrySet()) {
      starts[function] = entry.getKey();
      names[function++] = entry.getValue();
    }
    starts[function] = list.size();
    for (int f = 0; f < function; f++) {
      Arrays.fill(functions, starts[f], starts[f + 1], f);
    }
    for (int i = 0; i < callees.length; i++) {
      callees[i] = callees[i] == NOWHERE ? NOWHERE : functions[callees[i]];
    }
  }

  private static int index(int[] indexes, long slot) {
    return slot >= 0 && slot < indexes.length ? indexes[(int) slot] : NOWHERE;
  }

  private static @Nullable String referredFunction(Element<Phys> element) {
    if (element instanceof Element.Call<Phys> call
        && call.function() instanceof CallTarget.Subprogram(String name)) {
      return name;
    }
    if (element instanceof Element.LoadImm64<Phys> load
        && load.value() instanceof Constant.Function(String name)) {
      return name;
    }
    return null;
  }

  int size() {
    return list.size();
  }

  int functionCount() {
    return names.length;
  }

  String functionName(int function) {
    return names[function];
  }

  /** The index of a function's first instruction; for their number that of all instructions. */
  int start(int function) {
    return starts[function];
  }

  int functionOf(int index) {
    return functions[index];
  }

  int slot(int index) {
    return list.get(index).slot();
  }

  Element<Phys> element(int index) {
    return list.get(index).element();
  }

  /** The index where a jump may lead, negative if it is none. */
  int target(int index) {
    return targets[index];
  }

  /** The function that an instruction calls, or whose address it loads; negative if none. */
  int callee(int index) {
    return callees[index];
  }

  /** Whether control may go on to the next instruction. */
  boolean goesOn(int index) {
    Element<Phys> element = element(index);
    boolean thrown =
        element instanceof Element.Call<Phys> call
            && call.function() instanceof CallTarget.KernelFunction(String name)
            && name.equals(THROW);
    return !element.endsBlock() && !thrown;
  }

  /** Finds jumps that lead nowhere, functions that do not end, and what cannot be reached. */
  void check(List<Finding> findings) {
    for (int i = 0; i < targets.length; i++) {
      int function = functions[i];
      if (badTargets[i]) {
        findings.add(new Finding(i, "leads to no instruction"));
      } else if (targets[i] != NOWHERE && functions[targets[i]] != function) {
        findings.add(new Finding(i, "leads into function " + names[functions[targets[i]]]));
      } else if (goesOn(i) && i + 1 == starts[function + 1]) {
        findings.add(new Finding(i, "control falls off the end of " + names[function]));
      }
    }
    if (findings.isEmpty()) {
      boolean[] reached = reach();
      for (int i = 0; i < reached.length; i++) {
        // One for each stretch of them.
        if (!reached[i] && (i == 0 || reached[i - 1])) {
          findings.add(new Finding(i, "control never gets here"));
        }
      }
    }
  }

  private boolean[] reach() {
    boolean[] reached = new boolean[targets.length];
    int[] pending = new int[targets.length * 2 + 1];
    int count = 1;
    while (count > 0) {
      int i = pending[--count];
      while (!reached[i]) {
        reached[i] = true;
        if (targets[i] != NOWHERE && !reached[targets[i]]) {
          pending[count++] = targets[i];
        }
        if (callees[i] != NOWHERE && !reached[starts[callees[i]]]) {
          pending[count++] = starts[callees[i]];
        }
        if (goesOn(i)) {
          i++;
        }
      }
    }
    return reached;
  }
}
