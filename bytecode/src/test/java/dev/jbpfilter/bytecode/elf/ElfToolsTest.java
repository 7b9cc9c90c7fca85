package dev.jbpfilter.bytecode.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our files in the eyes of the tools that everyone has. */
final class ElfToolsTest {
  @TempDir private Path directory;

  @Test
  void readelfFindsNothingWrong() throws Exception {
    String output = run("readelf", "-a", "-W");
    assertThat(output)
        .doesNotContainIgnoringCase("warning")
        .doesNotContainIgnoringCase("error")
        .contains("Linux BPF", "REL (Relocatable file)")
        .containsPattern("FUNC +GLOBAL +DEFAULT +\\d+ filter\n")
        .containsPattern("FUNC +LOCAL +DEFAULT +\\d+ twice\n")
        .containsPattern("OBJECT +GLOBAL +DEFAULT +\\d+ counters\n")
        .containsPattern("NOTYPE +GLOBAL +DEFAULT +UND bpf_rcu_read_lock\n");
  }

  @Test
  void llvmDisassemblesThem() throws Exception {
    String output = run("llvm-objdump", "-d", "-r");
    assertThat(output)
        .contains("Disassembly of section xdp.frags:", "<filter>:", "<twice>:", "<last>:")
        .containsPattern("R_BPF_64_64\\s+counters")
        .containsPattern("R_BPF_64_64\\s+state")
        .containsPattern("R_BPF_64_32\\s+bpf_rcu_read_lock")
        .containsPattern("R_BPF_64_32\\s+\\.text");
  }

  private String run(String... tool) throws IOException, InterruptedException {
    Path file = directory.resolve("full.bpf.o");
    Files.write(file, ObjectFile.write(List.of(Objects.full())));
    ProcessBuilder builder = new ProcessBuilder(tool);
    builder.command().add(file.toString());
    Process process;
    try {
      process = builder.redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, e.getMessage());
      throw e;
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
