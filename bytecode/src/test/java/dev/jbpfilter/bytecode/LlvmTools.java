package dev.jbpfilter.bytecode;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The assembler and the disassembler of the newest LLVM that is installed. Debian's packages are
 * {@code llvm-22} and so on. LLVM 14 lacks most of instruction set v4 and LLVM 19 the atomic loads
 * and stores; 22 knows all instructions, and is the one that {@link LlvmDisassembler} follows.
 */
final class LlvmTools {
  private static final int FIRST = 22;
  private static final int NEWEST = 30;

  private final Path folder;
  private final String suffix;

  private LlvmTools(Path folder, String suffix) {
    this.folder = folder;
    this.suffix = suffix;
  }

  /**
   * The tools; skips the test if there are none that are new enough.
   *
   * @param folder for files in between
   */
  static LlvmTools in(Path folder) throws IOException, InterruptedException {
    for (int release = NEWEST; release >= FIRST; release--) {
      LlvmTools tools = new LlvmTools(folder, "-" + release);
      if (tools.run("llvm-mc", "--version") == 0 && tools.run("llvm-objdump", "--version") == 0) {
        return tools;
      }
    }
    assumeTrue(false, "no LLVM " + FIRST + " or newer: apt-get install llvm-" + FIRST);
    throw new AssertionError();
  }

  /** The bytes that a source assembles to. */
  byte[] assemble(String source, String triple) throws IOException, InterruptedException {
    object(source, triple);
    check(run("llvm-objcopy", "-O", "binary", "--only-section=.text", "object", "bytes"));
    return Files.readAllBytes(folder.resolve("bytes"));
  }

  /** The text of each instruction, without its number. */
  List<String> disassemble(byte[] bytes, String triple) throws IOException, InterruptedException {
    StringBuilder source = new StringBuilder();
    for (byte each : bytes) {
      source.append(".byte ").append(each).append('\n');
    }
    object(source.toString(), triple);
    check(run("llvm-objdump", "-d", "--no-show-raw-insn", "object"));
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("out"))) {
      int tab = line.indexOf(":\t");
      if (tab > 0 && line.startsWith(" ")) {
        lines.add(line.substring(tab + 2));
      }
    }
    return lines;
  }

  private void object(String source, String triple) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("source"), source, StandardCharsets.UTF_8);
    check(run("llvm-mc", "-triple", triple, "-mcpu=v4", "-filetype=obj", "-o", "object", "source"));
  }

  private void check(int status) throws IOException {
    if (status != 0) {
      throw new AssertionError(Files.readString(folder.resolve("out")));
    }
  }

  private int run(String tool, String... arguments) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of(arguments));
    command.addFirst(tool + suffix);
    try {
      return new ProcessBuilder(command)
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("out").toFile())
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1;
    }
  }
}
