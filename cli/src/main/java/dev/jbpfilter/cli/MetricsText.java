package dev.jbpfilter.cli;

import dev.jbpfilter.loader.Counter;
import dev.jbpfilter.loader.LoadedChain;
import dev.jbpfilter.loader.MapMemory;
import dev.jbpfilter.loader.Observation;
import dev.jbpfilter.loader.ObservedChain;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FilterSet;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.SetMatcher;
import dev.jbpfilter.ruleset.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is measured of chains, in the text format of Prometheus, version 0.0.4. All values are whole
 * numbers but seconds, and are written exactly. Metrics, chains and rules have a fixed order.
 */
final class MetricsText {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int CHUNK = 1 << 13;

  private final Appendable out;
  private final List<ObservedChain> chains;
  private final StringBuilder text = new StringBuilder();

  private MetricsText(Appendable out, List<ObservedChain> chains) {
    this.out = out;
    this.chains = chains;
  }

  /**
   * Writes all metrics.
   *
   * @param version of this program
   * @throws IOException if {@code out} fails
   */
  static void write(Observation observation, String version, Appendable out) throws IOException {
    List<ObservedChain> chains = new ArrayList<>(observation.chains());
    chains.sort(Comparator.comparing(ObservedChain::name));
    MetricsText metrics = new MetricsText(out, chains);
    metrics.program(version, observation.unreadable().size());
    metrics.chains();
    metrics.rules();
    metrics.ends();
    metrics.sets();
    metrics.objects();
    metrics.pass();
  }

  private void program(String version, int unreadable) throws IOException {
    family("bpfilter_build_info", "gauge", "The version of bfcli that wrote these metrics.");
    sample("bpfilter_build_info").label("version", version).value(1);
    family("bpfilter_chains", "gauge", "Chains, and how many of them can be read.");
    sample("bpfilter_chains").label("readable", "true").value(chains.size());
    sample("bpfilter_chains").label("readable", "false").value(unreadable);
  }

  private void chains() throws IOException {
    if (chains.isEmpty()) {
      return;
    }
    family("bpfilter_chain_info", "gauge", "The policy of a chain.");
    for (ObservedChain chain : chains) {
      String policy = chain.loaded().chain().policy().name();
      sample("bpfilter_chain_info", chain).label("policy", policy).value(1);
    }
    family(
        "bpfilter_chain_attached", "gauge", "Whether a chain is attached, to what is still there.");
    for (ObservedChain chain : chains) {
      sample("bpfilter_chain_attached", chain).value(chain.attached() ? 1 : 0);
    }
    family("bpfilter_chain_rules", "gauge", "The rules of a chain.");
    for (ObservedChain chain : chains) {
      sample("bpfilter_chain_rules", chain).value(chain.loaded().rules().size());
    }
  }

  /** What the counters of some rules show. */
  private interface RuleValue {
    long of(Counter counter);
  }

  private void rules() throws IOException {
    rules(
        "bpfilter_rule_packets_total",
        "Packets, or socket calls, that matched a rule with counter.",
        false,
        Counter::packets);
    rules(
        "bpfilter_rule_bytes_total",
        "Bytes of the packets that matched a rule with counter.",
        true,
        Counter::bytes);
  }

  private void rules(String name, String help, boolean bytes, RuleValue value) throws IOException {
    boolean begun = false;
    for (ObservedChain observed : chains) {
      Chain chain = observed.loaded().chain();
      if (bytes && !chain.hook().flavor().seesPackets()) {
        continue;
      }
      for (Rule rule : chain.rules()) {
        if (rule.counter()) {
          if (!begun) {
            family(name, "counter", help);
            begun = true;
          }
          sample(name, observed)
              .label("rule", Integer.toString(rule.index()))
              .label("verdict", verdict(rule))
              .value(value.of(observed.loaded().rules().get(rule.index())));
        }
      }
    }
  }

  private static String verdict(Rule rule) {
    return switch (rule.verdict()) {
      case Verdict.Basic basic -> basic.name();
      case Verdict.Redirect redirect -> "REDIRECT";
    };
  }

  private interface ChainValue {
    Counter of(LoadedChain chain);
  }

  private void ends() throws IOException {
    counter(
        "bpfilter_policy", "that no rule decided, so that the policy did.", LoadedChain::policy);
    counter("bpfilter_error", "that could not be parsed.", LoadedChain::errors);
    boolean begun = false;
    for (ObservedChain chain : chains) {
      if (chain.lostRecords().isPresent()) {
        String name = "bpfilter_log_lost_total";
        if (!begun) {
          family(name, "counter", "Log entries that found no room.");
          begun = true;
        }
        sample(name, chain).value(chain.lostRecords().getAsLong());
      }
    }
  }

  private void counter(String prefix, String what, ChainValue value) throws IOException {
    if (chains.isEmpty()) {
      return;
    }
    String packets = prefix + "_packets_total";
    family(packets, "counter", "Packets, or socket calls, " + what);
    for (ObservedChain chain : chains) {
      sample(packets, chain).value(value.of(chain.loaded()).packets());
    }
    String bytes = prefix + "_bytes_total";
    boolean begun = false;
    for (ObservedChain chain : chains) {
      if (chain.loaded().chain().hook().flavor().seesPackets()) {
        if (!begun) {
          family(bytes, "counter", "Bytes of packets " + what);
          begun = true;
        }
        sample(bytes, chain).value(value.of(chain.loaded()).bytes());
      }
    }
  }

  private void sets() throws IOException {
    String name = "bpfilter_set_elements";
    boolean begun = false;
    for (ObservedChain observed : chains) {
      Chain chain = observed.loaded().chain();
      if (!begun && !chain.sets().isEmpty()) {
        family(name, "gauge", "Elements of a set, by its name or the rule that it stands in.");
        begun = true;
      }
      for (FilterSet set : chain.sets()) {
        if (set.name() != null) {
          set(sample(name, observed).label("set", set.name()), set);
        }
      }
      for (Rule rule : chain.rules()) {
        List<Matcher> matchers = rule.matchers();
        for (int i = 0; i < matchers.size(); i++) {
          if (matchers.get(i) instanceof SetMatcher matcher && chain.set(matcher).isAnonymous()) {
            Sample sample = sample(name, observed).label("rule", Integer.toString(rule.index()));
            set(sample.label("matcher", Integer.toString(i)), chain.set(matcher));
          }
        }
      }
    }
  }

  private static void set(Sample sample, FilterSet set) throws IOException {
    sample.label("key", set.key().toString()).value(set.elements().size());
  }

  private void objects() throws IOException {
    boolean begun = false;
    for (ObservedChain chain : chains) {
      String name = "bpfilter_map_memory_bytes";
      for (MapMemory map : chain.maps()) {
        if (!begun) {
          family(name, "gauge", "Kernel memory of a map.");
          begun = true;
        }
        sample(name, chain).label("map", map.name()).value(map.bytes());
      }
    }
    List<ObservedChain> measured =
        chains.stream().filter(chain -> chain.program().runCount() != 0).toList();
    if (measured.isEmpty()) {
      return;
    }
    String runs = "bpfilter_program_runs_total";
    family(runs, "counter", "Runs of a program while the kernel measured run times.");
    for (ObservedChain chain : measured) {
      sample(runs, chain).value(chain.program().runCount());
    }
    String seconds = "bpfilter_program_run_seconds_total";
    family(seconds, "counter", "How long these runs took.");
    for (ObservedChain chain : measured) {
      sample(seconds, chain).seconds(chain.program().runTimeNanos());
    }
  }

  private void family(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private Sample sample(String name) {
    text.append(name);
    return new Sample();
  }

  private Sample sample(String name, ObservedChain chain) {
    return sample(name)
        .label("chain", chain.name())
        .label("hook", chain.loaded().chain().hook().keyword());
  }

  private void pass() throws IOException {
    out.append(text);
    text.setLength(0);
  }

  /** A line that is being written. */
  private final class Sample {
    private boolean labelled;

    Sample label(String name, String value) {
      text.append(labelled ? "," : "{").append(name).append("=\"");
      labelled = true;
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        switch (c) {
          case '\\' -> text.append("\\\\");
          case '"' -> text.append("\\\"");
          case '\n' -> text.append("\\n");
          default -> text.append(c);
        }
      }
      text.append('"');
      return this;
    }

    /** Ends the line with a number without sign. */
    void value(long value) throws IOException {
      end(Long.toUnsignedString(value));
    }

    /** Ends the line with a time that is given in nanoseconds. */
    void seconds(long nanos) throws IOException {
      String fraction = Long.toString(Long.remainderUnsigned(nanos, NANOS_PER_SECOND));
      end(
          Long.toUnsignedString(Long.divideUnsigned(nanos, NANOS_PER_SECOND))
              + "."
              + "0".repeat(9 - fraction.length())
              + fraction);
    }

    private void end(String value) throws IOException {
      text.append(labelled ? "} " : " ").append(value).append('\n');
      if (text.length() > CHUNK) {
        pass();
      }
    }
  }
}
