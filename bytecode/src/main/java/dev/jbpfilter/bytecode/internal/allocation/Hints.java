package dev.jbpfilter.bytecode.internal.allocation;

import dev.jbpfilter.bytecode.Atomic;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.LoadPacket;
import dev.jbpfilter.bytecode.Virt;
import java.util.Arrays;
import java.util.List;

/**
 * Which registers save a move, and how many moves per run: those of variables that are copied to or
 * from a variable, and those where the calling convention wants it.
 */
final class Hints {
  private static final int MOVE_WEIGHT = 2;
  private static final int PARAMETER_WEIGHT = 3;

  private final Numbering numbering;
  private final Buckets wishes;
  private final IntList weights = new IntList();

  Hints(Draft draft, Numbering numbering, Blocks blocks, Intervals intervals) {
    this.numbering = numbering;
    wishes = new Buckets(numbering.count());
    // Among equal wishes parameters stay: half of a permutation here and half there costs most.
    wishArguments(draft.parameters(), PARAMETER_WEIGHT);
    for (int block = 1; block < blocks.count(); block++) {
      int weight = MOVE_WEIGHT * blocks.frequency(block);
      for (int i = blocks.start(block); i < blocks.end(block); i++) {
        Element<Virt> element = draft.element(i);
        if (element instanceof Element.Call<Virt> call) {
          wishArguments(call.arguments(), weight);
          if (!intervals.unreadResult(i)) {
            wishRegister(call.result(), 0, weight);
          }
        } else if (element instanceof Element.Exit<Virt>(Virt value)) {
          wishRegister(value, 0, weight);
        } else if (element instanceof Atomic.CompareExchange<Virt> exchange) {
          wishRegister(exchange.old(), 0, intervals.unreadResult(i) ? weight : 2 * weight);
        } else if (element instanceof LoadPacket<Virt> load) {
          wishRegister(load.context(), 6, weight);
          if (!intervals.unreadResult(i)) {
            wishRegister(load.dst(), 0, weight);
          }
        } else if (element instanceof Element.Move<Virt> move) {
          wishCopy(move, weight);
        }
      }
    }
  }

  private void wishCopy(Element.Move<Virt> move, int weight) {
    Virt source = Copies.source(move);
    if (source != null && !source.equals(Virt.FRAME)) {
      int dst = numbering.variable(move.dst());
      int src = numbering.variable(source);
      wish(dst, src, weight);
      wish(src, dst, weight);
    }
  }

  private void wishArguments(List<Virt> arguments, int weight) {
    for (int i = 0; i < arguments.size(); i++) {
      wishRegister(arguments.get(i), i + 1, weight);
    }
  }

  private void wishRegister(Virt register, int physical, int weight) {
    if (!register.equals(Virt.FRAME)) {
      wish(numbering.variable(register), ~physical, weight);
    }
  }

  /** Registers are told from variables by their complement. */
  private void wish(int variable, int wanted, int weight) {
    wishes.add(variable, wanted);
    weights.add(weight);
  }

  /**
   * Sets, for each register, the weight of the moves that it saves to put a variable there.
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
