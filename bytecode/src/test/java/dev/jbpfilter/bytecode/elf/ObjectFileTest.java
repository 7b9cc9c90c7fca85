package dev.jbpfilter.bytecode.elf;

import static dev.jbpfilter.bytecode.Phys.R1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.CallTarget;
import dev.jbpfilter.bytecode.CodegenException;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Disassembler;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.MapEntries;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramSpec.LineNote;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Width;
import dev.jbpfilter.bytecode.btf.Btf;
import dev.jbpfilter.bytecode.btf.BtfBuilder;
import dev.jbpfilter.bytecode.btf.BtfKind;
import dev.jbpfilter.bytecode.btf.BtfType;
import dev.jbpfilter.bytecode.btf.Linkage;
import dev.jbpfilter.bytecode.btf.Member;
import dev.jbpfilter.bytecode.btf.Parameter;
import dev.jbpfilter.bytecode.testing.Golden;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written is read again. */
final class ObjectFileTest {
  private static final Element<Phys> NOTHING = new Element.Move<>(Width.W64, 0, R1, Operand.imm(0));

  @Test
  void aProgramComesBack() {
    ObjectSpec object = Objects.full();
    ObjectFile file = ObjectFile.read(ObjectFile.write(List.of(object)));
    assertThat(file.license()).isEqualTo("GPL");
    assertThat(file.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    ObjectProgram program = file.programs().getFirst();
    assertThat(file.programs()).hasSize(1);
    assertThat(program.section()).isEqualTo("xdp.frags");
    assertSame(program.spec(), object.program());
    assertThat(program.spec().notes())
        .containsExactly(
            new LineNote(0, "rule 0"),
            new LineNote(6, "rule 1:   with two lines"),
            // Functions begin with a line, if only with their name.
            new LineNote(13, "twice"),
            new LineNote(15, "rule 1"),
            new LineNote(18, "rule 0"));
    assertThat(program.coreRelocations())
        .hasSize(4)
        .contains(
            new CoreRelocation(
                9, CoreRelocation.Kind.FIELD_BYTE_OFFSET, "sk_buff", "headers.inner.network"));
    // The listing of what came back names all that the original's does.
    assertThat(Disassembler.disassemble(program.spec()))
        .isEqualTo(listing(object.program(), program.spec()));
  }

  /** The listing of a program with the notes and symbols of another one. */
  private static String listing(ProgramSpec program, ProgramSpec notes) {
    return Disassembler.disassemble(
        new ProgramSpec(
            program.name(),
            program.type(),
            program.attachType(),
            program.flags(),
            program.license(),
            program.instructions(),
            notes.relocations(),
            notes.notes(),
            program.functions()));
  }

  private static void assertSame(ProgramSpec actual, ProgramSpec expected) {
    assertThat(actual.name()).isEqualTo(expected.name());
    assertThat(actual.type()).isEqualTo(expected.type());
    assertThat(actual.attachType()).isEqualTo(expected.attachType());
    assertThat(actual.flags()).isEqualTo(expected.flags());
    assertThat(actual.license()).isEqualTo(expected.license());
    assertThat(actual.instructions()).isEqualTo(expected.instructions());
    assertThat(actual.functions()).isEqualTo(expected.functions());
    assertThat(actual.relocations())
        .usingRecursiveComparison()
        .withEqualsForType(
            // A map of values is a section.
            (a, b) -> a.map().endsWith(b.map()) && a.offset() == b.offset(), Target.MapValue.class)
        .isEqualTo(expected.relocations());
  }

  @Test
  void mapsComeBack() {
    List<ObjectMap> maps = ObjectFile.read(ObjectFile.write(List.of(Objects.full()))).maps();
    MapSpec counters = maps.getFirst().spec();
    assertThat(maps).hasSize(2);
    assertThat(counters)
        .isEqualTo(new MapSpec("counters", MapType.PERCPU_ARRAY, 4, 16, 9, 0, counters.btf()));
    MapSpec.MapBtf types = java.util.Objects.requireNonNull(counters.btf());
    assertThat(types.btf().type(types.valueType()).name()).isEqualTo("bf_counters");
    assertThat(types.btf().type(types.keyType())).isEqualTo(new BtfType.Int("u32", 4));
    MapSpec state = maps.getLast().spec();
    assertThat(state)
        .isEqualTo(new MapSpec(".data.state", MapType.ARRAY, 4, 24, 1, 0, state.btf()));
    assertThat(maps.getLast().contents()).containsExactly(new byte[24]);
  }

  @Test
  void bothByteOrdersSayTheSame() {
    ObjectSpec object = Objects.full();
    Btf kernel = kernel();
    ObjectFile little =
        ObjectFile.read(ObjectFile.write(List.of(object), ByteOrder.LITTLE_ENDIAN, kernel));
    ObjectFile big =
        ObjectFile.read(ObjectFile.write(List.of(object), ByteOrder.BIG_ENDIAN, kernel));
    assertThat(big.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
    assertThat(big.programs()).isEqualTo(little.programs());
    assertThat(big.maps()).isEqualTo(little.maps());
    assertThat(big.types()).isEqualTo(little.types());
  }

  @Test
  void theSameProgramsGiveTheSameBytes() {
    assertThat(ObjectFile.write(List.of(Objects.full(), named("b"))))
        .isEqualTo(ObjectFile.write(List.of(Objects.full(), named("b"))));
  }

  @Test
  void severalProgramsHaveTheNamesOfTheirChains() {
    ObjectFile file =
        ObjectFile.read(ObjectFile.write(List.of(Objects.full(), named("a-b"), named("a_b"))));
    assertThat(file.programs())
        .extracting(program -> program.spec().name())
        .containsExactly("full_filter", "a_b_filter", "a_b_filter_2");
    assertThat(file.maps())
        .extracting(map -> map.spec().name())
        .containsExactly("full_counters", "a_b_counters", "a_b_counters_2", ".data.full_state");
    ProgramSpec last = file.programs().getLast().spec();
    assertThat(last.relocations())
        .containsExactly(new ProgramSpec.Relocation(0, new Target.MapFd("a_b_counters_2")));
    assertThat(file.programs().getFirst().spec().functions())
        .extracting(ProgramSpec.Function::name)
        .containsExactly("full_filter", "full_twice", "full_last");
  }

  private static ObjectSpec named(String name) {
    Element<Phys> load = Objects.load(R1, new Constant.MapFd("counters"));
    return Objects.object(name, List.of(Objects.COUNTERS), load);
  }

  @Test
  void typesAreDeclaredAsLibbpfComparesThem() {
    Btf types = ObjectFile.read(ObjectFile.write(List.of(Objects.full()))).types();
    Golden.check("object.types", print(types));
  }

  private static String print(Btf types) {
    StringBuilder out = new StringBuilder();
    for (int id = 1; id <= types.lastId(); id++) {
      out.append(id).append(": ").append(types.type(id)).append('\n');
    }
    return out.toString();
  }

  /** A kernel with what {@link Objects#full} takes from it. */
  private static Btf kernel() {
    BtfBuilder types = new BtfBuilder();
    int u32 = types.unsigned("unsigned int", 4);
    int u16 = types.unsigned("short unsigned int", 2);
    int device = struct(types, "net_device", 256, new Member("ifindex", u32, 768));
    int inner = struct(types, "", 8, new Member("network", u16, 16));
    int headers = struct(types, "headers", 8, new Member("inner", inner, 0));
    int bits = struct(types, "bits", 4, new Member("low", u32, 0, 3));
    types.add(
        new BtfType.Struct(
            "sk_buff",
            32,
            List.of(
                new Member("dev", types.pointer(device), 64),
                new Member("headers", headers, 128),
                new Member("bits", bits, 192))));
    int proto = types.add(new BtfType.FuncProto(0, List.of()));
    types.add(new BtfType.Func("bpf_rcu_read_lock", proto, Linkage.STATIC));
    int log =
        types.add(
            new BtfType.FuncProto(
                u32, List.of(new Parameter("skb", types.pointer(device)), new Parameter("", 0))));
    types.add(new BtfType.Func("log", log, Linkage.STATIC));
    types.add(new BtfType.Var("jiffies", types.constant(u32), Linkage.GLOBAL));
    return types.build();
  }

  private static int struct(BtfBuilder types, String name, int bytes, Member member) {
    return types.add(new BtfType.Struct(name, bytes, List.of(member)));
  }

  @Test
  void aKernelKnowsMoreFunctionsAndVariables() {
    ObjectSpec log = calling("log");
    ObjectSpec jiffies =
        Objects.object("var", List.of(), Objects.load(R1, new Constant.Variable("jiffies")));
    Btf types =
        ObjectFile.read(ObjectFile.write(List.of(log, jiffies), ByteOrder.LITTLE_ENDIAN, kernel()))
            .types();
    int function = types.find(BtfKind.FUNC, "log").orElseThrow();
    BtfType.FuncProto proto =
        (BtfType.FuncProto) types.type(((BtfType.Func) types.type(function)).type());
    assertThat(types.type(proto.result())).isEqualTo(new BtfType.Int("unsigned int", 4));
    assertThat(proto.parameters()).hasSize(2).endsWith(new Parameter("", 0));
    int variable = types.find(BtfKind.VAR, "jiffies").orElseThrow();
    assertThat(((BtfType.Var) types.type(variable)).linkage()).isEqualTo(Linkage.EXTERN);
  }

  @Test
  void typeIdsOfKernelStructuresAreRelocated() {
    ObjectSpec object =
        Objects.object("cast", List.of(), Objects.load(R1, new Constant.StructureId("iphdr")));
    ObjectFile file = ObjectFile.read(ObjectFile.write(List.of(object)));
    ObjectProgram program = file.programs().getFirst();
    assertThat(program.spec().relocations()).isEqualTo(object.program().relocations());
    assertThat(program.coreRelocations())
        .containsExactly(new CoreRelocation(0, CoreRelocation.Kind.TYPE_ID_TARGET, "iphdr", ""));
  }

  @Test
  void valuesBeginWithTheirEntry() {
    MapEntries entries = MapEntries.of(1, new byte[4], new byte[] {1, 2, 3, 4});
    MapSpec table = new MapSpec("table", MapType.ARRAY, 4, 4, 1, 1 << 7, null, entries);
    ObjectFile file = ObjectFile.read(ObjectFile.write(List.of(valueOf(table))));
    assertThat(file.maps().getFirst().contents()).containsExactly(1, 2, 3, 4);
  }

  private static ObjectSpec calling(String function) {
    CallTarget target = new CallTarget.KernelFunction(function);
    return Objects.object("calling", List.of(), Objects.call(target, List.of()));
  }

  /** As one that programs use: nothing would fill it. */
  @Test
  void aConstantMapThatNoProgramUsesKeepsItsValue() {
    MapEntries value = MapEntries.of(1, new byte[4], ONE);
    MapSpec map =
        new MapSpec("set", MapType.ARRAY, 4, 1, 1, MapSpec.READ_ONLY_FOR_PROGRAMS, null, value);
    ObjectSpec object = Objects.object("x", List.of(map), NOTHING);
    ObjectMap read = ObjectFile.read(ObjectFile.write(List.of(object))).maps().getFirst();
    assertThat(read.spec().name()).isEqualTo(".rodata.set");
    assertThat(read.contents()).containsExactly(ONE);
  }

  private static final byte[] ONE = {1};

  @Test
  void whatLibbpfHasNoFormForIsRefused() {
    MapSpec many = new MapSpec("many", MapType.ARRAY, 4, 8, 2, 0, null);
    MapSpec perCpu = new MapSpec("cpu", MapType.PERCPU_ARRAY, 4, 8, 1, 0, null);
    MapSpec flags = new MapSpec("flags", MapType.ARRAY, 4, 8, 1, 1 << 31, null);
    String only = " in an object file (only of an array with one entry) is not supported";
    MapSpec set =
        new MapSpec("set", MapType.HASH, 4, 1, 2, 0, null, MapEntries.of(1, new byte[4], ONE));
    Object[][] table = {
      {
        Objects.object("x", List.of(set), NOTHING),
        "what map set begins with (1 entries) in an object file, which holds only values that"
            + " programs address, is not supported"
      },
      {valueOf(many), "the address of a value of map many" + only},
      {valueOf(perCpu), "the address of a value of map cpu" + only},
      {valueOf(flags), "the address of a value of map flags" + only},
      {
        Objects.object("x", List.of(flags), NOTHING),
        "map_flags 2147483648 of map flags is not supported"
      },
      {calling("log"), "kernel function log (its type is not known) is not supported"},
      {
        Objects.object("x", List.of(), Objects.load(R1, new Constant.Variable("jiffies"))),
        "kernel variable jiffies (its type is not known) is not supported"
      },
      {field("cb[4]"), "kernel field sk_buff.cb[4] (an element of an array) is not supported"},
      {
        Objects.object(
            "x", List.of(), Objects.load(R1, new Constant.Resolved(Constant.Pseudo.MAP_FD, 3, 0))),
        "rule 7: a number of the running kernel in an object file is not supported"
      },
      {
        Objects.object(
            "x", List.of(), Objects.call(new CallTarget.KernelFunctionId(7, 0), List.of())),
        "rule 7: a number of the running kernel in an object file is not supported"
      },
      {
        Objects.object(
            "x", List.of(), Objects.call(new CallTarget.Subprogram("filter"), List.of())),
        "rule 7: a reference to the program's first function in an object file is not supported"
      },
      {
        typed(ProgramType.XDP, AttachType.NETFILTER, 0),
        "a program of type XDP with attach type NETFILTER and flags 0x0 in an object file"
            + " is not supported"
      },
    };
    for (Object[] row : table) {
      ObjectSpec object = (ObjectSpec) row[0];
      String message = (String) row[1];
      String expected =
          message.startsWith("rule")
              ? "program 'x', " + message
              : "program '" + object.name() + "': " + message;
      assertThatThrownBy(() -> ObjectFile.write(List.of(object)))
          .isInstanceOf(CodegenException.class)
          .hasMessage(expected);
    }
  }

  @Test
  void fieldsThatAKernelLacksAreRefused() {
    for (String field : List.of("missing", "bits.low")) {
      assertThatThrownBy(
              () -> ObjectFile.write(List.of(field(field)), ByteOrder.LITTLE_ENDIAN, kernel()))
          .isInstanceOf(CodegenException.class)
          .hasMessage(
              "program 'x': kernel field sk_buff."
                  + field
                  + " (missing, or a bit-field) is not supported");
    }
    assertThatThrownBy(
            () -> ObjectFile.write(List.of(calling("bpf_none")), ByteOrder.LITTLE_ENDIAN, kernel()))
        .hasMessage(
            "program 'calling': kernel function bpf_none (its type is not known) is not supported");
  }

  @Test
  void aMapIsReferredToInOneWayOnly() {
    Element<Phys> value = Objects.load(R1, new Constant.MapValue("state", 0));
    Element<Phys> map = Objects.load(R1, new Constant.MapFd("state"));
    ObjectSpec both =
        Objects.object(
            "x",
            List.of(Objects.STATE),
            List.of(
                Objects.code(
                    "filter", List.of(R1), List.of(value, map, new Element.Exit<>(Phys.R0)))));
    assertThatThrownBy(() -> ObjectFile.write(List.of(both)))
        .hasMessage(
            "program 'x': map state, used as a map and by the address of its value, in an object"
                + " file is not supported");
  }

  @Test
  void allProgramsOfAFileHaveOneLicense() {
    ProgramSpec program = named("a").program();
    ProgramSpec other =
        new ProgramSpec(
            "other",
            program.type(),
            program.attachType(),
            0,
            "MIT",
            program.instructions(),
            program.relocations(),
            List.of());
    ObjectSpec mit = new ObjectSpec("b", other, List.of(Objects.COUNTERS));
    assertThatThrownBy(() -> ObjectFile.write(List.of(named("a"), mit)))
        .isInstanceOf(CodegenException.class)
        .hasMessage("licenses GPL and MIT in one object file is not supported");
  }

  @Test
  void noProgramsAreAFileToo() {
    ObjectFile file = ObjectFile.read(ObjectFile.write(List.of()));
    assertThat(file.programs()).isEmpty();
    assertThat(file.maps()).isEmpty();
  }

  private static ObjectSpec valueOf(MapSpec map) {
    Element<Phys> load = Objects.load(R1, new Constant.MapValue(map.name(), 0));
    return Objects.object("x", List.of(map), load);
  }

  private static ObjectSpec field(String path) {
    Element<Phys> load = new Element.LoadField<>(Size.W, R1, R1, "sk_buff", path);
    return Objects.object("x", List.of(), load);
  }

  private static ObjectSpec typed(ProgramType type, AttachType attachType, int flags) {
    ProgramSpec program = Objects.object("x", List.of(), NOTHING).program();
    return new ObjectSpec(
        "x",
        new ProgramSpec(
            "filter",
            type,
            attachType,
            flags,
            "GPL",
            program.instructions(),
            program.relocations(),
            List.of()),
        List.of());
  }
}
