package dev.jbpfilter.cgen.analysis;

import dev.jbpfilter.ruleset.Diagnostic;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.PayloadKind;
import dev.jbpfilter.ruleset.Span;
import dev.jbpfilter.ruleset.packet.PacketDescription;
import dev.jbpfilter.ruleset.packet.PacketSyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a {@link Expectations}. */
final class ExpectationsParser {
  /** In place of the numbers of rules. */
  static final String NO_RULES = "none";

  private static final String EXPECT = "expect";

  private static final String EXPECTED =
      "an expectation is a verdict, such as 'ACCEPT by rule 3' or 'DROP by policy'";

  private final String text;
  private final InterfaceResolver interfaces;
  private final List<Expectation> expectations = new ArrayList<>();
  private final List<Diagnostic> problems = new ArrayList<>();
  private @Nullable String rules;
  private @Nullable String chain;

  /** Where the present word begins, and where it ends; the same at the end of the line. */
  private int start;

  private int end;

  /** Where the present line ends, or its comment begins. */
  private int lineEnd;

  /** What is wrong with a line. */
  private static final class LineException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic problem;

    LineException(Diagnostic problem) {
      super(problem.message());
      this.problem = problem;
    }
  }

  ExpectationsParser(String text, InterfaceResolver interfaces) {
    this.text = text;
    this.interfaces = interfaces;
  }

  Expectations parse() {
    int line = 0;
    while (line < text.length()) {
      int newline = text.indexOf('\n', line);
      int next = newline < 0 ? text.length() : newline;
      int comment = text.indexOf('#', line);
      lineEnd = comment >= 0 && comment < next ? comment : next;
      start = line;
      end = line;
      try {
        readLine();
      } catch (LineException e) {
        problems.add(e.problem);
      }
      line = next + 1;
    }
    if (problems.isEmpty() && expectations.isEmpty()) {
      problems.add(
          Diagnostic.error(Span.NONE, "nothing is expected", "begin a line with 'packet'"));
    }
    return new Expectations(rules, problems.isEmpty() ? expectations : List.of(), problems);
  }

  private void readLine() throws LineException {
    advance();
    switch (word()) {
      case "" -> {}
      case "rules" -> {
        advance();
        require("the file of the rules is missing");
        if (rules != null) {
          throw problem("the rules are named twice");
        }
        rules = word();
        requireEnd();
      }
      case "chain" -> {
        advance();
        require("the name of the chain is missing");
        chain = word();
        requireEnd();
      }
      case "packet" -> readExpectation();
      default -> throw problem("'" + word() + "' begins no line; 'rules', 'chain' and 'packet' do");
    }
  }

  private void readExpectation() throws LineException {
    int from = end;
    while (start < end && !word().equals(EXPECT)) {
      advance();
    }
    require("'expect' and what is expected are missing");
    PacketDescription packet = packet(from, start);
    advance();
    require(EXPECTED);
    int expected = start;
    String verdict = verdict();
    String decider = null;
    Long mark = null;
    List<Integer> counted = null;
    List<Integer> logged = null;
    int last = lastEnd;
    while (start < end) {
      switch (word()) {
        case "by" -> decider = decider();
        case "mark" -> mark = mark();
        case "counted" -> counted = numbers();
        case "logged" -> logged = numbers();
        default ->
            throw problem(
                "'"
                    + word()
                    + "' means nothing here; what can follow is by, mark, counted, logged");
      }
      last = lastEnd;
    }
    expectations.add(
        new Expectation(
            packet, chain, verdict, decider, mark, counted, logged, new Span(expected, last)));
  }

  private PacketDescription packet(int from, int to) throws LineException {
    try {
      return PacketDescription.parse(text.substring(from, to), interfaces);
    } catch (PacketSyntaxException e) {
      Diagnostic problem = e.diagnostic();
      Span span = new Span(from + problem.span().start(), from + problem.span().end());
      throw new LineException(Diagnostic.error(span, problem.message()));
    }
  }

  private String verdict() throws LineException {
    String verdict = word();
    switch (verdict) {
      case "ACCEPT", "DROP", "NEXT" -> advance();
      case "REDIRECT" -> {
        advance();
        require("the interface is missing");
        if (!(PayloadKind.INTERFACE.parse(word(), interfaces).orElse(null)
            instanceof Payload.Scalar(long ifindex))) {
          throw problem("'" + word() + "' is no interface");
        }
        advance();
        if (!word().equals("in") && !word().equals("out")) {
          throw problem("'in' or 'out' is missing");
        }
        verdict += " " + ifindex + " " + word();
        advance();
      }
      default -> throw problem("'" + verdict + "' is no verdict: ACCEPT, DROP, NEXT or REDIRECT");
    }
    return verdict;
  }

  private String decider() throws LineException {
    advance();
    String decider = word();
    switch (decider) {
      case "policy", "error" -> advance();
      case "rule" -> {
        advance();
        require("the number of the rule is missing");
        decider += " " + number(word());
        advance();
      }
      default -> throw problem("what decides is 'rule N', 'policy' or 'error'");
    }
    return decider;
  }

  private long mark() throws LineException {
    advance();
    if (PayloadKind.MARK.parse(word(), interfaces).orElse(null)
        instanceof Payload.Scalar(long value)) {
      advance();
      return value;
    }
    throw problem("a mark is a number from 0 to 0xffffffff");
  }

  private List<Integer> numbers() throws LineException {
    advance();
    require("the numbers of rules are missing, or '" + NO_RULES + "'");
    List<Integer> numbers = new ArrayList<>();
    if (!word().equals(NO_RULES)) {
      for (String number : word().split(",", -1)) {
        numbers.add(number(number));
      }
    }
    advance();
    return numbers;
  }

  private int number(String digits) throws LineException {
    try {
      int number = Integer.parseInt(digits);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for numbers below zero.
    }
    throw problem("'" + digits + "' is no number of a rule");
  }

  private void requireEnd() throws LineException {
    advance();
    if (start < end) {
      throw problem("'" + word() + "' means nothing here");
    }
  }

  private void require(String message) throws LineException {
    if (start == end) {
      throw problem(message);
    }
  }

  private LineException problem(String message) {
    return new LineException(Diagnostic.error(new Span(start, end), message));
  }

  private String word() {
    return text.substring(start, end);
  }

  /** Where the word before the present one ends. */
  private int lastEnd;

  private void advance() {
    lastEnd = end;
    start = end;
    while (start < lineEnd && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    end = start;
    while (end < lineEnd && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
  }
}
