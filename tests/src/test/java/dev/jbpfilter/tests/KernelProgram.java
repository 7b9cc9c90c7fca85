package dev.jbpfilter.tests;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.interpreter.Frame;
import dev.jbpfilter.bytecode.interpreter.Interpreter;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.TestRun;
import dev.jbpfilter.loader.kernel.TestRunResult;
import dev.jbpfilter.loader.kernel.UpdateMode;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A program in the kernel with its maps, beside the same program in the interpreter. */
final class KernelProgram implements AutoCloseable {
  /** Far less than the kernel's, so that no test takes long; no sound test goes that often. */
  private static final long MAY_GOTO_ROUNDS = 1000;

  private final ObjectSpec object;
  private final Map<String, BpfMap> maps = new LinkedHashMap<>();
  private final BpfProgram program;
  private final Interpreter interpreter;

  private KernelProgram(ObjectSpec object) {
    this.object = object;
    interpreter = Interpreter.of(object);
    interpreter.setMayGotoRounds(MAY_GOTO_ROUNDS);
    Kernel kernel = Kernel.system();
    try {
      for (MapSpec spec : object.maps()) {
        maps.put(spec.name(), kernel.createMap(spec));
      }
      program = kernel.loadProgram(object.program(), maps);
    } catch (RuntimeException e) {
      maps.values().forEach(BpfMap::close);
      throw e;
    }
  }

  /**
   * The program, loaded.
   *
   * @throws dev.jbpfilter.loader.kernel.BpfException if the verifier refuses it
   */
  static KernelProgram load(ObjectSpec object) {
    return new KernelProgram(object);
  }

  /** What a run does, as text that two runs have in common if they do the same. */
  record Outcome(int result, String packet, Map<String, List<String>> maps) {}

  /** Sets a map's value in the kernel and in the interpreter. */
  void update(String map, byte[] key, byte[] value) {
    maps.get(map).update(key, value, UpdateMode.ANY);
    interpreter.map(map).update(key, value);
  }

  /** Puts the program itself into an array of programs. */
  void tailCallItself(String map, int index) {
    byte[] descriptor = BpfMap.key(program.fd().number());
    maps.get(map).update(BpfMap.key(index), descriptor, UpdateMode.ANY);
    interpreter.setProgram(map, index, object.program());
  }

  Outcome runInKernel(byte[] frame) {
    TestRunResult result = program.run(TestRun.of(frame));
    return new Outcome(result.returnValue(), hex(result.data()), contents(true));
  }

  Outcome interpret(byte[] frame) {
    int result = interpreter.run(Frame.of(frame));
    return new Outcome(result, hex(interpreter.packet()), contents(false));
  }

  /** What arrays hold. */
  private Map<String, List<String>> contents(boolean kernel) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (MapSpec spec : object.maps()) {
      List<String> values = new ArrayList<>();
      for (int i = 0; spec.type() == MapType.ARRAY && i < spec.maxEntries(); i++) {
        byte[] key = BpfMap.key(i);
        values.add(
            hex(
                kernel
                    ? maps.get(spec.name()).lookup(key).orElseThrow()
                    : interpreter.map(spec.name()).lookup(key).orElseThrow()));
      }
      all.put(spec.name(), values);
    }
    return all;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public void close() {
    program.close();
    maps.values().forEach(BpfMap::close);
  }
}
