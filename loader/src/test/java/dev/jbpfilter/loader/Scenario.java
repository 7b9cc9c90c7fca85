package dev.jbpfilter.loader;

import static dev.jbpfilter.loader.Installation.parse;

import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.HookOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An operation on chains that are there before.
 *
 * @param before the chains, in the order in which they are set
 * @param guarded where both the chains before and those after filter, so that no packet passes
 *     meanwhile
 * @param refusal how the operation fails where it has been done already; 0 if it does not
 * @param isTrial whether the chains before may come back on other links than they had
 */
record Scenario(
    List<String> before,
    Set<Place> guarded,
    Consumer<Bpfilter> operation,
    int refusal,
    boolean isTrial) {
  private static final Set<Place> MANY =
      EnumSet.of(Place.XDP, Place.TC_INGRESS, Place.LOCAL_IN, Place.CGROUP_EGRESS);
  private static final String OTHER = "chain other BF_HOOK_XDP DROP";

  Scenario {
    before = List.copyOf(before);
    guarded = Set.copyOf(guarded);
  }

  private Scenario(
      List<String> before, Set<Place> guarded, Consumer<Bpfilter> operation, int refusal) {
    this(before, guarded, operation, refusal, false);
  }

  /** A chain is replaced where it is. */
  static Scenario setInPlace(Wire wire, Place place) {
    String chain = wire.closing(place);
    return set(List.of(OTHER, chain), Set.of(place), Wire.changed(chain));
  }

  /** A chain is replaced by one for another device, priority or cgroup. */
  static Scenario setElsewhere(Wire wire, Place place) {
    String next = wire.closing(place, place.chain(), wire.optionsElsewhere(place));
    return set(List.of(wire.closing(place)), Set.of(), next);
  }

  /** A chain is replaced by one for another hook. */
  static Scenario setOnAnotherHook(Wire wire, Place place, Place next) {
    return set(List.of(wire.closing(place, "c")), Set.of(), wire.closing(next, "c"));
  }

  /** A chain is replaced by one that is loaded only. */
  static Scenario setWithoutOptions(Wire wire, Place place) {
    String next = wire.closing(place, place.chain(), "");
    return set(List.of(wire.closing(place)), Set.of(), next);
  }

  /** A chain is set that was not there. */
  static Scenario setNew(Wire wire, Place place) {
    return set(List.of(OTHER), Set.of(), wire.closing(place));
  }

  /** Chains of all kinds are replaced where they are. */
  static Scenario rulesetInPlace(Wire wire) {
    List<String> before = new ArrayList<>();
    List<String> after = new ArrayList<>();
    for (Place place : MANY) {
      before.add(wire.closing(place));
      after.add(Wire.changed(wire.closing(place)));
    }
    return ruleset(before, MANY, after);
  }

  /** Each chain gets the name of the next one; one appears, one vanishes. */
  static Scenario rulesetRenamed(Wire wire) {
    List<String> before = new ArrayList<>();
    List<String> after = new ArrayList<>();
    int number = 0;
    for (Place place : MANY) {
      before.add(wire.closing(place, "c" + number++));
      after.add(Wire.changed(wire.closing(place, "c" + number)));
    }
    return ruleset(before, MANY, after);
  }

  /** Two chains swap their devices. */
  static Scenario rulesetWithDevicesSwapped(Wire wire) {
    String elsewhere = wire.optionsElsewhere(Place.XDP);
    return ruleset(
        List.of(wire.closing(Place.XDP, "a"), wire.closing(Place.XDP, "b", elsewhere)),
        Set.of(Place.XDP),
        List.of(wire.closing(Place.XDP, "a", elsewhere), wire.closing(Place.XDP, "b")));
  }

  /** Two chains take turns on two priorities, so that neither is free. */
  static Scenario rulesetWithPrioritiesTaken(Wire wire) {
    String first = wire.closing(Place.LOCAL_IN, "a", "{priorities=101-102}");
    String second = wire.closing(Place.LOCAL_IN, "b", "{priorities=102-101}");
    return ruleset(
        List.of(first, second),
        Set.of(Place.LOCAL_IN),
        List.of(Wire.changed(first), Wire.changed(second)));
  }

  /** All chains but two vanish, others come. */
  static Scenario rulesetOfOthers(Wire wire) {
    List<String> before = new ArrayList<>();
    for (Place place : MANY) {
      before.add(wire.closing(place));
    }
    return ruleset(
        before,
        Set.of(Place.XDP),
        List.of(
            wire.closing(Place.XDP),
            wire.closing(Place.TC_EGRESS),
            wire.closing(Place.LOCAL_OUT, Place.LOCAL_IN.chain()),
            OTHER));
  }

  /** Two chains on one device change places. */
  static Scenario rulesetReordered(Wire wire) {
    String first = wire.closing(Place.TC_INGRESS, "a");
    String second = wire.closing(Place.TC_INGRESS, "b");
    return ruleset(List.of(first, second), Set.of(Place.TC_INGRESS), List.of(second, first));
  }

  /** A chain gets other rules. */
  static Scenario update(Wire wire, Place place) {
    String chain = wire.closing(place);
    Chain next = parse(Wire.changed(wire.closing(place, place.chain(), "")));
    return new Scenario(
        List.of(OTHER, chain), Set.of(place), bpfilter -> bpfilter.updateChain(next), 0);
  }

  /** A set of a chain gets other elements. */
  static Scenario updateSet(Wire wire, Place place) {
    String chain =
        "chain c "
            + place.hook().keyword()
            + wire.options(place)
            + " ACCEPT set ports (udp.dport) in {"
            + place.port()
            + "; 17} rule (udp.dport) in ports counter DROP";
    return new Scenario(
        List.of(OTHER, chain),
        Set.of(place),
        bpfilter -> bpfilter.updateSet("c", "ports", List.of("18", "19"), List.of("17")),
        0);
  }

  /** Chains of all kinds are replaced on trial, and kept or not. */
  static Scenario trial(Wire wire, boolean kept) {
    List<String> before = new ArrayList<>();
    List<Chain> after = new ArrayList<>();
    for (Place place : MANY) {
      before.add(wire.closing(place));
      after.add(parse(Wire.changed(wire.closing(place))));
    }
    return new Scenario(
        before,
        MANY,
        bpfilter -> {
          try (Trial trial = bpfilter.tryRuleset(after, Duration.ofMinutes(1))) {
            if (kept) {
              trial.keep();
            } else {
              trial.rollBack();
            }
          }
        },
        0,
        true);
  }

  /** A chain that is loaded is attached. */
  static Scenario attach(Wire wire, Place place) {
    Chain attached = parse(wire.closing(place));
    return new Scenario(
        List.of(wire.closing(place, place.chain(), "")),
        Set.of(),
        bpfilter -> bpfilter.attachChain(place.chain(), attached.options()),
        Errno.EBUSY);
  }

  /** A chain is loaded. */
  static Scenario load(Wire wire) {
    Chain chain = parse(wire.closing(Place.XDP)).withOptions(HookOptions.NONE);
    return new Scenario(
        List.of(OTHER), Set.of(), bpfilter -> bpfilter.loadChain(chain), Errno.EEXIST);
  }

  /** A chain is removed. */
  static Scenario flushOne(Wire wire, Place place) {
    return new Scenario(
        List.of(OTHER, wire.closing(place)),
        Set.of(),
        bpfilter -> bpfilter.flushChain(place.chain()),
        Errno.ENOENT);
  }

  /** All chains are removed. */
  static Scenario flushAll(Wire wire) {
    List<String> before = new ArrayList<>();
    for (Place place : MANY) {
      before.add(wire.closing(place));
    }
    return new Scenario(before, Set.of(), Bpfilter::flush, 0);
  }

  private static Scenario set(List<String> before, Set<Place> guarded, String next) {
    Chain chain = parse(next);
    return new Scenario(before, guarded, bpfilter -> bpfilter.setChain(chain), 0);
  }

  private static Scenario ruleset(List<String> before, Set<Place> guarded, List<String> after) {
    List<Chain> chains = new ArrayList<>();
    for (String text : after) {
      chains.add(parse(text));
    }
    return new Scenario(before, guarded, bpfilter -> bpfilter.setRuleset(chains), 0);
  }
}
