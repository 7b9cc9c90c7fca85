package dev.jbpfilter.bytecode;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Proves that an {@link Allocation} keeps the meaning of its input, or finds where it does not.
 *
 * <p>It shares nothing with the allocator. It walks the output and keeps, for every physical
 * register and spill slot, the set of virtual registers whose current value is there. An element
 * that stems from the input must find each operand in the register that it names; what it writes
 * then holds its virtual register, and nothing else holds that any more. A call empties {@code
 * r0}–{@code r5}, as does a packet access. Inserted elements may only move values between registers
 * and slots, make a constant, or add a number to the frame pointer. Where paths meet, only what all
 * of them agree on stays, until nothing changes.
 *
 * <p>Elements that the output lacks must be notes, labels, plain copies or constants, or be
 * unreachable. A missing copy makes two virtual registers equal. Among the inserted elements around
 * it its place is free: it changes no location, and they change no virtual register. It is taken to
 * be after them.
 *
 * <p>A constant that is made again holds the virtual registers that only ever hold that constant;
 * the elements that write them may be missing. So does an address in the frame, which two elements
 * in a row make, {@code v = fp} and {@code v += number}; they are missing both or not at all, and
 * between them {@code v} is nowhere but where the first has put it. This relies on what the
 * allocator ensures, that no register is read before it is written.
 */
public final class AllocationChecker {
  private static final int FIRST_SLOT = Phys.values().length;

  private final Allocation allocation;
  private final List<Element<Virt>> input;
  private final List<Element<Phys>> output;
  private final int[] nextOrigins;
  private final Map<Integer, Integer> slots = new HashMap<>();
  private final Map<Label, Integer> places = new HashMap<>();
  private final AllocationConstants constants;
  private final @Nullable LocationContents[] atLabel;
  private final BitSet pending = new BitSet();

  private AllocationChecker(Allocation allocation) {
    this.allocation = allocation;
    input = allocation.input().elements();
    output = allocation.output().elements();
    nextOrigins = new int[output.size() + 1];
    atLabel = new LocationContents[output.size()];
    checkFrame();
    checkShapes();
    constants = new AllocationConstants(allocation.input(), executed());
  }

  /**
   * Checks an allocation.
   *
   * @throws IllegalStateException if it is wrong; the message names the element, the register and
   *     what was expected
   */
  public static void verify(Allocation allocation) {
    AllocationChecker checker = new AllocationChecker(allocation);
    checker.start();
    for (int at = checker.pending.nextSetBit(0); at >= 0; at = checker.pending.nextSetBit(0)) {
      checker.pending.clear(at);
      LocationContents contents = checker.atLabel[at];
      if (contents != null) {
        checker.walk(at + 1, checker.allocation.origins().get(at) + 1, contents.copy());
      }
    }
  }

  private IllegalStateException problem(int index, String text) {
    return new IllegalStateException(
        allocation.output().name() + ": element " + index + ", " + output.get(index) + ": " + text);
  }

  private void checkFrame() {
    String name = allocation.output().name();
    List<Phys> parameters = allocation.output().parameters();
    if (parameters.size() != allocation.input().parameters().size()) {
      throw new IllegalStateException(name + ": parameters " + parameters);
    }
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i).number() != i + 1) {
        throw new IllegalStateException(name + ": parameters " + parameters);
      }
    }
    for (Allocation.SpillSlot slot : allocation.slots()) {
      if (slot.offset() % 8 != 0
          || slot.offset() + 8 > -allocation.input().frameBytes()
          || slot.offset() < -allocation.output().frameBytes()
          || slots.put(slot.offset(), FIRST_SLOT + slots.size()) != null) {
        throw new IllegalStateException(name + ": slot at " + slot.offset());
      }
    }
  }

  /** Checks that what stems from the input differs in its registers only. */
  private void checkShapes() {
    nextOrigins[output.size()] = input.size();
    for (int i = output.size() - 1; i >= 0; i--) {
      int origin = allocation.origins().get(i);
      nextOrigins[i] = origin < 0 ? nextOrigins[i + 1] : origin;
      if (output.get(i) instanceof Element.Bind<Phys>(Label label)) {
        places.put(label, i);
      }
      if (origin == Allocation.INSERTED) {
        continue;
      }
      if (origin < 0 || origin >= nextOrigins[i + 1]) {
        throw problem(i, "origin " + origin + " before " + nextOrigins[i + 1]);
      }
      Element<Phys> expected = input.get(origin).map(register -> Phys.R0);
      if (!expected.equals(output.get(i).map(register -> Phys.R0))) {
        throw problem(i, "does not fit " + input.get(origin));
      }
    }
  }

  /** The elements of the input that can be reached, whether the output has them or not. */
  private BitSet executed() {
    BitSet executed = new BitSet();
    BitSet seen = new BitSet();
    BitSet open = new BitSet();
    open.set(0);
    executed.set(0, nextOrigins[0]);
    for (int i = open.nextSetBit(0); i >= 0; i = open.nextSetBit(0)) {
      open.clear(i);
      seen.set(i);
      int origin = allocation.origins().get(i);
      Element<Phys> element = output.get(i);
      if (origin >= 0) {
        executed.set(origin, element.endsBlock() ? origin + 1 : nextOrigins[i + 1]);
      }
      if (!element.endsBlock() && !seen.get(i + 1)) {
        open.set(i + 1);
      }
      Label target = element.target();
      if (target != null && !seen.get(place(target))) {
        open.set(place(target));
      }
    }
    return executed;
  }

  private int place(Label label) {
    Integer place = places.get(label);
    if (place == null) {
      throw new IllegalStateException("label " + label + " is not bound");
    }
    return place;
  }

  private void start() {
    LocationContents contents = LocationContents.unknown(FIRST_SLOT + slots.size());
    contents.define(Phys.FRAME.number(), Virt.FRAME.id());
    List<Virt> parameters = allocation.input().parameters();
    for (int i = 0; i < parameters.size(); i++) {
      contents.define(i + 1, parameters.get(i).id());
    }
    walk(0, 0, contents);
  }

  /** Control comes to an element. */
  private void arrive(int index, LocationContents contents) {
    LocationContents known = atLabel[index];
    if (known == null) {
      atLabel[index] = contents.copy();
      pending.set(index);
    } else if (known.meet(contents)) {
      pending.set(index);
    }
  }

  /**
   * Follows control up to the next label or the end of the block.
   *
   * @param start index of the first element, after a label or at the entry
   * @param accounted how many elements of the input have had their effect
   */
  private void walk(int start, int accounted, LocationContents contents) {
    int next = accounted;
    for (int i = start; ; i++) {
      Element<Phys> element = output.get(i);
      int origin = allocation.origins().get(i);
      if (origin == Allocation.INSERTED) {
        inserted(i, element, next, contents);
        continue;
      }
      dropped(next, origin, contents);
      next = origin + 1;
      if (element instanceof Element.Bind) {
        arrive(i, contents);
        return;
      }
      kept(i, input.get(origin), element, contents);
      Label target = element.target();
      if (target != null) {
        arrive(place(target), contents);
      }
      if (element.endsBlock()) {
        return;
      }
    }
  }

  private void kept(
      int index, Element<Virt> before, Element<Phys> after, LocationContents contents) {
    for (int i = 0; i < before.uses().size(); i++) {
      Virt virtual = before.uses().get(i);
      Phys physical = after.uses().get(i);
      if (!contents.holds(physical.number(), virtual.id())) {
        String found = contents.describe(physical.number());
        throw problem(
            index, physical + " should hold " + virtual + " of " + before + ", holds " + found);
      }
    }
    checkConvention(index, after);
    if (after instanceof Element.Call || after instanceof LoadPacket) {
      for (int register = 0; register <= 5; register++) {
        contents.clobber(register);
      }
    }
    Virt def = before.def();
    Phys location = after.def();
    if (def != null && location != null) {
      checkWritable(index, location);
      Virt source = copied(before);
      if (source == null) {
        contents.define(location.number(), def.id());
      } else {
        contents.move(location.number(), operand(after).number());
        contents.assign(def.id(), source.id());
      }
    }
  }

  private void checkConvention(int index, Element<Phys> element) {
    if (element instanceof Element.Call<Phys> call) {
      for (int i = 0; i < call.arguments().size(); i++) {
        require(index, "argument " + (i + 1), call.arguments().get(i), Phys.of(i + 1));
      }
      require(index, "the result", call.result(), Phys.R0);
    } else if (element instanceof Element.Exit<Phys>(Phys value)) {
      require(index, "the value", value, Phys.R0);
    } else if (element instanceof Atomic.CompareExchange<Phys> exchange) {
      require(index, "the value to compare with", exchange.old(), Phys.R0);
    } else if (element instanceof LoadPacket<Phys> load) {
      require(index, "the context", load.context(), Phys.R6);
      require(index, "the result", load.dst(), Phys.R0);
    }
  }

  private void require(int index, String what, Phys actual, Phys expected) {
    if (actual != expected) {
      throw problem(index, what + " should be in " + expected);
    }
  }

  private void checkWritable(int index, Phys register) {
    if (register == Phys.FRAME) {
      throw problem(index, "the frame pointer is read-only");
    }
  }

  /**
   * An element that allocation has inserted.
   *
   * @param next the element of the input that comes next
   */
  private void inserted(int index, Element<Phys> element, int next, LocationContents contents) {
    Phys def = element.def();
    if (def != null) {
      checkWritable(index, def);
    }
    if (def != null && (isConstant(element) || makesFrameAddress(element, contents))) {
      contents.set(def.number(), constants.holding(element, next));
    } else if (def != null && copied(element) != null) {
      contents.move(def.number(), operand(element).number());
    } else if (element instanceof Element.Load<Phys> load && load.size() == Size.DW) {
      contents.move(load.dst().number(), slot(index, load.base(), load.offset()));
    } else if (element instanceof Element.Store<Phys> store
        && store.size() == Size.DW
        && store.src() instanceof Operand.OfReg<Phys>(Phys source)) {
      contents.move(slot(index, store.base(), store.offset()), source.number());
    } else {
      throw problem(index, "may not be inserted");
    }
  }

  private int slot(int index, Phys base, int offset) {
    Integer slot = slots.get(offset);
    if (base != Phys.FRAME || slot == null) {
      throw problem(index, "accesses no spill slot");
    }
    return slot;
  }

  /** Input elements that the output lacks, on a path that control takes. */
  private void dropped(int from, int to, LocationContents contents) {
    for (int i = from; i < to; i++) {
      Element<Virt> element = input.get(i);
      Virt def = element.def();
      Virt source = copied(element);
      if (constants.isWhole(i, from, to)) {
        continue;
      }
      if (def != null && source != null) {
        contents.assign(def.id(), source.id());
      } else if (!(element instanceof Element.Bind || element instanceof Element.Note)) {
        throw new IllegalStateException(
            allocation.output().name()
                + ": element "
                + i
                + " of the input, "
                + element
                + ", is missing");
      }
    }
  }

  /** The source of a move that leaves both registers equal; null for other elements. */
  static <R extends Reg> @Nullable R copied(Element<R> element) {
    if (element instanceof Element.Move<R> move
        && move.width() == Width.W64
        && move.signExtendFrom() == 0
        && move.src() instanceof Operand.OfReg<R>(R source)) {
      return source;
    }
    return null;
  }

  /** Whether an element adds a number to the frame pointer. */
  private static boolean makesFrameAddress(Element<Phys> element, LocationContents contents) {
    return element instanceof Element.Alu<Phys> alu
        && AllocationConstants.addsNumber(alu)
        && contents.holds(alu.dst().number(), Virt.FRAME.id());
  }

  static boolean isConstant(Element<?> element) {
    return element instanceof Element.LoadImm64<?>
        || (element instanceof Element.Move<?> move && move.src() instanceof Operand.Imm<?>);
  }

  private static Phys operand(Element<Phys> copy) {
    return copy.uses().getFirst();
  }
}
