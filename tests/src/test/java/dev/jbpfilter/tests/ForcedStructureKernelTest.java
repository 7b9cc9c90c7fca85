package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.cgen.Plan;
import dev.jbpfilter.cgen.lookup.StructureKind;
import dev.jbpfilter.fuzz.Finding;
import dev.jbpfilter.fuzz.FittingChains;
import dev.jbpfilter.fuzz.TestPacket;
import dev.jbpfilter.fuzz.Variant;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Hook;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of structure, on chains that it can hold, finds in the kernel what it has to. */
@RequiresBpf
class ForcedStructureKernelTest {
  private static final List<Hook> HOOKS =
      List.of(Hook.XDP, Hook.TC_INGRESS, Hook.CGROUP_SKB_EGRESS, Hook.NF_FORWARD);
  private static final int CHAINS = 8;
  private static final int PACKETS = 40;

  /** How many packets in a hundred have to hit a rule, and how many the policy. */
  private static final int LEAST = 5;

  @ParameterizedTest
  @EnumSource(StructureKind.class)
  void findsTheRule(StructureKind kind) {
    ThreeWay compared = new ThreeWay();
    long seed = new SplittableRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    Variant forced = Variant.forced(kind);
    for (int i = 0; i < CHAINS; i++) {
      Chain chain = FittingChains.of(random, HOOKS.get(i % HOOKS.size()), kind);
      List<TestPacket> packets = new ArrayList<>();
      for (int j = 0; j < PACKETS; j++) {
        packets.add(TestPacket.forTestRun(random, chain));
      }
      assertThat(forced.compile(chain).plan().regions())
          .as("seed %d", seed)
          .flatExtracting(Plan.Part::lookups)
          .extracting(lookup -> lookup.chosen().kind())
          .contains(kind.label());
      assertThat(compared.difference(new Finding(chain, packets), List.of(forced)))
          .as("seed %d", seed)
          .isEmpty();
    }
    int least = CHAINS * PACKETS * LEAST / 100;
    assertThat(compared.seen("matched")).as("seed %d", seed).isGreaterThan(least);
    assertThat(compared.seen("passed on")).as("seed %d", seed).isGreaterThan(least);
  }
}
