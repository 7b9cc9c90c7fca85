package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.cli.Section.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shell runs every example of every help text, by way of {@link Rehearsal}. */
class ExamplesTest {
  @TempDir private Path directory;

  @BeforeEach
  void fill() throws Exception {
    Path examples = Path.of(System.getProperty("jbpfilter.root"), "doc", "examples");
    String web = Files.readString(examples.resolve("web-server.rules"));
    write("web.rules", web.replace("web_server", "web"));
    write("web.test", Files.readString(examples.resolve("web-server.test")));
    write("saved.rules", "chain saved BF_HOOK_XDP ACCEPT");
    write("wan.rules", "chain wan BF_HOOK_XDP{ifindex=wan0} ACCEPT");
    write("wan.map", "wan0=3\n");
    for (String path : List.of("local/share/bash-completion", "config/fish", "zsh")) {
      Files.createDirectories(directory.resolve("." + path + "/completions"));
    }
    String bfcli =
        """
        #!/bin/sh
        exec '%s/bin/java' -XX:TieredStopAtLevel=1 -cp '%s' %s "$@"
        """
            .formatted(
                System.getProperty("java.home"),
                System.getProperty("java.class.path"),
                Rehearsal.class.getName());
    Files.setPosixFilePermissions(
        write("bfcli", bfcli), PosixFilePermissions.fromString("rwxr-xr-x"));
    shell("bfcli ruleset set -df web.rules --dump elf --output count.o");
    shell("bfcli disasm --output count.s count.o");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private void shell(String line) throws IOException, InterruptedException {
    Path output = directory.resolve(".output");
    ProcessBuilder builder =
        new ProcessBuilder(
                "bash", "-e", "-o", "pipefail", "-c", "watch() { shift 2; \"$@\"; }\n" + line)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(output.toFile());
    builder.environment().put("HOME", directory.toString());
    builder.environment().compute("PATH", (name, path) -> directory + ":" + path);
    int status = builder.start().waitFor();
    assertThat(status).as(line + "\n" + Files.readString(output)).isZero();
  }

  @Test
  void examplesRun() throws Exception {
    Set<String> lines = new LinkedHashSet<>();
    for (Command command : Commands.all()) {
      command.examples().forEach(example -> lines.add(example.line()));
    }
    for (Block block : Manual.examples().blocks()) {
      if (block instanceof Block.Lines(List<String> shown)) {
        lines.addAll(shown.stream().filter(line -> line.startsWith("bfcli")).toList());
      }
    }
    for (String line : lines) {
      shell(line);
    }
    assertThat(directory.resolve("wan.o")).isNotEmptyFile();
    assertThat(directory.resolve("count.bin")).isNotEmptyFile();
    assertThat(directory.resolve(".zsh/completions/_bfcli")).isNotEmptyFile();
  }

  @Test
  void exampleOfTheIntroductionIsAChain() {
    List<String> chains = new ArrayList<>();
    for (Block block : Manual.introduction()) {
      if (block instanceof Block.Lines(List<String> shown)) {
        chains.add(String.join("\n", shown));
      }
    }
    assertThat(chains).hasSize(1);
    Bfcli run = Bfcli.run("chain", "set", "-ds", chains.getFirst());
    assertThat(run.err()).isEqualTo("info   : --dry-run used, chain not set\n");
  }
}
