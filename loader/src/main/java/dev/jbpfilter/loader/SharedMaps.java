package dev.jbpfilter.loader;

import dev.jbpfilter.bytecode.MapEntries;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.MapInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The maps of a loaded chain that one with the same rules can go on using: those that change as it
 * runs, and tables that would hold the same. So counters go on counting, and sets that stay the
 * same are not filled again.
 */
final class SharedMaps {
  private final ChainDirectory directory;
  private final SavedState state;

  /**
   * @param directory of the loaded chain, open for as long as this is used
   */
  SharedMaps(ChainDirectory directory, SavedState state) {
    this.directory = directory;
    this.state = state;
  }

  /** Opens those that a chain can use, by their names; the caller's to close. */
  Map<String, BpfMap> open(CompiledChain chain) {
    try (Unwinding opened = new Unwinding()) {
      Map<String, BpfMap> shared = new LinkedHashMap<>();
      List<BpfMap> others = new ArrayList<>();
      for (MapSpec spec : chain.maps()) {
        if (state.maps().contains(spec.name())) {
          BpfMap map = directory.map(spec.name());
          opened.add(map::close);
          if (isAsSpecified(map, spec)) {
            shared.put(spec.name(), map);
          } else {
            others.add(map);
          }
        }
      }
      opened.forget();
      others.forEach(BpfMap::close);
      return shared;
    }
  }

  /**
   * The chain may have been loaded by another version, or with other options, whose tables have
   * another layout: so those are compared byte for byte.
   */
  private static boolean isAsSpecified(BpfMap map, MapSpec spec) {
    MapInfo info = map.info();
    return info.type() == spec.type().number()
        && info.keySize() == spec.keySize()
        && info.valueSize() == spec.valueSize()
        && info.maxEntries() == spec.maxEntries()
        && (!spec.isConstant() || holds(map, spec.entries()));
  }

  private static boolean holds(BpfMap map, MapEntries entries) {
    for (int entry = 0; entry < entries.count(); entry++) {
      Optional<byte[]> value = map.lookup(entries.key(entry));
      if (value.isEmpty() || !Arrays.equals(value.get(), entries.value(entry))) {
        return false;
      }
    }
    return true;
  }
}
