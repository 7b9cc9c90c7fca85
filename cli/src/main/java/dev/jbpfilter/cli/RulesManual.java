package dev.jbpfilter.cli;

import dev.jbpfilter.cli.Section.Block.Lines;
import dev.jbpfilter.cli.Section.Block.Paragraph;
import dev.jbpfilter.cli.Section.Block.Terms;
import dev.jbpfilter.cli.Section.Term;
import java.util.List;

/** What the manual page of the rule language says. */
final class RulesManual {
  /** The title of the only section whose lines are no rules. */
  static final String GRAMMAR = "Grammar";

  private RulesManual() {}

  /** All sections between name and references. */
  static List<Section> sections() {
    return List.of(
        description(),
        grammar(),
        chains(),
        new Section("Hooks", RulesTables.hooks()),
        hookOptions(),
        rules(),
        new Section(
            "Matchers",
            new Paragraph(
                "Each with its operators, the value that it takes, and the hooks it can be used"
                    + " on, named without BF_HOOK_. If no operator is written, eq is meant. The"
                    + " operator in stands for sets."),
            RulesTables.matchers()),
        new Section(
            "Operators",
            new Paragraph("The word not, between type and operator, negates."),
            RulesTables.operators()),
        new Section(
            "Names of values",
            new Paragraph("In any case; a number can be written instead."),
            RulesTables.names()),
        sets(),
        ruleOptions(),
        verdicts(),
        extensions(),
        examples());
  }

  private static Section description() {
    return new Section(
        "Description",
        new Paragraph(
            "A text of rules has one chain or more. Each becomes one program in the kernel, which"
                + " decides what happens to the packets, or socket calls, of one hook."),
        lines(
            """
            # Who is not a neighbour gets no answer to a ping.
            chain ping BF_HOOK_XDP{ifindex=2} ACCEPT
                rule ip4.snet not 192.0.2.0/24  icmp.type echo-request  counter  DROP
            """),
        new Paragraph(
            "Blanks, tabs and line ends separate words and have no other meaning, except that line"
                + " ends separate the elements of a set. A comment goes from # to the end of the"
                + " line. Keywords are written as shown here."));
  }

  private static Section grammar() {
    return new Section(
        GRAMMAR,
        lines(
            """
            TEXT     = { DEFINE | INCLUDE | CHAIN }
            CHAIN    = "chain" NAME HOOK [ "{" OPTION { "," OPTION } "}" ] POLICY
                       { SET } { RULE }
            OPTION   = KEY "=" VALUE
            SET      = "set" NAME SETKEY "in" ELEMENTS
            RULE     = "rule" MATCHER { MATCHER } { EXTRA } VERDICT
            MATCHER  = TYPE [ "not" ] [ OPERATOR ] VALUE
                     | SETKEY [ "not" ] "in" ( ELEMENTS | NAME )
            SETKEY   = "(" TYPE { "," TYPE } ")"
            ELEMENTS = "{" [ ELEMENT { ( ";" | line end ) ELEMENT } ] "}"
            ELEMENT  = VALUE { "," VALUE }
            EXTRA    = "counter"
                     | "mark" NUMBER
                     | "log" [ LAYER { "," LAYER } ] [ "every" INTERVAL ]
            VERDICT  = "ACCEPT" | "DROP" | "CONTINUE" | "NEXT"
                     | "REDIRECT" INTERFACE ( "in" | "out" )
            DEFINE   = "define" NAME "=" text up to ";" or line end
            INCLUDE  = "include" '"' FILE '"'
            """));
  }

  private static Section chains() {
    return new Section(
        "Chains",
        new Paragraph(
            "A name has letters, digits and underscores, at most 255 of them. It is no keyword and"
                + " does not begin with __bf_staging_."),
        new Paragraph(
            "The policy, which is ACCEPT, DROP or NEXT, decides what no rule decides. It also"
                + " decides packets that are cut off within a header that some rule needs: for"
                + " those no rule is tried, and they count as errors."),
        new Paragraph(
            "A chain with hook options is attached when it is set. One without is only loaded."));
  }

  private static Section hookOptions() {
    return new Section(
        "Hook options",
        new Terms(
            List.of(
                new Term(
                    "ifindex=INTERFACE",
                    "The network interface: its index, or its name. The key can be written iface,"
                        + " too."),
                new Term(
                    "cgpath=PATH",
                    "A directory of cgroup v2. The program sees the processes in it and below it."),
                new Term(
                    "priorities=A-B",
                    "Two different Netfilter priorities, from 1 to 2147483647. The chain is"
                        + " attached with the first; each update changes to the other one."),
                new Term(
                    "family=inet4, family=inet6", "Deprecated, and ignored with a warning."))));
  }

  private static Section rules() {
    return new Section(
        "Rules",
        new Paragraph(
            "A rule matches if all its matchers do. Rules are tried from the first to the last;"
                + " the first one that matches, and whose verdict is not CONTINUE, decides."),
        new Paragraph(
            "A matcher of a header field holds only for packets that have this header, also if it"
                + " is negated: udp.dport not 7 does not match TCP. A rule is disabled, with a"
                + " warning, if it asks for two protocols of the same layer or for an element of"
                + " an empty set."));
  }

  private static Section sets() {
    return new Section(
        "Sets",
        new Paragraph(
            "A set stands in a rule, or has a name and stands before the first rule of its chain."
                + " The key tells what is looked up: up to 8 types, of at most 64 bytes together."
                + " A network type is the only one of its key. Elements are separated by line ends"
                + " or semicolons, the components of an element by commas."),
        lines(
            """
            chain services BF_HOOK_XDP ACCEPT
                set blocked (ip4.saddr) in { 192.0.2.7; 192.0.2.9 }
                set open (ip4.daddr, tcp.dport) in {
                    198.51.100.1, 80
                    198.51.100.1, 443
                }
                rule (ip4.saddr) in blocked                counter DROP
                rule (ip4.daddr, tcp.dport) in open        ACCEPT
                rule (ip4.snet) not in { 10.0.0.0/8; 192.168.0.0/16 }  DROP
            """),
        new Paragraph(
            "An element that is there already does not count. Nothing is in an empty set: a rule"
                + " that asks for it is disabled, one that asks for the contrary always matches."
                + " As part of a key, ip6.nexthdr looks at the first next header only."));
  }

  private static Section ruleOptions() {
    return new Section(
        "Rule options",
        new Paragraph("In any order, each once."),
        new Terms(
            List.of(
                new Term("counter", "Counts the packets, or calls, that match, and their bytes."),
                new Term(
                    "log [LAYER,...] [every INTERVAL]",
                    "Notes each match for chain logs. The layers, whose headers are noted, are"
                        + " link, internet and transport; without any, all are. Hooks of socket"
                        + " calls take no layers. An interval, a number with ns, us, ms or s,"
                        + " allows one entry in that time."),
                new Term(
                    "mark NUMBER",
                    "Sets the mark of the packet: 0 to 0xffffffff, a leading 0 for octal. On "
                        + RulesTables.markHooks()
                        + " only."))));
  }

  private static Section verdicts() {
    return new Section(
        "Verdicts",
        new Terms(
            List.of(
                new Term("ACCEPT", "Lets the packet pass, or the call succeed."),
                new Term("DROP", "Drops the packet; a call fails with EPERM."),
                new Term("CONTINUE", "Goes on with the next rule."),
                new Term(
                    "NEXT",
                    "On TC, leaves the decision to the next program; elsewhere the same as"
                        + " ACCEPT."),
                new Term(
                    "REDIRECT INTERFACE in|out",
                    "Sends the packet through another interface, named or by index. On TC, and on"
                        + " XDP with out only."))));
  }

  private static Section extensions() {
    return new Section(
        "Extensions",
        new Paragraph("bpfilter does not know them, and --strict switches them off."),
        new Terms(
            List.of(
                new Term(
                    "define NAME = VALUE",
                    "Before the first chain or between chains. From there on, $NAME stands for the"
                        + " value, in sets, too. It ends at the line end or at a semicolon."),
                new Term(
                    "include \"FILE\"",
                    "Before the first chain or between chains: reads another file, once. The path"
                        + " is relative to the including file, and does not leave its directory."
                        + " Files can include others up to 16 deep."),
                new Term("# in sets", "A comment, as elsewhere."),
                new Term(
                    "interfaces by name",
                    "In ifindex=; and names may have the characters _ . @ : everywhere. What has"
                        + " digits only is an index."),
                new Term(
                    "other blanks",
                    "Carriage return, form feed and vertical tab separate words."))),
        lines(
            """
            include "networks.rules"
            define SSH = tcp.dport 22
            chain admin BF_HOOK_XDP ACCEPT
                rule (ip4.snet) in { $OFFICE; 203.0.113.0/24 # the other site
                }  $SSH  ACCEPT
                rule $SSH  log transport every 1s  DROP
            """),
        new Paragraph("Here, the file networks.rules has:"),
        lines(
            """
            define OFFICE = 192.0.2.0/24
            """));
  }

  private static Section examples() {
    return new Section(
        "Examples",
        lines(
            """
            # A mail server, and nothing else. What has no ACK begins a connection.
            chain mail BF_HOOK_XDP DROP
                rule meta.l3_proto 0x0806                          ACCEPT
                rule meta.l4_proto icmpv6                          ACCEPT
                rule (tcp.dport) in { 25; 465; 587; 993 }  counter ACCEPT
                rule tcp.flags any ack                             ACCEPT
                rule udp.sport 53                                  ACCEPT

            # What leaves the machine: mark video calls, log what looks odd.
            chain egress BF_HOOK_TC_EGRESS ACCEPT
                rule udp.dport range 3478-3481  mark 0x10  CONTINUE
                rule ip6.nexthdr routing  log internet every 10s  counter DROP
                rule meta.flow_probability 1%  ip4.dscp ef  counter CONTINUE

            # Programs of a service may talk to the database only.
            chain service BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4 DROP
                rule ip4.daddr 192.0.2.20  tcp.dport 5432  ACCEPT
                rule ip4.dnet 127.0.0.0/8                  ACCEPT
            """));
  }

  private static Lines lines(String text) {
    return new Lines(text.lines().toList());
  }
}
