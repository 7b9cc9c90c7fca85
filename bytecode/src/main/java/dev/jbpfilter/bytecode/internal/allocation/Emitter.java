package dev.jbpfilter.bytecode.internal.allocation;

import dev.jbpfilter.bytecode.Allocation;
import dev.jbpfilter.bytecode.Atomic;
import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.LoadPacket;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the code over physical registers once every variable has one.
 *
 * <p>Here the calling convention becomes moves: parameters from {@code r1…} to their registers on
 * entry, arguments to {@code r1…} before a call and its result from {@code r0} after it, the value
 * of an exit to {@code r0}. Nothing that lives across a call is in {@code r0}, so it is the spare
 * register for the arguments. Other elements with fixed registers are treated alike. Copies within
 * a register vanish.
 */
final class Emitter {
  private final Analysis analysis;
  private final LinearScan scan;
  private final SlotLayout slots;
  private final List<Element<Phys>> elements = new ArrayList<>();
  private final List<Integer> origins = new ArrayList<>();

  private Emitter(Analysis analysis, LinearScan scan, SlotLayout slots) {
    this.analysis = analysis;
    this.scan = scan;
    this.slots = slots;
  }

  /** The finished allocation of a function. */
  static Allocation emit(Code<Virt> input, Analysis analysis, LinearScan scan) {
    SlotLayout slots = new SlotLayout(analysis, input.frameBytes());
    Emitter emitter = new Emitter(analysis, scan, slots);
    emitter.entry();
    for (int i = 0; i < analysis.draft().size(); i++) {
      emitter.element(i);
    }
    List<Phys> parameters = arguments(input.parameters().size());
    Code<Phys> output =
        new Code<>(input.name(), parameters, emitter.elements, slots.bytes(input.frameBytes()));
    return new Allocation(input, output, emitter.origins, slots.slots());
  }

  private static List<Phys> arguments(int count) {
    List<Phys> result = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      result.add(Phys.of(i));
    }
    return result;
  }

  private void entry() {
    List<Virt> parameters = analysis.draft().parameters();
    IntList targets = new IntList();
    IntList sources = new IntList();
    int taken = 0;
    for (int i = 0; i < parameters.size(); i++) {
      if (!analysis.intervals().unreadParameter(i)) {
        int target = number(parameters.get(i));
        targets.add(target);
        sources.add(i + 1);
        taken |= 1 << target | 1 << (i + 1);
      }
    }
    // Five sources and five targets never cover ten registers if some of them form a cycle.
    int spare = Integer.numberOfTrailingZeros(~taken);
    ParallelMove.emit(targets.toArray(), sources.toArray(), spare, this::move);
  }

  private void element(int index) {
    Element<Virt> element = analysis.draft().element(index);
    int origin = analysis.draft().origin(index);
    int home = analysis.draft().home(index);
    boolean unread = analysis.intervals().unreadResult(index) || slots.unreadStore(index);
    if (origin == Allocation.INSERTED && unread) {
      return;
    }
    if (element instanceof Element.Call<Virt> call) {
      call(call, index, origin);
    } else if (element instanceof Element.Exit<Virt>(Virt value)) {
      if (number(value) != 0) {
        move(0, number(value));
      }
      add(new Element.Exit<>(Phys.R0), origin);
    } else if (element instanceof Atomic.CompareExchange<Virt> exchange) {
      exchange(exchange, index, origin);
    } else if (element instanceof LoadPacket<Virt> load) {
      packet(load, index, origin);
    } else if (home != Draft.NO_HOME) {
      add(access(element, slots.offset(home)), origin);
    } else {
      Element<Phys> mapped = element.map(this::physical);
      Phys source = Copies.source(mapped);
      if (source == null || source != mapped.def()) {
        add(mapped, origin);
      }
    }
  }

  private Element<Phys> access(Element<Virt> element, int offset) {
    Element<Phys> mapped = element.map(this::physical);
    if (mapped instanceof Element.Load<Phys> load) {
      return new Element.Load<>(load.size(), load.signed(), load.dst(), load.base(), offset);
    }
    if (mapped instanceof Element.Store<Phys> store) {
      return new Element.Store<>(store.size(), store.base(), offset, store.src());
    }
    throw new IllegalStateException(mapped + " accesses a home");
  }

  private void call(Element.Call<Virt> call, int index, int origin) {
    int count = call.arguments().size();
    int[] targets = new int[count];
    int[] sources = new int[count];
    for (int i = 0; i < count; i++) {
      targets[i] = i + 1;
      sources[i] = number(call.arguments().get(i));
    }
    ParallelMove.emit(targets, sources, 0, this::move);
    add(new Element.Call<>(call.function(), arguments(count), Phys.R0), origin);
    result(index, call.result());
  }

  private void exchange(Atomic.CompareExchange<Virt> exchange, int index, int origin) {
    if (number(exchange.old()) != 0) {
      move(0, number(exchange.old()));
    }
    Phys base = physical(exchange.base());
    Phys src = physical(exchange.src());
    add(
        new Atomic.CompareExchange<>(exchange.size(), base, exchange.offset(), Phys.R0, src),
        origin);
    result(index, exchange.old());
  }

  private void packet(LoadPacket<Virt> load, int index, int origin) {
    int context = number(load.context());
    Phys packetIndex = load.index() == null ? null : physical(load.index());
    if (packetIndex == Phys.R6 && context != 6) {
      // An index that dies here may be where the context has to go; nothing else is in r0 or r1.
      ParallelMove.emit(new int[] {6, 0}, new int[] {context, 6}, 1, this::move);
      packetIndex = Phys.R0;
    } else if (context != 6) {
      move(6, context);
    }
    add(new LoadPacket<>(load.size(), Phys.R0, Phys.R6, packetIndex, load.offset()), origin);
    result(index, load.dst());
  }

  /** Moves what an element has left in {@code r0} to where it belongs. */
  private void result(int index, Virt register) {
    if (!analysis.intervals().unreadResult(index) && number(register) != 0) {
      move(number(register), 0);
    }
  }

  private void move(int target, int source) {
    add(
        new Element.Move<>(Width.W64, 0, Phys.of(target), Operand.reg(Phys.of(source))),
        Allocation.INSERTED);
  }

  private void add(Element<Phys> element, int origin) {
    elements.add(element);
    origins.add(origin);
  }

  private Phys physical(Virt register) {
    return Phys.of(number(register));
  }

  private int number(Virt register) {
    return register.equals(Virt.FRAME)
        ? Phys.FRAME.number()
        : scan.register(analysis.numbering().variable(register));
  }
}
