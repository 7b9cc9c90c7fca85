package dev.jbpfilter.loader;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.MapInfo;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The maps of a loaded chain that a changed one can go on using: those that would be created with
 * the same entries. So counters go on counting, and sets that stay the same are not filled again.
 */
final class SharedMaps {
  private final ChainDirectory directory;
  private final Map<String, MapSpec> specs = new HashMap<>();

  /**
   * @param directory of the loaded chain, open for as long as this is used
   * @param compiled the loaded chain, compiled again
   */
  SharedMaps(ChainDirectory directory, SavedState state, CompiledChain compiled) {
    this.directory = directory;
    for (MapSpec spec : compiled.maps()) {
      if (state.maps().contains(spec.name())) {
        specs.put(spec.name(), spec);
      }
    }
  }

  /** Opens those that a chain can use, by their names; the caller's to close. */
  Map<String, BpfMap> open(CompiledChain chain) {
    try (Unwinding opened = new Unwinding()) {
      Map<String, BpfMap> shared = new LinkedHashMap<>();
      for (MapSpec spec : chain.maps()) {
        if (spec.equals(specs.get(spec.name()))) {
          BpfMap map = directory.map(spec.name());
          opened.add(map::close);
          if (isAsSpecified(map, spec)) {
            shared.put(spec.name(), map);
          }
        }
      }
      opened.forget();
      return shared;
    }
  }

  /** The chain may have been loaded by another version. */
  private static boolean isAsSpecified(BpfMap map, MapSpec spec) {
    MapInfo info = map.info();
    return info.type() == spec.type().number()
        && info.keySize() == spec.keySize()
        && info.valueSize() == spec.valueSize()
        && info.maxEntries() == spec.maxEntries();
  }
}
