package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands load: each library costs more than all of a small command. */
class StartUpTest {
  private static final String LOADER = "dev.jbpfilter.loader.";
  private static final String JNA = "com.sun.jna.";

  private static final String CLI = "dev.jbpfilter.cli.";

  /** What help, completion and manual pages are made of. */
  private static final String[] TEXTS = {
    CLI + "Manual",
    CLI + "HelpText",
    CLI + "PlainText",
    CLI + "RulesManual",
    CLI + "ManPages",
    CLI + "CompletionScript",
    CLI + "BashCompletion",
  };

  @TempDir private Path directory;

  /** The classes that a run in a process of its own loads. */
  private List<String> classes(String... words) throws IOException, InterruptedException {
    Path log = directory.resolve("classes");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xlog:class+load:file=" + log + "::filecount=0");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(directory.resolve("output"))).isZero();
    List<String> classes = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      // [time][level][tags] class source: origin
      int start = line.lastIndexOf("] ") + 2;
      int end = line.indexOf(' ', start);
      classes.add(line.substring(start, end < 0 ? line.length() : end));
    }
    assertThat(classes).contains(Main.class.getName());
    return classes;
  }

  private static void assertNone(List<String> classes, String... prefixes) {
    for (String prefix : prefixes) {
      assertThat(classes).noneMatch(name -> name.startsWith(prefix));
    }
  }

  @Test
  void dryRunNeedsNeitherLoaderNorHelp() throws Exception {
    String rules = "chain a BF_HOOK_XDP ACCEPT rule ip4.saddr 1.2.3.4 DROP";
    List<String> classes = classes("chain", "set", "--dry-run", "--from-str", rules);
    assertNone(classes, LOADER, JNA);
    assertNone(classes, TEXTS);
  }

  @Test
  void dryRunAsJsonNeedsNoLoader() throws Exception {
    String rules = "chain a BF_HOOK_XDP ACCEPT rule (ip4.saddr) in {} counter DROP";
    assertNone(classes("ruleset", "set", "-d", "-s", rules, "--format", "json"), LOADER, JNA);
  }

  @Test
  void dumpNeedsNeitherLoaderNorHelp() throws Exception {
    String rules = "chain a BF_HOOK_XDP{ifindex=2} ACCEPT rule tcp.dport 23 counter DROP";
    assertNone(classes("ruleset", "set", "-d", "-s", rules, "--dump", "asm"), LOADER, JNA);
  }

  @Test
  void versionAndHelpNeedNoLoader() throws Exception {
    assertNone(classes("--version"), LOADER, JNA);
    assertNone(classes("--version"), TEXTS);
    assertNone(classes("--help"), LOADER, JNA);
    assertNone(classes("chain", "set", "--help"), LOADER, JNA);
  }
}
