package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.Decoder.Decoded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where the functions of a program begin: where it says so, and where a call or a constant of its
 * instructions refers to.
 */
final class FunctionStarts {
  private static final int MAX_PARAMETERS = 5;

  private final int slots;
  private final TreeMap<Integer, Start> starts = new TreeMap<>();
  private final Set<String> given = new HashSet<>();

  /**
   * @param reference slot of the instruction at fault if the function is none
   */
  private record Start(ProgramSpec.Function function, int reference) {}

  /**
   * @param slots how many the program has
   * @param functions those that the program tells of; if there are none the first one takes the
   *     context
   * @throws DecodeException if their slots are not ascending, the first one is not 0, one is beyond
   *     the end, or one takes more than five arguments
   */
  FunctionStarts(int slots, List<ProgramSpec.Function> functions) {
    this.slots = slots;
    int last = -1;
    for (ProgramSpec.Function function : functions) {
      int slot = function.slot();
      if (slot <= last || (slot >= slots && slot != 0) || (last < 0 && slot != 0)) {
        throw new DecodeException(slot, "function " + function.name() + " cannot begin here");
      }
      if (function.parameters() < 0 || function.parameters() > MAX_PARAMETERS) {
        throw new DecodeException(
            slot, function.name() + " has " + function.parameters() + " parameters");
      }
      given.add(function.name());
      starts.put(slot, new Start(function, slot));
      last = slot;
    }
    if (starts.isEmpty()) {
      starts.put(0, new Start(new ProgramSpec.Function(0, name(0), 1), 0));
    }
  }

  /**
   * An instruction refers to the function that begins in a slot.
   *
   * @param reference the instruction's slot
   * @return the function's name
   */
  String refer(int reference, int slot) {
    Start start = starts.get(slot);
    if (start == null) {
      start = new Start(new ProgramSpec.Function(slot, name(slot), MAX_PARAMETERS), reference);
      starts.put(slot, start);
    }
    return start.function().name();
  }

  private String name(int slot) {
    String name = "function_" + slot;
    while (given.contains(name)) {
      name += "_";
    }
    return name;
  }

  /**
   * All functions, by ascending slot.
   *
   * @param list the program's instructions
   * @throws DecodeException if one begins in the middle of an instruction
   */
  List<ProgramSpec.Function> functions(List<Decoded> list) {
    boolean[] instructions = instructions(list);
    List<ProgramSpec.Function> functions = new ArrayList<>(starts.size());
    for (Map.Entry<Integer, Start> entry : starts.entrySet()) {
      Start start = entry.getValue();
      if (!list.isEmpty() && !instructions[entry.getKey()]) {
        throw new DecodeException(start.reference(), "function in slot " + entry.getKey());
      }
      functions.add(start.function());
    }
    return functions;
  }

  /**
   * Which slots jumps lead to.
   *
   * @throws DecodeException if there are no instructions, or control leaves a function or enters an
   *     instruction in its middle
   */
  boolean[] targets(List<Decoded> list) {
    if (list.isEmpty()) {
      throw new DecodeException(0, "no instructions");
    }
    List<ProgramSpec.Function> functions = functions(list);
    boolean[] instructions = instructions(list);
    boolean[] targets = new boolean[slots];
    int function = -1;
    int start = 0;
    int end = 0;
    for (int i = 0; i < list.size(); i++) {
      Decoded decoded = list.get(i);
      if (decoded.slot() == end) {
        function++;
        start = end;
        end = function + 1 < functions.size() ? functions.get(function + 1).slot() : slots;
      }
      Label target = decoded.element().target();
      if (target != null) {
        if (target.id() < start || target.id() >= end || !instructions[target.id()]) {
          throw new DecodeException(decoded.slot(), jumpInto(target.id()));
        }
        targets[target.id()] = true;
      }
      boolean last = i + 1 == list.size() || list.get(i + 1).slot() == end;
      if (last && !decoded.element().endsBlock()) {
        throw new DecodeException(decoded.slot(), fallsOff(function, functions));
      }
    }
    return targets;
  }

  private String jumpInto(int slot) {
    Map.Entry<Integer, Start> entry = starts.floorEntry(slot);
    return "jump into slot "
        + slot
        + (slot >= slots || starts.size() == 1 ? "" : " of " + entry.getValue().function().name());
  }

  private static String fallsOff(int function, List<ProgramSpec.Function> functions) {
    return function + 1 == functions.size()
        ? "control falls off the end"
        : "control falls into " + functions.get(function + 1).name();
  }

  private boolean[] instructions(List<Decoded> list) {
    boolean[] instructions = new boolean[slots];
    for (Decoded decoded : list) {
      instructions[decoded.slot()] = true;
    }
    return instructions;
  }

  static Label label(int slot) {
    return new Label(slot, "slot");
  }
}
