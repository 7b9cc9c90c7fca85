package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.testing.Golden;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Does what a page of the manual shows, from its beginning to its end, in one shell that knows the
 * launcher as {@code bfcli}. Of the page's blocks,
 *
 * <ul>
 *   <li>{@code rules NAME} and {@code text NAME} are written to the file of that name;
 *   <li>{@code sh} is run, and prints the {@code text} block behind it; it prints nothing, and
 *       succeeds, if there is none;
 *   <li>{@code text} behind {@code sh} is its output and messages, where {@code …} stands for what
 *       may differ: within a line, or, alone, any lines.
 * </ul>
 *
 * <p>All other blocks are left to the page's own test. With {@code -Dgolden.update=true}, outputs
 * that differ are written into the page.
 */
final class PageSession {
  private static final int SECONDS = 180;
  private static final String ANYTHING = "…";

  private final Path page;
  private final Path directory;
  private final Path results;

  private PageSession(Path page, Path directory) throws IOException {
    this.page = page;
    this.directory = directory;
    results = Files.createTempDirectory(directory.getParent(), "results");
  }

  /**
   * Runs a page.
   *
   * @param start starts a shell that reads its commands from standard input
   * @param prelude commands for it that the page does not show
   * @param directory where it runs; empty, with a place beside it for the results
   */
  static void run(Path page, List<String> start, String prelude, Path directory)
      throws IOException, InterruptedException {
    new PageSession(page, directory).run(start, prelude);
  }

  private void run(List<String> start, String prelude) throws IOException, InterruptedException {
    List<Markdown.Block> blocks = Markdown.blocks(page);
    Path programs = Files.createDirectory(results.resolve("bin"));
    Files.createSymbolicLink(programs.resolve("bfcli"), Checkout.LAUNCHER);
    StringBuilder script = new StringBuilder("PATH=" + programs + ":$PATH\n" + prelude);
    for (int i = 0; i < blocks.size(); i++) {
      script.append(commands(blocks.get(i), i));
    }
    run(start, script + "\nkill $(jobs -p) 2>/dev/null\n", results.resolve("log"));
    Map<Integer, String> changed = new HashMap<>();
    for (int i = 0; i < blocks.size(); i++) {
      if (blocks.get(i).info().equals("sh")) {
        compare(blocks, i, changed);
      }
    }
    Golden.check(page, Markdown.withTexts(page, changed));
  }

  /** What the shell does for a block. */
  private String commands(Markdown.Block block, int index) throws IOException {
    String[] words = block.info().split(" ", -1);
    if (block.info().equals("sh")) {
      return "{\n%s} >%s 2>&1 </dev/null\necho $? >%s\n"
          .formatted(block.text(), output(index), status(index));
    }
    if (words.length == 2 && List.of("rules", "text").contains(words[0])) {
      Path text = Files.writeString(results.resolve("file-" + index), block.text());
      return "cp %s %s\n".formatted(text, directory.resolve(words[1]));
    }
    return "";
  }

  private Path output(int index) {
    return results.resolve("out-" + index);
  }

  private Path status(int index) {
    return results.resolve("status-" + index);
  }

  private void run(List<String> start, String script, Path log)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(start)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Launcher.OWN_VARIABLES.forEach(builder.environment()::remove);
    Process process = builder.start();
    try (Writer in = process.outputWriter(StandardCharsets.UTF_8)) {
      in.write(script);
    }
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      throw new AssertionError(page + " did not end in " + SECONDS + " s");
    }
    assertThat(Files.readString(log)).as("what the shell itself said").isEmpty();
  }

  private void compare(List<Markdown.Block> blocks, int index, Map<Integer, String> changed)
      throws IOException {
    String command = blocks.get(index).text();
    assertThat(status(index)).as("the shell ended before: %s", command).exists();
    String actual = Files.readString(output(index));
    Markdown.Block next = index + 1 < blocks.size() ? blocks.get(index + 1) : null;
    if (next == null || !next.info().equals("text")) {
      assertThat(actual).as("the page shows no output of: %s", command).isEmpty();
      assertThat(Files.readString(status(index))).as(command).isEqualTo("0\n");
    } else if (!pattern(next.text()).matcher(actual).matches()) {
      changed.put(index + 1, actual);
    }
  }

  private static Pattern pattern(String text) {
    StringBuilder pattern = new StringBuilder();
    for (String line : text.lines().toList()) {
      if (line.strip().equals(ANYTHING)) {
        pattern.append("(?:.*\n)*?");
      } else {
        pattern.append(Pattern.quote(line).replace(ANYTHING, "\\E.*?\\Q")).append('\n');
      }
    }
    return Pattern.compile(pattern.toString());
  }
}
