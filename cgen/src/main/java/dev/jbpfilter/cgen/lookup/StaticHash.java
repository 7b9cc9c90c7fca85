package dev.jbpfilter.cgen.lookup;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One slot of a table, named by a {@link PerfectHash}: for boxes that hold one value, or one prefix
 * of the same length, of each dimension that is constrained.
 *
 * <p>A slot holds a key and what is found for it, unless that is the same for all keys. What is
 * looked up costs two loads and no branch: the words are compared by computing, in which a
 * difference becomes all ones. Slots without a key hold one that belongs elsewhere, so that whoever
 * gets there differs.
 */
public final class StaticHash implements Structure {
  private final KeyLayout layout;
  private final int size;
  private final int none;
  private final Supplier<HashKeys> keys;

  private StaticHash(KeyLayout layout, int size, int none, Supplier<HashKeys> keys) {
    this.layout = layout;
    this.size = size;
    this.none = none;
    this.keys = keys;
  }

  /**
   * Of keys of which none is twice.
   *
   * @param keys one at least
   * @param none what is found for other keys; no key's outcome
   */
  public static StaticHash of(HashKeys keys, int none) {
    return new StaticHash(keys.layout(), keys.size(), none, () -> keys);
  }

  /** Of boxes that have one shape; some of them. */
  static StaticHash of(Boxes boxes, int[] some, int[] shape) {
    int[] bits = new int[boxes.dimensions()];
    for (int dimension = 0; dimension < bits.length; dimension++) {
      bits[dimension] = boxes.column(dimension).bits();
    }
    KeyLayout layout = KeyLayout.of(bits, shape);
    return new StaticHash(
        layout, some.length, boxes.none(), () -> HashKeys.of(boxes, some, layout));
  }

  static Proposal propose(Boxes boxes) {
    if (boxes.size() == 0 || boxes.constrained().length == 0) {
      return refused("nothing to look up");
    }
    int[] shape = new int[boxes.dimensions()];
    int[] all = new int[boxes.size()];
    for (int dimension = 0; dimension < shape.length; dimension++) {
      Column column = boxes.column(dimension);
      shape[dimension] = column.prefix(0);
      for (int box = 0; box < all.length; box++) {
        int prefix = column.prefix(box);
        if (prefix < 0) {
          return refused("ranges");
        }
        if (prefix != shape[dimension]) {
          return refused("several shapes");
        }
        all[box] = box;
      }
    }
    return new Proposal.Fits(of(boxes, all, shape));
  }

  private static Proposal refused(String why) {
    return new Proposal.Refused(StructureKind.STATIC_HASH, why);
  }

  @Override
  public StructureKind kind() {
    return StructureKind.STATIC_HASH;
  }

  @Override
  public double nanos() {
    double mixing = 5 * layout.words() * CostModel.PARALLEL_OPERATION;
    double displacement =
        PerfectHash.buckets(size) == 0
            ? 0
            : CostModel.overlappedLoad(displacementBytes()) + 4 * CostModel.PARALLEL_OPERATION;
    return mixing
        + displacement
        + CostModel.overlappedLoad(slotBytes())
        + 6 * CostModel.PARALLEL_OPERATION;
  }

  @Override
  public long bytes() {
    return displacementBytes() + slotBytes();
  }

  private long displacementBytes() {
    return PerfectHash.buckets(size) * Short.BYTES;
  }

  private long slotBytes() {
    return PerfectHash.slots(size) * entryBytes(layout, false);
  }

  /** The bytes of a slot: a power of two, so that none is on two cache lines. */
  private static int entryBytes(KeyLayout layout, boolean uniform) {
    int bytes = outcomeOffset(layout) + (uniform ? 0 : Integer.BYTES);
    return bytes <= Integer.BYTES ? Integer.BYTES : 2 * Integer.highestOneBit(bytes - 1);
  }

  /** What is found is behind the words, of which only the last may be a short one. */
  private static int outcomeOffset(KeyLayout layout) {
    int last = layout.words() - 1;
    return last * Long.BYTES + size(layout, last).bytes();
  }

  private static Size size(KeyLayout layout, int word) {
    return layout.bits(word) <= Integer.SIZE ? Size.W : Size.DW;
  }

  @Override
  public String details() {
    return Counted.of(size, "key")
        + " of "
        + Counted.of(layout.bits(), "bit")
        + ", "
        + Counted.of(PerfectHash.slots(size), "slot");
  }

  @Override
  public StoredStructure store(Tables tables) {
    HashKeys source = keys.get();
    PerfectHash hash = PerfectHash.of(source.words(), layout.words());
    int displacements = hash.store(tables);
    int slots = storeSlots(tables, source, hash);
    int uniform = source.isUniform() ? source.outcome(0) ^ ~none : 0;
    return new Stored(layout, hash, displacements, slots, source.isUniform(), uniform, none);
  }

  private int storeSlots(Tables tables, HashKeys source, PerfectHash hash) {
    int entryBytes = entryBytes(layout, source.isUniform());
    int count = 1 << hash.slotBits();
    int table = tables.reserve(Math.multiplyExact(count, entryBytes));
    for (int slot = 0; slot < count; slot++) {
      storeSlot(tables, source, 0, table + slot * entryBytes);
    }
    int words = layout.words();
    for (int key = 0; key < source.size(); key++) {
      storeSlot(tables, source, key, table + hash.slot(source.words(), key * words) * entryBytes);
    }
    return table;
  }

  private void storeSlot(Tables tables, HashKeys source, int key, int at) {
    int words = layout.words();
    for (int word = 0; word < words; word++) {
      long value = source.words()[key * words + word];
      if (size(layout, word) == Size.W) {
        tables.putInt(at + word * Long.BYTES, (int) value);
      } else {
        tables.putLong(at + word * Long.BYTES, value);
      }
    }
    if (!source.isUniform()) {
      tables.putInt(at + outcomeOffset(layout), source.outcome(key) ^ ~none);
    }
  }

  /**
   * The tables of keys.
   *
   * @param displacements offset of the table
   * @param slots offset of the table
   * @param uniform whether the same is found for all keys
   * @param found what that is, as slots hold it: its exclusive or with the complement of {@code
   *     none}, by which all ones become {@code none}
   */
  private record Stored(
      KeyLayout layout,
      PerfectHash hash,
      int displacements,
      int slots,
      boolean uniform,
      int found,
      int none)
      implements StoredStructure {

    @Override
    public void emit(LookupCode out, Virt result) {
      CodeBuilder code = out.code();
      List<Virt> words = layout.emit(out);
      Virt slot = hash.emit(out, words, displacements);
      Virt entry = out.entry(slots, slot, entryBytes(layout, uniform));
      Virt other = differs(code, words, entry);
      code.with(new Element.Move<>(Width.W32, 0, result, Operand.reg(other)));
      if (!uniform) {
        Virt outcome = code.load(Size.W, entry, outcomeOffset(layout));
        code.alu(AluOp.OR, Width.W32, result, Operand.reg(outcome));
      } else if (found != 0) {
        code.alu(AluOp.OR, Width.W32, result, Operand.imm(found));
      }
      if (none != -1) {
        code.alu(AluOp.XOR, Width.W32, result, Operand.imm(~none));
      }
    }

    /** All ones if the words are not those of an entry, else zero. */
    private Virt differs(CodeBuilder code, List<Virt> words, Virt entry) {
      List<Virt> differences = new ArrayList<>();
      for (int word = 0; word < words.size(); word++) {
        Virt difference = code.load(size(layout, word), entry, word * Long.BYTES);
        code.alu(AluOp.XOR, difference, words.get(word));
        differences.add(difference);
      }
      Virt any = differences.getFirst();
      for (Virt more : differences.subList(1, differences.size())) {
        code.alu(AluOp.OR, any, more);
      }
      // Of a number that is not 0, this or that which is below 0 has the upper bit; of one of 32
      // bits, the latter.
      Virt sign = code.negate(any);
      if (layout.bits(0) > Integer.SIZE) {
        code.alu(AluOp.OR, sign, any);
      }
      code.alu(AluOp.ARSH, sign, Long.SIZE - 1);
      return sign;
    }
  }
}
