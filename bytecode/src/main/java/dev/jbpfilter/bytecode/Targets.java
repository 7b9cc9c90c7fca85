package dev.jbpfilter.bytecode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the jumps of a function lead. */
final class Targets {
  private Targets() {}

  /** For each element the index of the {@link Element.Bind} that it may jump to, or −1. */
  static <R extends Reg> int[] of(Code<R> code) {
    List<Element<R>> elements = code.elements();
    Map<Label, Integer> places = new HashMap<>();
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i) instanceof Element.Bind<R>(Label label)) {
        places.put(label, i);
      }
    }
    int[] targets = new int[elements.size()];
    for (int i = 0; i < targets.length; i++) {
      Label target = elements.get(i).target();
      Integer place = target == null ? null : places.get(target);
      targets[i] = place == null ? -1 : place;
    }
    return targets;
  }
}
