package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jbpfilter.loader.testing.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every form of dump of every example, as the real command line writes it. */
@RequiresLauncher
class DumpCommandTest {
  private static final String NOTICE = "info   : --dry-run used, ruleset not applied";

  @TempDir private Path directory;

  static Stream<Path> examples() {
    return Checkout.examples().stream();
  }

  /** The dump in a format; the same goes to standard output and to {@code --output}. */
  private String dump(Path example, String format) throws IOException {
    Path file = directory.resolve("dump." + format);
    String[] words = {"ruleset", "set", "-f", example.toString(), "--dry-run", "--dump", format};
    List<String> toFile = new ArrayList<>(List.of(words));
    toFile.addAll(List.of("--output", file.toString()));

    Launcher.Run run = Launcher.bfcli().run(words).ended(0);
    Launcher.bfcli().run(toFile.toArray(String[]::new)).said(0, NOTICE);

    assertThat(run.err()).isEqualTo(NOTICE + "\n");
    assertThat(run.out()).isNotBlank().isEqualTo(Files.readString(file));
    return run.out();
  }

  /** The name of the file's one chain. */
  private static String chainName(Path example) throws IOException {
    try (Stream<String> lines = Files.lines(example)) {
      String head = lines.filter(line -> line.startsWith("chain ")).findFirst().orElseThrow();
      return head.split(" ", -1)[1];
    }
  }

  /** How many rules the file has, by its lines. */
  private static int rules(Path example) throws IOException {
    try (Stream<String> lines = Files.lines(example)) {
      return (int) lines.filter(line -> line.strip().startsWith("rule ")).count();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void dataForms(Path example) throws IOException {
    String json = dump(example, "json");
    List<String> instructions = Json.scalars(json, "/program/instructions");

    assertThat(instructions).hasSizeGreaterThan(20).allMatch(i -> i.matches("[0-9a-f]{16}"));
    assertThat(Json.scalars(json, "/name")).containsExactly(chainName(example));
    assertThat(Json.scalars(json, "/program/name")).containsExactly("bf_prog");
    assertThat(Json.scalars(json, "/maps/name")).containsExactly("bf_cmap");
    assertThat(Json.scalars(json, "/maps/max_entries"))
        .containsExactly(Integer.toString(rules(example) + 2));
    assertThat(
            dump(example, "hex")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll("#.*", "").replace(" ", "")))
        .containsExactlyElementsOf(instructions);
    String c = dump(example, "c");
    assumeTrue(Files.exists(Path.of("/usr/bin/gcc")), "no gcc to compile the dump with");
    assumeTrue(Files.exists(Path.of("/usr/include/linux/bpf.h")), "no kernel headers for gcc");
    assertThat(compiledBytes(c, chainName(example)))
        .isEqualTo(HexFormat.of().parseHex(String.join("", instructions)));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void textForms(Path example) throws IOException {
    String asm = dump(example, "asm");
    String ir = dump(example, "ir");
    String virt = dump(example, "virt");

    String name = chainName(example);
    assertThat(asm)
        .startsWith("; chain " + name + "\n; program bf_prog: type xdp ")
        .contains("exit\n", "bf_cmap")
        .contains("   0: (");
    assertThat(ir).startsWith("; chain " + name + "\nfilter " + name + " on BF_HOOK_XDP");
    assertThat(virt).startsWith("; chain " + name + "\nbf_prog(v1)");
    for (int rule = 0; rule < rules(example); rule++) {
      assertThat(List.of(asm, ir, virt)).allMatch(contains("rule " + rule + ":"));
    }
  }

  private static Predicate<String> contains(String part) {
    return text -> text.contains(part);
  }

  @Test
  void severalChainsAreDumpedInTheirOrder() throws IOException {
    StringBuilder rules = new StringBuilder();
    List<String> names = new ArrayList<>();
    for (Path example : Checkout.examples()) {
      rules.append(Files.readString(example));
      names.add(chainName(example));
    }
    Launcher all = Launcher.bfcli().reading(rules.toString());

    String json = all.run("ruleset", "set", "-d", "-f", "-", "--dump", "json").ended(0).out();
    String asm = all.run("ruleset", "set", "-d", "-f", "-", "--dump", "asm").ended(0).out();

    assertThat(names).hasSizeGreaterThan(2);
    assertThat(Json.scalars(json, "/name")).isEqualTo(names);
    assertThat(asm.lines().filter(line -> line.startsWith("; chain ")))
        .containsExactlyElementsOf(names.stream().map("; chain "::concat).toList());
  }

  /** What the array of instructions holds when a C program is made of the dump. */
  private byte[] compiledBytes(String c, String chain) throws IOException {
    Path source = directory.resolve("dump.c");
    Path program = directory.resolve("dump");
    Path bytes = directory.resolve("bytes");
    Files.writeString(
        source,
        c
            + """
            #include <stdio.h>
            int main(void) { return !fwrite(%1$s_insns, sizeof %1$s_insns, 1, stdout); }
            """
                .formatted(chain),
        StandardCharsets.UTF_8);
    Shell.run("gcc", "-Wall", "-Wextra", "-Werror", "-o", program.toString(), source.toString());
    Shell.run("sh", "-c", program + " >" + bytes);
    return Files.readAllBytes(bytes);
  }
}
