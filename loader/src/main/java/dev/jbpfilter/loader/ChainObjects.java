package dev.jbpfilter.loader;

import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.BpfProgram;
import java.util.Map;

/**
 * What a loaded chain consists of in the kernel, open.
 *
 * @param maps by their names, in the order of the chain's compilation
 */
record ChainObjects(BpfProgram program, Map<String, BpfMap> maps) implements AutoCloseable {

  /** Gives each object its name in a directory. */
  void pin(ChainDirectory directory) {
    maps.forEach((name, map) -> directory.pin(map, name));
    directory.pin(program);
  }

  @Override
  public void close() {
    Cleanup cleanup = new Cleanup();
    cleanup.run(program::close);
    for (BpfMap map : maps.values()) {
      cleanup.run(map::close);
    }
    cleanup.throwFirst();
  }
}
