package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.IncludeResolver;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Operator;
import dev.jbpfilter.ruleset.ParseOptions;
import dev.jbpfilter.ruleset.ParseResult;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.SetMatcher;
import dev.jbpfilter.ruleset.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What doc/language.md says of packets, done; and that it says something of every matcher. */
@RequiresBpf
class LanguageManualTest {
  private static final Path PAGE = Checkout.ROOT.resolve("doc/language.md");

  /** For example {@code # rule 0, policy: udp 192.0.2.7:1 > 192.0.2.1:2}. */
  private static final Pattern SAYING =
      Pattern.compile("# (?:about (\\d+)% )?((?:rule \\d+|policy|error)(?:, [^:]*)?): +(.+)");

  /** Enough for a difference of 5 % to be more than five standard deviations. */
  private static final int TIMES = 2600;

  private static final double SLACK = 0.05;

  @TempDir private Path directory;

  /** What the page says of a packet, and in which chain of a block. */
  private record Saying(int chain, int share, String counted, String packet) {}

  @BeforeEach
  void writeFiles() throws IOException {
    for (Markdown.Block block : Markdown.blocks(PAGE)) {
      if (block.info().startsWith("rules ") && block.info().endsWith(".rules")) {
        Files.writeString(
            directory.resolve(block.info().substring("rules ".length())), block.text());
      }
    }
  }

  static Stream<String> examples() throws IOException {
    return Markdown.texts(PAGE, "rules").stream();
  }

  private List<Chain> chains(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("example.rules"), text);
    ParseOptions options =
        ParseOptions.of(DocumentedChain.INTERFACES).withIncludes(IncludeResolver.files(file));
    ParseResult result = RulesetParser.parse(new Source(file.toString(), text), options);
    assertThat(result.diagnostics()).as(text).isEmpty();
    return result.ruleset().orElseThrow().chains();
  }

  private static List<Saying> sayings(String text) {
    List<Saying> sayings = new ArrayList<>();
    int chain = -1;
    for (String line : text.split("\n", -1)) {
      chain += line.startsWith("chain ") ? 1 : 0;
      Matcher saying = SAYING.matcher(line);
      if (saying.matches()) {
        int share = saying.group(1) == null ? 100 : Integer.parseInt(saying.group(1));
        sayings.add(new Saying(chain, share, saying.group(2), saying.group(3)));
      } else {
        assertThat(line).as("a comment that says nothing of a packet").doesNotContain(" > ");
      }
    }
    return sayings;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void packetsAreDecidedAsThePageSays(String text) throws IOException {
    List<Chain> chains = chains(text);
    List<Saying> sayings = sayings(text);
    for (int i = 0; i < chains.size(); i++) {
      int index = i;
      assertThat(sayings).as("chain %d", i).anyMatch(saying -> saying.chain == index);
      try (DocumentedChain chain = new DocumentedChain(chains.get(i))) {
        sayings.stream().filter(saying -> saying.chain == index).forEach(s -> check(chain, s));
      }
    }
  }

  private static void check(DocumentedChain chain, Saying saying) {
    if (saying.share == 100) {
      assertThat(chain.counted(saying.packet)).as(saying.packet).isEqualTo(saying.counted);
    } else {
      assertThat(chain.share(saying.counted, saying.packet, TIMES))
          .as(saying.packet)
          .isCloseTo(saying.share / 100.0, within(SLACK));
    }
  }

  /** Its operators, a negation, and for each rule a packet; and one that no rule decides. */
  @ParameterizedTest
  @EnumSource
  void everyMatcherHasExamples(MatcherType type) throws IOException {
    String text = section(type);
    List<Chain> chains = chains(text);
    Set<Operator> operators = EnumSet.noneOf(Operator.class);
    boolean negated = false;
    for (Rule rule : chains.getFirst().rules()) {
      for (dev.jbpfilter.ruleset.Matcher matcher : rule.matchers()) {
        switch (matcher) {
          case FieldMatcher field when field.type() == type -> {
            operators.add(field.operator());
            negated |= field.negated();
          }
          case SetMatcher(int set, boolean not, var span)
              when chains.getFirst().sets().get(set).key().components().contains(type) -> {
            operators.add(Operator.IN);
            negated |= not;
          }
          default -> {}
        }
      }
    }
    assertThat(operators)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Operator.values()).filter(type::supports).toList());
    assertThat(negated).as("a negation").isTrue();
    Set<String> counted = new TreeSet<>();
    sayings(text).forEach(saying -> counted.addAll(List.of(saying.counted.split(", ", -1))));
    assertThat(counted).contains("policy").hasSize(chains.getFirst().rules().size() + 1);
  }

  /** The first example below the heading of a matcher. */
  private static String section(MatcherType type) throws IOException {
    String page = Files.readString(PAGE);
    String heading = "\n### `" + type.keyword() + "`\n";
    int start = page.indexOf(heading);
    assertThat(start).as(heading).isNotNegative();
    int begin = page.indexOf("\n```rules\n", start) + "\n```rules\n".length();
    int end = page.indexOf("\n### ", start + heading.length());
    assertThat(begin).as("an example of %s", type).isBetween(start, end);
    return page.substring(begin, page.indexOf("```", begin));
  }

  @Test
  @RequiresLauncher
  void commandsPrintWhatThePageShows() throws Exception {
    PageSession.run(PAGE, List.of("bash"), "", Files.createDirectory(directory.resolve("session")));
  }
}
