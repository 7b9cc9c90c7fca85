package dev.jbpfilter.fuzz;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Words that damage gets further with than single characters do. */
final class Dictionary {
  /** Words and pieces of the rule language. */
  static final List<String> RULES = rules();

  /** Words and pieces of the assembler's notation. */
  static final List<String> ASSEMBLY = assembly();

  private Dictionary() {}

  private static List<String> rules() {
    List<String> words = new ArrayList<>();
    for (Hook hook : Hook.values()) {
      words.add(hook.keyword());
    }
    for (MatcherType type : MatcherType.values()) {
      words.add(type.keyword());
    }
    for (Operator operator : Operator.values()) {
      words.add(operator.keyword());
    }
    words.addAll(
        List.of(
            "chain",
            "rule",
            "set",
            "not",
            "counter",
            "ACCEPT",
            "DROP",
            "CONTINUE",
            "NEXT",
            "REDIRECT 2 out",
            "REDIRECT",
            "out",
            "mark",
            "log",
            "every",
            "link,internet",
            "lo"));
    words.addAll(
        List.of(
            "{",
            "}",
            "{}",
            "{ }",
            "(",
            ")",
            ",",
            ";",
            ",,",
            "#",
            "# {\n",
            "\"",
            "$",
            "=",
            "/",
            "-",
            ":",
            ".",
            "@",
            "(ip4.saddr)",
            "(ip6.snet) in {",
            "(tcp.dport,ip4.saddr)",
            "{1.1.1.1}",
            "{1.0.0.0/8\n2.2.2.2/9}",
            "{::1;::2}",
            "{80;080;}",
            "{1.1.1.1,80}",
            "BF_HOOK_NONE"));
    words.addAll(
        List.of(
            "{ifindex=2}",
            "ifindex=",
            "cgpath=/a",
            "{priorities=1-2}",
            "family=inet4",
            "iface=lo",
            "1.1.1.1",
            "1.1.1.1/33",
            "256.1.1.1",
            "::",
            "::/0",
            "::ffff:1.2.3.4",
            "80",
            "080",
            "65536",
            "1-2",
            "2-1",
            "0-",
            "0x",
            "0xffffffff",
            "4294967296",
            "010",
            "-0",
            "-1",
            "18446744073709551616",
            "50%",
            "100.1%",
            "1e3ns",
            "1.5s",
            "0s",
            "syn,ack",
            "syn,,",
            "tcp",
            "icmpv6",
            "echo-request",
            "ipv4",
            "ef",
            "be"));
    words.addAll(
        List.of(
            "define A = 80\n",
            "define B = $A;",
            "define A = $A\n",
            "define",
            "include \"a\"\n",
            "include \"../a\"\n",
            "include \"",
            "$A",
            "$B",
            "${A}",
            "$",
            "$1"));
    return List.copyOf(words);
  }

  private static List<String> assembly() {
    List<String> words = new ArrayList<>();
    for (AluOp op : AluOp.values()) {
      words.add(op.symbol());
    }
    for (Condition condition : Condition.values()) {
      words.add(condition.symbol());
    }
    for (ProgramType type : ProgramType.values()) {
      words.add(".program p " + type.name().toLowerCase(Locale.ROOT) + "\n");
    }
    for (AttachType type : List.of(AttachType.values()).subList(0, 8)) {
      words.add(type.name().toLowerCase(Locale.ROOT));
    }
    for (MapType type : List.of(MapType.values()).subList(0, 8)) {
      String name = type.name().toLowerCase(Locale.ROOT);
      words.add(".map m " + name + " key 4 value 8 entries 1\n");
    }
    words.addAll(
        List.of(
            ".program",
            ".map",
            ".license",
            "flags 0x80",
            "r0",
            "r1",
            "r10",
            "r11",
            "w0",
            "w2",
            "*(u8 *)(r1 +0)",
            "*(s16 *)(r1 -4)",
            "*(u32 *)(r10 -4)",
            "*(u64 *)(r1 +sk_buff.dev)",
            "*(u8 *)skb[4]",
            "*(u8 *)skb[r2 + 4]",
            "(s8)",
            "(s32)",
            "le16",
            "be64",
            "bswap32"));
    words.addAll(
        List.of(
            "lock ",
            "atomic_fetch_add(",
            "atomic64_fetch_xor(",
            "atomic_xchg(",
            "atomic_cmpxchg(",
            "load_acquire(",
            "store_release(",
            "addr_space_cast(r1, 1, 0)",
            "r0, ",
            ")",
            "if ",
            " goto ",
            "gotol ",
            "may_goto ",
            "pc+1",
            "pc-1",
            "+0x7fffffff",
            "call ",
            "exit\n",
            "bpf_map_lookup_elem",
            "bpf_tail_call#12",
            "unknown#-1",
            "kernel-function#3",
            "[module:1]",
            "bpf_dynptr_from_xdp"));
    words.addAll(
        List.of(
            "map[name:m]",
            "map[fd:3]",
            "map[idx:0][0]+8",
            "map[name:m][0]+4",
            "var[id:5]",
            "var[name:v]",
            "subprog[name:f]",
            "subprog[+2]#f",
            "f:",
            "f():",
            "f(r1, r2):",
            "; note",
            "; ",
            "# ",
            "// ",
            "0x80000000",
            "-2147483649",
            "0xffffffffffffffff",
            " ll",
            "99: ",
            "(b7) ",
            "(18) ",
            "18 01 00 00 05 00 00 00",
            "\r",
            "\t",
            "func#0 @0\n",
            "R1=ctx()"));
    return List.copyOf(words);
  }
}
