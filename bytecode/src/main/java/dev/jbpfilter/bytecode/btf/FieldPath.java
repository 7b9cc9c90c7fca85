package dev.jbpfilter.bytecode.btf;

import java.util.ArrayList;
import java.util.List;

/**
 * The way from a structure to one of its fields.
 *
 * <pre>{@code
 * path = step ("." step)*
 * step = NAME ("[" NUMBER "]")*
 * }</pre>
 *
 * @param steps at least one
 */
public record FieldPath(List<Step> steps) {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there are no steps
   */
  public FieldPath {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a field path has no steps");
    }
  }

  /**
   * A member, or an element of one.
   *
   * @param indices of an element of the array that the member is; outermost dimension first
   */
  public record Step(String name, List<Integer> indices) {
    /** Copies the list. */
    public Step {
      indices = List.copyOf(indices);
    }
  }

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  public static FieldPath parse(String text) {
    List<Step> steps = new ArrayList<>();
    int at = 0;
    while (true) {
      int end = at;
      while (end < text.length() && ".[]".indexOf(text.charAt(end)) < 0) {
        end++;
      }
      String name = text.substring(at, end);
      List<Integer> indices = new ArrayList<>();
      while (end < text.length() && text.charAt(end) == '[') {
        int close = text.indexOf(']', end);
        indices.add(index(text, end + 1, close));
        end = close + 1;
      }
      if (name.isEmpty()) {
        throw malformed(text);
      }
      steps.add(new Step(name, indices));
      if (end == text.length()) {
        return new FieldPath(steps);
      }
      if (text.charAt(end) != '.') {
        throw malformed(text);
      }
      at = end + 1;
    }
  }

  private static int index(String text, int start, int end) {
    // Nine digits are fewer than an int holds.
    if (end <= start || end - start > 9) {
      throw malformed(text);
    }
    int index = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        throw malformed(text);
      }
      index = index * 10 + (c - '0');
    }
    return index;
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException("field path \"" + text + "\" is malformed");
  }
}
