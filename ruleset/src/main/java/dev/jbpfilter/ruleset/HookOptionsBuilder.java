package dev.jbpfilter.ruleset;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects hook options written as {@code key=value}. */
public final class HookOptionsBuilder {
  /** The keys, without the one that has no effect. */
  static final List<String> KEYS = List.of("ifindex", "cgpath", "priorities");

  private static final String INVALID = ": Invalid argument";

  private final InterfaceResolver interfaces;
  private final boolean strict;
  private @Nullable Integer ifindex;
  private @Nullable String cgpath;
  private HookOptions.@Nullable Priorities priorities;

  /** Whether there is any option, also one that is dropped. */
  private boolean given;

  /** The keys that were given with values that are no use. */
  private final Set<String> refused = new HashSet<>();

  /** A builder without options that knows no interface by name. */
  public HookOptionsBuilder() {
    this(InterfaceResolver.none(), false);
  }

  /**
   * A builder without options.
   *
   * @param interfaces asked for the index of an interface that is given by name
   * @param strict whether to refuse names of interfaces and the key {@code iface}
   */
  public HookOptionsBuilder(InterfaceResolver interfaces, boolean strict) {
    this.interfaces = interfaces;
    this.strict = strict;
  }

  /**
   * Adds an option that was not read from a source.
   *
   * @return the error or warning, if any; after an error the option counts as not given
   */
  public Optional<Diagnostic> add(String option) {
    return add(option, Span.NONE);
  }

  /**
   * Adds an option.
   *
   * @param span where the option stands
   * @return the error or warning, if any; after an error the option counts as not given
   */
  public Optional<Diagnostic> add(String option, Span span) {
    int equals = option.indexOf('=');
    if (equals < 0) {
      return Optional.of(
          Diagnostic.error(
              span,
              "hook option " + Printable.quote(option) + " has no value" + INVALID,
              "an option is like '" + example("ifindex") + "'"));
    }
    given = true;
    String key = option.substring(0, equals);
    String value = option.substring(equals + 1);
    Span valueSpan = part(span, equals + 1, option.length());
    Optional<Diagnostic> problem =
        switch (key.equals("iface") && !strict ? "ifindex" : key) {
          case "ifindex" ->
              ifindex != null ? duplicate(span, "ifindex") : ifindex(value, valueSpan);
          case "cgpath" -> cgpath != null ? duplicate(span, key) : cgpath(value, valueSpan);
          case "priorities" ->
              priorities != null ? duplicate(span, key) : priorities(value, valueSpan);
          case "family" -> family(value, valueSpan);
          default -> unknown(key, value, part(span, 0, equals));
        };
    problem.filter(Diagnostic::isError).ifPresent(_e -> refuse(key));
    return problem;
  }

  private static Span part(Span option, int from, int to) {
    return option.equals(Span.NONE) ? option : new Span(option.start() + from, option.start() + to);
  }

  private static Optional<Diagnostic> unknown(String key, String value, Span span) {
    return Optional.of(
        Diagnostic.error(
            span,
            "unknown hook option "
                + Printable.quote(key)
                + ", expecting ifindex, cgpath or priorities: Operation not supported",
            keyHint(key, value)));
  }

  /** Takes note that {@code key} was given, but is no use. */
  void refuse(String key) {
    given = true;
    Optional<String> meant = meant(key);
    refused.addAll(meant.isPresent() ? List.of(meant.get()) : KEYS);
  }

  /** Why {@code hook} can't be used with the options, if some are given; empty if it can. */
  Optional<HookOptions.Incompatibility> incompatibility(Hook hook) {
    return given ? build().incompatibility(hook, refused) : Optional.empty();
  }

  /** The key that {@code word} stands for here or in other tools. */
  private static Optional<String> meant(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "dev", "iface", "interface", "if", "index" -> Optional.of("ifindex");
      case "cgroup", "cgroup_path", "path" -> Optional.of("cgpath");
      case "prio", "priority" -> Optional.of("priorities");
      default -> Suggestions.closestWord(word, KEYS);
    };
  }

  /**
   * What to write for a key that does not exist.
   *
   * @param value what was given with it; empty if nothing was
   */
  static @Nullable String keyHint(String word, String value) {
    if (word.equals("name")) {
      return "the name of a chain is the word behind 'chain'";
    }
    return meant(word)
        .map(key -> value.isEmpty() ? exampleHint(key) : Advice.write(key + "=" + value))
        .orElse(null);
  }

  /** What to write for an option that has no value, or is missing. */
  static String exampleHint(String key) {
    return Advice.write(example(key));
  }

  /** The error for options that do not fit the hook. */
  static Diagnostic diagnostic(HookOptions.Incompatibility problem, Span span) {
    return Diagnostic.error(
        span,
        problem.message(),
        problem.missing() ? exampleHint(problem.key()) : attachHint(problem.hook()));
  }

  /** With which option chains of {@code hook} are attached. */
  private static String attachHint(Hook hook) {
    String key =
        switch (hook.flavor()) {
          case XDP, TC -> "ifindex";
          case NETFILTER -> "priorities";
          case CGROUP_SKB, CGROUP_SOCK_ADDR -> "cgpath";
        };
    return hook.keyword() + " chains take '" + example(key) + "' alone";
  }

  private static String example(String key) {
    return switch (key) {
      case "ifindex" -> "ifindex=2";
      case "cgpath" -> "cgpath=/sys/fs/cgroup/web";
      default -> "priorities=101-102";
    };
  }

  /** The options given so far. */
  public HookOptions build() {
    return new HookOptions(ifindex, cgpath, priorities);
  }

  private static Optional<Diagnostic> error(Span span, String message) {
    return error(span, message, null);
  }

  private static Optional<Diagnostic> error(Span span, String message, @Nullable String hint) {
    return Optional.of(Diagnostic.error(span, message, hint));
  }

  /** What to do about signs in a value that do not belong to it; null if there are none. */
  private static @Nullable String signs(String key, String value) {
    if (value.endsWith(";")) {
      return "options are separated by ','";
    }
    if (value.startsWith("\"") || value.startsWith("'")) {
      return "values are written without quotes: "
          + Advice.write(key + "=" + value.replace(value.substring(0, 1), ""));
    }
    return OddCharacters.hint(value).orElse(null);
  }

  private static Optional<Diagnostic> duplicate(Span span, String key) {
    return error(span, key + "= is defined multiple times: File exists");
  }

  private Optional<Diagnostic> ifindex(String value, Span span) {
    long index = NumberText.cBase(value);
    if (index == NumberText.INVALID) {
      OptionalLong named =
          strict || isDigits(value) ? OptionalLong.empty() : interfaces.index(value);
      if (named.isEmpty()) {
        return notAnInterface(value, span);
      }
      index = named.getAsLong();
    }
    // A sign wraps in C, so a negative index is a big one.
    if (index < 0 || index > Integer.MAX_VALUE) {
      return error(
          span, "ifindex is too big: " + Printable.bare(value) + ": Argument list too long");
    }
    ifindex = (int) index;
    return Optional.empty();
  }

  private Optional<Diagnostic> notAnInterface(String value, Span span) {
    String hint = signs("ifindex", value);
    if (strict || value.isEmpty() || isDigits(value)) {
      return error(
          span,
          "failed to parse ifindex "
              + Printable.quote(value)
              + ", expecting an interface index"
              + INVALID,
          hint != null || !isDigits(value) ? hint : "a leading 0 makes a number octal");
    }
    return error(
        span,
        "interface " + Printable.quote(value) + " not found" + INVALID,
        hint != null ? hint : new ValueHints(interfaces).interfaceHint(value).orElse(null));
  }

  /** Digits alone are never a name, even if they are no number in C's notation. */
  private static boolean isDigits(String value) {
    return NumberText.decimal(value) != NumberText.INVALID;
  }

  private Optional<Diagnostic> cgpath(String value, Span span) {
    if (value.isEmpty()) {
      return error(span, "cgpath is empty" + INVALID);
    }
    cgpath = value;
    return Optional.empty();
  }

  private Optional<Diagnostic> priorities(String value, Span span) {
    String quoted = Printable.quote(value);
    int dash = value.indexOf('-');
    if (dash == 0 && value.length() > 1) {
      // What looks like a sign separates an empty number, which reads as 0.
      return badPriorities(span, value, "priorities can't be 0: " + quoted);
    }
    long first = dash < 0 ? NumberText.INVALID : NumberText.unsignedCBase(value.substring(0, dash));
    long second = NumberText.unsignedCBase(value.substring(dash + 1));
    if (first < 0 || second < 0) {
      return badPriorities(span, value, "failed to parse " + quoted + ", expecting '$INT-$INT'");
    }
    if (first > Integer.MAX_VALUE || second > Integer.MAX_VALUE) {
      return badPriorities(
          span, value, "priorities can't be bigger than " + Integer.MAX_VALUE + ": " + quoted);
    }
    if (first == second) {
      return badPriorities(span, value, "priorities must be different: " + quoted);
    }
    if (first == 0 || second == 0) {
      return badPriorities(span, value, "priorities can't be 0: " + quoted);
    }
    priorities = new HookOptions.Priorities((int) first, (int) second);
    return Optional.empty();
  }

  private static Optional<Diagnostic> badPriorities(Span span, String value, String message) {
    String odd = signs("priorities", value);
    return error(
        span,
        message + INVALID,
        odd != null
            ? odd
            : "give the priority and a spare one for replacements: 'priorities="
                + priorityPair(value)
                + "'");
  }

  private static String priorityPair(String value) {
    long one =
        NumberText.decimal(value.endsWith("-") ? value.substring(0, value.length() - 1) : value);
    return one > 0 && one < Integer.MAX_VALUE ? one + "-" + (one + 1) : "101-102";
  }

  private static Optional<Diagnostic> family(String value, Span span) {
    if (value.equals("inet4") || value.equals("inet6")) {
      return Optional.of(
          Diagnostic.warning(span, "hook option 'family' is deprecated and ignored"));
    }
    String hint = signs("family", value);
    return error(
        span,
        "unknown netfilter family " + Printable.quote(value) + ": Operation not supported",
        hint != null ? hint : "leave it out: such chains see IPv4 and IPv6");
  }
}
