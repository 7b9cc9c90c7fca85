package dev.jbpfilter.bytecode.btf;

import java.util.HashMap;
import java.util.Map;

/**
 * The texts of a view, each decoded once, for those who read many.
 *
 * <p>Texts that are the ends of others may overlap, so that a small file could say a great deal: in
 * sum, texts may be {@value #MAX_REPETITION} times as long as the bytes.
 */
public final class BtfTexts {
  private static final int MAX_REPETITION = 16;

  private final BtfView view;
  private final Map<Integer, String> known = new HashMap<>();
  private long budget;

  /** The texts of a view, and of those that it continues. */
  public BtfTexts(BtfView view) {
    this.view = view;
    this.budget = (long) MAX_REPETITION * view.textBytes();
  }

  /**
   * The text at an offset.
   *
   * @throws BtfException if there is none, or there are too many
   */
  public String at(int offset) {
    String text = known.get(offset);
    if (text == null) {
      text = view.text(offset);
      budget -= text.length();
      if (budget < 0) {
        throw new BtfException("BTF", "texts repeat one another without end");
      }
      known.put(offset, text);
    }
    return text;
  }
}
