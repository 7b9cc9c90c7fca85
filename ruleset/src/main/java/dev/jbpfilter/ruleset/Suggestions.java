package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Guesses what a misspelt word was meant to be. */
final class Suggestions {
  private static final int WORST_DISTANCE = 3;

  private Suggestions() {}

  /** "did you mean …?" for {@code word} where only {@code kinds} are allowed. */
  static Optional<String> forSyntax(String word, TokenKind... kinds) {
    List<String> candidates = new ArrayList<>();
    for (TokenKind kind : kinds) {
      switch (kind) {
        case CHAIN -> candidates.add("chain");
        case RULE -> candidates.add("rule");
        case SET -> candidates.add("set");
        case NEGATE -> candidates.add("not");
        case COUNTER -> candidates.add("counter");
        case MARK -> candidates.add("mark");
        case LOG -> candidates.add("log");
        case EVERY -> candidates.add("every");
        case VERDICT -> candidates.addAll(List.of("ACCEPT", "DROP", "CONTINUE", "NEXT"));
        case REDIRECT_TOKEN -> candidates.add("REDIRECT");
        case REDIRECT_DIR -> candidates.addAll(List.of("in", "out"));
        case HOOK -> addHooks(candidates);
        case MATCHER_TYPE -> {
          for (MatcherType type : MatcherTypes.ALL) {
            candidates.add(type.keyword());
          }
        }
        case RAW_HOOKOPT,
            REDIRECT_IFACE,
            SET_TYPE,
            SET_RAW_PAYLOAD,
            MATCHER_OP,
            RAW_PAYLOAD,
            STRING,
            COMMA,
            INVALID,
            END -> {}
      }
    }
    return closest(word, candidates);
  }

  /** What to write for a word that is no hook. */
  static String forHook(String word) {
    return hook(word)
        .map(hook -> question(hook.keyword()))
        .orElse(
            "hooks are BF_HOOK_XDP, BF_HOOK_TC_INGRESS, BF_HOOK_TC_EGRESS, BF_HOOK_NF_…,"
                + " BF_HOOK_CGROUP_SKB_… and BF_HOOK_CGROUP_SOCK_ADDR_…");
  }

  /** The hook that {@code word} certainly stands for, but for case, dashes and prefix. */
  static Optional<Hook> sameHook(String word) {
    return Hook.ofKeyword(Words.HOOK_PREFIX + bareHook(word));
  }

  private static String bareHook(String word) {
    String upper = word.toUpperCase(Locale.ROOT).replace('-', '_');
    return upper.startsWith(Words.HOOK_PREFIX)
        ? upper.substring(Words.HOOK_PREFIX.length())
        : upper;
  }

  /** The hook that {@code word}, of this language or another, may stand for. */
  private static Optional<Hook> hook(String word) {
    String bare = bareHook(word);
    String name =
        switch (bare) {
          case "INPUT" -> "NF_LOCAL_IN";
          case "OUTPUT" -> "NF_LOCAL_OUT";
          case "FORWARD" -> "NF_FORWARD";
          case "PREROUTING" -> "NF_PRE_ROUTING";
          case "POSTROUTING" -> "NF_POST_ROUTING";
          case "INGRESS" -> "TC_INGRESS";
          case "EGRESS" -> "TC_EGRESS";
          default -> bare;
        };
    List<String> candidates = new ArrayList<>();
    for (Hook hook : Hook.values()) {
      candidates.add(hook.name());
    }
    return closestWord(name, candidates).map(Hook::valueOf);
  }

  private static void addHooks(List<String> candidates) {
    for (Hook hook : Hook.values()) {
      candidates.add(hook.keyword());
    }
  }

  /** "did you mean …?" with the candidate that differs least from {@code word}, if close enough. */
  static Optional<String> closest(String word, Iterable<String> candidates) {
    return closestWord(word, candidates).map(Suggestions::question);
  }

  /** Whether {@code word} may be a misspelt {@code candidate}. */
  static boolean isClose(String word, String candidate) {
    return closestWord(word, List.of(candidate)).isPresent();
  }

  private static String question(String word) {
    return "did you mean '" + word + "'?";
  }

  /** The candidate that differs least from {@code word}, if close enough. */
  static Optional<String> closestWord(String word, Iterable<String> candidates) {
    if (word.isEmpty()) {
      return Optional.empty();
    }
    String best = "";
    int bestDistance = Math.min(WORST_DISTANCE, (word.length() + 1) / 3) + 1;
    for (String candidate : candidates) {
      boolean part = candidate.endsWith("_" + word) || candidate.startsWith(word + "_");
      int distance = part ? 1 : distance(word, candidate, bestDistance);
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }

  /** Optimal string alignment distance, case ignored; {@code limit} if it is not smaller. */
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) >= limit) {
      return limit;
    }
    int[] before = new int[b.length() + 1];
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same = same(a.charAt(i - 1), b.charAt(j - 1));
        int best = Math.min(previous[j], current[j - 1]) + 1;
        best = Math.min(best, previous[j - 1] + (same ? 0 : 1));
        if (i > 1
            && j > 1
            && same(a.charAt(i - 1), b.charAt(j - 2))
            && same(a.charAt(i - 2), b.charAt(j - 1))) {
          best = Math.min(best, before[j - 2] + 1);
        }
        current[j] = best;
      }
      int[] free = before;
      before = previous;
      previous = current;
      current = free;
    }
    return Math.min(previous[b.length()], limit);
  }

  private static boolean same(char a, char b) {
    return Words.toLower(a) == Words.toLower(b);
  }
}
