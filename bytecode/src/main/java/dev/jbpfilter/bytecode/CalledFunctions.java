package dev.jbpfilter.bytecode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Drops the functions of a program that cannot run. */
final class CalledFunctions {
  private CalledFunctions() {}

  /**
   * The {@linkplain DeadCode live parts} of the first function and of all to which it refers,
   * directly or not, in their order.
   *
   * @throws IllegalArgumentException if there is none, two have the same name, or one that is
   *     referred to is not there
   */
  static List<Code<Phys>> of(List<Code<Phys>> functions) {
    if (functions.isEmpty()) {
      throw new IllegalArgumentException("a program without functions");
    }
    Map<String, Code<Phys>> live = new LinkedHashMap<>();
    for (Code<Phys> function : functions) {
      if (live.put(function.name(), DeadCode.remove(function)) != null) {
        throw new IllegalArgumentException("two functions with the name " + function.name());
      }
    }
    Set<String> called = new HashSet<>();
    Deque<String> pending = new ArrayDeque<>();
    pending.add(functions.getFirst().name());
    while (!pending.isEmpty()) {
      String name = pending.remove();
      Code<Phys> function = live.get(name);
      if (function == null) {
        throw new IllegalArgumentException("there is no function " + name);
      }
      if (called.add(name)) {
        addReferences(function, pending);
      }
    }
    List<Code<Phys>> result = new ArrayList<>();
    for (Code<Phys> function : live.values()) {
      if (called.contains(function.name())) {
        result.add(function);
      }
    }
    return result;
  }

  private static void addReferences(Code<Phys> function, Deque<String> names) {
    for (Element<Phys> element : function.elements()) {
      String name = reference(element);
      if (name != null) {
        names.add(name);
      }
    }
  }

  /** The function of the program that an element names; null if it names none. */
  static @Nullable String reference(Element<?> element) {
    if (element instanceof Element.Call<?> call
        && call.function() instanceof CallTarget.Subprogram(String name)) {
      return name;
    }
    return element instanceof Element.LoadImm64<?> load
            && load.value() instanceof Constant.Function(String name)
        ? name
        : null;
  }
}
