package dev.jbpfilter.cgen;

import dev.jbpfilter.cgen.lookup.Boxes;
import dev.jbpfilter.cgen.lookup.BoxesBuilder;
import dev.jbpfilter.cgen.lookup.Choice;
import dev.jbpfilter.cgen.lookup.HashKeys;
import dev.jbpfilter.cgen.lookup.Limits;
import dev.jbpfilter.cgen.lookup.Planner;
import dev.jbpfilter.cgen.lookup.StaticHash;
import dev.jbpfilter.cgen.lookup.StoredStructure;
import dev.jbpfilter.cgen.lookup.Structure;
import dev.jbpfilter.cgen.lookup.Tables;
import dev.jbpfilter.ruleset.SetElements;
import dev.jbpfilter.ruleset.SetKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Fills the tables of sets, from their elements as bytes and without an object for each. */
final class SetTableBuilder {
  private static final int NONE = -1;

  /** Sets are as large as they are: what they take is not the optimiser's to refuse. */
  private static final long MOST_BYTES = 1L << 30;

  private final int[] bits;

  private SetTableBuilder(SetKey key) {
    this.bits = SetFields.bits(SetFields.of(key));
  }

  /**
   * The table of some sets.
   *
   * @param map its name
   * @param sets none empty, all of the key; one, if that is of networks
   */
  static SetTable table(String map, SetKey key, List<SetElements> sets) {
    SetTableBuilder builder = new SetTableBuilder(key);
    Tables tables = new Tables(map);
    List<StoredStructure> groups = new ArrayList<>();
    for (int first = 0; first < sets.size(); first += SetTable.GROUP) {
      List<SetElements> group = sets.subList(first, Math.min(first + SetTable.GROUP, sets.size()));
      Structure structure =
          key.isNetwork() ? builder.networks(group.getFirst()) : builder.hash(group);
      groups.add(structure.store(tables));
    }
    return new SetTable(key, tables.spec(), groups);
  }

  private StaticHash hash(List<SetElements> sets) {
    int count = 0;
    for (SetElements set : sets) {
      count += set.size();
    }
    HashKeys keys = HashKeys.exact(bits, count);
    int all = -1 >>> (Integer.SIZE - sets.size());
    for (int member = 0; member < sets.size(); member++) {
      ByteBuffer elements = ByteBuffer.wrap(sets.get(member).toByteArray());
      while (elements.hasRemaining()) {
        for (int field = 0; field < bits.length; field++) {
          keys.put(field, value(elements, bits[field]));
        }
        keys.end(all & ~(1 << member));
      }
    }
    if (sets.size() > 1) {
      keys.unite((one, other) -> one & other);
    }
    return StaticHash.of(keys, NONE);
  }

  private static long value(ByteBuffer bytes, int bits) {
    return switch (bits) {
      case Byte.SIZE -> Byte.toUnsignedLong(bytes.get());
      case Short.SIZE -> Short.toUnsignedLong(bytes.getShort());
      case Integer.SIZE -> Integer.toUnsignedLong(bytes.getInt());
      case Long.SIZE -> bytes.getLong();
      default -> throw new IllegalArgumentException("a field of " + bits + " bits in " + bytes);
    };
  }

  private Structure networks(SetElements set) {
    Boxes boxes = boxes(set);
    return Planner.choose(boxes, new Limits(MOST_BYTES, null))
        .map(Choice::structure)
        .orElseThrow(() -> new IllegalStateException("no structure for " + set));
  }

  /** Boxes of the networks, or one that holds everything if a network does. */
  private Boxes boxes(SetElements set) {
    BoxesBuilder boxes = new BoxesBuilder(bits, NONE);
    ByteBuffer elements = ByteBuffer.wrap(set.toByteArray());
    while (elements.hasRemaining()) {
      int prefix = Integer.reverseBytes(elements.getInt());
      if (prefix == 0) {
        return new BoxesBuilder(bits, NONE).box(0).build();
      }
      for (int field = 0; field < bits.length; field++) {
        long value = value(elements, bits[field]);
        int fixed = Math.clamp(prefix - (long) field * Long.SIZE, 0, bits[field]);
        if (fixed > 0) {
          long free = bits[field] == fixed ? 0 : -1L >>> (Long.SIZE - bits[field] + fixed);
          boxes.span(field, value & ~free, value | free);
        }
      }
      boxes.box(0);
    }
    return boxes.build();
  }
}
