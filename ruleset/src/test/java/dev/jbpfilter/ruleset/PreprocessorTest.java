package dev.jbpfilter.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.ruleset.testing.RandomChains;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rulesets that are torn into files and names mean what they meant in one piece. */
class PreprocessorTest {
  private final Random random = new Random(20_240_601);
  private final Map<String, String> values = new LinkedHashMap<>();

  @Test
  void filesAndNamesDoNotChangeTheMeaning() {
    RandomChains chains = new RandomChains(random);
    int names = 0;
    for (int i = 0; i < 1_000; i++) {
      Ruleset ruleset = chains.ruleset();
      values.clear();
      ParseResult result = torn(ruleset).parse();
      names += values.size();
      assertThat(result.errors()).isEmpty();
      Ruleset read = result.ruleset().orElseThrow();
      assertThat(read.withoutSpans()).isEqualTo(ruleset.withoutSpans());
      String whole = RulesPrinter.print(ruleset);
      // A name may stand for more than a span: all of it is covered then.
      assertThat(texts(read, result.sources()))
          .zipSatisfy(
              texts(Texts.accept(whole), SourceMap.of(new Source("whole", whole))),
              (covered, text) -> assertThat(covered).contains(text));
    }
    assertThat(names).isGreaterThan(2_000);
  }

  /** Each chain in a file of its own or in the main one, with names for some of its text. */
  private MemoryFiles torn(Ruleset ruleset) {
    MemoryFiles files = new MemoryFiles();
    StringBuilder main = new StringBuilder();
    for (Chain chain : ruleset.chains()) {
      String text = RulesPrinter.print(chain);
      StringBuilder definitions = new StringBuilder();
      StringBuilder out = new StringBuilder();
      for (String line : text.split("\n", -1)) {
        out.append(random.nextInt(3) == 0 ? withName(line, definitions) : line).append('\n');
      }
      String torn = definitions + out.toString();
      if (random.nextBoolean()) {
        main.append(torn);
      } else {
        String file = "file" + values.size() + "_" + main.length();
        files.with(file, torn);
        main.append("include \"").append(file).append("\" ");
      }
    }
    return files.with(MemoryFiles.MAIN, main.toString());
  }

  /** The line with a name in place of some characters, or as it is where that can't be. */
  private String withName(String line, StringBuilder definitions) {
    if (line.isEmpty()) {
      return line;
    }
    int start = random.nextInt(line.length());
    int end = start + 1 + random.nextInt(line.length() - start);
    String value = line.substring(start, end);
    boolean merges = end < line.length() && Words.isWordChar(line.charAt(end));
    if (merges || !value.equals(value.strip()) || value.isEmpty()) {
      return line;
    }
    String name = "N" + values.size() + "_";
    values.put(name, value);
    definitions.append("define ").append(name).append(" = ").append(value).append('\n');
    return line.substring(0, start) + "$" + name + line.substring(end);
  }

  /** What the spans of rules, matchers and sets cover, names replaced by their values. */
  private List<String> texts(Ruleset ruleset, SourceMap sources) {
    List<String> texts = new ArrayList<>();
    for (Chain chain : ruleset.chains()) {
      chain.sets().forEach(set -> texts.add(text(set.span(), sources)));
      for (Rule rule : chain.rules()) {
        texts.add(text(rule.span(), sources));
        rule.matchers().forEach(matcher -> texts.add(text(matcher.span(), sources)));
      }
    }
    return texts;
  }

  private String text(Span span, SourceMap sources) {
    Location location = sources.locate(span);
    String text = location.source().text(location.span());
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("$" + value.getKey(), value.getValue());
    }
    return text;
  }
}
