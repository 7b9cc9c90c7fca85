package dev.jbpfilter.cgen.analysis.lint;

import dev.jbpfilter.ruleset.FilterSet;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.SetElements;
import dev.jbpfilter.ruleset.SetMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Sets that nobody uses, that share a name, or that say the same twice. */
final class SetFindings {
  private final Analysis analysis;

  SetFindings(Analysis analysis) {
    this.analysis = analysis;
  }

  void check() {
    BitSet used = new BitSet();
    for (Rule rule : analysis.chain().rules()) {
      for (Matcher matcher : rule.matchers()) {
        if (matcher instanceof SetMatcher reference) {
          used.set(reference.set());
        }
      }
    }
    Set<String> names = new HashSet<>();
    List<FilterSet> sets = analysis.chain().sets();
    for (int i = 0; i < sets.size(); i++) {
      FilterSet set = sets.get(i);
      String name = set.name();
      if (name != null && !names.add(name)) {
        analysis
            .about(FindingKind.DUPLICATE_NAME, Certainty.IS, List.of(), set.span())
            .hint("give it another name, or remove it")
            .say("set '" + name + "' is defined again: rules use only the first of that name");
      } else if (name != null && !used.get(i)) {
        analysis
            .about(FindingKind.UNUSED_SET, Certainty.IS, List.of(), set.span())
            .hint("remove it, or write '" + set.key() + " in " + name + "' in a rule")
            .say("no rule uses set '" + name + "'");
      }
      if (set.key().isNetwork()) {
        nested(set);
      }
    }
  }

  /** A network, as a range of addresses. */
  private record Network(int element, long high, long low, int length) {
    static Network of(SetElements elements, int element) {
      return switch (elements.payload(element, 0)) {
        case Payload.Ipv4Network net ->
            new Network(
                element, 0, Integer.toUnsignedLong(net.address() & net.mask()), net.prefixLength());
        case Payload.Ipv6Network net ->
            new Network(
                element,
                net.high() & net.highMask(),
                net.low() & net.lowMask(),
                net.prefixLength());
        default -> throw new IllegalArgumentException("a set of networks has something else");
      };
    }
  }

  private static final Comparator<Network> ORDER =
      Comparator.comparing(Network::high, Long::compareUnsigned)
          .thenComparing(Network::low, Long::compareUnsigned)
          .thenComparingInt(Network::length);

  /** Networks are in each other or apart: one that lies in another is behind it in order. */
  private void nested(FilterSet set) {
    SetElements elements = set.elements();
    Network[] networks = new Network[elements.size()];
    Arrays.setAll(networks, i -> Network.of(elements, i));
    Arrays.sort(networks, ORDER);
    List<String> inner = new ArrayList<>();
    int outer = 0;
    for (int i = 1; i < networks.length; i++) {
      if (contains(elements.payload(networks[outer].element, 0), networks[i])) {
        inner.add(
            "'"
                + RuleWriter.element(elements, networks[i].element)
                + "' in '"
                + RuleWriter.element(elements, networks[outer].element)
                + "'");
      } else {
        outer = i;
      }
    }
    if (!inner.isEmpty()) {
      String name = set.optionalName().map(n -> "set '" + n + "'").orElse("a set");
      analysis
          .about(FindingKind.REDUNDANT_ELEMENTS, Certainty.IS, List.of(), set.span())
          .hint("remove the smaller ones")
          .say("networks of " + name + " lie in others of it: " + Words.list(inner));
    }
  }

  private static boolean contains(Payload outer, Network inner) {
    return switch (outer) {
      case Payload.Ipv4Network net -> net.contains((int) inner.low);
      case Payload.Ipv6Network net -> net.contains(inner.high, inner.low);
      default -> false;
    };
  }
}
