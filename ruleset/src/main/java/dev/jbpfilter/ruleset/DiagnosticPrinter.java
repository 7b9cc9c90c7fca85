package dev.jbpfilter.ruleset;

import java.util.Optional;

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
    return diagnostic.message() + '\n' + excerpt(diagnostic);
  }

  /** What follows the message: place, source line, caret and hint. */
  public String excerpt(Diagnostic diagnostic) {
    Location location = sources.locate(diagnostic.span());
    Source source = location.source();
    Span span = location.span();
    String lineNumber = Integer.toString(source.line(span.start()));
    String margin = " ".repeat(lineNumber.length() + 2) + "|";
    StringBuilder out = new StringBuilder();
    out.append(" ".repeat(lineNumber.length() + 1))
        .append("--> ")
        .append(location.text())
        .append('\n');
    out.append(margin).append('\n');
    appendLine(out, " " + lineNumber + " | ", margin, location);
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
        + printable(value, 0, end)
        + (end < value.length() ? ELLIPSIS : "")
        + "', defined at "
        + expansion.location().text();
  }

  private static void appendLine(
      StringBuilder out, String prefix, String margin, Location location) {
    Source source = location.source();
    String text = source.text();
    Span span = location.span();
    int start = source.lineStart(span.start());
    int length = source.lineEnd(span.start()) - start;
    int column = Math.min(span.start() - start, length);
    int end = Math.min(column + Math.max(span.end() - span.start(), 1), Math.max(length, 1));
    int from = length <= WIDTH ? 0 : Math.max(column - CONTEXT, 0);
    int to = Math.min(length, from + WIDTH);
    String lead = from > 0 ? ELLIPSIS : "";
    out.append(prefix)
        .append(lead)
        .append(printable(text, start + from, start + to))
        .append(to < length ? ELLIPSIS : "")
        .append('\n');
    out.append(margin).append(' ').append(" ".repeat(lead.length()));
    for (int i = from; i < column; i++) {
      // A tab under a tab keeps the caret in place whatever the terminal makes of tabs.
      char c = text.charAt(start + i);
      if (!Character.isLowSurrogate(c)) {
        out.append(c == '\t' ? '\t' : ' ');
      }
    }
    int carets = Math.max(length == 0 ? 1 : Math.min(end, to) - column, 1);
    out.append("^".repeat(carets)).append('\n');
  }

  /** The text is the user's: what would move the cursor or change colours is not passed on. */
  private static String printable(String source, int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      char c = source.charAt(i);
      text.append(Character.isISOControl(c) && c != '\t' ? '�' : c);
    }
    return text.toString();
  }
}
