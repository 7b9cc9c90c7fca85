package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.cgen.lookup.StoredStructure;
import dev.jbpfilter.ruleset.SetKey;
import java.util.List;

/**
 * A map that some sets of a chain share: those of one key, whose elements are looked up at once, or
 * a single set of networks.
 *
 * <p>Nothing in it changes: it is one value that holds tables. Sets are looked up in groups of up
 * to 32. What is found has a bit for each set of the group, which is 0 if the set holds the values,
 * 1 if only others do; all bits are 1 if none does.
 */
public final class SetTable {
  /** How many sets are looked up at once. */
  static final int GROUP = Integer.SIZE;

  private final SetKey key;
  private final MapSpec spec;
  private final List<StoredStructure> groups;

  SetTable(SetKey key, MapSpec spec, List<StoredStructure> groups) {
    this.key = key;
    this.spec = spec;
    this.groups = List.copyOf(groups);
  }

  /** The name of the map and of its pin. */
  public String map() {
    return spec.name();
  }

  /** What the elements of its sets are made of. */
  public SetKey key() {
    return key;
  }

  /** The map, filled. */
  MapSpec spec() {
    return spec;
  }

  /** Finds a set and others of its group. */
  StoredStructure group(int member) {
    return groups.get(member / GROUP);
  }
}
