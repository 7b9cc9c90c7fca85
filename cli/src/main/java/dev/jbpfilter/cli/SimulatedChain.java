package dev.jbpfilter.cli;

import dev.jbpfilter.cgen.CompileOptions;
import dev.jbpfilter.cgen.analysis.Judgement;
import dev.jbpfilter.cgen.analysis.Simulation;
import dev.jbpfilter.cgen.analysis.Totals;
import dev.jbpfilter.cgen.analysis.VerdictChanges;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Verdict;
import dev.jbpfilter.ruleset.packet.capture.CapturedPacket;
import org.jspecify.annotations.Nullable;

/** A chain that a capture goes through, and what it is compared with. */
final class SimulatedChain {
  private final Simulation simulation;
  private final @Nullable Simulation other;
  private final VerdictChanges changes = new VerdictChanges();

  private SimulatedChain(Simulation simulation, @Nullable Simulation other) {
    this.simulation = simulation;
    this.other = other;
  }

  /**
   * A chain that has seen no packet.
   *
   * @param other what it is compared with; null if with nothing
   * @throws dev.jbpfilter.bytecode.CodegenException if one of them can't be compiled
   */
  static SimulatedChain of(Chain chain, @Nullable Chain other, CompileOptions options, long seed) {
    return new SimulatedChain(
        Simulation.of(chain, options, seed),
        other == null ? null : Simulation.of(other, options, seed));
  }

  /** Takes the next packet, and passes it on to the capture of its kind. */
  void take(CapturedPacket packet, @Nullable CaptureFile accepted, @Nullable CaptureFile dropped) {
    Judgement judgement = simulation.judge(packet);
    if (other != null) {
      changes.add(packet, judgement, other.judge(packet));
    }
    Verdict verdict = judgement.verdict();
    if (verdict != null) {
      CaptureFile file = verdict == Verdict.Basic.DROP ? dropped : accepted;
      if (file != null) {
        file.write(packet);
      }
    }
  }

  Chain chain() {
    return simulation.chain();
  }

  Totals totals() {
    return simulation.totals();
  }

  /** Whether it is compared with another chain. */
  boolean isCompared() {
    return other != null;
  }

  VerdictChanges changes() {
    return changes;
  }
}
