package dev.jbpfilter.cli;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FilterSet;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.PayloadText;
import dev.jbpfilter.ruleset.SetElements;
import java.io.PrintStream;

/** Prints what is different, each line with a mark that says on which side it is. */
final class DiffText {
  /** On both sides. */
  static final String BOTH = " ";

  /** In the kernel. */
  static final String RUNNING = "-";

  /** In the file. */
  static final String FILE = "+";

  private static final String STEP = ChainText.STEP;

  private final ChainText text;
  private final InterfaceResolver interfaces;
  private final String file;
  private boolean isEmpty = true;

  /**
   * @param file what the file is called
   * @param interfaces knows names to print
   */
  DiffText(PrintStream out, String file, InterfaceResolver interfaces) {
    this.text = new ChainText(out, PayloadText.listing(interfaces), true);
    this.file = file;
    this.interfaces = interfaces;
  }

  /** Whether nothing was printed. */
  boolean isEmpty() {
    return isEmpty;
  }

  /** A line, and above the first one what the marks mean. */
  void line(String mark, String... parts) {
    if (isEmpty) {
      isEmpty = false;
      text.line("--- running");
      text.line("+++ ", file);
    }
    text.mark(mark);
    text.line(parts);
  }

  /** The first line of a chain. */
  void head(String mark, Chain chain) {
    line(mark, ChainText.head(chain, interfaces));
  }

  /** All of a chain. */
  void chain(String mark, Chain chain) {
    head(mark, chain);
    text.namedSets(chain);
    for (int i = 0; i < chain.rules().size(); i++) {
      rule(mark, chain, i);
    }
  }

  /** One rule of a chain. */
  void rule(String mark, Chain chain, int index) {
    line(mark, STEP, "rule # ", Integer.toString(index));
    text.rule(chain, chain.rules().get(index), "counter");
  }

  /** How a named set begins. */
  void head(String mark, FilterSet set) {
    line(mark, STEP, ChainText.head(set), " {");
  }

  /** Elements of a named set. */
  void elements(String mark, SetElements elements) {
    text.mark(mark);
    text.elements(STEP + STEP, elements);
  }

  /** A named set that is on one side only. */
  void set(String mark, FilterSet set) {
    head(mark, set);
    elements(mark, set.elements());
    line(mark, STEP, "}");
  }

  /** Where a chain is attached. */
  String point(Chain chain) {
    return chain.hook().keyword() + ChainText.options(chain.options(), interfaces);
  }

  /** Passes to the stream what was not yet. */
  void pass() {
    text.pass();
  }
}
