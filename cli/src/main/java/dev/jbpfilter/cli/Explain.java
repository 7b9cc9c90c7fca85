package dev.jbpfilter.cli;

import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.analysis.Explanation;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.packet.PacketDescription;
import dev.jbpfilter.ruleset.packet.capture.CaptureException;
import dev.jbpfilter.ruleset.packet.capture.CaptureReader;
import dev.jbpfilter.ruleset.packet.capture.CapturedPacket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code explain}. */
final class Explain extends Command {
  private static final String FAILURE = "failed to explain";

  Explain() {
    super(
        "explain",
        "Tells what chains do with one packet, rule by rule, and why.",
        List.of(),
        allOptions());
  }

  private static List<Option> allOptions() {
    List<Option> own = new ArrayList<>(PacketOptions.OPTIONS);
    own.addAll(List.of(Option.PCAP, Option.PACKET_NUMBER, Option.FORMAT));
    return withCompilation(ChosenChains.with(own));
  }

  @Override
  List<String> details() {
    return List.of(
        "The packet is described by options, of which the protocol is needed; by --packet, in the"
            + " notation of the manual; by --hex; or it is one of a capture, by --pcap and"
            + " --number. What is not said of it is as usual: addresses"
            + " for documentation, ports 40000 and 9, SYN, an echo request, and the interface that"
            + " the chain is attached to. Chains that see socket calls see the call that would send"
            + " it.",
        "Each chain is explained by itself, in the order of the rules. Nothing is loaded and no"
            + " packet is sent. Two things find out what happens: the meaning of the rules, and the"
            + " generated program in an interpreter. They have to agree.",
        "What only chance and the kernel know is taken from the options: a rule with"
            + " meta.probability draws --random, which is 50 % if it is not said.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example(
            "Ask the running chains",
            "bfcli explain --src 10.0.0.1 --dst 10.0.0.2 --tcp --dport 443"),
        new Example(
            "Ask rules that are not loaded yet",
            "bfcli explain -f web.rules --packet 'udp 192.0.2.7:5000 > 192.0.2.1:53'"));
  }

  @Override
  String help(Option option) {
    return option == Option.FORMAT
        ? "how to print it: text (default), or json for programs"
        : ChosenChains.help(option);
  }

  @Override
  void check(Arguments arguments) {
    super.check(arguments);
    ChosenChains.check(arguments, this);
    ListFormat.requireTextOrJson(arguments, this);
    PacketOptions.check(arguments, this);
    boolean captured = arguments.has(Option.PCAP);
    if (captured && PacketOptions.areGiven(arguments)) {
      throw error("option --pcap is incompatible with options that describe a packet");
    }
    if (!captured && !PacketOptions.areGiven(arguments)) {
      throw error("missing required option(s): --packet, --hex, --pcap, or --tcp, --udp and so on");
    }
    if (captured != arguments.has(Option.PACKET_NUMBER)) {
      throw error("options --pcap and --number need each other");
    }
    String number = arguments.value(Option.PACKET_NUMBER).orElse("1");
    if (number(number) == 0) {
      throw error("--number expects a number from 1, not '" + number + "'");
    }
  }

  @Override
  void run(Arguments arguments, Session session) {
    RuleSource rules = new RuleSource(arguments, session, FAILURE);
    List<Chain> chains = ChosenChains.read(rules, session, FAILURE);
    CapturedPacket captured = arguments.has(Option.PCAP) ? captured(arguments, session) : null;
    PacketDescription packet =
        captured == null
            ? PacketOptions.read(arguments, rules.interfaces())
            : ExplainedChain.describe(captured);
    List<ExplainedChain> explained = new ArrayList<>();
    for (CompiledChain compiled : DryRun.compile(chains, session)) {
      explained.add(
          captured == null
              ? ExplainedChain.of(compiled, packet)
              : ExplainedChain.of(compiled, captured));
    }
    if (ListFormat.of(arguments) == ListFormat.JSON) {
      new ExplanationJson(session.console().out(), rules).write(packet, explained);
    } else {
      new ExplanationText(session.console(), rules)
          .print(packet.toString(), captured == null ? packet : null, explained);
    }
    for (ExplainedChain chain : explained) {
      Explanation explanation = chain.explanation();
      if (explanation != null && explanation.disagreement().isPresent()) {
        throw Disagreement.of(chain.chain(), chain.packet(), explanation.disagreement().get());
      }
    }
  }

  /** A number of a packet; 0 if the text is none. */
  private static long number(String text) {
    try {
      return Math.max(0, Long.parseLong(text));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private CapturedPacket captured(Arguments arguments, Session session) {
    String file = arguments.value(Option.PCAP).orElseThrow();
    String text = arguments.value(Option.PACKET_NUMBER).orElseThrow();
    long number = number(text);
    long last = 0;
    try (CaptureReader reader = CaptureFile.read(file, session.console())) {
      for (CapturedPacket packet = reader.next().orElse(null);
          packet != null;
          packet = reader.next().orElse(null)) {
        last = packet.number();
        if (last == number) {
          return packet;
        }
      }
    } catch (CaptureException e) {
      throw new CommandException(
          Errno.EINVAL,
          List.of(
              CaptureFile.name(file) + ": " + e.getMessage(),
              CommandException.withError(FAILURE, Errno.EINVAL)));
    } catch (IOException e) {
      throw CommandException.of(FileErrors.errno(e), "failed to read " + CaptureFile.name(file));
    }
    throw CommandException.of(
        Errno.ENOENT, CaptureFile.name(file) + " has " + last + " packets, not " + number);
  }
}
