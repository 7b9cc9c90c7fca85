package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code asm} and {@code disasm}. */
class AsmTest {
  private static final String SOURCE =
      """
      .map hits array key 4 value 8 entries 1
      .program count xdp
      ; count the packet
        *(u32 *)(r10 -4) = 0
        r1 = map[name:hits]
        r2 = r10
        r2 += -4
        call bpf_map_lookup_elem
        if r0 == 0 goto done
        r1 = 1
        lock *(u64 *)(r0 +0) += r1
      done:
        r0 = 2
        exit
      """;

  @TempDir private Path directory;

  private static Bfcli asm(String source, String... words) {
    return Bfcli.run(Map.of(), source, words);
  }

  @Test
  void writesHexThatReadsBack() {
    String source = "r0 = 2\nif r1 > r2 goto pc+1\nw0 s/= w3\nexit\n";
    Bfcli hex = asm(source, "asm", "-");

    assertThat(hex.err()).isEmpty();
    assertThat(hex.status()).isZero();
    assertThat(hex.out()).contains("b7 00 00 00 02 00 00 00\n", "3c 30 01 00 00 00 00 00\n");
    Bfcli text = asm(hex.out(), "disasm", "-");
    assertThat(text.err()).isEmpty();
    assertThat(text.out())
        .contains(
            "   0: (b7) r0 = 2\n", "   1: (2d) if r1 > r2 goto pc+1\n", "   2: (3c) w0 s/= w3\n");
    assertThat(asm(text.out(), "asm", "-").out()).isEqualTo(hex.out());
  }

  @Test
  void writesBytesOfEitherOrder() throws IOException {
    Path file = directory.resolve("program");
    for (String order : new String[] {"", "--big-endian"}) {
      String[] words = ("asm --to bytes " + order + " --output " + file + " -").split(" +", -1);
      assertThat(asm("r1 = 258\nexit\n", words).status()).isZero();

      assertThat(HexFormat.of().formatHex(Files.readAllBytes(file)))
          .isEqualTo(
              order.isEmpty()
                  ? "b7010000020100009500000000000000"
                  : "b7100000000001029500000000000000");
      String[] back = ("disasm " + order + " " + file).split(" +", -1);
      assertThat(Bfcli.run(back).out()).contains("   0: (b7) r1 = 258\n   1: (95) exit\n");
    }
  }

  @Test
  void writesAnObjectFileThatReadsBack() {
    Path file = directory.resolve("count.o");
    Bfcli elf = asm(SOURCE, "asm", "--to", "elf", "--output", file.toString(), "-");
    assertThat(elf.err()).isEmpty();
    assertThat(elf.status()).isZero();

    Bfcli text = Bfcli.run("disasm", file.toString());
    assertThat(text.err()).isEmpty();
    assertThat(text.out())
        .contains(".map hits array key 4 value 8 entries 1", "; count the packet\n")
        .contains("(18) r1 = map[name:hits]\n", "(85) call bpf_map_lookup_elem#1\n");
    assertThat(asm(text.out(), "asm", "-").out()).isEqualTo(asm(SOURCE, "asm", "-").out());
    assertThat(Bfcli.run("disasm", "--syntax", "llvm", file.toString()).out())
        .contains("r2 += -0x4\n", "call 0x1\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"c", "json", "hex"})
  void writesTextForms(String format) {
    assertThat(asm(SOURCE, "asm", "--to", format, "-").out()).contains("count", "hits");
  }

  @Test
  void showsEveryProblemWithItsPlace() {
    Bfcli run = asm("r0 = 2\n\tr11 = 3\ngoto nowhere\nexit\n", "asm", "-");

    assertThat(run.status()).isEqualTo(234);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("error  : standard input:2:2: ")
        .contains("\n  \tr11 = 3\n  \t^\n")
        .contains("error  : standard input:3:6: ", "nowhere")
        .endsWith("error  : failed to assemble standard input: Invalid argument\n");
  }

  @Test
  void showsLinesAsTheyAreCounted() {
    Bfcli run = asm("r0 = 2\rr1 = 3\r\nexit\r\n\tr0 = \u001b[2J\n", "asm", "-");

    assertThat(run.err())
        .contains("standard input:1:8: ", "\n  r0 = 2\ufffdr1 = 3\n         ^\n")
        .contains("standard input:3:7: a value expected, not '\ufffd'\n  \tr0 = \ufffd[2J\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"map[name:m]", "map[name:m][0]+4"})
  void needsTheMapsOfAnObjectFile(String map) {
    String source = "r1 = " + map + "\nr0 = 0\nexit\n";

    Bfcli run = asm(source, "asm", "--to", "elf", "-");

    assertThat(run.status()).isEqualTo(234);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            "error  : standard input:1:15: there is no map m\n  r1 = "
                + map
                + "\n                ^\n  hint: declare it with .map\n"
                + "error  : failed to assemble standard input: Invalid argument\n");
    assertThat(asm(source, "asm", "--to", "json", "-").status()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          asm, missing FILE
          disasm, missing FILE
          asm a b, Too many arguments
          asm --to exe a, "unknown --to format 'exe', expecting hex, bytes, c, json or elf"
          disasm --syntax intel a, "unknown --syntax notation 'intel', expecting kernel or llvm"
          asm --big-endian a, option --big-endian needs --to bytes
          asm --big a, unrecognized option '--big'
          asm -x a, invalid option -- 'x'
          """,
      quoteCharacter = '"')
  void refusesWrongUse(String words, String problem) {
    Bfcli run = Bfcli.run(words.split(" ", -1));

    assertThat(run.status()).isEqualTo(64);
    String program = "bfcli " + words.split(" ", -1)[0];
    assertThat(run.err()).startsWith(program + ": " + problem + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '', no instructions
          95000000000000, 7 bytes are no whole number of slots
          950000000000000, a byte has one digit only
          ff00000000000000, unknown instruction 0xff
          """)
  void refusesWhatIsNoProgram(String hex, String problem) {
    Bfcli run = asm(hex, "disasm", "-");

    assertThat(run.status()).isEqualTo(234);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("error  : standard input: ")
        .contains(problem)
        .endsWith(": Invalid argument\n");
  }

  @Test
  void refusesADamagedObjectFile() throws IOException {
    Path file = directory.resolve("damaged.o");
    Files.write(file, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0});

    Bfcli run = Bfcli.run("disasm", file.toString());

    assertThat(run.status()).isEqualTo(234);
    assertThat(run.err()).startsWith("error  : " + file + ": offset 0x");
  }

  @Test
  void namesAFileThatIsNotThere() {
    Bfcli run = Bfcli.run("asm", "/nope");

    assertThat(run.status()).isEqualTo(254);
    assertThat(run.err()).isEqualTo("error  : failed to read /nope: No such file or directory\n");
  }

  @Test
  void writesOneProgramAsBytes() {
    String two = ".program a xdp\nr0 = 1\nexit\n.program b xdp\nr0 = 2\nexit\n";
    Bfcli run = asm(two, "asm", "--to", "bytes", "-");

    assertThat(run.status()).isEqualTo(249);
    assertThat(run.err()).contains("standard input has several programs");
    assertThat(asm(two, "asm", "-").out()).contains("chain a", "chain b");
  }

  @Test
  void tellsWhatAnObjectFileCannotHold() {
    Bfcli run = asm("r1 = map[fd:3]\nr0 = 0\nexit\n", "asm", "--to", "elf", "-");

    assertThat(run.status()).isEqualTo(161);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            "error  : program 'main': a number of the running kernel in an object file is not"
                + " supported: Operation not supported\n");
  }

  @Test
  void refusesToShareAMapInAnObjectFile() {
    String program = "r1 = map[name:m]\nr0 = 1\nexit\n";
    String source =
        ".map m array key 4 value 8 entries 1\n"
            + ".program a xdp\n"
            + program
            + ".program b xdp\n"
            + program;
    Bfcli run = asm(source, "asm", "--to", "elf", "-");

    assertThat(run.status()).isEqualTo(161);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("several programs use map m");
  }
}
