package dev.jbpfilter.cgen.analysis;

import dev.jbpfilter.ruleset.Diagnostic;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of a ruleset: a text, line by line. An empty line, and what follows {@code #},
 * means nothing.
 *
 * <pre>
 * rules web.rules
 * chain web
 * packet tcp 192.0.2.7:40000 > 198.51.100.1:80 expect ACCEPT by rule 4 counted 4
 * packet udp 192.0.2.7:40000 > 198.51.100.1:7  expect DROP by policy
 * </pre>
 *
 * <p>{@code rules} names the file of the rules; {@code chain} the chain of the lines below it. Each
 * {@code packet} is described as {@link dev.jbpfilter.ruleset.packet.PacketDescription} has it, and
 * comes to a chain that has seen no other. Behind {@code expect} stands a verdict, and what else
 * matters: {@code by rule N}, {@code by policy} or {@code by error} (cut off within a header that
 * the chain needs), {@code mark N}, {@code counted N,N…} and {@code logged N,N…}, or {@code none}.
 *
 * @param rules the file that the text names; null if it names none
 * @param expectations none if there are problems
 * @param problems what is wrong with the text
 */
public record Expectations(
    @Nullable String rules, List<Expectation> expectations, List<Diagnostic> problems) {
  /** Copies the lists. */
  public Expectations {
    expectations = List.copyOf(expectations);
    problems = List.copyOf(problems);
  }

  /**
   * Reads a test.
   *
   * @param interfaces knows the interfaces that it may name
   */
  public static Expectations parse(Source source, InterfaceResolver interfaces) {
    return new ExpectationsParser(source.text(), interfaces).parse();
  }
}
