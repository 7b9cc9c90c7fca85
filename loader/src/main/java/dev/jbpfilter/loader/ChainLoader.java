package dev.jbpfilter.loader;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Kernel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Creates the maps of compiled chains and loads their programs. */
final class ChainLoader {
  private static final String LOAD_TYPES = "BPF_BTF_LOAD";

  private final Kernel kernel;
  private final Consumer<Event> events;

  ChainLoader(Kernel kernel, Consumer<Event> events) {
    this.kernel = kernel;
    this.events = events;
  }

  /** Loads a chain; what comes of it is the caller's to close. */
  ChainObjects load(CompiledChain chain) {
    return load(chain, Map.of());
  }

  /**
   * Loads a chain that shares maps with another.
   *
   * @param shared maps by name, taken over even on failure; the others are created
   */
  ChainObjects load(CompiledChain chain, Map<String, BpfMap> shared) {
    try (Unwinding opened = new Unwinding()) {
      shared.values().forEach(map -> opened.add(map::close));
      Map<String, BpfMap> maps = new LinkedHashMap<>();
      for (MapSpec spec : chain.maps()) {
        BpfMap map = shared.get(spec.name());
        if (map == null) {
          BpfMap created = create(spec);
          opened.add(created::close);
          map = created;
        }
        maps.put(spec.name(), map);
      }
      BpfProgram program = kernel.loadProgram(chain.program(), maps);
      opened.forget();
      return new ChainObjects(program, maps);
    }
  }

  /** Type information only serves other tools, so a chain does without if it must. */
  private BpfMap create(MapSpec spec) {
    try {
      return kernel.createMap(spec);
    } catch (BpfException e) {
      if (!e.command().equals(LOAD_TYPES)) {
        throw e;
      }
      BpfMap map = kernel.createMapWithoutTypes(spec);
      events.accept(
          Event.warning("map " + spec.name() + " has no type information: " + e.getMessage()));
      return map;
    }
  }
}
