package dev.jbpfilter.cli;

import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.ruleset.DiagnosticPrinter;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.Source;
import dev.jbpfilter.ruleset.packet.PacketDescription;
import dev.jbpfilter.ruleset.packet.PacketSyntaxException;
import dev.jbpfilter.ruleset.packet.PacketWord;
import dev.jbpfilter.ruleset.packet.PacketWords;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The packet that a command line describes: in words, option by option, or byte by byte. */
final class PacketOptions {
  /** The options that describe a packet. */
  static final List<Option> OPTIONS =
      List.of(
          Option.PACKET,
          Option.HEX,
          Option.TCP,
          Option.UDP,
          Option.ICMP,
          Option.ICMPV6,
          Option.PROTOCOL,
          Option.SRC,
          Option.DST,
          Option.SPORT,
          Option.DPORT,
          Option.FLAGS,
          Option.TYPE,
          Option.CODE,
          Option.DSCP,
          Option.BEHIND,
          Option.FRAGMENT,
          Option.CUT,
          Option.SIZE,
          Option.VLAN,
          Option.IFACE,
          Option.MARK,
          Option.FLOW_HASH,
          Option.RANDOM);

  private PacketOptions() {}

  /** Whether an option describes a packet. */
  static boolean areGiven(Arguments arguments) {
    for (Option option : OPTIONS) {
      if (arguments.has(option)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Refuses options that do not go together.
   *
   * @throws UsageException naming them
   */
  static void check(Arguments arguments, Command command) {
    if (!arguments.has(Option.PACKET)) {
      return;
    }
    for (Option option : OPTIONS) {
      if (option != Option.PACKET && arguments.has(option)) {
        throw command.error("option --packet is incompatible with " + option.text());
      }
    }
  }

  /**
   * The packet.
   *
   * @throws CommandException if what is said makes none
   */
  static PacketDescription read(Arguments arguments, InterfaceResolver interfaces) {
    String notation = arguments.value(Option.PACKET).orElse(null);
    if (notation != null) {
      try {
        return PacketDescription.parse(notation, interfaces);
      } catch (PacketSyntaxException e) {
        DiagnosticPrinter printer = new DiagnosticPrinter(new Source("packet", notation));
        throw refusal(printer.print(e.diagnostic()).stripTrailing());
      }
    }
    try {
      PacketWords words =
          new PacketWords(PacketDescription.Form.PACKET, interfaces, PacketOptions::spelling);
      for (Option option : OPTIONS) {
        if (arguments.has(option)) {
          say(option, arguments.value(option).orElse(""), words);
        }
      }
      return words.build();
    } catch (IllegalArgumentException e) {
      throw refusal(String.valueOf(e.getMessage()));
    }
  }

  private static CommandException refusal(String text) {
    return new CommandException(
        Errno.EINVAL,
        List.of(text, CommandException.withError("failed to describe the packet", Errno.EINVAL)));
  }

  private static void say(Option option, String value, PacketWords words) {
    switch (option) {
      case TCP, UDP, ICMP, ICMPV6 -> words.say(PacketWord.PROTOCOL, option.word());
      default -> {
        PacketWord word = word(option);
        if (word != null) {
          words.say(word, value);
        }
      }
    }
  }

  private static @Nullable PacketWord word(Option option) {
    return switch (option) {
      case IFACE -> PacketWord.ON;
      case FLOW_HASH -> PacketWord.HASH;
      case PACKET -> null;
      default -> PacketWord.valueOf(option.name());
    };
  }

  private static String spelling(PacketWord word) {
    return switch (word) {
      case ON -> Option.IFACE.text();
      case HASH -> Option.FLOW_HASH.text();
      default -> "--" + word.name().toLowerCase(Locale.ROOT);
    };
  }
}
