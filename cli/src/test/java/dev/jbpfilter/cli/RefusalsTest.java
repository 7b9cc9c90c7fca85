package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.testing.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code ruleset set --dry-run} says about bad rules. Each file of {@code golden/refusals} has
 * many cases: a title, the rules, and all of standard error. To add one, write title and rules, and
 * run with {@code -Dgolden.update=true}; then read the answer as one who does not know why it is
 * refused.
 *
 * <p>What can't be seen in an editor is written with a backslash: {@code \t}, {@code \r}, {@code
 * \0}, or {@code u} and four hexadecimal digits; a backslash at the end of a line hides the line
 * end; <code>\9{x}</code> stands for nine times {@code x}.
 */
class RefusalsTest {
  private static final Path DIRECTORY = Path.of("src/test/resources/golden/refusals");
  private static final String TITLE = "=== ";
  private static final String ANSWER = "--- ";

  /** A matcher with its value: in words, or a set in braces or by its name. */
  private static final Pattern QUOTED_IN_HINT =
      Pattern.compile(
          "(?<=^ {3,9}= .{0,99})'((?:[a-z0-9]+\\.[a-z_0-9]+ [^'…]+)"
              + "|(?:\\([^'…]*\\) (?:not )?in (?:\\{[^'…]*}|\\w+)))'");

  private static final String SETS =
      "set admins (ip4.saddr) in {192.0.2.1} set a (ip4.saddr) in {} set s (ip4.saddr) in {}";

  private record Case(String title, String rules) {}

  static Stream<String> files() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void answers(String file) {
    StringBuilder text = new StringBuilder(heading(file));
    for (Case refusal : cases(file)) {
      Bfcli run = set(unescape(refusal.rules()));
      assertThat(run.status()).as(refusal.title()).isEqualTo(234);
      assertThat(run.out()).isEmpty();
      assertThat(run.err())
          .endsWith(
              """
              error  : failed to parse rules, invalid syntax: Invalid argument
              error  : failed to parse ruleset: Invalid argument
              """);
      text.append(TITLE)
          .append(refusal.title())
          .append('\n')
          .append(refusal.rules())
          .append(ANSWER)
          .append("exit ")
          .append(run.status())
          .append('\n')
          .append(escape(run.err()))
          .append('\n');
    }
    Golden.check("refusals/" + file, text.toString());
  }

  @Test
  void areMany() throws IOException {
    List<String> titles = new ArrayList<>();
    files().forEach(file -> cases(file).forEach(c -> titles.add(file + ": " + c.title())));

    assertThat(titles).hasSizeGreaterThan(600).doesNotHaveDuplicates();
  }

  /** A matcher that a hint tells to write is accepted. */
  @ParameterizedTest
  @MethodSource("files")
  void hintsAreRight(String file) {
    for (Case refusal : cases(file)) {
      for (String line : set(unescape(refusal.rules())).err().split("\n", -1)) {
        Matcher quoted = QUOTED_IN_HINT.matcher(line);
        while (quoted.find()) {
          String rule = "chain c BF_HOOK_TC_INGRESS ACCEPT " + SETS + " rule " + quoted.group(1);
          assertThat(set(rule + " DROP").err())
              .as(refusal.title() + ": " + line)
              .doesNotContain("error");
        }
      }
    }
  }

  private static Bfcli set(String rules) {
    return Bfcli.run(
        Map.of(),
        rules,
        "ruleset",
        "set",
        "--dry-run",
        "--iface-map=src/test/resources/interfaces",
        "--from-file=-");
  }

  /** What precedes the first case. */
  private static String heading(String file) {
    String text = read(file);
    return text.substring(0, text.indexOf(TITLE));
  }

  private static List<Case> cases(String file) {
    List<Case> cases = new ArrayList<>();
    String title = "";
    StringBuilder rules = new StringBuilder();
    boolean answer = true;
    for (String line : (read(file) + TITLE).split("(?<=\n)", -1)) {
      if (line.startsWith(TITLE)) {
        if (!title.isEmpty()) {
          cases.add(new Case(title, rules.toString()));
        }
        title = line.substring(TITLE.length()).strip();
        rules.setLength(0);
        answer = false;
      } else if (line.startsWith(ANSWER)) {
        answer = true;
      } else if (!answer) {
        rules.append(line);
      }
    }
    return cases;
  }

  private static String read(String file) {
    try {
      return Files.readString(DIRECTORY.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String unescape(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char kind = text.charAt(++i);
      switch (kind) {
        case 't' -> out.append('\t');
        case 'r' -> out.append('\r');
        case '0' -> out.append('\0');
        case '\n' -> {}
        case 'u' -> {
          out.append((char) Integer.parseInt(text, i + 1, i + 5, 16));
          i += 4;
        }
        default -> {
          int open = text.indexOf('{', i);
          int close = text.indexOf('}', open);
          int times = Integer.parseInt(text, i, open, 10);
          out.append(unescape(text.substring(open + 1, close)).repeat(times));
          i = close;
        }
      }
    }
    return out.toString();
  }

  private static String escape(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        case '\0' -> out.append("\\0");
        default -> {
          boolean hidden =
              Character.isISOControl(c)
                  || Character.getType(c) == Character.FORMAT
                  || (Character.isSpaceChar(c) && c != ' ');
          out.append(hidden && c != '\n' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
      }
    }
    return out.toString();
  }
}
