package dev.jbpfilter.bytecode;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The code of one function, immutable.
 *
 * @param name of the function
 * @param parameters registers that hold the arguments on entry, in order, at most five; over
 *     physical registers {@code r1…}
 * @param elements instructions, labels and notes in order
 * @param frameBytes bytes below the frame pointer that the code uses for its own variables; what
 *     allocation spills goes below them
 */
public record Code<R extends Reg>(
    String name, List<R> parameters, List<Element<R>> elements, int frameBytes) {

  /** The largest stack frame ({@code MAX_BPF_STACK}). */
  public static final int MAX_FRAME_BYTES = 512;

  /**
   * @throws IllegalArgumentException if a label is bound twice or not at all, the last instruction
   *     falls off the end, or the frame is too large
   */
  public Code {
    parameters = List.copyOf(parameters);
    elements = List.copyOf(elements);
    if (parameters.size() > 5) {
      throw new IllegalArgumentException(name + ": " + parameters.size() + " parameters");
    }
    if (frameBytes < 0 || frameBytes > MAX_FRAME_BYTES) {
      throw new IllegalArgumentException(name + ": frame of " + frameBytes + " bytes");
    }
    verify(name, elements);
  }

  private static <R extends Reg> void verify(String name, List<Element<R>> elements) {
    Set<Label> bound = new HashSet<>();
    boolean open = true;
    for (Element<R> element : elements) {
      if (element instanceof Element.Bind<R>(Label label)) {
        if (!bound.add(label)) {
          throw new IllegalArgumentException(name + ": label " + label + " bound twice");
        }
        open = true;
      } else if (!(element instanceof Element.Note)) {
        open = !element.endsBlock();
      }
    }
    if (open) {
      throw new IllegalArgumentException(name + ": control falls off the end");
    }
    for (Element<R> element : elements) {
      Label target = element.target();
      if (target != null && !bound.contains(target)) {
        throw new IllegalArgumentException(name + ": label " + target + " is not bound");
      }
    }
  }
}
