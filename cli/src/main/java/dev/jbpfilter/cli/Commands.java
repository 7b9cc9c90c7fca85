package dev.jbpfilter.cli;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The commands, by object and action or by their one word. */
final class Commands {
  private static final Set<String> OBJECTS = Set.of("ruleset", "chain");

  /** The actions of bpfilter: with an object that lacks them, another error is shown. */
  private static final Set<String> ACTIONS =
      Set.of("set", "get", "logs", "load", "attach", "update", "update-set", "flush");

  private Commands() {}

  /** Every command, in the order of help. */
  static List<Command> all() {
    return List.of(
        new RulesetSet(),
        new RulesetGet(),
        new RulesetFlush(),
        new RulesetSave(),
        new RulesetRestore(),
        new RulesetCheck(),
        new RulesetDiff(),
        new RulesetConfirm(),
        new ChainSet(),
        new ChainLoad(),
        new ChainAttach(),
        new ChainUpdate(),
        new ChainUpdateSet(),
        new ChainGet(),
        new ChainLogs(),
        new ChainFlush(),
        new Explain(),
        new Simulate(),
        new TestRules(),
        new Asm(),
        new Disasm(),
        new Features(),
        new Lint(),
        new PlanCommand(),
        new Top(),
        new Metrics(),
        new Completion());
  }

  /** The command of one word; null if there is none of that name. */
  static @Nullable Command ofOneWord(String name) {
    return switch (name) {
      case "explain" -> new Explain();
      case "simulate" -> new Simulate();
      case "test" -> new TestRules();
      case "asm" -> new Asm();
      case "disasm" -> new Disasm();
      case "features" -> new Features();
      case "lint" -> new Lint();
      case "plan" -> new PlanCommand();
      case "top" -> new Top();
      case "metrics" -> new Metrics();
      case "completion" -> new Completion();
      default -> null;
    };
  }

  /**
   * Checks the word at the place of the object.
   *
   * @throws UsageException if there is no such object
   */
  static void checkObject(String object) {
    if (!OBJECTS.contains(object)) {
      throw error("unknown object '" + object + "'");
    }
  }

  /**
   * The command {@code object action}.
   *
   * @throws UsageException if there is none
   */
  static Command find(String object, String action) {
    String name = object + " " + action;
    return switch (name) {
      case "ruleset set" -> new RulesetSet();
      case "ruleset get" -> new RulesetGet();
      case "ruleset flush" -> new RulesetFlush();
      case "ruleset save" -> new RulesetSave();
      case "ruleset restore" -> new RulesetRestore();
      case "ruleset check" -> new RulesetCheck();
      case "ruleset diff" -> new RulesetDiff();
      case "ruleset confirm" -> new RulesetConfirm();
      case "chain set" -> new ChainSet();
      case "chain load" -> new ChainLoad();
      case "chain attach" -> new ChainAttach();
      case "chain update" -> new ChainUpdate();
      case "chain update-set" -> new ChainUpdateSet();
      case "chain get" -> new ChainGet();
      case "chain logs" -> new ChainLogs();
      case "chain flush" -> new ChainFlush();
      default ->
          throw error(
              ACTIONS.contains(action)
                  ? "object '" + object + "' does not support action '" + action + "'"
                  : "unknown action '" + action + "'");
    };
  }

  private static UsageException error(String text) {
    return new UsageException(CommandParser.PROGRAM, text);
  }
}
