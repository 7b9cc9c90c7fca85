package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code --format} is refused with, and what it changes: standard output, nothing else. */
class FormatOptionTest {
  private static final String RULES =
      "chain web BF_HOOK_XDP ACCEPT rule (ip4.saddr) in {} DROP chain n BF_HOOK_XDP DROP";

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ruleset get --format yaml | unknown --format word 'yaml', expecting text, json or rules",
        "chain get --format= -h | unknown --format word '', expecting text, json or rules",
        "ruleset get --no-set-content --format rules | option --no-set-content is incompatible with"
            + " --format rules",
        "chain get -n a --format rules --no-set | option --no-set-content is incompatible with"
            + " --format rules",
        "ruleset set -s x --format json | option --format needs --dry-run",
        "chain set -ds x --format rules | --dry-run knows no --format rules, only text and json",
        "chain load -ds x --format json --dump asm | option --format is incompatible with --dump",
        "ruleset get --form json | unrecognized option '--form'",
        "ruleset flush --format json | unrecognized option '--format'",
      })
  void refused(String words, String text) {
    String[] arguments = words.split(" ", -1);

    Bfcli run = Bfcli.run(arguments);

    assertThat(run.status()).as(run.err()).isEqualTo(64);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("bfcli " + arguments[0] + " " + arguments[1] + ": " + text);
  }

  private static Bfcli dryRun(String command, String... more) {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    words.addAll(List.of(more));
    return Bfcli.run(words.toArray(String[]::new));
  }

  /** Nothing but standard output is another. */
  private static JsonTree json(String command, String... more) {
    List<String> words = new ArrayList<>(List.of(more));
    Bfcli text = dryRun(command, more);
    words.addAll(List.of("--format", "json"));
    Bfcli run = dryRun(command, words.toArray(String[]::new));

    assertThat(text.out()).isEmpty();
    assertThat(run.status()).isEqualTo(text.status());
    assertThat(run.err()).isEqualTo(text.err());
    assertThat(dryRun(command + " --format text", more)).isEqualTo(text);
    return JsonTree.parse(run.out());
  }

  private static List<String> names(JsonTree document) {
    return document.get("chains").elements().stream().map(c -> c.get("name").text()).toList();
  }

  private static List<String> messages(JsonTree document) {
    List<String> messages = new ArrayList<>();
    for (JsonTree diagnostic : document.get("diagnostics").elements()) {
      messages.add(diagnostic.get("severity").text() + " " + diagnostic.get("message").text());
    }
    return messages;
  }

  @ParameterizedTest
  @CsvSource({
    "ruleset set, 'web,n'",
    "chain set -n n, n",
    "chain load --name web, web",
    "chain update -nn, n"
  })
  void dryRunsShowTheChainsThatAreMeant(String command, String names) {
    JsonTree document = json(command + " -d", "-s", RULES);

    assertThat(String.join(",", names(document))).isEqualTo(names);
    assertThat(messages(document))
        .containsExactly("warning rule 0 references empty set, rule will be disabled");
    JsonTree warning = document.get("diagnostics").elements().getFirst();
    assertThat(warning.get("line").text() + ":" + warning.get("column").text()).isEqualTo("1:30");
    assertThat(warning.get("end_line").text() + ":" + warning.get("end_column").text())
        .isEqualTo("1:57");
  }

  @Test
  void refusedRulesAreTold() throws Exception {
    Path file =
        Files.writeString(directory.resolve("a.rules"), "chain a\n BF_HOOK_XPD ACCEPT\nrule");

    JsonTree document = json("ruleset set -d", "-f", file.toString());

    assertThat(document.has("chains")).isFalse();
    assertThat(messages(document)).isNotEmpty().allMatch(text -> text.startsWith("error "));
    for (JsonTree diagnostic : document.get("diagnostics").elements()) {
      assertThat(diagnostic.get("file").text()).isEqualTo(file.toString());
    }
    JsonTree first = document.get("diagnostics").elements().getFirst();
    assertThat(first.get("line").text() + ":" + first.get("column").text()).isEqualTo("2:2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-n nope -s web | error chain 'nope' not found: No such file or directory",
        "-f /nope | error failed to stat file /nope: No such file or directory, error failed to"
            + " parse the chain(s): No such file or directory",
        "--iface-map /nope -s web | error failed to read interfaces from /nope: No such file or"
            + " directory, error failed to parse the chain(s): No such file or directory",
      })
  void otherFailuresAreTold(String words, String expected) {
    String[] more = words.replace(" web", " chain*web*BF_HOOK_XDP*DROP").split(" ", -1);
    for (int i = 0; i < more.length; i++) {
      more[i] = more[i].replace('*', ' ');
    }

    JsonTree document = json("chain set -d", more);

    assertThat(document.has("chains")).isFalse();
    assertThat(String.join(", ", messages(document))).isEqualTo(expected);
  }

  @Test
  void hintsAreMembers() {
    JsonTree document = json("chain set -dn wen", "-s", RULES);

    JsonTree last = document.get("diagnostics").elements().getLast();
    assertThat(last.get("message").text())
        .isEqualTo("chain 'wen' not found: No such file or directory");
    assertThat(last.get("hint").text()).isEqualTo("did you mean 'web'?");
  }

  @Test
  void errorsThatAreNotShownAreCounted() {
    String manyErrors = "chain a BF_HOOK_XDP ACCEPT" + " rule tcp.dport x DROP".repeat(200);

    List<String> messages = messages(json("ruleset set -d", "-s", manyErrors));

    assertThat(messages.getLast()).matches("error [0-9]+ more errors are not shown");
    assertThat(messages).hasSizeLessThan(150);
  }

  @ParameterizedTest
  @CsvSource({"ruleset get", "chain get --name web"})
  void unreadableChainsAreTold(String command) {
    JsonTree document = json("-b /nope " + command);

    assertThat(document.has("chains")).isFalse();
    assertThat(messages(document)).hasSize(2).first().asString().contains("/nope");
  }
}
