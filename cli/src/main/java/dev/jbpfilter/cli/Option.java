package dev.jbpfilter.cli;

import org.jspecify.annotations.Nullable;

/** An option of the command line. */
enum Option {
  BPFFS_PATH("bpffs-path", 'b', "DIR", "bpffs mount to pin under; default: /sys/fs/bpf"),
  WITH_BPF_TOKEN(
      "with-bpf-token",
      't',
      null,
      "use a BPF token from the bpffs of --bpffs-path; not in this version yet"),
  VERBOSE(
      "verbose",
      'v',
      "WORD",
      "say more, repeatable. debug: debug messages and whole verifier logs; bpf: programs report"
          + " failed kernel calls to the trace pipe; bytecode: print programs before they are"
          + " loaded"),
  NO_CLI("no-cli"),
  NO_NFTABLES("no-nftables"),
  NO_IPTABLES("no-iptables"),

  FROM_STR("from-str", 's', "TEXT", "rules, as text"),
  FROM_FILE("from-file", 'f', "FILE", "rules, from a file; - is standard input"),
  NAME("name", 'n', "NAME", "name of the chain"),
  DRY_RUN("dry-run", 'd', null, "check and compile the rules, without the kernel and privileges"),
  NO_SET_CONTENT("no-set-content", '\0', null, "print the size of sets only"),
  OPTION("option", 'o', "KEY=VALUE", "hook option, as in the rules; repeatable"),

  FORMAT(
      "format", "FORMAT", "how to print: text (default), json, or rules, which can be read back"),
  DUMP("dump", "FORMAT", "with --dry-run, print the program: " + DumpFormat.WORDS),
  OUTPUT("output", "FILE", "where to write the program; default: standard output"),
  TO("to", "FORMAT", "what to write: " + AsmFormat.WORDS + "; default: hex"),
  SYNTAX(
      "syntax", "SYNTAX", "notation of the listing: " + Disasm.Syntax.WORDS + "; default: kernel"),
  BIG_ENDIAN("big-endian", "for bytes: those of a big-endian machine, not of a little-endian one"),
  IFACE_MAP("iface-map", "FILE", "take interfaces from lines name=index, not from the kernel"),

  HELP("help", 'h', null, "print this help"),
  USAGE("usage", '\0', null, "print a short usage"),
  VERSION("version", 'V', null, "print the version");

  private final String word;
  private final char letter;
  private final @Nullable String value;
  private final String help;
  private final boolean isAddition;

  Option(String word, char letter, @Nullable String value, String help, boolean isAddition) {
    this.word = word;
    this.letter = letter;
    this.value = value;
    this.help = help;
    this.isAddition = isAddition;
  }

  /** An option of bpfilter's bfcli. */
  Option(String word, char letter, @Nullable String value, String help) {
    this(word, letter, value, help, false);
  }

  /** A deprecated option of bpfilter's bfcli, not shown in help. */
  Option(String word) {
    this(word, '\0', null, "", false);
  }

  /** An option without value that bpfilter's bfcli does not have. */
  Option(String word, String help) {
    this(word, '\0', null, help, true);
  }

  /** An option that bpfilter's bfcli does not have. */
  Option(String word, String value, String help) {
    this(word, '\0', value, help, true);
  }

  /** As written, for example {@code --dry-run}. */
  String text() {
    return "--" + word;
  }

  /** The name without dashes. */
  String word() {
    return word;
  }

  /** The short name; NUL if there is none. */
  char letter() {
    return letter;
  }

  boolean takesValue() {
    return value != null;
  }

  /** What help calls the value; null if the option takes none. */
  @Nullable String valueLabel() {
    return value;
  }

  String help() {
    return help;
  }

  /** Deprecated options have no effect and no help. */
  boolean isDeprecated() {
    return help.isEmpty();
  }

  /** Whether {@code prefix} may stand for this option; additions are written in full. */
  boolean abbreviatedBy(String prefix) {
    return !isAddition && word.startsWith(prefix);
  }
}
