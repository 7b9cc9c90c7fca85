package dev.jbpfilter.bytecode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what the kernel's verifier would refuse, without a kernel and in linear time:
 *
 * <ul>
 *   <li>registers that are read but not written on some path before, {@code r1}–{@code r5} after
 *       calls and arguments of helpers among them; {@code r0} after a function that returns none;
 *   <li>instructions that control cannot reach, jumps that leave their function or lead into an
 *       instruction, functions that control falls out of;
 *   <li>writes to {@code r10}; accesses through it, or through a copy with a constant added, that
 *       are outside of the stack frame; loads from there of what nothing in the function writes
 *       (since Linux 6.3 programs with CAP_PERFMON may);
 *   <li>division by the constant 0, shifts by constants that are negative or not less than the
 *       width;
 *   <li>recursion, more than 8 frames, and more than 512 bytes of stack in the frames of a chain of
 *       calls.
 * </ul>
 *
 * <p>It takes every branch to go either way, where the verifier follows values. So a program may be
 * refused for an instruction that the verifier knows never to run, or because it reads a register
 * only under the condition under which it wrote it. And what it accepts the verifier may still
 * refuse: pointers, ranges and loops are none of its business.
 */
public final class Checker {
  private Checker() {}

  /**
   * Something that the verifier would refuse.
   *
   * @param slot index of the (first) slot of the instruction at fault
   * @param instruction its text
   * @param function name of the function that it is in
   * @param note its note, usually the rule; null if there is none
   * @param text what is wrong
   */
  public record Problem(
      int slot, String instruction, String function, @Nullable String note, String text) {
    @Override
    public String toString() {
      String place = "slot " + slot + " of " + function + (note == null ? "" : " (" + note + ")");
      return place + ", " + instruction + ": " + text;
    }
  }

  /**
   * All problems of a program, by slot; after problems of control flow no others are looked for.
   *
   * @throws DecodeException if {@link Decoder#list(ProgramSpec)} does, or there are no instructions
   */
  public static List<Problem> check(ProgramSpec program) {
    List<Finding> findings = new ArrayList<>();
    ControlFlow flow = new ControlFlow(program);
    flow.check(findings);
    if (findings.isEmpty()) {
      RegisterFlow registers = new RegisterFlow(flow);
      registers.check(findings);
      CallChains.check(program.type(), flow, registers.stackBytes(), findings);
    }
    return findings.isEmpty() ? List.of() : describe(program, flow, findings);
  }

  /**
   * Does nothing for a program without problems.
   *
   * @throws CheckException if there are some
   * @throws DecodeException as {@link #check} does
   */
  public static void verify(ProgramSpec program) {
    List<Problem> problems = check(program);
    if (!problems.isEmpty()) {
      throw new CheckException(problems);
    }
  }

  /** A problem with the instruction of an index. */
  record Finding(int index, String text) {}

  private static List<Problem> describe(
      ProgramSpec program, ControlFlow flow, List<Finding> findings) {
    // The instruction is the last line of its slot.
    Map<Integer, String> lines = new HashMap<>();
    for (Disassembler.Line line : Disassembler.lines(program)) {
      lines.put(line.slot(), line.text());
    }
    List<Problem> problems = new ArrayList<>();
    for (Finding finding : findings) {
      int slot = flow.slot(finding.index);
      String line = lines.getOrDefault(slot, "");
      @Nullable String note = null;
      for (ProgramSpec.LineNote candidate : program.notes()) {
        if (candidate.slot() <= slot) {
          note = candidate.text();
        }
      }
      String instruction = line.substring(line.indexOf(')') + 1).strip();
      String function = flow.functionName(flow.functionOf(finding.index));
      problems.add(new Problem(slot, instruction, function, note, finding.text));
    }
    problems.sort(Comparator.comparingInt(Problem::slot));
    return problems;
  }
}
