package dev.jbpfilter.bytecode.internal.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParallelMoveTest {
  private static final int SPARE = 7;

  /** All maps of up to five targets to seven sources. */
  @Test
  void everyCombinationOfFiveMoves() {
    for (int count = 0; count <= 5; count++) {
      int[] targets = new int[count];
      int combinations = 1;
      for (int i = 0; i < count; i++) {
        targets[i] = i + 1;
        combinations *= SPARE;
      }
      for (int combination = 0; combination < combinations; combination++) {
        int[] sources = new int[count];
        int rest = combination;
        for (int i = 0; i < count; i++) {
          sources[i] = rest % SPARE;
          rest /= SPARE;
        }
        check(targets, sources);
      }
    }
  }

  private static void check(int[] targets, int[] sources) {
    int[] registers = new int[SPARE + 1];
    for (int i = 0; i < registers.length; i++) {
      registers[i] = 100 + i;
    }
    int[] moves = new int[1];
    ParallelMove.emit(
        targets,
        sources,
        SPARE,
        (target, source) -> {
          registers[target] = registers[source];
          moves[0]++;
        });
    int needed = 0;
    for (int i = 0; i < targets.length; i++) {
      assertThat(registers[targets[i]]).isEqualTo(100 + sources[i]);
      needed += targets[i] == sources[i] ? 0 : 1;
    }
    assertThat(registers[0]).isEqualTo(100);
    assertThat(registers[6]).isEqualTo(106);
    assertThat(moves[0]).isBetween(needed, needed + targets.length / 2);
  }
}
