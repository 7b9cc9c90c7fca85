package dev.jbpfilter.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.cgen.Plan;
import dev.jbpfilter.cgen.lookup.StructureKind;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Hook;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Each kind of structure, on chains that it can hold, finds what the reference evaluator says. */
class ForcedStructureProperties {
  private static final int PACKETS = 60;

  @Property(tries = 220, shrinking = ShrinkingMode.OFF)
  void findsTheRule(@ForAll long seed, @ForAll Hook hook, @ForAll StructureKind kind) {
    Assume.that(hook.flavor().seesPackets());
    SplittableRandom random = new SplittableRandom(seed);
    Chain chain = FittingChains.of(random, hook, kind);
    List<TestPacket> packets = new ArrayList<>();
    for (int i = 0; i < PACKETS; i++) {
      packets.add(TestPacket.random(random, chain));
    }
    Variant forced = Variant.forced(kind);
    assertThat(forced.compile(chain).plan().regions())
        .flatExtracting(Plan.Part::lookups)
        .extracting(lookup -> lookup.chosen().kind())
        .contains(kind.label());
    assertThat(Agreement.ofPackets(new Finding(chain, packets), forced)).isEmpty();
  }
}
