package dev.jbpfilter.cli;

import dev.jbpfilter.cli.Command.Operand;
import dev.jbpfilter.cli.Section.Block;
import dev.jbpfilter.cli.Section.Block.Lines;
import dev.jbpfilter.cli.Section.Block.Paragraph;
import dev.jbpfilter.cli.Section.Block.Terms;
import dev.jbpfilter.cli.Section.Term;
import java.util.ArrayList;
import java.util.List;

/** What help texts and the manual page of the program say. */
final class Manual {
  private Manual() {}

  /** What the program is. */
  static List<Block> introduction() {
    return List.of(
        new Paragraph(
            "bfcli filters packets in the kernel. It reads rules, compiles each chain of them to"
                + " an eBPF program, loads the programs, and attaches them to hooks: network"
                + " interfaces (XDP, TC), Netfilter, and cgroups. There is no daemon: the kernel"
                + " runs the programs, and all state is in a BPF file system."),
        new Paragraph("A chain has a name, a hook, a policy, and rules:"),
        new Lines(
            List.of(
                "chain web BF_HOOK_XDP{ifindex=2} ACCEPT",
                "    rule tcp.dport 23 counter DROP",
                "    rule ip4.snet 192.0.2.0/24 icmp.type echo-request DROP")),
        new Paragraph(
            "The first rule that matches a packet decides; if there is none, the policy does. A"
                + " chain with hook options, in braces, is attached; one without is only loaded."));
  }

  /** All commands with their purposes. */
  static Terms commands() {
    List<Term> terms = new ArrayList<>();
    for (Command command : Commands.all()) {
      terms.add(new Term(command.name(), command.purpose()));
    }
    return new Terms(terms);
  }

  /** The options that stand before the action, and those that can stand anywhere. */
  static Terms globalOptions() {
    List<Term> terms = new ArrayList<>();
    for (Option option : CommandParser.withTextOptions(CommandParser.GLOBAL_OPTIONS)) {
      if (!option.isDeprecated()) {
        terms.add(new Term(spelling(option), option.help()));
      }
    }
    return new Terms(terms);
  }

  /** What {@code command} is for. */
  static List<Block> about(Command command) {
    List<Block> about = new ArrayList<>();
    about.add(new Paragraph(command.purpose()));
    for (String paragraph : command.details()) {
      about.add(new Paragraph(paragraph));
    }
    return about;
  }

  /** What {@code command} takes besides what every command does. */
  static Terms ownOptions(Command command) {
    return options(command, command.options());
  }

  /** What {@code command} takes. */
  static Terms options(Command command) {
    return options(command, CommandParser.withTextOptions(command.options()));
  }

  private static Terms options(Command command, List<Option> options) {
    List<Term> terms = new ArrayList<>();
    Operand operand = command.operand();
    if (operand != null) {
      terms.add(new Term(operand.value().label(), operand.help()));
    }
    for (Option option : options) {
      terms.add(new Term(spelling(option), command.help(option)));
    }
    return new Terms(terms);
  }

  private static String spelling(Option option) {
    String letter = option.letter() == '\0' ? "    " : "-" + option.letter() + ", ";
    return letter + Usage.withValue(option);
  }

  static Section environment() {
    return new Section(
        "Environment variables",
        new Paragraph(
            "The first three stand for global options that are not given; an empty one counts as"
                + " not set, and dry runs ignore them."),
        new Terms(
            List.of(
                new Term(Settings.BPFFS_VARIABLE, "the DIR of --bpffs-path"),
                new Term(Settings.TOKEN_VARIABLE, "if not empty, --with-bpf-token"),
                new Term(Settings.VERBOSE_VARIABLE, "the WORDs of --verbose, separated by commas"),
                new Term(
                    Settings.COLOUR_VARIABLE,
                    "if not empty, messages are not coloured; they are only where standard output"
                        + " and error are both terminals"))));
  }

  static Section exitStatus() {
    return new Section(
        "Exit status",
        new Paragraph(
            "0 if all went well, 64 if the command line is wrong, and else 256 less the number of"
                + " the error:"),
        new Terms(
            List.of(
                new Term(
                    "1",
                    "ruleset diff has found a difference, test an expectation that does not hold,"
                        + " lint something to mend, simulate --compare another verdict"),
                new Term("64", "wrong command line; also --usage"),
                new Term("70", "a bug in this program"),
                new Term("141", "the reader of standard output is gone (EPIPE)"),
                new Term("146", "--confirm: not confirmed in time, the old chains run (ETIMEDOUT)"),
                new Term("161", "not supported here, or not by this version (EOPNOTSUPP)"),
                new Term("189", "the device or cgroup of a chain is gone (ENOLINK)"),
                new Term("234", "rules that are not valid; options that do not fit (EINVAL)"),
                new Term("235", "a directory where a file should be (EISDIR)"),
                new Term("239", "the name is taken (EEXIST)"),
                new Term(
                    "240",
                    "already attached, the hook is taken, or a change awaits confirmation (EBUSY)"),
                new Term("243", "a file that may not be read or written (EACCES)"),
                new Term("245", "another process works on the chains (EAGAIN)"),
                new Term("249", "several chains and no --name (E2BIG)"),
                new Term("251", "chains to be saved can't be read (EIO)"),
                new Term("254", "no such chain, set, file or BPF file system (ENOENT)"),
                new Term("255", "a privilege is missing, or DIR is no BPF file system (EPERM)"))));
  }

  static Section files() {
    return new Section(
        "Files",
        new Terms(
            List.of(
                new Term(
                    Settings.DEFAULT_BPFFS + "/bpfilter/NAME",
                    "what the kernel keeps of the chain NAME: its program, counters, sets, and"
                        + " attachment, each a pin that bpftool can show. Begins with the DIR of"
                        + " --bpffs-path if that is given."))));
  }

  static Section capabilities() {
    return new Section(
        "Capabilities",
        new Paragraph(
            "Dry runs, explain, simulate, lint and plan of rules in a text or file, test, asm, disasm"
                + " and completion need none, and features and ruleset check tell more with them. Commands that only read chains need none either, but must be"
                + " allowed to open the pins, which belong to whoever made them. All other commands"
                + " are for root, or for a process that has CAP_BPF, CAP_NET_ADMIN and CAP_PERFMON"
                + " and may write to the BPF file system; some do with fewer. Without CAP_PERFMON,"
                + " the kernel refuses the pointer arithmetic of most programs."));
  }

  /** The examples of {@code command}. */
  static Section examples(Command command) {
    return new Section("Examples", lines(command.examples()));
  }

  /** From the first rule to the last. */
  static Section examples() {
    return new Section(
        "Examples",
        lines(
            List.of(
                new Example(
                    "Check rules; nothing is loaded, and no privilege is needed",
                    "bfcli ruleset set --from-file web.rules --dry-run"),
                new Example(
                    "Load and attach them, in place of all that there was",
                    "bfcli ruleset set --from-file web.rules"),
                new Example("See what they count", "bfcli ruleset get"),
                new Example(
                    "Exchange one chain; the others keep running",
                    "bfcli chain set --from-file web.rules --name web"),
                new Example("Stop filtering", "bfcli ruleset flush"))));
  }

  /** Examples as they are typed, each under a comment that says what it is for. */
  static Lines lines(List<Example> examples) {
    List<String> lines = new ArrayList<>();
    for (Example example : examples) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add("# " + example.purpose());
      lines.addAll(example.line().lines().toList());
    }
    return new Lines(lines);
  }
}
