package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All pages: every link leads somewhere, every block has a test that knows it, no page names the
 * place where it was written, and the administrator's path leads from page to page.
 *
 * <p>The words behind the fence of a block tell what is done with it. Which of them a page may
 * have, and which test does it, is in the table {@code BLOCKS}:
 *
 * <ul>
 *   <li>{@code sh} is run, {@code text} behind it is what it prints; {@code sh start}, {@code sh
 *       demo}, {@code sh kernel}, {@code sh user}, {@code sh install}, {@code sh package} are run
 *       in a place that the page's test makes for them, {@code sh example} is checked by what the
 *       help of the commands is checked by;
 *   <li>{@code rules}, {@code rules NAME}, {@code ini NAME}, {@code mount}, {@code asm}, {@code
 *       java}, {@code xml} are compiled, loaded or taken as files;
 *   <li>{@code usage}, {@code grammar}, {@code json}, {@code ir}, {@code plan} are compared with
 *       what the program makes;
 *   <li>{@code sh} with commands of Maven is not run here, but names tests and properties that
 *       exist;
 *   <li>{@code diagram}, and the {@code outline} of something that a test of ours does, are not
 *       run.
 * </ul>
 */
class PagesTest {
  private static final Pattern LINK = Pattern.compile("(?<!\\\\)\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("#{1,6} (.*)");
  private static final Pattern ADDRESS =
      Pattern.compile("https?://[A-Za-z0-9.-]+\\.[a-z]{2,}(/[A-Za-z0-9._~/#%?=&+-]*)?");
  private static final Pattern TEST_OPTION = Pattern.compile("-Dtest='?([A-Za-z,#]+)'?");
  private static final Pattern PROPERTY =
      Pattern.compile("-D((?:agreement|benchmark|chaos|golden|jazzer|verifier)\\.[a-z.]+)");

  /** Roots that only some machines have, and what a session of a shell makes. */
  private static final Pattern WORKPLACE = Pattern.compile("(?<![\\w.])/(work|root|home|tmp)/");

  /** The blocks that each page may have, and the test that knows them. */
  private static final Map<String, List<String>> BLOCKS =
      Map.ofEntries(
          page("README.md", "ReadmeTest", "sh", "sh demo", "text"),
          page("doc/install.md", "DebianPackageCheck and this test", "sh install", "sh"),
          page("doc/tutorial.md", "TutorialManualTest", "sh", "sh start", "text", "rules *"),
          page(
              "doc/language.md", "LanguageManualTest", "sh", "text", "rules", "rules *", "grammar"),
          page("doc/commands.md", "ManualPagesTest, ExamplesTest of cli", "usage", "sh example"),
          page("doc/operations.md", "OperationsManualTest", "sh", "sh user", "text", "rules *"),
          page(
              "doc/boot.md",
              "BootManualTest",
              "sh",
              "sh install",
              "sh package",
              "rules",
              "rules *",
              "ini *"),
          page("doc/observe.md", "ObserveManualTest", "sh", "sh install", "text", "rules *"),
          page("doc/tokens.md", "TokenCommandTest", "sh", "rules", "java", "mount", "outline"),
          page("doc/lint.md", "LintManualTest", "sh", "text", "rules *"),
          page("doc/explain.md", "ExplainManualTest", "sh", "text", "text *", "rules *"),
          page("doc/simulate.md", "SimulateManualTest", "sh", "text", "rules *"),
          page(
              "doc/json.md",
              "JsonManualTest",
              "sh",
              "sh kernel",
              "rules",
              "json",
              "json *",
              "text"),
          page("doc/library.md", "LibraryManualTest", "xml", "java", "text", "rules"),
          page("doc/bytecode.md", "BytecodeManualTest", "sh", "java", "asm", "text"),
          page("doc/optimiser.md", "OptimiserManualTest", "rules *", "sh", "ir", "plan", "asm"),
          page("doc/performance.md", "this test", "sh"),
          page("doc/architecture.md", "this test", "sh", "diagram"),
          page("doc/adr/0012-transactions.md", "this test", "diagram"));

  /** What an administrator reads, one after the other. */
  private static final List<String> PATH =
      List.of(
          "install",
          "tutorial",
          "language",
          "commands",
          "explain",
          "simulate",
          "lint",
          "operations",
          "boot",
          "observe",
          "json",
          "tokens",
          "performance");

  private static Map.Entry<String, List<String>> page(String page, String test, String... infos) {
    assertThat(test).isNotEmpty();
    return Map.entry(page, List.of(infos));
  }

  static Stream<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    pages.add(Checkout.ROOT.resolve("README.md"));
    pages.add(Checkout.ROOT.resolve("CHANGELOG.md"));
    try (Stream<Path> files = Files.walk(Checkout.ROOT.resolve("doc"))) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages.stream();
  }

  private static String name(Path page) {
    return Checkout.ROOT.relativize(page).toString();
  }

  /** The lines that are no part of a block. */
  private static List<String> prose(Path page) throws IOException {
    List<String> prose = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(page)) {
      boolean fence = line.startsWith("```");
      if (!fence && !inside) {
        prose.add(line);
      }
      inside ^= fence;
    }
    return prose;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(Path page) throws IOException {
    Matcher links = LINK.matcher(String.join("\n", prose(page)));
    while (links.find()) {
      String target = links.group(1);
      if (target.contains("://")) {
        assertThat(target).matches(ADDRESS);
        continue;
      }
      int hash = target.indexOf('#');
      String file = hash < 0 ? target : target.substring(0, hash);
      Path path = file.isEmpty() ? page : page.resolveSibling(file).normalize();
      assertThat(path).as("%s in %s", target, name(page)).exists();
      assertThat(path).as("%s in %s", target, name(page)).startsWith(Checkout.ROOT);
      if (hash >= 0) {
        assertThat(anchors(path))
            .as("%s in %s", target, name(page))
            .contains(target.substring(hash + 1));
      }
    }
  }

  /** What can stand behind {@code #}, by the rules of GitHub. */
  private static Set<String> anchors(Path page) throws IOException {
    Set<String> anchors = new HashSet<>();
    Map<String, Integer> seen = new HashMap<>();
    for (String line : prose(page)) {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        String slug = slug(heading.group(1));
        int before = seen.merge(slug, 1, Integer::sum) - 1;
        anchors.add(before == 0 ? slug : slug + "-" + before);
      }
    }
    return anchors;
  }

  private static String slug(String heading) {
    String text = heading.replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1").strip();
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_\\- ]", "").replace(' ', '-');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "`meta.l3_proto`        | metal3_proto",
        "What it takes besides  | what-it-takes-besides",
        "Rules, and *sets*!     | rules-and-sets",
        "[Added](x.md) - twice  | added---twice"
      })
  void slugsAreThoseOfGitHub(String heading, String slug) {
    assertThat(slug(heading)).isEqualTo(slug);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyBlockHasATest(Path page) throws IOException {
    List<String> known = BLOCKS.getOrDefault(name(page), List.of());
    for (Markdown.Block block : Markdown.blocks(page)) {
      String first = block.info().split(" ", 2)[0];
      assertThat(known.contains(block.info()) || known.contains(first + " *"))
          .as("a test of '%s' in %s:%n%s", block.info(), name(page), block.text())
          .isTrue();
    }
  }

  @Test
  void theTableOfBlocksNamesPagesThatExist() {
    assertThat(BLOCKS.keySet())
        .allSatisfy(page -> assertThat(Checkout.ROOT.resolve(page)).exists());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void namesNoWorkplace(Path page) throws IOException {
    assertThat(Files.readString(page)).doesNotContainPattern(WORKPLACE);
  }

  @ParameterizedTest
  @CsvSource({"doc/architecture.md", "doc/install.md", "doc/performance.md"})
  void mavenCommandsNameWhatExists(String page) throws IOException {
    for (String command : Markdown.texts(Checkout.ROOT.resolve(page), "sh")) {
      assertThat(command.lines()).allMatch(line -> line.startsWith("mvn "));
      Matcher tests = TEST_OPTION.matcher(command);
      while (tests.find()) {
        for (String test : tests.group(1).split(",", -1)) {
          assertThat(sources())
              .anyMatch(file -> file.endsWith("/" + test.replaceAll("#.*", "") + ".java"));
        }
      }
      Matcher properties = PROPERTY.matcher(command);
      while (properties.find()) {
        assertThat(texts()).as(properties.group(1)).contains(properties.group(1));
      }
    }
  }

  private static List<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Checkout.ROOT, 12)) {
      return files
          .map(Path::toString)
          .filter(file -> file.endsWith(".java") && file.contains("/src/test/"))
          .toList();
    }
  }

  /** The test sources and the build files, in one. */
  private static String texts() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String file : sources()) {
      all.append(Files.readString(Path.of(file)));
    }
    for (String module : List.of("pom.xml", "fuzz/pom.xml", "tests/pom.xml", "loader/pom.xml")) {
      all.append(Files.readString(Checkout.ROOT.resolve(module)));
    }
    return all.toString();
  }

  @Test
  void theIndexNamesEveryPage() throws IOException {
    String index = Files.readString(Checkout.ROOT.resolve("doc/README.md"));
    try (Stream<Path> files = Files.list(Checkout.ROOT.resolve("doc"))) {
      for (Path page : files.filter(file -> file.toString().endsWith(".md")).toList()) {
        if (!page.endsWith("README.md")) {
          assertThat(index).contains("](" + page.getFileName() + ")");
        }
      }
    }
  }

  @Test
  void eachPageOfThePathLeadsToTheNext() throws IOException {
    for (int i = 0; i < PATH.size() - 1; i++) {
      String page = Files.readString(Checkout.ROOT.resolve("doc/" + PATH.get(i) + ".md"));
      int next = page.lastIndexOf("\n\nNext: ");
      assertThat(next).as("%s leads on", PATH.get(i)).isPositive();
      assertThat(page.substring(next + 2))
          .as("the last paragraph of %s", PATH.get(i))
          .doesNotContain("\n\n")
          .contains("](" + PATH.get(i + 1) + ".md)");
    }
  }
}
