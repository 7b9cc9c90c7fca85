package dev.jbpfilter.bytecode.internal.allocation;

import dev.jbpfilter.bytecode.Allocation;
import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.CodegenException;
import dev.jbpfilter.bytecode.CodegenException.Reason;
import dev.jbpfilter.bytecode.Virt;

/** The rounds of register allocation. */
public final class Allocator {
  private Allocator() {}

  /**
   * Assigns registers, and spills and tries again until every variable has one.
   *
   * <p>Each round that spills takes away at least one register of the input or one piece of such a
   * register. Pieces are not cut again and temporaries never spilled, so the rounds come to an end;
   * two to four are usual under pressure.
   */
  public static Allocation allocate(Code<Virt> code) {
    Analysis analysis = Analysis.of(Draft.of(code));
    LinearScan scan = scan(analysis);
    while (!scan.spilled().isEmpty()) {
      analysis = Analysis.of(Spiller.spill(analysis, scan));
      scan = scan(analysis);
    }
    return Emitter.emit(code, analysis, scan);
  }

  private static LinearScan scan(Analysis analysis) {
    Hints hints =
        new Hints(analysis.draft(), analysis.numbering(), analysis.blocks(), analysis.intervals());
    LinearScan scan = LinearScan.run(analysis.intervals(), hints, analysis.weights());
    for (int v = scan.spilled().nextSetBit(0); v >= 0; v = scan.spilled().nextSetBit(v + 1)) {
      if (analysis.draft().isTemporary(analysis.numbering().register(v))) {
        int element = Blocks.element(analysis.intervals().start(analysis.intervals().first(v)));
        throw new CodegenException(
            new Reason.TooManyRegisters(LinearScan.REGISTERS + 1),
            analysis.draft().noteAt(element));
      }
    }
    return scan;
  }
}
