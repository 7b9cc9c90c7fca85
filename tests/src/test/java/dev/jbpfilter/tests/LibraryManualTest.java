package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.testing.NetworkNamespace;
import dev.jbpfilter.loader.testing.PrivateBpffs;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What doc/library.md promises, done. */
class LibraryManualTest {
  private static final Path PAGE = Checkout.ROOT.resolve("doc/library.md");
  private static final int TRANSFORMED = 2;
  private static final int REFUSED = 3;
  private static final int EXPLAINED = 4;
  private static final int LOADED = 5;
  private static final int CHANGED = 6;
  private static final int FOLLOWED = 7;

  @TempDir private Path directory;

  /** The example whose class has that name. */
  private JavaExample example(String name) throws IOException {
    return example(name, "/sys/fs/bpf");
  }

  private JavaExample example(String name, String bpffs) throws IOException {
    for (String source : Markdown.texts(PAGE, "java")) {
      if (source.contains("public final class " + name + " ")) {
        return JavaExample.write(directory, source.replace("/sys/fs/bpf", bpffs));
      }
    }
    throw new AssertionError("no example " + name);
  }

  private static String output(int index) throws IOException {
    return Markdown.texts(PAGE, "text").get(index).strip();
  }

  @Test
  void buildsCompilesAndDumps() throws IOException {
    List<String> inside = List.of("sh", "-c", "cd \"$0\" && exec \"$@\"", directory.toString());

    assertThat(example("WebServer").runUnder(inside)).isEqualTo(output(0));
    assertThat(Files.readString(directory.resolve("web.s"))).startsWith("; chain web\n");
    assertThat(Files.readAllBytes(directory.resolve("web.o"))).startsWith(0x7f, 'E', 'L', 'F');
  }

  @Test
  void buildsSets() throws IOException {
    assertThat(example("Blocklist").run()).isEqualTo(output(1));
  }

  @Test
  void parsesInspectsAndTransforms() throws IOException {
    JavaExample example = example("CountDrops");
    String rules = Markdown.texts(PAGE, "rules").getFirst();
    Path file = Files.writeString(directory.resolve("ssh.rules"), rules);
    assertThat(example.run(file.toString())).isEqualTo(output(TRANSFORMED));

    Files.writeString(file, rules.replace("2222", "22222222"));
    assertThat(example.run(file.toString()).replace(directory + "/", ""))
        .isEqualTo(output(REFUSED));
  }

  @Test
  void explains() throws IOException {
    assertThat(example("WhoGetsIn").run()).isEqualTo(output(EXPLAINED));
  }

  @Test
  void namesArtifactsThatExist() throws IOException {
    String version = Files.readString(Checkout.ROOT.resolve("pom.xml")).replaceAll("\\s", "");
    String page = Files.readString(PAGE).replaceAll("\\s", "");
    for (String module : List.of("ruleset", "cgen", "bytecode", "loader")) {
      String artifact = "jbpfilter-" + module;
      assertThat(Files.readString(Checkout.ROOT.resolve(module + "/pom.xml")))
          .contains("<artifactId>" + artifact + "</artifactId>");
      assertThat(
              Files.readString(Checkout.ROOT.resolve(module + "/src/main/java/module-info.java")))
          .contains("exports dev.jbpfilter." + module + ";");
      assertThat(page).contains("|`" + artifact + "`|`dev.jbpfilter." + module + "`|");
    }
    int start = page.indexOf("<version>");
    assertThat(version).contains(page.substring(start, page.indexOf("</version>", start)));
  }

  @Nested
  @RequiresBpf
  class OnTheKernel {
    @Test
    void loads() throws IOException {
      try (PrivateBpffs bpffs = new PrivateBpffs();
          NetworkNamespace namespace = new NetworkNamespace()) {
        List<String> inside = List.of("ip", "netns", "exec", namespace.name());
        assertThat(example("NoPing", bpffs.path()).runUnder(inside, "v0"))
            .isEqualTo(output(LOADED));
      }
    }

    @Test
    void changes() throws IOException {
      try (PrivateBpffs bpffs = new PrivateBpffs()) {
        assertThat(example("Guard", bpffs.path()).run()).isEqualTo(output(CHANGED));
      }
    }

    @Test
    void followsALog() throws IOException {
      try (PrivateBpffs bpffs = new PrivateBpffs()) {
        assertThat(example("FollowLog", bpffs.path()).run()).isEqualTo(output(FOLLOWED));
      }
    }
  }
}
