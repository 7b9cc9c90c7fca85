package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.MapEntries;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FilterSet;
import dev.jbpfilter.ruleset.SetElements;
import dev.jbpfilter.ruleset.SetKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The maps that hold a chain's sets. Sets of one key share a map; a set of networks has one of its
 * own, because a longest-prefix match finds one network and not all that contain an address; an
 * empty set has none. Maps are numbered in the order in which the chain first has a set for them.
 */
final class SetTables {
  /** {@code BPF_F_NO_PREALLOC}, without which the kernel makes no trie. */
  private static final int NO_PREALLOC = 1;

  private static final HexFormat HEX = HexFormat.of();

  private final List<Group> groups = new ArrayList<>();

  /** The place of each set of the chain; null for an empty one. */
  private final List<@Nullable Place> places = new ArrayList<>();

  /** The sets of a map. */
  private record Group(String map, SetKey key, List<SetElements> sets) {
    SetTable table() {
      return new SetTable(map, key, sets.size());
    }
  }

  private record Place(Group group, int member) {}

  private SetTables() {}

  /** The maps of all sets of a chain, whether or not a rule uses them. */
  static SetTables of(Chain chain) {
    SetTables tables = new SetTables();
    Map<SetKey, Group> shared = new HashMap<>();
    for (FilterSet set : chain.sets()) {
      if (set.isEmpty()) {
        tables.places.add(null);
        continue;
      }
      SetKey key = set.key();
      Group group =
          key.isNetwork() ? tables.group(key) : shared.computeIfAbsent(key, tables::group);
      tables.places.add(new Place(group, group.sets.size()));
      group.sets.add(set.elements());
    }
    return tables;
  }

  private Group group(SetKey key) {
    String number = HEX.toHexDigits((short) groups.size());
    Group group = new Group("bf_set_" + number, key, new ArrayList<>());
    groups.add(group);
    return group;
  }

  /** Whether a set, of that index in the chain, holds nothing, so that there is no map for it. */
  boolean isEmpty(int set) {
    return places.get(set) == null;
  }

  /**
   * The test whether a packet is in a set.
   *
   * @param set the index of the set in the chain, not of an empty one
   */
  RuleTest.SetTest test(int set, boolean negated) {
    Place place = places.get(set);
    if (place == null) {
      throw new IllegalArgumentException("set " + set + " is empty");
    }
    return new RuleTest.SetTest(place.group.table(), place.member, negated);
  }

  /** The maps, filled. */
  List<MapSpec> specs() {
    List<MapSpec> specs = new ArrayList<>();
    for (Group group : groups) {
      SetTable table = group.table();
      MapEntries entries = entries(group, table.valueBytes());
      boolean network = group.key.isNetwork();
      specs.add(
          new MapSpec(
              group.map,
              network ? MapType.LPM_TRIE : MapType.HASH,
              group.key.size(),
              table.valueBytes(),
              entries.count(),
              network ? NO_PREALLOC : 0,
              null,
              entries));
    }
    return specs;
  }

  private static MapEntries entries(Group group, int valueBytes) {
    if (group.sets.size() == 1) {
      SetElements only = group.sets.getFirst();
      byte[] values = new byte[only.size()];
      Arrays.fill(values, (byte) 1);
      return MapEntries.of(only.size(), only.toByteArray(), values);
    }
    Membership membership = new Membership(group.key.size(), valueBytes, group.sets);
    return membership.entries();
  }
}
