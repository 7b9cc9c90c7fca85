package dev.jbpfilter.ruleset;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Collects hook options written as {@code key=value}. */
public final class HookOptionsBuilder {
  private static final String INVALID = ": Invalid argument";

  private final InterfaceResolver interfaces;
  private final boolean strict;
  private @Nullable Integer ifindex;
  private @Nullable String cgpath;
  private HookOptions.@Nullable Priorities priorities;

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
      return error(span, "hook option '" + option + "' has no value" + INVALID);
    }
    String key = option.substring(0, equals);
    String value = option.substring(equals + 1);
    if (key.equals("ifindex") || (key.equals("iface") && !strict)) {
      return ifindex != null ? duplicate(span, "ifindex") : ifindex(value, span);
    }
    return switch (key) {
      case "cgpath" -> cgpath != null ? duplicate(span, key) : cgpath(value, span);
      case "priorities" -> priorities != null ? duplicate(span, key) : priorities(value, span);
      case "family" -> family(value, span);
      default ->
          error(
              span,
              "unknown hook option '"
                  + key
                  + "', expecting ifindex, cgpath or priorities: Operation not supported");
    };
  }

  /** The options given so far. */
  public HookOptions build() {
    return new HookOptions(ifindex, cgpath, priorities);
  }

  private static Optional<Diagnostic> error(Span span, String message) {
    return Optional.of(Diagnostic.error(span, message));
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
      return error(span, "ifindex is too big: " + value + ": Argument list too long");
    }
    ifindex = (int) index;
    return Optional.empty();
  }

  private Optional<Diagnostic> notAnInterface(String value, Span span) {
    if (strict || value.isEmpty() || isDigits(value)) {
      return error(
          span, "failed to parse ifindex '" + value + "', expecting an interface index" + INVALID);
    }
    return Optional.of(
        Diagnostic.error(
            span,
            "interface '" + value + "' not found" + INVALID,
            interfaces.unavailable().orElse(null)));
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
    int dash = value.indexOf('-');
    if (dash == 0 && value.length() > 1) {
      // What looks like a sign separates an empty number, which reads as 0.
      return error(span, "priorities can't be 0: '" + value + "'" + INVALID);
    }
    long first = dash < 0 ? NumberText.INVALID : NumberText.unsignedCBase(value.substring(0, dash));
    long second = NumberText.unsignedCBase(value.substring(dash + 1));
    if (first < 0 || second < 0) {
      return error(span, "failed to parse '" + value + "', expecting '$INT-$INT'" + INVALID);
    }
    if (first > Integer.MAX_VALUE || second > Integer.MAX_VALUE) {
      return error(
          span,
          "priorities can't be bigger than " + Integer.MAX_VALUE + ": '" + value + "'" + INVALID);
    }
    if (first == second) {
      return error(span, "priorities must be different: '" + value + "'" + INVALID);
    }
    if (first == 0 || second == 0) {
      return error(span, "priorities can't be 0: '" + value + "'" + INVALID);
    }
    priorities = new HookOptions.Priorities((int) first, (int) second);
    return Optional.empty();
  }

  private static Optional<Diagnostic> family(String value, Span span) {
    if (value.equals("inet4") || value.equals("inet6")) {
      return Optional.of(
          Diagnostic.warning(span, "hook option 'family' is deprecated and ignored"));
    }
    return error(span, "unknown netfilter family '" + value + "': Operation not supported");
  }
}
