package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FilterSet;
import dev.jbpfilter.ruleset.SetElements;
import dev.jbpfilter.ruleset.SetKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The maps that hold a chain's sets. Sets of one key share a map; a set of networks has one of its
 * own; an empty set has none. Maps are numbered in the order in which the chain first has a set for
 * them.
 */
final class SetTables {
  private static final HexFormat HEX = HexFormat.of();

  private final List<SetTable> tables = new ArrayList<>();

  /** The place of each set of the chain; null for an empty one. */
  private final List<@Nullable Place> places = new ArrayList<>();

  /** The sets of a map. */
  private record Group(SetKey key, List<SetElements> sets) {}

  private record Place(int table, int member) {}

  private SetTables() {}

  /** The maps of all sets of a chain, whether or not a rule uses them. */
  static SetTables of(Chain chain) {
    SetTables result = new SetTables();
    List<Group> groups = new ArrayList<>();
    Map<SetKey, Integer> shared = new HashMap<>();
    for (FilterSet set : chain.sets()) {
      if (set.isEmpty()) {
        result.places.add(null);
        continue;
      }
      SetKey key = set.key();
      Integer number = key.isNetwork() ? null : shared.get(key);
      if (number == null) {
        number = groups.size();
        groups.add(new Group(key, new ArrayList<>()));
        shared.put(key, number);
      }
      List<SetElements> sets = groups.get(number).sets;
      result.places.add(new Place(number, sets.size()));
      sets.add(set.elements());
    }
    for (Group group : groups) {
      String map = "bf_set_" + HEX.toHexDigits((short) result.tables.size());
      result.tables.add(SetTableBuilder.table(map, group.key, group.sets));
    }
    return result;
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
    return new RuleTest.SetTest(tables.get(place.table), place.member, negated);
  }

  /** The maps, filled. */
  List<MapSpec> specs() {
    List<MapSpec> specs = new ArrayList<>();
    for (SetTable table : tables) {
      specs.add(table.spec());
    }
    return specs;
  }
}
