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

  /**
   * Loads a chain and pins all of it in a directory.
   *
   * @return the program, which is the caller's to close
   */
  BpfProgram load(CompiledChain chain, ChainDirectory directory) {
    Map<String, BpfMap> maps = new LinkedHashMap<>();
    try (Unwinding opened = new Unwinding()) {
      for (MapSpec spec : chain.maps()) {
        BpfMap map = create(spec);
        opened.add(map::close);
        maps.put(spec.name(), map);
      }
      BpfProgram program = kernel.loadProgram(chain.program(), maps);
      try {
        maps.forEach((name, map) -> directory.pin(map, name));
        directory.pin(program);
        return program;
      } catch (RuntimeException e) {
        new Cleanup(e).run(program::close);
        throw e;
      }
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
      events.accept(
          Event.warning("map " + spec.name() + " has no type information: " + e.getMessage()));
      return kernel.createMapWithoutTypes(spec);
    }
  }
}
