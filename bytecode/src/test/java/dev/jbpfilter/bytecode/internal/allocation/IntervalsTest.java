package dev.jbpfilter.bytecode.internal.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Helpers;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Ranges by element: {@code 2-5} is from the write by element 2 to the last read by element 5. */
class IntervalsTest {

  /** The ranges of register v{@code id}; {@code in} is a block's start, {@code out} its end. */
  private static String ranges(int id, Consumer<CodeBuilder> body) {
    Analysis analysis = Analysis.of(Draft.of(CodeBuilder.function("f", body)));
    Intervals intervals = analysis.intervals();
    int variable = analysis.numbering().variable(new Virt(id));
    StringBuilder text = new StringBuilder();
    for (int at = intervals.first(variable); at >= 0; at = intervals.next(at)) {
      int start = intervals.start(at);
      int end = intervals.end(at);
      text.append(text.isEmpty() ? "" : " ")
          .append((start & 1) == 0 ? "in" : "")
          .append(start < 2 ? "entry" : String.valueOf(Blocks.element(start)))
          .append('-')
          .append((end & 1) == 0 ? "out" : "")
          .append(Blocks.element(end - 1));
    }
    return text + (intervals.crossesCall(variable) ? " call" : "");
  }

  @Test
  void straightLine() {
    Consumer<CodeBuilder> body =
        b -> {
          Virt p = b.parameter();
          Virt sum = b.add(p, 1);
          b.alu(AluOp.ADD, sum, p);
          b.exit(sum);
        };

    assertThat(ranges(1, body)).isEqualTo("entry-2");
    assertThat(ranges(2, body)).isEqualTo("0-3");
  }

  @Test
  void unreadWriteTakesAMoment() {
    Consumer<CodeBuilder> body =
        b -> {
          Virt p = b.parameter();
          b.copy(p);
          b.call(Helpers.XDP_GET_BUFF_LEN, p);
          b.exit(p);
        };

    assertThat(ranges(1, body)).isEqualTo("entry-2 call");
    assertThat(ranges(2, body)).isEqualTo("0-out0");
    assertThat(ranges(3, body)).isEmpty();
  }

  @Test
  void argumentOverwrittenByResultDoesNotCross() {
    assertThat(
            ranges(
                1,
                b -> {
                  Virt p = b.parameter();
                  b.with(new Element.Call<>(Helpers.XDP_GET_BUFF_LEN, List.of(p), p));
                  b.exit(p);
                }))
        .isEqualTo("entry-0 0-1");
  }

  @Test
  void holeWhereAnotherPathLeaves() {
    // 0 branch, 1 write, 2 exit, 3 label, 4 exit: the parameter is not needed on the first way.
    assertThat(
            ranges(
                1,
                b -> {
                  Virt p = b.parameter();
                  Label on = b.label("on");
                  b.branch(Condition.EQ, Width.W32, p, 1, on);
                  b.exit(7);
                  b.bind(on);
                  b.exit(p);
                }))
        .isEqualTo("entry-out0 in3-4");
  }

  @Test
  void loopKeepsAlive() {
    // 0 label, 1 add, 2 branch back, 3 exit
    assertThat(
            ranges(
                1,
                b -> {
                  Virt p = b.parameter();
                  Virt q = b.parameter();
                  Label head = b.label("head");
                  b.bind(head);
                  b.alu(AluOp.ADD, q, p);
                  b.branch(Condition.LT, Width.W32, q, 9, head);
                  b.exit(q);
                }))
        .isEqualTo("entry-out2");
  }
}
