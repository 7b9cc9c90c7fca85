package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jbpfilter.cli.Section.Block;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Operator;
import dev.jbpfilter.ruleset.PayloadKind;
import dev.jbpfilter.ruleset.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manual pages name everything, format without complaints, and show rules that are valid. */
class ManPagesTest {
  @TempDir private Path directory;

  @BeforeEach
  void write() throws IOException {
    ManPages.main(new String[] {directory.toString()});
  }

  private static String plain(String page) {
    return page.replaceAll("\\\\f[BIR]", "").replace("\\-", "-").replace("\n", " ");
  }

  @Test
  void pagesAreTheSameEveryTime() throws IOException {
    Path again = directory.resolve("again");
    ManPages.main(new String[] {again.toString()});

    for (String page : List.of("man1/bfcli.1", "man5/bfcli-rules.5")) {
      assertThat(again.resolve(page)).hasSameBinaryContentAs(directory.resolve(page));
      assertThat(
              StandardCharsets.US_ASCII
                  .newEncoder()
                  .canEncode(Files.readString(again.resolve(page))))
          .isTrue();
    }
    assertThat(ManPages.program()).startsWith(".TH BFCLI 1 " + ManPages.DATE + " \"jbpfilter ");
  }

  @Test
  void dateIsThatOfTheBuild() throws IOException {
    String pom = Files.readString(Path.of(System.getProperty("jbpfilter.root"), "pom.xml"));

    assertThat(pom)
        .contains("<project.build.outputTimestamp>" + ManPages.DATE + "T00:00:00Z</project");
  }

  @Test
  void programPageNamesAllThatCanBeTyped() {
    String page = plain(ManPages.program());

    for (Command command : Commands.all()) {
      assertThat(page).contains(".SS \"" + command.name() + "\" bfcli " + command.name());
      for (Option option : command.options()) {
        assertThat(page)
            .contains(Usage.withValue(option) + " " + command.help(option).substring(0, 12));
      }
      for (Example example : command.examples()) {
        assertThat(page).contains("# " + example.purpose().replace("'", "\\(aq"));
      }
    }
    for (Option option : CommandParser.withTextOptions(CommandParser.GLOBAL_OPTIONS)) {
      assertThat(page.contains(option.text() + " ")).isEqualTo(!option.isDeprecated());
    }
    assertThat(page)
        .contains("BF_BPFFS_PATH", "BF_WITH_BPF_TOKEN", "BF_VERBOSE", "NO_COLOR")
        .contains("/sys/fs/bpf/bpfilter/NAME", "CAP_BPF, CAP_NET_ADMIN", "ENOENT");
  }

  @Test
  void rulesPageNamesEveryWordOfTheLanguage() {
    String page = plain(ManPages.rules());

    for (Hook hook : Hook.values()) {
      assertThat(page).contains(" .TP " + hook.keyword() + " ");
    }
    for (MatcherType type : MatcherType.values()) {
      assertThat(page).contains(" .TP " + type.keyword() + " ");
    }
    for (Operator operator : Operator.values()) {
      assertThat(page).contains(" .TP " + operator.keyword() + " ");
    }
    for (Verdict.Basic verdict : Verdict.Basic.values()) {
      assertThat(page).contains(" .TP " + verdict.text() + " ");
    }
    for (PayloadKind kind : PayloadKind.values()) {
      kind.names().forEach((name, number) -> assertThat(page).contains(" " + name + " " + number));
    }
    assertThat(page)
        .contains("ifindex=INTERFACE", "cgpath=PATH", "priorities=A-B", "family=inet4")
        .contains("REDIRECT INTERFACE in|out", "counter", "mark NUMBER", "every INTERVAL")
        .contains("define NAME = VALUE", "include \\(dqFILE\\(dq", "--strict");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BF_HOOK_XDP                       | ifindex
          BF_HOOK_TC_EGRESS                 | ifindex
          BF_HOOK_NF_FORWARD                | priorities
          BF_HOOK_CGROUP_SKB_EGRESS         | cgpath
          BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4 | cgpath
          """)
  void hooksTellWhatTheyNeed(String hook, String option) {
    assertThat(plain(ManPages.rules()))
        .containsPattern(".TP " + hook + " [^.]*\\. Hook option: " + option + "\\.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          meta.l3_proto         | eq            | all
          meta.flow_probability | eq            | XDP, TC_*, CGROUP_SKB_*
          meta.mark             | eq            | TC_*, NF_*, CGROUP_SKB_*
          ip4.saddr             | eq, in        | XDP, TC_*, NF_*, CGROUP_SKB_*, CGROUP_SOCK_ADDR_SENDMSG4
          tcp.dport             | eq, in, range | XDP, TC_*, NF_*, CGROUP_SKB_*, CGROUP_SOCK_ADDR_CONNECT4, CGROUP_SOCK_ADDR_CONNECT6
          tcp.flags             | eq, any, all  | XDP, TC_*, NF_*, CGROUP_SKB_*
          """)
  void matchersTellOperatorsAndHooks(String matcher, String operators, String hooks) {
    String page = plain(ManPages.rules());
    int start = page.indexOf(" .TP " + matcher + " ");
    String entry = page.substring(start, page.indexOf(" .TP ", start + 1));

    assertThat(entry)
        .contains(". Operators: " + operators + ". ")
        .endsWith(" Hooks: " + hooks + ".");
  }

  @Test
  void rulesOfTheRulesPageAreValid() throws IOException {
    List<String> texts = new ArrayList<>();
    for (Section section : RulesManual.sections()) {
      for (Block block : section.blocks()) {
        if (block instanceof Block.Lines(List<String> lines)
            && !section.title().equals(RulesManual.GRAMMAR)) {
          texts.add(String.join("\n", lines));
        }
      }
    }
    assertThat(texts).hasSizeGreaterThan(3);
    for (String text : texts) {
      if (text.startsWith("define OFFICE")) {
        Files.writeString(directory.resolve("networks.rules"), text);
      }
    }
    for (String text : texts) {
      if (text.contains("chain ")) {
        Path file = Files.writeString(directory.resolve("text.rules"), text);
        assertThat(Bfcli.run("ruleset", "set", "-df", file.toString()).err())
            .doesNotContain("error", "disabled")
            .endsWith("info   : --dry-run used, ruleset not applied\n");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mandoc -T lint", "groff -man -ww -Tutf8"})
  void formattersDoNotComplain(String formatter) throws Exception {
    List<String> words = List.of(formatter.split(" ", -1));
    assumeTrue(
        CompletingShell.isInstalled(words.getFirst()), words.getFirst() + " is not installed");

    for (String page : List.of("man1/bfcli.1", "man5/bfcli-rules.5")) {
      List<String> command = new ArrayList<>(words);
      command.add(directory.resolve(page).toString());
      Path output = directory.resolve("output");
      Path complaints = directory.resolve("complaints");
      int status =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(complaints.toFile())
              .start()
              .waitFor();

      assertThat(complaints).content().isEmpty();
      if (words.contains("lint")) {
        assertThat(output).content().isEmpty();
      } else {
        assertThat(output).isNotEmptyFile();
      }
      assertThat(status).isZero();
    }
  }
}
