package dev.jbpfilter.cli;

import dev.jbpfilter.cli.Section.Block.Paragraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes the manual pages. The build runs it; the program never does. */
final class ManPages {
  /** Of the release that {@link Main#VERSION} names. */
  static final String DATE = "2026-01-01";

  private ManPages() {}

  /**
   * Writes {@code man1/bfcli.1} and {@code man5/bfcli-rules.5}.
   *
   * @param args the directory to write them below, which {@code man -M} can be given
   */
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    write(directory.resolve("man1"), "bfcli.1", program());
    write(directory.resolve("man5"), "bfcli-rules.5", rules());
  }

  private static void write(Path directory, String name, String text) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(name), text);
  }

  /** The page bfcli(1). */
  static String program() {
    ManText page = new ManText("bfcli", 1, DATE);
    page.add(new Section("Name", new Paragraph("bfcli - filter packets with eBPF")));
    page.title("Synopsis");
    page.synopsis(
        Usage.program().stream().map(words -> String.join(" ", words)).toArray(String[]::new));
    page.add(new Section("Description", Manual.introduction()));
    page.add(
        new Section(
            "Commands",
            new Paragraph(
                "Besides its own options, each knows --help, --usage and --version. Long options of"
                    + " bpfilter can be shortened as far as they stay clear.")));
    for (Command command : Commands.all()) {
      page.part(command.name(), "bfcli " + String.join(" ", Usage.command(command)));
      Manual.about(command).forEach(page::add);
      page.add(Manual.ownOptions(command));
    }
    page.add(new Section("Global options", Manual.globalOptions()));
    page.add(Manual.environment());
    page.add(Manual.files());
    page.add(Manual.exitStatus());
    page.add(Manual.capabilities());
    List<Example> examples = new ArrayList<>();
    for (Command command : Commands.all()) {
      examples.addAll(command.examples());
    }
    page.add(new Section("Examples", Manual.lines(examples)));
    page.add(new Section("See also", new Paragraph("bfcli-rules(5), bpf(2), bpftool(8)")));
    return page.text();
  }

  /** The page bfcli-rules(5). */
  static String rules() {
    ManText page = new ManText("bfcli-rules", 5, DATE);
    page.add(new Section("Name", new Paragraph("bfcli-rules - the rules that bfcli compiles")));
    RulesManual.sections().forEach(page::add);
    page.add(new Section("See also", new Paragraph("bfcli(1), bpf(2), packet(7), cgroups(7)")));
    return page.text();
  }
}
