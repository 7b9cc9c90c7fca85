package dev.jbpfilter.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What fuzzing starts from, and what it has found: {@code src/test/resources/findings}. */
class FindingsTest {
  private static final Map<String, Consumer<byte[]>> FUZZERS =
      Map.of(
          "Agreement", FindingsTest::agree,
          "RulesFuzzer", RulesFuzzer::fuzzerTestOneInput,
          "AssemblyFuzzer", AssemblyFuzzer::fuzzerTestOneInput,
          "InstructionsFuzzer", InstructionsFuzzer::fuzzerTestOneInput,
          "ObjectFileFuzzer", ObjectFileFuzzer::fuzzerTestOneInput,
          "CaptureFuzzer", CaptureFuzzer::fuzzerTestOneInput);

  /** In the interpreter; the kernel's part is {@code AgreementFindingsTest} of the tests. */
  private static void agree(byte[] text) {
    Finding finding = Finding.parse(new String(text, StandardCharsets.UTF_8));
    assertThat(finding.packets()).isNotEmpty();
    assertThat(Finding.parse(finding.toString())).hasToString(finding.toString());
    assertThat(Agreement.ofPackets(finding)).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> findings() throws IOException {
    return tests(Path.of("src/test/resources/findings"));
  }

  @TestFactory
  Stream<DynamicTest> seeds(@TempDir Path folder) throws IOException {
    FuzzSeeds.main(new String[] {folder.toString()});
    return tests(folder);
  }

  /** A test for each file, which is in a folder named after its fuzzer. */
  private static Stream<DynamicTest> tests(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    assertThat(files).isNotEmpty();
    return files.stream()
        .map(file -> {
          String fuzzer = folder.relativize(file).getName(0).toString();
          Consumer<byte[]> target = Objects.requireNonNull(FUZZERS.get(fuzzer), fuzzer);
          return DynamicTest.dynamicTest(
              folder.relativize(file).toString(), () -> target.accept(Files.readAllBytes(file)));
        });
  }
}
