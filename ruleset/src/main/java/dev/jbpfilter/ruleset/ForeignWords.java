package dev.jbpfilter.ruleset;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Words that other tools understand, and what to do instead. */
final class ForeignWords {
  private static final String NO_STATE =
      "connections are not tracked: each packet is matched alone";
  private static final String NO_CALLS = "chains do not call one another: put the rules here";
  private static final String NO_TRANSLATION = "packets are filtered, not rewritten";
  private static final String NO_ETHERNET = "Ethernet addresses are not matched";

  private static final Map<String, String> HINTS =
      Map.ofEntries(
          Map.entry("and", "leave it out: all matchers of a rule must hold"),
          Map.entry("or", "write a rule for each"),
          Map.entry("then", "leave it out: the verdict stands alone"),
          Map.entry("verdict", "leave it out: the verdict stands alone"),
          Map.entry("ct", NO_STATE),
          Map.entry("state", NO_STATE),
          Map.entry("conntrack", NO_STATE),
          Map.entry("limit", "only logs have a rate: 'log every 1s'"),
          Map.entry("jump", NO_CALLS),
          Map.entry("goto", NO_CALLS),
          Map.entry("masquerade", NO_TRANSLATION),
          Map.entry("dnat", NO_TRANSLATION),
          Map.entry("snat", NO_TRANSLATION),
          Map.entry("eth", NO_ETHERNET),
          Map.entry("ether", NO_ETHERNET),
          Map.entry("mac", NO_ETHERNET),
          Map.entry("comment", "comments begin with '#' and go to the end of the line"),
          Map.entry("counters", "listings show numbers; write 'counter'"),
          Map.entry("all", "to match every packet, write 'meta.probability 100%'"),
          Map.entry("any", "to match every packet, write 'meta.probability 100%'"),
          Map.entry("*", "to match every packet, write 'meta.probability 100%'"));

  private static final Map<String, String> VERDICTS =
      Map.ofEntries(
          Map.entry("accept", "ACCEPT"),
          Map.entry("allow", "ACCEPT"),
          Map.entry("pass", "ACCEPT"),
          Map.entry("permit", "ACCEPT"),
          Map.entry("ok", "ACCEPT"),
          Map.entry("drop", "DROP"),
          Map.entry("deny", "DROP"),
          Map.entry("block", "DROP"),
          Map.entry("discard", "DROP"),
          Map.entry("reject", "DROP"),
          Map.entry("shot", "DROP"),
          Map.entry("continue", "CONTINUE"),
          Map.entry("next", "NEXT"),
          Map.entry("redirect", "REDIRECT"));

  private static final Map<String, String> OPTIONS =
      Map.ofEntries(
          Map.entry("-s", "saddr"),
          Map.entry("--source", "saddr"),
          Map.entry("--src", "saddr"),
          Map.entry("-d", "daddr"),
          Map.entry("--destination", "daddr"),
          Map.entry("--dst", "daddr"),
          Map.entry("-p", "proto"),
          Map.entry("--protocol", "proto"),
          Map.entry("-i", "iface"),
          Map.entry("-o", "iface"),
          Map.entry("--in-interface", "iface"),
          Map.entry("--out-interface", "iface"),
          Map.entry("--sport", "sport"),
          Map.entry("--dport", "dport"),
          Map.entry("--icmp-type", "type"),
          Map.entry("--tcp-flags", "flags"));

  private ForeignWords() {}

  /** What to do instead of {@code word}. */
  static Optional<String> hint(String word) {
    return Optional.ofNullable(HINTS.get(word.toLowerCase(Locale.ROOT)));
  }

  /** The matcher, maybe without its layer, that is like an option of iptables. */
  static Optional<String> matcherOfOption(String option) {
    return Optional.ofNullable(OPTIONS.get(option));
  }

  /** The verdict meant by {@code word}, in whatever case or of another tool. */
  static Optional<String> verdict(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    for (String prefix : new String[] {"xdp_", "tc_act_", "tcx_", "nf_", "bf_"}) {
      if (lower.startsWith(prefix)) {
        lower = lower.substring(prefix.length());
      }
    }
    return Optional.ofNullable(VERDICTS.get(lower));
  }
}
