package dev.jbpfilter.loader.kernel;

import static dev.jbpfilter.loader.kernel.Specs.EXIT;
import static dev.jbpfilter.loader.kernel.Specs.array;
import static dev.jbpfilter.loader.kernel.Specs.loadAddress;
import static dev.jbpfilter.loader.kernel.Specs.move;
import static dev.jbpfilter.loader.kernel.Specs.program;
import static dev.jbpfilter.loader.kernel.Specs.returning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramSpec.Relocation;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import dev.jbpfilter.bytecode.btf.Btf;
import dev.jbpfilter.bytecode.btf.BtfType;
import dev.jbpfilter.bytecode.btf.Member;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@RequiresBpf
class KernelTest {
  private static final byte[] PACKET = new byte[64];

  private final Kernel kernel = Kernel.system();
  private final List<String> before = Descriptors.open();

  @AfterEach
  void nothingStaysOpen() {
    assertThat(Descriptors.open()).isEqualTo(before);
  }

  @Test
  void aProgramLoadsAndRuns() {
    try (BpfProgram program = kernel.loadProgram(returning(2), Map.of())) {
      TestRunResult result = program.run(TestRun.of(PACKET).withRepeat(10));
      assertThat(result.returnValue()).isEqualTo(2);
      assertThat(result.data()).isEqualTo(PACKET);
      ProgramInfo info = program.info();
      assertThat(info.name()).isEqualTo("bf_prog");
      assertThat(info.type()).isEqualTo(6);
      assertThat(info.id()).isPositive();
      assertThat(Shell.run("bpftool", "prog", "show", "id", Integer.toString(info.id())))
          .contains(info.jitedBytes() > 0 ? "  jited " + info.jitedBytes() + "B  " : "  not jited");
      assertThat(info.verifiedInstructions()).isEqualTo(2);
    }
  }

  @Test
  void aContextGoesInAndOut() {
    byte[] context = new byte[24];
    context[4] = (byte) PACKET.length;
    try (BpfProgram program = kernel.loadProgram(returning(1), Map.of())) {
      TestRunResult result = program.run(TestRun.of(PACKET).withContext(context));
      assertThat(result.returnValue()).isEqualTo(1);
      assertThat(result.context()).isEqualTo(context);
    }
  }

  @Test
  void aRefusedRunTellsWhy() {
    try (BpfProgram program = kernel.loadProgram(returning(1), Map.of())) {
      assertThatThrownBy(() -> program.run(TestRun.of(new byte[13])))
          .isInstanceOf(BpfException.class)
          .hasMessage("program bf_prog: BPF_PROG_TEST_RUN: Invalid argument");
    }
  }

  @Test
  void aRejectedProgramComesWithLogAndErrno() {
    BpfException failure =
        catchThrowableOfType(
            BpfException.class, () -> kernel.loadProgram(program(List.of(), EXIT), Map.of()));
    assertThat(failure.errno()).isEqualTo(Errno.EACCES);
    assertThat(failure.command()).isEqualTo("BPF_PROG_LOAD");
    assertThat(failure)
        .hasMessage(
            "program bf_prog (1 instructions): BPF_PROG_LOAD: rejected at instruction 0:"
                + " R0 !read_ok: Permission denied");
    assertThat(failure.verifierLog().orElseThrow()).contains("(95) exit", "processed 1 insns");
  }

  @Test
  void aLongLogIsWhole() {
    long[] slots = new long[20_000];
    Arrays.fill(slots, move(1, 2));
    slots[slots.length - 2] = 0x0000_0000_0000_1061L; // r0 = *(u32 *)(r1 + 0)
    slots[slots.length - 1] = EXIT;
    BpfException failure =
        catchThrowableOfType(
            BpfException.class, () -> kernel.loadProgram(program(List.of(), slots), Map.of()));
    assertThat(failure.errno()).isEqualTo(Errno.EACCES);
    String log = failure.verifierLog().orElseThrow();
    assertThat(log.length()).isGreaterThan(1 << 16);
    assertThat(log).contains("\n0: (b4) w1 = 2").contains("R1 invalid mem access 'scalar'");
  }

  @Test
  void aMapThatTheProgramNamesMustBeThere() {
    ProgramSpec spec =
        program(
            List.of(new Relocation(0, new Target.MapFd("absent"))),
            loadAddress(1),
            0,
            move(0, 2),
            EXIT);
    assertThatThrownBy(() -> kernel.loadProgram(spec, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("absent");
  }

  @Test
  void aProgramReadsAMapValue() {
    ProgramSpec spec =
        program(
            List.of(new Relocation(0, new Target.MapValue("bf_map", 4))),
            loadAddress(1),
            0,
            0x0000_0000_0000_1061L, // r0 = *(u32 *)(r1 + 0)
            EXIT);
    try (BpfMap map = kernel.createMap(array(MapType.ARRAY, 8, 1))) {
      map.update(BpfMap.key(0), new byte[] {9, 0, 0, 0, 42, 0, 0, 0}, UpdateMode.ANY);
      try (BpfProgram program = kernel.loadProgram(spec, Map.of("bf_map", map))) {
        assertThat(program.run(TestRun.of(PACKET)).returnValue()).isEqualTo(42);
      }
    }
  }

  @Test
  void aMapIsReadWrittenAndFrozen() {
    try (BpfMap map = kernel.createMap(array(MapType.ARRAY, 4, 2))) {
      byte[] value = {1, 2, 3, 4};
      map.update(BpfMap.key(1), value, UpdateMode.ANY);
      assertThat(map.lookup(BpfMap.key(1))).hasValue(value);
      assertThat(map.lookup(BpfMap.key(0))).hasValue(new byte[4]);
      assertThat(map.lookup(BpfMap.key(2))).isEmpty();
      assertThatThrownBy(() -> map.update(BpfMap.key(0), value, UpdateMode.CREATE))
          .isInstanceOf(BpfException.class)
          .hasMessage("map bf_map: BPF_MAP_UPDATE_ELEM: File exists");
      assertThatThrownBy(() -> map.update(BpfMap.key(0), new byte[3], UpdateMode.ANY))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> map.lookup(new byte[8]))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> map.sumPerCpu(BpfMap.key(0)))
          .isInstanceOf(IllegalStateException.class);
      map.freeze();
      assertThatThrownBy(() -> map.update(BpfMap.key(0), value, UpdateMode.ANY))
          .isInstanceOfSatisfying(
              BpfException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EPERM));
      assertThat(map.lookup(BpfMap.key(1))).hasValue(value);
    }
  }

  @Test
  void aMapTellsItsShape() {
    try (BpfMap map = kernel.createMap(array(MapType.PERCPU_ARRAY, 16, 3))) {
      MapInfo info = map.info();
      assertThat(info).isEqualTo(new MapInfo(6, info.id(), "bf_map", 4, 16, 3, 0));
      assertThat(info.id()).isPositive();
    }
  }

  @Test
  void valuesOfAllCpusAreSummed() {
    try (BpfMap map = kernel.createMap(array(MapType.PERCPU_ARRAY, 16, 3))) {
      List<byte[]> values = new ArrayList<>(map.lookupPerCpu(BpfMap.key(1)));
      for (int cpu = 0; cpu < values.size(); cpu++) {
        byte[] value = new byte[16];
        value[0] = (byte) (cpu + 1);
        value[15] = (byte) 0x80;
        values.set(cpu, value);
      }
      map.updatePerCpu(BpfMap.key(1), values, UpdateMode.ANY);
      int cpus = values.size();
      assertThat(map.lookupPerCpu(BpfMap.key(1))).containsExactlyElementsOf(values);
      assertThat(map.sumPerCpu(BpfMap.key(1)))
          .containsExactly(cpus * (cpus + 1L) / 2, cpus * Long.MIN_VALUE);
      assertThat(map.sumPerCpu(BpfMap.key(0))).containsExactly(0, 0);
      assertThatThrownBy(() -> map.lookup(BpfMap.key(0))).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void unalignedValuesOfCpusDoNotMix() {
    try (BpfMap map = kernel.createMap(array(MapType.PERCPU_ARRAY, 5, 1))) {
      List<byte[]> values = new ArrayList<>();
      for (byte[] value : map.lookupPerCpu(BpfMap.key(0))) {
        value[4] = (byte) (values.size() + 1);
        values.add(value);
      }
      map.updatePerCpu(BpfMap.key(0), values, UpdateMode.ANY);
      assertThat(map.lookupPerCpu(BpfMap.key(0))).containsExactlyElementsOf(values);
      assertThatThrownBy(() -> map.sumPerCpu(BpfMap.key(0)))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void impossibleMapsAreRefused() {
    assertThatThrownBy(() -> kernel.createMap(array(MapType.ARRAY, 4, 0)))
        .isInstanceOf(BpfException.class)
        .hasMessage("map bf_map: BPF_MAP_CREATE: Invalid argument");
  }

  @Test
  void aMapHasTheTypesOfItsSpecification() {
    try (BpfMap map = kernel.createMap(counters(3))) {
      String id = Integer.toString(map.info().id());
      map.updatePerCpu(BpfMap.key(0), everyCpu(map, 5), UpdateMode.ANY);
      assertThat(Shell.run("bpftool", "--json", "map", "dump", "id", id))
          .contains("\"formatted\"", "\"count\":5,\"size\":0");
    }
    try (BpfMap map = kernel.createMapWithoutTypes(counters(3))) {
      String id = Integer.toString(map.info().id());
      assertThat(Shell.run("bpftool", "--json", "map", "dump", "id", id))
          .doesNotContain("\"formatted\"");
    }
  }

  @Test
  void typesThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> kernel.createMap(counters(1)))
        .isInstanceOf(BpfException.class)
        .hasMessage("map bf_cmap: BPF_MAP_CREATE: Invalid argument");
  }

  @Test
  void wrongBtfIsRefused() {
    byte[] headerOnly = new byte[24];
    headerOnly[0] = (byte) 0x9f;
    headerOnly[1] = (byte) 0xeb;
    headerOnly[2] = 1;
    headerOnly[4] = 24;
    assertThatThrownBy(() -> kernel.loadBtf(headerOnly))
        .isInstanceOfSatisfying(
            BpfException.class, e -> assertThat(e.verifierLog().orElseThrow()).isNotEmpty())
        .hasMessageStartingWith("BTF (24 bytes): BPF_BTF_LOAD: ")
        .hasMessageEndingWith(": Invalid argument");
  }

  @Test
  void aClosedObjectIsNotUsed() {
    BpfMap map = kernel.createMap(array(MapType.ARRAY, 4, 1));
    map.close();
    map.close();
    assertThatThrownBy(() -> map.lookup(BpfMap.key(0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("map bf_map is closed");
  }

  @Test
  void interfacesAreFoundByNameAndIndex() {
    int index = kernel.interfaceIndex("lo");
    assertThat(index).isEqualTo(1);
    assertThat(kernel.interfaceName(index)).isEqualTo("lo");
    assertThatThrownBy(() -> kernel.interfaceIndex("nosuchdevice"))
        .isInstanceOf(BpfException.class)
        .hasMessage("interface nosuchdevice: SIOCGIFINDEX: No such device");
    assertThatThrownBy(() -> kernel.interfaceIndex("a-name-of-far-too-many-characters"))
        .isInstanceOfSatisfying(
            BpfException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENODEV));
    assertThatThrownBy(() -> kernel.interfaceName(1 << 30)).isInstanceOf(BpfException.class);
  }

  @Test
  void theProcessIsThisOne() {
    assertThat((long) kernel.processId()).isEqualTo(ProcessHandle.current().pid());
  }

  /**
   * A map of counters.
   *
   * @param valueType type id of the value: 3 is the right one
   */
  private static MapSpec counters(int valueType) {
    Btf btf =
        new Btf(
            List.of(
                new BtfType.Int("u64", 8),
                new BtfType.Int("u32", 4),
                new BtfType.Struct(
                    "bf_counters",
                    16,
                    List.of(new Member("count", 1, 0), new Member("size", 1, 64)))));
    return new MapSpec(
        "bf_cmap", MapType.PERCPU_ARRAY, 4, 16, 2, 0, new MapSpec.MapBtf(btf, 2, valueType));
  }

  private static List<byte[]> everyCpu(BpfMap map, int first) {
    List<byte[]> values = map.lookupPerCpu(BpfMap.key(0));
    values.forEach(value -> value[0] = (byte) first);
    return values;
  }
}
