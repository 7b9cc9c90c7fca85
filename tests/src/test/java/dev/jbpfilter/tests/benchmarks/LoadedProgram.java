package dev.jbpfilter.tests.benchmarks;

import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.Encoder;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.RegisterAllocator;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Kernel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A program in the kernel with its maps. */
final class LoadedProgram implements AutoCloseable {
  private final BpfProgram program;
  private final Map<String, BpfMap> maps;

  private LoadedProgram(BpfProgram program, Map<String, BpfMap> maps) {
    this.program = program;
    this.maps = maps;
  }

  static LoadedProgram load(Kernel kernel, ProgramSpec spec, List<MapSpec> maps) {
    return load(kernel, spec, maps, Map.of());
  }

  /**
   * Loads a program.
   *
   * @param shared maps of another one, which stay that one's
   */
  static LoadedProgram load(
      Kernel kernel, ProgramSpec spec, List<MapSpec> maps, Map<String, BpfMap> shared) {
    Map<String, BpfMap> own = new HashMap<>();
    try {
      for (MapSpec map : maps) {
        own.put(map.name(), kernel.createMap(map));
      }
      Map<String, BpfMap> all = new HashMap<>(shared);
      all.putAll(own);
      return new LoadedProgram(kernel.loadProgram(spec, all), own);
    } catch (RuntimeException e) {
      own.values().forEach(BpfMap::close);
      throw e;
    }
  }

  /** A program of these functions, of the type and with the flags of another. */
  static ProgramSpec encode(ProgramSpec like, List<Code<Virt>> functions) {
    List<Code<Phys>> allocated = new ArrayList<>();
    for (Code<Virt> function : functions) {
      allocated.add(RegisterAllocator.allocate(function).output());
    }
    return Encoder.program(
        functions.getFirst().name(),
        like.type(),
        like.attachType(),
        like.flags(),
        "GPL",
        allocated);
  }

  BpfProgram program() {
    return program;
  }

  Map<String, BpfMap> maps() {
    return Map.copyOf(maps);
  }

  @Override
  public void close() {
    program.close();
    maps.values().forEach(BpfMap::close);
  }
}
