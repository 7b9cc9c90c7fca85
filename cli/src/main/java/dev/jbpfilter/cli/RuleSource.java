package dev.jbpfilter.cli;

import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Diagnostic;
import dev.jbpfilter.ruleset.DiagnosticPrinter;
import dev.jbpfilter.ruleset.IncludeResolver;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.Location;
import dev.jbpfilter.ruleset.ParseOptions;
import dev.jbpfilter.ruleset.ParseResult;
import dev.jbpfilter.ruleset.Ruleset;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;
import dev.jbpfilter.ruleset.SourceMap;
import dev.jbpfilter.ruleset.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules that a command line names: reads, parses and selects them. */
final class RuleSource {
  private static final String STANDARD_INPUT = "-";

  private final Arguments arguments;
  private final Console console;
  private final boolean strict;
  private final String failure;
  private final @Nullable String text;
  private final @Nullable String file;
  private @Nullable InterfaceResolver interfaces;
  private @Nullable ParseResult result;
  private boolean showsWarnings = true;

  /**
   * @param failure begins the last line when reading or parsing fails
   */
  RuleSource(Arguments arguments, Session session, String failure) {
    this(
        arguments,
        session,
        failure,
        arguments.value(Option.FROM_STR).orElse(null),
        arguments.value(Option.FROM_FILE).or(arguments::operand).orElse(null));
  }

  private RuleSource(
      Arguments arguments,
      Session session,
      String failure,
      @Nullable String text,
      @Nullable String file) {
    this.arguments = arguments;
    this.text = text;
    this.file = file;
    this.console = session.console();
    this.strict = session.settings().strict();
    this.failure = failure;
  }

  /** The rules in a file, whatever the command line says besides. */
  static RuleSource ofFile(String file, Arguments arguments, Session session, String failure) {
    return new RuleSource(arguments, session, failure, null, file);
  }

  /**
   * All chains.
   *
   * @throws CommandException if they can't be read or parsed
   */
  List<Chain> all() {
    ParseOptions options = new ParseOptions(interfaces(), includes(), strict);
    return parse(read(), options);
  }

  /**
   * All chains; none if the text says that there shall be none.
   *
   * @throws CommandException if they can't be read or parsed
   */
  List<Chain> allOrNone() {
    Source source = read();
    return SavedRules.saysNoChains(source.text())
        ? List.of()
        : parse(source, new ParseOptions(interfaces(), includes(), strict));
  }

  /**
   * The one chain that the command is about: the first with the name given, or the only one.
   *
   * @throws CommandException if the rules can't be read or parsed, or there is no such chain
   */
  Chain one() {
    List<Chain> chains = all();
    Optional<String> name = arguments.value(Option.NAME);
    if (name.isEmpty()) {
      if (chains.size() > 1) {
        throw CommandException.of(
            Errno.E2BIG, "multiple chains defined in source, but no name specified");
      }
      return chains.getFirst();
    }
    return named(name.get(), new Ruleset(chains));
  }

  /**
   * The first chain of a name.
   *
   * @throws CommandException if there is none
   */
  static Chain named(String name, Ruleset ruleset) {
    return ruleset.chain(name).orElseThrow(() -> notFound(name, ruleset));
  }

  private static CommandException notFound(String name, Ruleset ruleset) {
    String message = CommandException.withError("chain '" + name + "' not found", Errno.ENOENT);
    String hint =
        ruleset
            .nameLike(name)
            .map(near -> CommandException.HINT + "did you mean '" + near + "'?")
            .orElse("");
    return new CommandException(Errno.ENOENT, List.of(message + hint));
  }

  private Source read() {
    String given = text;
    if (given != null) {
      return new Source(Option.FROM_STR.word(), given);
    }
    String named = Objects.requireNonNull(file);
    if (isStandardInput(named)) {
      try {
        return new Source("standard input", text(console.in().readAllBytes()));
      } catch (IOException e) {
        throw unreadable("failed to read rules from standard input", e);
      }
    }
    Path path = Path.of(named);
    try {
      if (named.isEmpty()) {
        // To Java the working directory.
        throw new NoSuchFileException(named);
      }
      Files.readAttributes(path, "size");
    } catch (IOException e) {
      throw unreadable("failed to stat file " + named, e);
    }
    try {
      return new Source(named, text(Files.readAllBytes(path)));
    } catch (IOException e) {
      throw unreadable("failed to read rules from " + named, e);
    }
  }

  /** Strictly, there is no such name for an option of bpfilter; commands of ours have it. */
  private boolean isStandardInput(String file) {
    return file.equals(STANDARD_INPUT) && !(strict && arguments.has(Option.FROM_FILE));
  }

  /** Files beside that of the rules; what has no place in a directory includes none. */
  private IncludeResolver includes() {
    String named = file;
    if (text != null || named == null) {
      return IncludeResolver.none("rules of --from-str are in no directory; use --from-file");
    }
    if (isStandardInput(named) || !Files.isRegularFile(Path.of(named))) {
      return IncludeResolver.none(
          "standard input is in no directory; name the file with --from-file");
    }
    return IncludeResolver.files(Path.of(named));
  }

  /** Only ASCII has a meaning in rules, so bytes that are no UTF-8 need no error of their own. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private CommandException unreadable(String text, IOException e) {
    int errno = FileErrors.errno(e);
    return new CommandException(
        errno,
        List.of(
            CommandException.withError(text, errno), CommandException.withError(failure, errno)));
  }

  Arguments arguments() {
    return arguments;
  }

  Console console() {
    return console;
  }

  /** The errors and warnings about the text of the rules, which were shown; none before. */
  List<JsonDiagnostic> diagnostics() {
    List<JsonDiagnostic> diagnostics = new ArrayList<>();
    if (result != null) {
      for (Diagnostic diagnostic : result.diagnostics()) {
        diagnostics.add(JsonDiagnostic.of(diagnostic, result.sources().locate(diagnostic.span())));
      }
      omitted(result).ifPresent(text -> diagnostics.add(JsonDiagnostic.error(text)));
    }
    return diagnostics;
  }

  /** Shows no warnings about the text, of a command that tells all itself. */
  void hideWarnings() {
    showsWarnings = false;
  }

  /** Where the parts of the rules stand; empty if they are the running ones. */
  Optional<SourceMap> sources() {
    return Optional.ofNullable(result).map(ParseResult::sources);
  }

  /** Where a part of the rules stands, as {@code file:line}; empty if they are the running ones. */
  String place(Span span) {
    if (result == null || span.equals(Span.NONE)) {
      return "";
    }
    Location location = result.sources().locate(span);
    return location.source().name() + ":" + location.source().line(location.span().start());
  }

  /**
   * Who knows the interfaces that rules name.
   *
   * @throws CommandException if they can't be read
   */
  InterfaceResolver interfaces() {
    InterfaceResolver known = interfaces;
    if (known == null) {
      known = openInterfaces();
      interfaces = known;
    }
    return known;
  }

  private InterfaceResolver openInterfaces() {
    Optional<String> file = arguments.value(Option.IFACE_MAP);
    if (file.isEmpty()) {
      return new KernelInterfaces();
    }
    try {
      return InterfaceMap.parse(text(Files.readAllBytes(Path.of(file.get()))));
    } catch (IOException e) {
      throw unreadable("failed to read interfaces from " + file.get(), e);
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          Errno.EINVAL,
          List.of(
              CommandException.withError(file.get() + ": " + e.getMessage(), Errno.EINVAL),
              CommandException.withError(failure, Errno.EINVAL)));
    }
  }

  private static Optional<String> omitted(ParseResult result) {
    int errors = result.omittedErrors();
    return errors == 0 ? Optional.empty() : Optional.of(errors + " more errors are not shown");
  }

  private List<Chain> parse(Source source, ParseOptions options) {
    ParseResult parsed;
    console.beginWork("parsing rules");
    try {
      parsed = RulesetParser.parse(source, options);
    } finally {
      console.endWork();
    }
    result = parsed;
    DiagnosticPrinter printer = new DiagnosticPrinter(parsed.sources());
    for (Diagnostic diagnostic : parsed.diagnostics()) {
      switch (diagnostic.severity()) {
        case ERROR ->
            console.error(printer.print(diagnostic, console::errorColour).stripTrailing());
        case WARNING -> {
          if (showsWarnings) {
            console.warning(printer.print(diagnostic, console::warningColour).stripTrailing());
          }
        }
      }
    }
    omitted(parsed).ifPresent(console::error);
    return parsed
        .ruleset()
        .orElseThrow(() ->
            new CommandException(
                Errno.EINVAL,
                List.of(
                    CommandException.withError(
                        "failed to parse rules, invalid syntax", Errno.EINVAL),
                    CommandException.withError(failure, Errno.EINVAL))))
        .chains();
  }
}
