package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.Checker.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How deep calls go. Functions that the kernel calls back are left out: it may do so later, on
 * another stack.
 */
final class CallChains {
  private static final int MAX_FRAMES = 8;

  /** What the kernel rounds a frame up to where it compiles programs. */
  private static final int FRAME_UNIT = 16;

  private final ControlFlow flow;
  private final List<Finding> findings;
  private final List<List<Integer>> calls = new ArrayList<>();
  private final int[] order;
  private int ordered;

  private CallChains(ControlFlow flow, List<Finding> findings) {
    this.flow = flow;
    this.findings = findings;
    order = new int[flow.functionCount()];
    for (int f = 0; f < order.length; f++) {
      List<Integer> ofFunction = new ArrayList<>();
      for (int i = flow.start(f); i < flow.start(f + 1); i++) {
        if (flow.element(i) instanceof Element.Call && flow.callee(i) >= 0) {
          ofFunction.add(i);
        }
      }
      calls.add(ofFunction);
    }
  }

  /**
   * Finds recursion, too many frames and too much stack.
   *
   * @param stackBytes how much each function is known to use
   */
  static void check(ProgramType type, ControlFlow flow, int[] stackBytes, List<Finding> findings) {
    CallChains chains = new CallChains(flow, findings);
    int before = findings.size();
    chains.findRecursion();
    if (findings.size() == before) {
      chains.measure(stackBytes, hasSharedStack(type));
    }
  }

  /** Tracing programs may get a stack of their own for each function (Linux 6.13). */
  private static boolean hasSharedStack(ProgramType type) {
    return switch (type) {
      case KPROBE, TRACEPOINT, PERF_EVENT, RAW_TRACEPOINT, TRACING, LSM, STRUCT_OPS -> false;
      default -> true;
    };
  }

  /** Depth first; fills {@link #order}, callees first. */
  private void findRecursion() {
    int[] path = new int[order.length];
    int[] next = new int[order.length];
    boolean[] active = new boolean[order.length];
    boolean[] seen = new boolean[order.length];
    for (int root = 0; root < order.length; root++) {
      int depth = 0;
      if (!seen[root]) {
        path[depth++] = root;
        seen[root] = true;
        active[root] = true;
      }
      while (depth > 0) {
        int f = path[depth - 1];
        if (next[f] == calls.get(f).size()) {
          active[f] = false;
          order[ordered++] = f;
          depth--;
          continue;
        }
        int call = calls.get(f).get(next[f]++);
        int callee = flow.callee(call);
        if (active[callee]) {
          findings.add(new Finding(call, "recursion"));
        } else if (!seen[callee]) {
          seen[callee] = true;
          active[callee] = true;
          path[depth++] = callee;
        }
      }
    }
  }

  /** Callers first, so that the longest chain to a function is known when its calls are seen. */
  private void measure(int[] stackBytes, boolean sharedStack) {
    int[] frames = new int[order.length];
    int[] bytes = new int[order.length];
    Arrays.fill(frames, 1);
    for (int i = ordered - 1; i >= 0; i--) {
      int f = order[i];
      bytes[f] += (stackBytes[f] + FRAME_UNIT - 1) / FRAME_UNIT * FRAME_UNIT;
      for (int call : calls.get(f)) {
        int callee = flow.callee(call);
        frames[callee] = Math.max(frames[callee], frames[f] + 1);
        bytes[callee] = Math.max(bytes[callee], bytes[f]);
        if (frames[f] == MAX_FRAMES) {
          findings.add(new Finding(call, "more than " + MAX_FRAMES + " frames"));
        }
        int own = (stackBytes[callee] + FRAME_UNIT - 1) / FRAME_UNIT * FRAME_UNIT;
        if (sharedStack
            && bytes[f] <= Code.MAX_FRAME_BYTES
            && bytes[f] + own > Code.MAX_FRAME_BYTES) {
          String chain = "a chain of calls uses " + (bytes[f] + own) + " bytes of stack, ";
          findings.add(new Finding(call, chain + Code.MAX_FRAME_BYTES + " are available"));
        }
      }
    }
  }
}
