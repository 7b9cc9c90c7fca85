package dev.jbpfilter.ruleset;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Shows diagnostics with the place they are about.
 *
 * <pre>
 * unknown hook 'BF_HOOK_XPD'
 *   --&gt; rules.bf:1:9
 *    |
 *  1 | chain a BF_HOOK_XPD ACCEPT
 *    |         ^^^^^^^^^^^
 *    = did you mean 'BF_HOOK_XDP'?
 * </pre>
 */
public final class DiagnosticPrinter {
  /** Longer lines are shown in part: generated rules may be on one line. */
  private static final int WIDTH = 100;

  private static final int CONTEXT = 40;
  private static final String ELLIPSIS = "…";

  private final SourceMap sources;

  public DiagnosticPrinter(Source source) {
    this(SourceMap.of(source));
  }

  /** A printer for the diagnostics of the {@link ParseResult} that {@code sources} is from. */
  public DiagnosticPrinter(SourceMap sources) {
    this.sources = sources;
  }

  /** Message, place and hint, each line ended by a line feed. */
  public String print(Diagnostic diagnostic) {
    return print(diagnostic, UnaryOperator.identity());
  }

  /**
   * As above.
   *
   * @param mark makes the carets stand out, by a colour for example
   */
  public String print(Diagnostic diagnostic, UnaryOperator<String> mark) {
    return diagnostic.message() + '\n' + excerpt(diagnostic, mark);
  }

  /** What follows the message: place, source line, caret and hint. */
  public String excerpt(Diagnostic diagnostic) {
    return excerpt(diagnostic, UnaryOperator.identity());
  }

  private String excerpt(Diagnostic diagnostic, UnaryOperator<String> mark) {
    Location location = sources.locate(diagnostic.span());
    Source source = location.source();
    Span span = location.span();
    String lineNumber = Integer.toString(source.line(span.start()));
    String margin = " ".repeat(lineNumber.length() + 2) + "|";
    StringBuilder out = new StringBuilder();
    out.append(" ".repeat(lineNumber.length() + 1))
        .append("--> ")
        .append(Printable.clean(location.text()))
        .append('\n');
    out.append(margin).append('\n');
    appendLine(out, " " + lineNumber + " | ", margin, location, mark);
    String note = " ".repeat(lineNumber.length() + 2) + "= ";
    Optional.ofNullable(location.expansion())
        .ifPresent(expansion -> out.append(note).append(definition(expansion)).append('\n'));
    Optional.ofNullable(diagnostic.hint())
        .ifPresent(hint -> out.append(note).append(hint).append('\n'));
    return out.toString();
  }

  private static String definition(Expansion expansion) {
    String value = expansion.value();
    int end = Math.min(value.length(), CONTEXT);
    return "$"
        + expansion.name()
        + " is '"
        + Printable.clean(value.substring(0, end))
        + (end < value.length() ? ELLIPSIS : "")
        + "', defined at "
        + Printable.clean(expansion.location().text());
  }

  private static void appendLine(
      StringBuilder out,
      String prefix,
      String margin,
      Location location,
      UnaryOperator<String> mark) {
    Source source = location.source();
    String text = source.text();
    Span span = location.span();
    int start = source.lineStart(span.start());
    int lineEnd = source.lineEnd(span.start());
    int column = Math.min(span.start(), lineEnd);
    int from = forward(text, start, lineEnd) == lineEnd ? start : back(text, column, start);
    int to = forward(text, from, lineEnd);
    String lead = from > start ? ELLIPSIS : "";
    out.append(prefix)
        .append(lead)
        .append(Printable.clean(text.substring(from, to)))
        .append(to < lineEnd ? ELLIPSIS : "")
        .append('\n');
    String carets = under(text, column, Math.min(span.end(), to), "^");
    out.append(margin)
        .append(' ')
        .append(" ".repeat(lead.length()))
        .append(under(text, from, column, " "))
        .append(mark.apply(carets.isEmpty() ? "^" : carets))
        .append('\n');
  }

  /** What stands under a part of a line; a tab under a tab keeps the rest in place. */
  private static String under(String text, int from, int to, String sign) {
    StringBuilder line = new StringBuilder();
    int i = from;
    while (i < to) {
      int c = text.codePointAt(i);
      line.append(c == '\t' ? "\t" : sign.repeat(Printable.width(c)));
      i += Character.charCount(c);
    }
    return line.toString();
  }

  /** Where a line that starts at {@code start} is cut because it is long before {@code column}. */
  private static int back(String text, int column, int start) {
    int columns = 0;
    int i = column;
    while (i > start && columns < CONTEXT) {
      i = text.offsetByCodePoints(i, -1);
      columns += Printable.width(text.codePointAt(i));
    }
    return Math.max(i, start);
  }

  /** Where a line that ends at {@code end} is cut if it is shown from {@code from} on. */
  private static int forward(String text, int from, int end) {
    int columns = 0;
    int i = from;
    while (i < end) {
      int c = text.codePointAt(i);
      columns += Printable.width(c);
      if (columns > WIDTH) {
        return i;
      }
      i += Character.charCount(c);
    }
    return Math.min(i, end);
  }
}
