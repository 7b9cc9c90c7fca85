package dev.jbpfilter.cli;

import dev.jbpfilter.cli.Command.Operand;
import dev.jbpfilter.cli.Invocation.Text;
import dev.jbpfilter.cli.OptionReader.Item;
import dev.jbpfilter.ruleset.Diagnostic;
import dev.jbpfilter.ruleset.HookOptionsBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what the words of the command line ask for, in two stages: global options up to the
 * action, then the options of the command. Words are checked as they are reached, so the first one
 * at fault, or the first request for help, decides.
 */
final class CommandParser {
  static final String PROGRAM = "bfcli";

  static final List<Option> GLOBAL_OPTIONS =
      List.of(
          Option.BPFFS_PATH,
          Option.WITH_BPF_TOKEN,
          Option.VERBOSE,
          Option.STRICT,
          Option.NO_CLI,
          Option.NO_NFTABLES,
          Option.NO_IPTABLES);

  /** The options that every command knows, and the program. */
  static final List<Option> TEXT_OPTIONS = List.of(Option.HELP, Option.USAGE, Option.VERSION);

  private final Console console;
  private boolean strict;

  CommandParser(Console console) {
    this.console = console;
  }

  /** The options {@code own} and those that every command knows. */
  static List<Option> withTextOptions(List<Option> own) {
    List<Option> all = new ArrayList<>(own);
    all.addAll(TEXT_OPTIONS);
    return List.copyOf(all);
  }

  /**
   * What {@code words} ask for.
   *
   * @throws UsageException at the first word at fault
   */
  Invocation parse(List<String> words) {
    Arguments global = new Arguments();
    OptionReader reader = new OptionReader(PROGRAM, words, withTextOptions(GLOBAL_OPTIONS));
    String object = null;
    for (Item item = reader.next(); item != null; item = reader.next()) {
      switch (item) {
        case Item.Given given -> {
          Text text = take(PROGRAM, given, global);
          if (text != null) {
            return new Invocation.Show(text, null);
          }
        }
        case Item.Word(String word) -> {
          if (object != null) {
            return parseCommand(global, Commands.find(object, word), reader.rest());
          }
          Command command = Commands.ofOneWord(word);
          if (command != null) {
            return parseCommand(global, command, reader.rest());
          }
          Commands.checkObject(word);
          object = word;
        }
      }
    }
    return new Invocation.Show(Text.COMMAND_MISSING, null);
  }

  private Invocation parseCommand(Arguments global, Command command, List<String> words) {
    Arguments arguments = new Arguments();
    OptionReader reader =
        new OptionReader(command.program(), words, withTextOptions(command.options()));
    for (Item item = reader.next(); item != null; item = reader.next()) {
      switch (item) {
        case Item.Given given -> {
          Text text = take(command.program(), given, arguments);
          if (text != null) {
            return new Invocation.Show(text, command);
          }
        }
        case Item.Word(String word) -> {
          Operand operand = command.operand();
          if (operand == null || arguments.operand().isPresent()) {
            throw new UsageException(command.program(), "Too many arguments");
          }
          if (!operand.value().accepts(word)) {
            throw unknownWord(command.program(), operand.value().label(), word, operand.value());
          }
          arguments.setOperand(word);
        }
      }
    }
    command.check(arguments);
    return new Invocation.Run(global, command, arguments);
  }

  /** Checks and keeps an option. Returns the text that it asks for; null if it asks for none. */
  private @Nullable Text take(String program, Item.Given given, Arguments arguments) {
    checkWord(program, given);
    String value = given.value();
    switch (given.option()) {
      case HELP -> {
        return Text.HELP;
      }
      case USAGE -> {
        return Text.USAGE;
      }
      case VERSION -> {
        return Text.VERSION;
      }
      case BPFFS_PATH, NAME, SET_NAME, OUTPUT, IFACE_MAP, WRITE -> {
        if (value.isEmpty()) {
          throw new UsageException(program, given.option().text() + " can't be empty");
        }
      }
      case STRICT -> strict = true;
      case ADD, REMOVE -> {
        if (value.isEmpty()) {
          throw new UsageException(program, given.option().text() + " requires an element");
        }
      }
      case OPTION -> checkHookOption(program, value, arguments);
      case NO_CLI, NO_NFTABLES, NO_IPTABLES ->
          console.warning("option " + given.option().text() + " is deprecated");
      case WITH_BPF_TOKEN,
          VERBOSE,
          FROM_STR,
          FROM_FILE,
          DRY_RUN,
          NO_SET_CONTENT,
          FORMAT,
          DUMP,
          TO,
          SYNTAX,
          BIG_ENDIAN,
          EXPLAIN_PLAN,
          MAX_TABLE_MEMORY,
          OPTIMISE,
          CONFIRM,
          PCAP,
          PACKET_NUMBER,
          COMPARE,
          WRITE_ACCEPTED,
          WRITE_DROPPED,
          SEED,
          PACKET,
          HEX,
          TCP,
          UDP,
          ICMP,
          ICMPV6,
          PROTOCOL,
          SRC,
          DST,
          SPORT,
          DPORT,
          FLAGS,
          TYPE,
          CODE,
          DSCP,
          BEHIND,
          FRAGMENT,
          CUT,
          SIZE,
          VLAN,
          IFACE,
          MARK,
          FLOW_HASH,
          RANDOM,
          RULE,
          COUNT,
          INTERVAL,
          SORT,
          ONCE,
          FAIL_ON,
          PLAN_FORMAT,
          STATS -> {}
    }
    arguments.add(given.option(), value);
    return null;
  }

  private static void checkWord(String program, Item.Given given) {
    Value value = given.option().value();
    if (value != null && !value.accepts(given.value())) {
      String kind = given.option().text() + " " + value.label().toLowerCase(Locale.ROOT);
      throw unknownWord(program, kind, given.value(), value);
    }
  }

  private static UsageException unknownWord(
      String program, String kind, String word, Value expected) {
    return new UsageException(
        program, "unknown " + kind + " '" + word + "', expecting " + expected.words());
  }

  /** Checks a hook option together with those before it. */
  private void checkHookOption(String program, String item, Arguments arguments) {
    int equals = item.indexOf('=');
    HookOptionsBuilder options = ChainAttach.hookOptions(arguments, strict);
    Diagnostic diagnostic = options.add(item).orElse(null);
    if (diagnostic == null) {
      return;
    }
    if (!diagnostic.isError()) {
      console.warning(diagnostic.message());
      return;
    }
    if (equals >= 0) {
      console.error(diagnostic.message());
    }
    String key = equals < 0 ? item : item.substring(0, equals);
    throw new UsageException(program, "failed to parse hook option '" + key + "'");
  }
}
