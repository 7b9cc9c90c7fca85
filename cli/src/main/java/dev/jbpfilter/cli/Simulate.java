package dev.jbpfilter.cli;

import dev.jbpfilter.bytecode.CodegenException;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Ruleset;
import dev.jbpfilter.ruleset.packet.capture.CaptureException;
import dev.jbpfilter.ruleset.packet.capture.CaptureReader;
import dev.jbpfilter.ruleset.packet.capture.CapturedPacket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code simulate}. */
final class Simulate extends Command {
  private static final int DIFFERENT = 1;
  private static final String FAILURE = "failed to simulate";

  Simulate() {
    super(
        "simulate",
        "Runs the packets of a capture through chains, and tells what becomes of them.",
        List.of(List.of(Option.PCAP)),
        allOptions());
  }

  private static List<Option> allOptions() {
    return withCompilation(
        ChosenChains.with(
            List.of(
                Option.COMPARE,
                Option.WRITE_ACCEPTED,
                Option.WRITE_DROPPED,
                Option.SEED,
                Option.FORMAT)));
  }

  @Override
  List<String> details() {
    return List.of(
        "Reads pcap and pcapng, of Ethernet, raw IP or Linux cooked packets. Every packet of the"
            + " capture goes through each chain, as if it came to the interface that the chain is"
            + " attached to, by the chain's generated program in an interpreter. Nothing is loaded"
            + " and no packet is sent.",
        "Prints how many packets and bytes each verdict and each rule got, whether or not the rule"
            + " has a counter; how many no rule decided; and how many can't be judged, because the"
            + " hook does not see such packets, or too little of them was captured.",
        "With --compare, the packets that other rules would judge otherwise are shown by who"
            + " decides before and after. The exit status is 1 if there are any.",
        "A capture that is damaged is simulated up to there, and the command fails.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example(
            "See what rules would have done", "bfcli simulate --pcap day.pcapng -f web.rules"),
        new Example(
            "See what a change would do",
            "bfcli simulate --pcap day.pcapng -f web.rules --compare new.rules"),
        new Example(
            "Look at what the running chain drops",
            "bfcli simulate --pcap day.pcapng -n web --write-dropped dropped.pcapng"));
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
    String seed = arguments.value(Option.SEED).orElse("0");
    if (parse(seed) == null) {
      throw error("--seed expects a number, not '" + seed + "'");
    }
  }

  private static @Nullable Long parse(String number) {
    try {
      return Long.decode(number);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  @Override
  void run(Arguments arguments, Session session) {
    answer(arguments, session);
  }

  @Override
  int answer(Arguments arguments, Session session) {
    RuleSource rules = new RuleSource(arguments, session, FAILURE);
    List<Chain> chains = ChosenChains.read(rules, session, FAILURE);
    List<SimulatedChain> simulated = simulated(chains, arguments, session);
    CommandException damage;
    long packets;
    try (CaptureFile accepted = output(Option.WRITE_ACCEPTED, simulated, arguments);
        CaptureFile dropped = output(Option.WRITE_DROPPED, simulated, arguments)) {
      Reading reading = new Reading(arguments.value(Option.PCAP).orElseThrow(), session.console());
      damage = reading.run(simulated, accepted, dropped);
      packets = reading.packets;
      commit(accepted);
      commit(dropped);
    }
    String capture = CaptureFile.name(arguments.value(Option.PCAP).orElseThrow());
    String other = arguments.value(Option.COMPARE).orElse("");
    if (ListFormat.of(arguments) == ListFormat.JSON) {
      new SimulationJson(session.console().out(), rules).write(capture, packets, simulated);
    } else {
      new SimulationText(session.console(), rules).print(capture, packets, other, simulated);
    }
    if (damage != null) {
      throw damage;
    }
    for (SimulatedChain chain : simulated) {
      if (!chain.changes().groups().isEmpty()) {
        return DIFFERENT;
      }
    }
    return 0;
  }

  private List<SimulatedChain> simulated(List<Chain> chains, Arguments arguments, Session session) {
    String file = arguments.value(Option.COMPARE).orElse(null);
    List<Chain> others =
        file == null ? List.of() : RuleSource.ofFile(file, arguments, session, FAILURE).all();
    long seed = Long.decode(arguments.value(Option.SEED).orElse("0"));
    List<SimulatedChain> simulated = new ArrayList<>();
    session.console().beginWork("compiling rules");
    try {
      for (Chain chain : chains) {
        if (chain.hook().flavor().seesPackets()) {
          Chain other = file == null ? null : other(chain, chains, others, file);
          simulated.add(SimulatedChain.of(chain, other, session.compilation().options(), seed));
        } else {
          session
              .console()
              .info("chain '" + chain.name() + "' sees socket calls, which captures do not have");
        }
      }
    } catch (CodegenException e) {
      throw DryRun.refusal(e);
    } finally {
      session.console().endWork();
    }
    return simulated;
  }

  /** What a chain is compared with: the one of its name, or the only one if it is the only one. */
  private static Chain other(Chain chain, List<Chain> chains, List<Chain> others, String file) {
    Optional<Chain> named = new Ruleset(others).chain(chain.name());
    if (named.isEmpty() && (chains.size() > 1 || others.size() > 1)) {
      throw CommandException.of(Errno.ENOENT, "chain '" + chain.name() + "' not found in " + file);
    }
    Chain other = named.orElseGet(others::getFirst);
    if (other.hook() != chain.hook()) {
      throw CommandException.of(
          Errno.EINVAL,
          "chain '" + chain.name() + "' can't be compared with one of " + other.hook().keyword());
    }
    return other;
  }

  private @Nullable CaptureFile output(
      Option option, List<SimulatedChain> simulated, Arguments arguments) {
    String file = arguments.value(option).orElse(null);
    if (file == null) {
      return null;
    }
    if (simulated.size() != 1) {
      throw CommandException.of(
          Errno.E2BIG, option.text() + " needs one chain, of which there are " + simulated.size());
    }
    return CaptureFile.write(file);
  }

  private static void commit(@Nullable CaptureFile file) {
    if (file != null) {
      file.commit();
    }
  }

  /** One pass over a capture. */
  private static final class Reading {
    private final String file;
    private final Console console;
    private volatile long packets;

    Reading(String file, Console console) {
      this.file = file;
      this.console = console;
    }

    /** Returns how the command fails once all is told; null if the capture is whole. */
    @Nullable CommandException run(
        List<SimulatedChain> chains,
        @Nullable CaptureFile accepted,
        @Nullable CaptureFile dropped) {
      console.beginWork("simulating", () -> packets, "packets");
      try (CaptureReader reader = CaptureFile.read(file, console)) {
        long count = 0;
        for (CapturedPacket packet = reader.next().orElse(null);
            packet != null;
            packet = reader.next().orElse(null)) {
          for (SimulatedChain chain : chains) {
            chain.take(packet, accepted, dropped);
          }
          count++;
          packets = count;
        }
        return null;
      } catch (CaptureException e) {
        return new CommandException(
            Errno.EINVAL,
            List.of(
                CaptureFile.name(file) + ": " + e.getMessage(),
                CommandException.withError(FAILURE, Errno.EINVAL)));
      } catch (IOException e) {
        throw CommandException.of(FileErrors.errno(e), "failed to read " + CaptureFile.name(file));
      } finally {
        console.endWork();
      }
    }
  }
}
