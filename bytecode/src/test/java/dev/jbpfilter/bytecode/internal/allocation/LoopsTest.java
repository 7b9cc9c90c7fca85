package dev.jbpfilter.bytecode.internal.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import org.junit.jupiter.api.Test;

/** Frequencies of blocks: loops count, jumps to earlier code alone do not. */
class LoopsTest {

  private static Blocks blocks(Code<Virt> code) {
    return new Blocks(Draft.of(code));
  }

  @Test
  void nestedLoops() {
    Blocks blocks =
        blocks(
            CodeBuilder.function(
                "f",
                b -> {
                  Virt p = b.parameter();
                  Label outer = b.label("outer");
                  Label inner = b.label("inner");
                  b.bind(outer);
                  b.bind(inner);
                  b.branch(Condition.NE, Width.W32, p, 1, inner);
                  b.branch(Condition.NE, Width.W32, p, 2, outer);
                  b.exit(p);
                }));

    assertThat(blocks.count()).isEqualTo(5);
    assertThat(blocks.frequency(0)).isEqualTo(1);
    assertThat(blocks.frequency(1)).isEqualTo(10);
    assertThat(blocks.frequency(2)).isEqualTo(100);
    assertThat(blocks.frequency(3)).isEqualTo(10);
    assertThat(blocks.frequency(4)).isEqualTo(1);
  }

  @Test
  void jumpBackFromOutOfLineCodeIsNoLoop() {
    Blocks blocks =
        blocks(
            CodeBuilder.function(
                "f",
                b -> {
                  Virt p = b.parameter();
                  Label slow = b.label("slow");
                  Label rules = b.label("rules");
                  b.branch(Condition.EQ, Width.W32, p, 1, slow);
                  b.bind(rules);
                  b.exit(p);
                  b.bind(slow);
                  b.move(p, 2);
                  b.jump(rules);
                }));

    for (int block = 0; block < blocks.count(); block++) {
      assertThat(blocks.frequency(block)).isEqualTo(1);
    }
  }
}
