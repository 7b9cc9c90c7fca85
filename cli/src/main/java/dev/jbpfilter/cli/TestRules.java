package dev.jbpfilter.cli;

import dev.jbpfilter.bytecode.JsonWriter;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.analysis.Expectation;
import dev.jbpfilter.cgen.analysis.Expectations;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Diagnostic;
import dev.jbpfilter.ruleset.DiagnosticPrinter;
import dev.jbpfilter.ruleset.IncludeException;
import dev.jbpfilter.ruleset.IncludeResolver;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.Ruleset;
import dev.jbpfilter.ruleset.Source;
import dev.jbpfilter.ruleset.packet.Evaluation;
import dev.jbpfilter.ruleset.packet.Trace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code test}. */
final class TestRules extends Command {
  private static final int FAILED = 1;
  private static final String FAILURE = "failed to test rules";
  private static final String FORMAT = "jbpfilter-test";
  private static final int VERSION = 1;

  TestRules() {
    super(
        "test",
        "Checks that rules do with packets what a file expects.",
        List.of(),
        withCompilation(List.of(Option.FROM_FILE, Option.FORMAT, Option.IFACE_MAP)));
  }

  @Override
  Operand operand() {
    return new Operand(Value.FILE, "expectations, of which each begins with 'packet'");
  }

  @Override
  List<String> details() {
    return List.of(
        "The file has lines 'packet PACKET expect VERDICT', with 'by rule N', 'by policy' or 'by"
            + " error' behind it, and 'mark N', 'counted N,N' or 'logged N,N'. PACKET is in the"
            + " notation of the manual. A line 'chain NAME' says which chain the lines below it are"
            + " about, and a line 'rules FILE' where the rules are: beside the file or below; if it"
            + " says nothing, in the file of the same name that ends in .rules.",
        "Nothing is loaded: the meaning of the rules and the generated program, in an interpreter,"
            + " have to agree with each other and with what is expected.",
        "The exit status is 0 if all expectations hold, 1 if not.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example("Check web.rules by web.test", "bfcli test web.test"),
        new Example(
            "Load rules only if they do what is expected",
            "bfcli test web.test && bfcli ruleset restore web.rules"));
  }

  @Override
  String help(Option option) {
    return switch (option) {
      case FROM_FILE -> "the rules, in place of those that the file of expectations names";
      case FORMAT -> "how to print what came of it: text (default), or json for programs";
      default -> option.help();
    };
  }

  @Override
  void check(Arguments arguments) {
    super.check(arguments);
    ListFormat.requireTextOrJson(arguments, this);
  }

  @Override
  boolean usesSettings(Arguments arguments) {
    return false;
  }

  @Override
  void run(Arguments arguments, Session session) {
    answer(arguments, session);
  }

  @Override
  int answer(Arguments arguments, Session session) {
    byte[] bytes = FileCommand.read(arguments, session.console());
    String file = FileCommand.name(arguments);
    Source source = new Source(file, new String(bytes, StandardCharsets.UTF_8));
    RuleSource interfaces = new RuleSource(arguments, session, FAILURE);
    Expectations test = Expectations.parse(source, interfaces.interfaces());
    DiagnosticPrinter printer = new DiagnosticPrinter(source);
    for (Diagnostic problem : test.problems()) {
      session.console().error(printer.print(problem, session.console()::errorColour).strip());
    }
    if (!test.problems().isEmpty()) {
      throw CommandException.of(Errno.EINVAL, "failed to read expectations from " + file);
    }
    RuleSource rules = RuleSource.ofFile(rulesFile(arguments, test), arguments, session, FAILURE);
    Ruleset ruleset = new Ruleset(rules.all());
    return new Run(source, rules, ruleset, session).run(test, ListFormat.of(arguments));
  }

  private static String rulesFile(Arguments arguments, Expectations test) {
    String given = arguments.value(Option.FROM_FILE).orElse(null);
    if (given != null) {
      return given;
    }
    String file = arguments.operand().orElseThrow();
    String named = test.rules();
    if (named == null) {
      int dot = file.lastIndexOf('.');
      return (dot > file.lastIndexOf('/') ? file.substring(0, dot) : file) + ".rules";
    }
    try {
      return IncludeResolver.files(Path.of(file)).resolve("", named).source().name();
    } catch (IncludeException e) {
      throw new CommandException(
          Errno.EACCES, List.of("can't read rules from " + named + ": " + e.getMessage()));
    }
  }

  /** The expectations of one file, one after another. */
  private static final class Run {
    private final Source source;
    private final RuleSource rules;
    private final Ruleset ruleset;
    private final Session session;
    private final Map<String, CompiledChain> compiled = new HashMap<>();
    private @Nullable JsonWriter json;
    private int failed;

    Run(Source source, RuleSource rules, Ruleset ruleset, Session session) {
      this.source = source;
      this.rules = rules;
      this.ruleset = ruleset;
      this.session = session;
    }

    int run(Expectations test, ListFormat format) {
      Console console = session.console();
      if (format == ListFormat.JSON) {
        json = new JsonWriter(console.out());
        json.object().member("format", FORMAT).member("version", VERSION);
        json.member("file", source.name()).name("expectations").array();
      }
      for (Expectation expectation : test.expectations()) {
        check(expectation);
      }
      int all = test.expectations().size();
      if (json != null) {
        json.end().member("failed", failed).end().finish();
      } else if (failed == 0) {
        String hold = all == 1 ? "1 expectation holds" : "all " + all + " expectations hold";
        console.out().print(source.name() + ": " + hold + "\n");
      } else {
        console.out().print(source.name() + ": " + failed + " of " + all + " expectations fail\n");
      }
      return failed == 0 ? 0 : FAILED;
    }

    private void check(Expectation expectation) {
      CompiledChain chain = chain(expectation);
      Expectation.Result result;
      try {
        result = expectation.check(chain);
      } catch (IllegalArgumentException e) {
        fail(expectation, chain.chain(), String.valueOf(e.getMessage()), null);
        return;
      }
      String disagreement = result.explanation().disagreement().orElse(null);
      if (disagreement != null) {
        throw Disagreement.of(chain.chain(), expectation.packet().toString(), disagreement);
      }
      if (result.holds()) {
        report(expectation, chain.chain(), expectation.text(), null);
        return;
      }
      fail(
          expectation,
          chain.chain(),
          String.join(", ", result.actual()),
          why(expectation, chain.chain(), result.explanation().trace()));
    }

    private CompiledChain chain(Expectation expectation) {
      String name = expectation.chain();
      if (name == null) {
        if (ruleset.chains().size() > 1) {
          throw new CommandException(
              Errno.E2BIG,
              List.of(
                  "there are several chains, but no line 'chain NAME' above '"
                      + source.text(expectation.span())
                      + "'"));
        }
        name = ruleset.chains().getFirst().name();
      }
      return compiled.computeIfAbsent(
          name, n -> DryRun.compile(List.of(RuleSource.named(n, ruleset)), session).getFirst());
    }

    private void fail(Expectation expectation, Chain chain, String actual, @Nullable String why) {
      failed++;
      report(expectation, chain, actual, why);
      if (json == null) {
        Console console = session.console();
        Diagnostic diagnostic =
            Diagnostic.error(
                expectation.span(),
                "chain '" + chain.name() + "': " + actual + ", not " + expectation.text(),
                why);
        DiagnosticPrinter printer = new DiagnosticPrinter(source);
        console.error(printer.print(diagnostic, console::errorColour).stripTrailing());
      }
    }

    private void report(Expectation expectation, Chain chain, String actual, @Nullable String why) {
      if (json == null) {
        return;
      }
      json.flatObject().member("line", source.line(expectation.span().start()));
      json.member("chain", chain.name()).member("packet", expectation.packet().toString());
      json.member("expected", expectation.text()).member("actual", actual);
      json.member("holds", actual.equals(expectation.text()));
      if (why != null) {
        json.member("why", why);
      }
      json.end();
    }

    /** Why the rule that was to decide did not. */
    private @Nullable String why(Expectation expectation, Chain chain, Trace trace) {
      String decider = expectation.decider();
      RuleLine line = new RuleLine(chain, rules.interfaces());
      for (Trace.Step step : trace.steps()) {
        if (("rule " + step.rule()).equals(decider) && step instanceof Trace.Missed missed) {
          Rule rule = chain.rules().get(step.rule());
          return decider + " does not match: " + ExplanationText.missed(missed, rule, line);
        }
      }
      Evaluation evaluation = trace.evaluation();
      if (evaluation.malformed() || evaluation.policyCounted()) {
        return null;
      }
      Rule rule = chain.rules().get(evaluation.matchedRules().getLast());
      return Expectation.decider(evaluation)
          + " at "
          + rules.place(rule.span())
          + " is '"
          + line.text(rule)
          + "'";
    }
  }
}
