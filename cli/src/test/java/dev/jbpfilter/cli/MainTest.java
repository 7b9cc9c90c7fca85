package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What happens at the edges: bugs, broken streams, colours. */
class MainTest {
  private static final String[] READS_INPUT = {"chain", "set", "-d", "-f", "-"};

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private PrintStream stream(OutputStream out) {
    return new PrintStream(out, false, StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private int run(InputStream in, OutputStream out, String... args) {
    return Main.run(args, in, stream(out), stream(err), Map.of());
  }

  /** An input that fails when read. */
  private static final class BrokenInput extends InputStream {
    private final Exception failure;

    BrokenInput(Exception failure) {
      this.failure = failure;
    }

    @Override
    public int read() throws IOException {
      if (failure instanceof IOException e) {
        throw e;
      }
      throw new IllegalStateException(failure);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return read();
    }
  }

  @Test
  void bugsEndWithoutATrace() {
    int status =
        run(new BrokenInput(new Exception("bug")), OutputStream.nullOutputStream(), READS_INPUT);

    assertThat(status).isEqualTo(70);
    assertThat(err())
        .startsWith("abort  : internal error, please report it: java.lang.IllegalStateException")
        .contains("--verbose debug")
        .doesNotContain("\tat ");
  }

  @Test
  void debugShowsTheTraceOfBugs() {
    InputStream in = new BrokenInput(new Exception("bug"));
    int status =
        run(in, OutputStream.nullOutputStream(), "-vdebug", "chain", "set", "-d", "-f", "-");

    assertThat(status).isEqualTo(70);
    assertThat(err()).startsWith("abort  : internal error").contains("\tat ");
  }

  @Test
  void brokenInput() {
    int status =
        run(
            new BrokenInput(new IOException("Input/output error")),
            OutputStream.nullOutputStream(),
            READS_INPUT);

    assertThat(status).isEqualTo(251);
    assertThat(err())
        .isEqualTo(
            """
            error  : failed to read rules from standard input: Input/output error
            error  : failed to parse the chain(s): Input/output error
            """);
  }

  /** Runs {@code --version} with a standard output that fails as {@code reason} says. */
  private int versionTo(String reason) {
    OutputStream failing =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(reason);
          }
        };
    return Main.run(
        new String[] {"--version"},
        InputStream.nullInputStream(),
        new StandardOutput(failing),
        stream(err),
        Map.of());
  }

  @Test
  void lostOutputIsAFailure() {
    int status = run(InputStream.nullInputStream(), new FullOutput(), "--version");

    assertThat(status).isEqualTo(251);
    assertThat(err()).isEqualTo("error  : failed to write standard output: Input/output error\n");
  }

  @Test
  void standardOutputKnowsWhyItWasLost() {
    assertThat(versionTo("No space left on device")).isEqualTo(228);
    assertThat(err())
        .isEqualTo("error  : failed to write standard output: No space left on device\n");
  }

  @Test
  void aReaderThatIsGoneIsNotToldOf() {
    assertThat(versionTo("Broken pipe")).isEqualTo(141);
    assertThat(err()).isEmpty();
  }

  @Test
  void levelsAreColouredOnTerminals() {
    Console console =
        new Console(
            InputStream.nullInputStream(),
            stream(OutputStream.nullOutputStream()),
            stream(err),
            true);
    String empty = "chain a BF_HOOK_XDP ACCEPT rule (ip4.saddr) in {} DROP";

    int status = Main.run(List.of("chain", "set", "-ds", empty), console, Map.of());
    Main.run(List.of("chain", "set", "-ds", empty, "-nb"), console, Map.of());

    assertThat(status).isZero();
    assertThat(err())
        .startsWith("\u001b[1;33mwarning\u001b[0m: rule 0 ")
        .contains("\n\u001b[1;32minfo   \u001b[0m: --dry-run used, chain not set\n")
        .endsWith("\u001b[1;31merror  \u001b[0m: chain 'b' not found: No such file or directory\n");
  }

  @Test
  void versionIsThatOfTheBuild() throws IOException {
    String pom = Files.readString(Path.of(System.getProperty("jbpfilter.root"), "pom.xml"));

    assertThat(pom)
        .contains("<artifactId>jbpfilter</artifactId>\n  <version>" + Main.VERSION + "</version>");
  }
}
