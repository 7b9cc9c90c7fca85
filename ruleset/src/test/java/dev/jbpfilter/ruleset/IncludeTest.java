package dev.jbpfilter.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code include}. */
class IncludeTest {
  private static final String CHAIN = " BF_HOOK_XDP ACCEPT\n";

  private static String printed(ParseResult result) {
    DiagnosticPrinter printer = new DiagnosticPrinter(result.sources());
    StringBuilder out = new StringBuilder();
    result.diagnostics().forEach(diagnostic -> out.append(printer.print(diagnostic)));
    return out.toString();
  }

  @Test
  void chainsAndDefinitionsComeInOrder() {
    ParseResult result =
        new MemoryFiles()
            .with(
                "main",
                """
                include "defs" # first
                chain a BF_HOOK_XDP ACCEPT
                  rule tcp.dport $WEB DROP
                include\t"sub/more"
                chain d BF_HOOK_XDP ACCEPT rule tcp.dport $MORE DROP
                """)
            .with("defs", "define WEB = 80")
            .with("sub/more", "define MORE = 81\ninclude \"leaf\" chain c" + CHAIN)
            .with("sub/leaf", "chain b" + CHAIN + "rule tcp.dport $MORE DROP")
            .parse();
    assertThat(printed(result)).isEmpty();
    assertThat(result.ruleset().orElseThrow().chains())
        .extracting(Chain::name)
        .containsExactly("a", "b", "c", "d");
  }

  @Test
  void eachFileCountsOnce() {
    ParseResult result =
        new MemoryFiles()
            .with("main", "include \"a\" include \"b\" include \"a\"")
            .with("a", "include \"common\" chain a" + CHAIN)
            .with("b", "include \"common\" chain b" + CHAIN)
            .with("common", "define A = 1\nchain common" + CHAIN)
            .parse();
    assertThat(result.ruleset().orElseThrow().chains())
        .extracting(Chain::name)
        .containsExactly("common", "a", "b");
  }

  @Test
  void diagnosticsNameTheIncludedFile() {
    ParseResult result =
        new MemoryFiles()
            .with(
                "main",
                """
                chain a BF_HOOK_XDP ACCEPT
                include "x"
                chain d BF_HOOK_XDP{family=inet4} ACCEPT
                  rule tcp.dport x DROP
                """)
            .with(
                "x", "# one\nchain b BF_HOOK_XPD ACCEPT\n\trule tcp.dport $P DROP\nrule tcp.dport")
            .parse();
    assertThat(printed(result))
        .isEqualTo(
            """
            '$P' is not defined
              --> x:3:17
               |
             3 | \trule tcp.dport $P DROP
               | \t               ^^
            unknown hook 'BF_HOOK_XPD'
              --> x:2:9
               |
             2 | chain b BF_HOOK_XPD ACCEPT
               |         ^^^^^^^^^^^
               = did you mean 'BF_HOOK_XDP'?
            syntax error, unexpected end of file, expecting NEGATE or MATCHER_OP or RAW_PAYLOAD: the value of 'tcp.dport' is missing
              --> x:4:15
               |
             4 | rule tcp.dport
               |               ^
               = it takes a decimal port from 0 to 65535
            hook option 'family' is deprecated and ignored
              --> main:3:28
               |
             3 | chain d BF_HOOK_XDP{family=inet4} ACCEPT
               |                            ^^^^^
            hook option 'ifindex' is required for 'BF_HOOK_XDP' chains: Invalid argument
              --> main:3:9
               |
             3 | chain d BF_HOOK_XDP{family=inet4} ACCEPT
               |         ^^^^^^^^^^^
               = write 'ifindex=2'
            "tcp.dport eq" expects a decimal port from 0 to 65535, not 'x'
              --> main:4:18
               |
             4 |   rule tcp.dport x DROP
               |                  ^
            """);
  }

  @Test
  void aDefinitionOfAnotherFileIsNamed() {
    ParseResult result =
        new MemoryFiles()
            .with("main", "include \"defs\"\nchain a" + CHAIN + "rule tcp.dport $P DROP")
            .with("defs", "# ports\ndefine P = 99999")
            .parse();
    assertThat(printed(result)).contains("main:3:16").contains("defined at defs:2:8");
  }

  /** Nothing of one file completes what another began. */
  @ParameterizedTest(name = "{0} / {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          chain a BF_HOOK_XDP ACCEPT include "x" | rule tcp.dport 1 DROP | x:1:1 | syntax error, unexpected RULE, expecting CHAIN: 'rule' stands behind the header of a chain
          include "x" rule tcp.dport 1 DROP | chain a BF_HOOK_XDP ACCEPT | main:1:1 | 'include' must stand before the first chain or between chains
          include "x" tcp.dport 1 DROP | chain a BF_HOOK_XDP ACCEPT rule | x:1:32 | syntax error, unexpected end of file, expecting SET_TYPE or MATCHER_TYPE: the rule is empty
          include "x" } DROP | chain a BF_HOOK_XDP ACCEPT rule (tcp.dport) in { 80 | x:1:48 | syntax error, unexpected invalid token, expecting SET_RAW_PAYLOAD or STRING: the set that begins here is not closed
          include "x" chain b BF_HOOK_XDP ACCEPT | chain a BF_HOOK_XDP {ifindex=2 | x:1:31 | syntax error, unexpected end of file, expecting RAW_HOOKOPT or VERDICT: the policy of the chain is missing
          include "x" | chain | x:1:6 | syntax error, unexpected end of file, expecting STRING: the name of the chain is missing
          chain a include "x" BF_HOOK_XDP ACCEPT | # | main:1:9 | 'include' must stand before the first chain or between chains
          include "x" | # | main:1:12 | syntax error, unexpected end of file, expecting CHAIN: there is no chain
          include "y" | # | main:1:9 | can't include 'y': no such text
          include "" chain a BF_HOOK_XDP ACCEPT | # | main:1:9 | can't include '': expecting the path of a file
          include "/x" chain a BF_HOOK_XDP ACCEPT | # | main:1:9 | can't include '/x': the path must be relative to the including file
          include "a/../../x" chain a BF_HOOK_XDP ACCEPT | # | main:1:9 | can't include 'a/../../x': it is outside the directory of the including file
          include "main" chain a BF_HOOK_XDP ACCEPT | # | main:1:9 | can't include 'main': main includes main
          include "x" chain a BF_HOOK_XDP ACCEPT | include "y" | x:1:9 | can't include 'y': no such text
          include "x" chain a BF_HOOK_XDP ACCEPT | include "main" | x:1:9 | can't include 'main': main includes x includes main
          include "x" chain a BF_HOOK_XDP ACCEPT | define A = 1; include "x" | x:1:23 | can't include 'x': x includes x
          include "$X" chain a BF_HOOK_XDP ACCEPT | # | main:1:10 | '$X' is not defined
          define X = x; include "$X" | define X = y | x:1:8 | 'X' is defined again with another value
          """)
  void filesAreApart(String main, String included, String place, String message) {
    ParseResult result = new MemoryFiles().with("main", main).with("x", included).parse();
    assertThat(result.ruleset()).isEmpty();
    Diagnostic error = result.errors().getFirst();
    assertThat(error.message()).isEqualTo(message);
    assertThat(result.sources().locate(error.span()).text()).isEqualTo(place);
  }

  @Test
  void depthIsBounded() {
    MemoryFiles files = new MemoryFiles().with("main", "include \"f1\"");
    for (int i = 1; i < 16; i++) {
      files.with("f" + i, "include \"f" + (i + 1) + "\"");
    }
    assertThat(files.with("f16", "chain a" + CHAIN).parse().errors()).isEmpty();
    files.with("f16", "include \"f17\"").with("f17", "chain a" + CHAIN);
    assertThat(printed(files.parse()))
        .startsWith("can't include 'f17': files are nested more than 16 deep\n  --> f16:1:9");
  }

  @Test
  void withoutFilesThereIsNothingToInclude() {
    assertThat(Texts.refuse("include \"x\" chain a" + CHAIN).message())
        .isEqualTo("can't include 'x': this text is in no directory");
  }

  @Test
  void endlessErrorsAreCut() {
    assertThat(Texts.parse("include \"x\"\n".repeat(1000)).errors()).hasSize(100);
  }

  private static ParseResult parse(Path file) throws IOException {
    return RulesetParser.parse(
        new Source(file.toString(), Files.readString(file)),
        ParseOptions.of(Texts.INTERFACES).withIncludes(IncludeResolver.files(file)));
  }

  @Test
  void readsFilesBesideTheIncludingOne(@TempDir Path directory) throws Exception {
    Path sub = Files.createDirectory(directory.resolve("sub"));
    Path main = directory.resolve("main.bf");
    Files.writeString(main, "include \"sub/é.bf\"\ninclude \"./sub/../x.bf\"\n");
    Files.writeString(sub.resolve("é.bf"), "include \"y.bf\"\n");
    Files.writeString(sub.resolve("y.bf"), "chain y" + CHAIN);
    Files.writeString(directory.resolve("x.bf"), "chain x" + CHAIN + "rule DROP");
    assertThat(printed(parse(main)))
        .startsWith("syntax error")
        .contains("--> " + directory + "/./sub/../x.bf:2:6");
    Files.writeString(directory.resolve("x.bf"), "chain x" + CHAIN);
    assertThat(parse(main).ruleset().orElseThrow().chains())
        .extracting(Chain::name)
        .containsExactly("y", "x");
  }

  @Test
  void symbolicLinksDoNotLeadOut(@TempDir Path directory) throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), "chain s" + CHAIN);
    Path tree = Files.createDirectory(directory.resolve("tree"));
    Path main = tree.resolve("main.bf");
    Files.createSymbolicLink(tree.resolve("link"), secret);
    Files.createSymbolicLink(tree.resolve("up"), directory);
    Files.writeString(tree.resolve("real"), "chain real" + CHAIN);
    Files.createSymbolicLink(tree.resolve("inside"), Path.of("real"));
    Files.createSymbolicLink(tree.resolve("self"), main);
    Files.createDirectory(tree.resolve("folder"));
    check(main, "link", "it is outside the directory of '" + main + "'");
    check(main, "up/secret", "it is outside the directory of '" + main + "'");
    check(main, "up/tree/real", "");
    check(main, "inside", "");
    check(main, "folder", "not a regular file");
    check(main, "nothing", "No such file or directory");
    check(main, "self", main + " includes " + main);
    Files.writeString(main, "include \"a\0b\"");
    assertThat(parse(main).errors().getFirst().message()).endsWith("Nul character not allowed");
    Path linked = directory.resolve("linked.bf");
    Files.createSymbolicLink(linked, main);
    Files.writeString(main, "include \"secret\"");
    assertThat(parse(linked).ruleset().orElseThrow().chains()).hasSize(1);
  }

  private static void check(Path main, String path, String refusal) throws IOException {
    Files.writeString(main, "include \"" + path + "\" chain a" + CHAIN);
    ParseResult result = parse(main);
    if (refusal.isEmpty()) {
      assertThat(printed(result)).isEmpty();
    } else {
      assertThat(result.errors())
          .extracting(Diagnostic::message)
          .containsExactly("can't include '" + path.replace('\0', '\ufffd') + "': " + refusal);
    }
  }

  @Test
  void theCurrentDirectoryIsOne() throws Exception {
    ParseResult result =
        RulesetParser.parse(
            new Source("main.bf", "include \"no such file\""),
            ParseOptions.of(Texts.INTERFACES)
                .withIncludes(IncludeResolver.files(Path.of("main.bf"))));
    assertThat(printed(result)).startsWith("can't include 'no such file': No such file");
  }
}
