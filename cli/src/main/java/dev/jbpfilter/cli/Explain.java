package dev.jbpfilter.cli;

import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.analysis.Explanation;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.packet.PacketDescription;
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
    own.add(Option.FORMAT);
    return withCompilation(ChosenChains.with(own));
  }

  @Override
  List<String> details() {
    return List.of(
        "The packet is described by options, of which the protocol is needed; by --packet, in the"
            + " notation of the manual; or by --hex. What is not said of it is as usual: addresses"
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
    if (!PacketOptions.areGiven(arguments)) {
      throw error("missing required option(s): --packet, --hex, or --tcp, --udp and so on");
    }
  }

  @Override
  void run(Arguments arguments, Session session) {
    RuleSource rules = new RuleSource(arguments, session, FAILURE);
    List<Chain> chains = ChosenChains.read(rules, session, FAILURE);
    PacketDescription packet = PacketOptions.read(arguments, rules.interfaces());
    List<ExplainedChain> explained = new ArrayList<>();
    for (CompiledChain compiled : DryRun.compile(chains, session)) {
      explained.add(ExplainedChain.of(compiled, packet));
    }
    if (ListFormat.of(arguments) == ListFormat.JSON) {
      new ExplanationJson(session.console().out(), rules).write(packet, explained);
    } else {
      new ExplanationText(session.console(), rules).print(packet, explained);
    }
    for (ExplainedChain chain : explained) {
      Explanation explanation = chain.explanation();
      if (explanation != null && explanation.disagreement().isPresent()) {
        throw Disagreement.of(chain.chain(), packet, explanation.disagreement().get());
      }
    }
  }
}
