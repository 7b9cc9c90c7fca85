package dev.jbpfilter.bytecode.internal.allocation;

import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Virt;
import java.util.Arrays;
import java.util.List;

/**
 * Which registers save a move, and how many moves per run: those of variables that are copied to or
 * from a variable, and those where the calling convention wants it.
 */
final class Hints {
  private final Numbering numbering;
  private final Buckets wishes;
  private final IntList weights = new IntList();

  Hints(Draft draft, Numbering numbering, Blocks blocks, Intervals intervals) {
    this.numbering = numbering;
    wishes = new Buckets(numbering.count());
    wishArguments(draft.parameters(), 1);
    for (int block = 1; block < blocks.count(); block++) {
      int frequency = blocks.frequency(block);
      for (int i = blocks.start(block); i < blocks.end(block); i++) {
        Element<Virt> element = draft.element(i);
        if (element instanceof Element.Call<Virt> call) {
          wishArguments(call.arguments(), frequency);
          if (!intervals.unreadResult(i)) {
            wishRegister(call.result(), 0, frequency);
          }
        } else if (element instanceof Element.Exit<Virt>(Virt value)) {
          wishRegister(value, 0, frequency);
        } else if (element instanceof Element.Move<Virt> move) {
          wishCopy(move, frequency);
        }
      }
    }
  }

  private void wishCopy(Element.Move<Virt> move, int frequency) {
    Virt source = Copies.source(move);
    if (source != null && !source.equals(Virt.FRAME)) {
      int dst = numbering.variable(move.dst());
      int src = numbering.variable(source);
      wish(dst, src, frequency);
      wish(src, dst, frequency);
    }
  }

  private void wishArguments(List<Virt> arguments, int frequency) {
    for (int i = 0; i < arguments.size(); i++) {
      wishRegister(arguments.get(i), i + 1, frequency);
    }
  }

  private void wishRegister(Virt register, int physical, int frequency) {
    if (!register.equals(Virt.FRAME)) {
      wish(numbering.variable(register), ~physical, frequency);
    }
  }

  /** Registers are told from variables by their complement. */
  private void wish(int variable, int wanted, int frequency) {
    wishes.add(variable, wanted);
    weights.add(frequency);
  }

  /**
   * Sets, for each register, how many moves per run it saves to put a variable there.
   *
   * @param assignment the register of each variable so far, negative if it has none
   */
  void score(int variable, int[] assignment, long[] scores) {
    Arrays.fill(scores, 0);
    for (int at = wishes.first(variable); at >= 0; at = wishes.next(at)) {
      int wanted = wishes.value(at);
      int register = wanted < 0 ? ~wanted : assignment[wanted];
      if (register >= 0) {
        scores[register] += weights.get(at);
      }
    }
  }
}
