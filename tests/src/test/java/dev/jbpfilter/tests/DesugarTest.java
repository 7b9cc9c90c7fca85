package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.testing.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** The classes that are packed for a fast start do what javac's do. */
@EnabledForJreRange(min = JRE.JAVA_24, disabledReason = "packing desugars with JDK 24 or newer")
class DesugarTest {
  private static final String MAIN = "dev.jbpfilter.sample.Sugar";

  @TempDir private Path directory;

  private static String jdk(String program) {
    return Path.of(System.getProperty("java.home"), "bin", program).toString();
  }

  private Path compiled() throws IOException {
    Path source = directory.resolve("Sugar.java");
    try (InputStream in = DesugarTest.class.getResourceAsStream("Sugar.java")) {
      Files.write(source, Objects.requireNonNull(in).readAllBytes());
    }
    Path classes = directory.resolve("classes");
    Shell.run(jdk("javac"), "--release", "21", "-d", classes.toString(), source.toString());
    Path jar = directory.resolve("plain.jar");
    Shell.run(jdk("jar"), "--create", "--file", jar.toString(), "-C", classes.toString(), "dev");
    return jar;
  }

  @Test
  void writtenOutCodeDoesTheSame() throws IOException {
    Path plain = compiled();
    Path packed = directory.resolve("packed.jar");
    Path names =
        Files.writeString(
            directory.resolve("names"), MAIN.replace('.', '/') + "\njava/util/List\n");
    Path list = directory.resolve("list");
    Shell.run(
        jdk("java"),
        Checkout.ROOT.resolve("cli/src/dist/java/Pack.java").toString(),
        packed.toString(),
        names.toString(),
        list.toString(),
        plain.toString());

    String expected = Shell.run(jdk("java"), "-cp", plain.toString(), MAIN);
    assertThat(expected).contains("true false", "square", "null is refused");
    assertThat(Shell.run(jdk("java"), "-cp", packed.toString(), MAIN)).isEqualTo(expected);
    assertThat(Shell.run(jdk("javap"), "-p", "-c", "-cp", plain.toString(), MAIN + "$All"))
        .contains("invokedynamic");
    assertThat(Shell.run(jdk("javap"), "-p", "-c", "-cp", packed.toString(), MAIN, MAIN + "$Box"))
        .doesNotContain(":typeSwitch:", ":equals:", ":hashCode:");
    assertThat(list).content().contains(MAIN.replace('.', '/') + "\n", "java/util/List\n", "@cp ");
  }
}
