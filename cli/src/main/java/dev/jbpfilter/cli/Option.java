package dev.jbpfilter.cli;

import org.jspecify.annotations.Nullable;

/** An option of the command line. */
enum Option {
  BPFFS_PATH(
      "bpffs-path",
      'b',
      Value.DIRECTORY,
      "the BPF file system that keeps the chains, in its directory bpfilter; default: /sys/fs/bpf"),
  WITH_BPF_TOKEN(
      "with-bpf-token",
      't',
      null,
      "load programs and maps with the rights of a BPF token, which is created from the BPF file"
          + " system of --bpffs-path: for containers; Linux 6.9"),
  VERBOSE(
      "verbose",
      'v',
      Value.VERBOSITY,
      "say more; repeatable. debug: debug messages, and all of what the verifier says to a program"
          + " it refuses; bpf: programs report failed kernel calls to the trace pipe; bytecode:"
          + " print programs before they are loaded"),
  STRICT("strict", "read rules as bpfilter does, without extensions of the language"),
  NO_CLI("no-cli"),
  NO_NFTABLES("no-nftables"),
  NO_IPTABLES("no-iptables"),

  FROM_STR("from-str", 's', Value.TEXT, "rules, as text"),
  FROM_FILE("from-file", 'f', Value.FILE, "rules, from a file; - is standard input"),
  NAME("name", 'n', Value.CHAIN, "name of the chain"),
  DRY_RUN("dry-run", 'd', null, "check and compile the rules, without the kernel and privileges"),
  NO_SET_CONTENT("no-set-content", '\0', null, "print only how many elements sets have"),
  OPTION("option", 'o', Value.HOOK_OPTION, "hook option, as in the rules; repeatable"),
  SET_NAME("set-name", 'S', Value.SET, "name of the set"),
  ADD(
      "add",
      'A',
      Value.ELEMENT,
      "an element to add; repeatable. Components are separated by commas"),
  REMOVE("remove", 'R', Value.ELEMENT, "an element to remove; repeatable"),

  FORMAT(
      "format",
      Value.LIST_FORMAT,
      "how to print chains: text (default), json for programs, or rules to be read again"),
  DUMP("dump", Value.DUMP_FORMAT, "with --dry-run, print the program: " + DumpFormat.WORDS),
  OUTPUT("output", Value.FILE, "where to write the program; default: standard output"),
  TO("to", Value.ASM_FORMAT, "what to write: " + AsmFormat.WORDS + "; default: hex"),
  SYNTAX(
      "syntax",
      Value.SYNTAX,
      "notation of the listing: " + Disasm.Syntax.WORDS + "; default: kernel"),
  BIG_ENDIAN("big-endian", "bytes are those of a big-endian machine; default: little-endian"),
  IFACE_MAP("iface-map", Value.FILE, "take interfaces from lines name=index, not from the kernel"),

  EXPLAIN_PLAN(
      "explain-plan", "print how the rules are looked up, and what other ways would have cost"),
  MAX_TABLE_MEMORY(
      "max-table-memory",
      Value.SIZE,
      "how much the tables of a chain's rules may take, as 512K or 1G; default: 64M"),
  OPTIMISE(
      "optimise",
      'O',
      Value.LEVEL,
      "-O0: try rules one after another; -O1 (default): look them up",
      true),

  CONFIRM(
      "confirm",
      Value.SECONDS,
      "bring the old chains back after so many seconds, unless you press Enter at the terminal,"
          + " or run 'bfcli ruleset confirm' in another shell"),

  PCAP("pcap", Value.FILE, "a capture, pcap or pcapng; - is standard input"),
  PACKET_NUMBER("number", Value.NUMBER, "which packet of the capture it is, from 1"),
  COMPARE("compare", Value.FILE, "tell which packets other rules would judge otherwise"),
  WRITE_ACCEPTED("write-accepted", Value.FILE, "write the packets that pass to a pcapng file"),
  WRITE_DROPPED("write-dropped", Value.FILE, "write the packets that are dropped to a pcapng file"),
  SEED("seed", Value.NUMBER, "decides what chance draws for meta.probability; default: 0"),

  PACKET("packet", Value.PACKET, "the packet, as 'tcp 192.0.2.7:40000 > 198.51.100.1:80 syn'"),
  HEX("hex", Value.TEXT, "the bytes of the packet in hexadecimal, from the Ethernet header on"),
  TCP("tcp", "a TCP packet"),
  UDP("udp", "a UDP packet"),
  ICMP("icmp", "an ICMP packet"),
  ICMPV6("icmpv6", "an ICMPv6 packet"),
  PROTOCOL("protocol", Value.TEXT, "a packet of another protocol, by name or number"),
  SRC("src", Value.ADDRESS, "where the packet comes from, IPv4 or IPv6"),
  DST("dst", Value.ADDRESS, "where the packet goes to, IPv4 or IPv6"),
  SPORT("sport", Value.PORT, "its source port"),
  DPORT("dport", Value.PORT, "its destination port"),
  FLAGS("flags", Value.TEXT, "its TCP flags, as syn,ack; or none"),
  TYPE("type", Value.TEXT, "its ICMP type, by name or number"),
  CODE("code", Value.NUMBER, "its ICMP code"),
  DSCP("dscp", Value.TEXT, "its DSCP class, by name or number"),
  BEHIND("behind", Value.TEXT, "an IPv6 extension header before its transport header"),
  FRAGMENT("fragment", "it is a fragment, and not the first one"),
  CUT("cut", "it is cut off within its transport header"),
  SIZE("size", Value.NUMBER, "its bytes, with the Ethernet header"),
  VLAN("vlan", Value.NUMBER, "the VLAN that it is tagged with"),
  IFACE("iface", Value.INTERFACE, "the interface, by name or index; default: that of the chain"),
  MARK("mark", Value.NUMBER, "its mark; default: 0"),
  FLOW_HASH("flow-hash", Value.NUMBER, "the hash of its flow in the kernel; default: 1"),
  RANDOM("random", Value.NUMBER, "the 32-bit number drawn for meta.probability"),
  WRITE(
      "write",
      Value.FILE,
      "write the packets to a capture file (pcapng) for tcpdump and Wireshark; - is standard"
          + " output"),
  RULE("rule", Value.NUMBER, "print only what this rule logs, by its index from 0; repeatable"),
  COUNT("count", Value.NUMBER, "end after so many entries"),
  INTERVAL("interval", Value.SECONDS, "seconds from one look to the next; default: 1"),
  SORT("sort", Value.SORT_ORDER, "order of the rules: " + TopSort.WORDS + "; default: rate"),
  ONCE("once", "look twice, show what was counted between, and end"),
  FAIL_ON(
      "fail-on",
      Value.FAIL_LEVEL,
      "which findings make the exit status 1: " + FailLevel.WORDS + "; default: advice"),
  PLAN_FORMAT("format", Value.PLAN_FORMAT, "how to print plans: " + PlanFormat.WORDS),
  STATS(
      "stats",
      "let the kernel measure how long programs run, all of the system; needs CAP_SYS_ADMIN"),

  HELP("help", 'h', null, "print this help"),
  USAGE("usage", '\0', null, "print a short usage"),
  VERSION("version", 'V', null, "print the version");

  private final String word;
  private final char letter;
  private final @Nullable Value value;
  private final String help;
  private final boolean isAddition;

  Option(String word, char letter, @Nullable Value value, String help, boolean isAddition) {
    this.word = word;
    this.letter = letter;
    this.value = value;
    this.help = help;
    this.isAddition = isAddition;
  }

  /** An option of bpfilter's bfcli. */
  Option(String word, char letter, @Nullable Value value, String help) {
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
  Option(String word, Value value, String help) {
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

  /** What the value is; null if the option takes none. */
  @Nullable Value value() {
    return value;
  }

  String help() {
    return help;
  }

  /** Whether each occurrence counts; of the others, the last one does. */
  boolean isRepeatable() {
    return this == VERBOSE || this == OPTION || this == ADD || this == REMOVE || this == RULE;
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
