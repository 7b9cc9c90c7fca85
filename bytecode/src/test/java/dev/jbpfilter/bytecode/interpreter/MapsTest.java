package dev.jbpfilter.bytecode.interpreter;

import static dev.jbpfilter.bytecode.interpreter.Programs.FRAME;
import static dev.jbpfilter.bytecode.interpreter.Programs.OUT;
import static dev.jbpfilter.bytecode.interpreter.Programs.add;
import static dev.jbpfilter.bytecode.interpreter.Programs.branch;
import static dev.jbpfilter.bytecode.interpreter.Programs.copy;
import static dev.jbpfilter.bytecode.interpreter.Programs.function;
import static dev.jbpfilter.bytecode.interpreter.Programs.helper;
import static dev.jbpfilter.bytecode.interpreter.Programs.load;
import static dev.jbpfilter.bytecode.interpreter.Programs.machine;
import static dev.jbpfilter.bytecode.interpreter.Programs.map;
import static dev.jbpfilter.bytecode.interpreter.Programs.move;
import static dev.jbpfilter.bytecode.interpreter.Programs.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.MapEntries;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.interpreter.ExecutionFault.Kind;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Maps and the helpers that access them. */
final class MapsTest {
  private static final int LOOKUP = 1;
  private static final int UPDATE = 2;
  private static final int DELETE = 3;
  private static final int OUTPUT = 130;
  private static final int RESERVE = 131;
  private static final int SUBMIT = 132;
  private static final int DISCARD = 133;
  private static final int QUERY = 134;

  private static final MapSpec HASH = new MapSpec("hash", MapType.HASH, 4, 12, 2, 0, null);
  private static final MapSpec LRU = new MapSpec("lru", MapType.LRU_HASH, 4, 4, 2, 0, null);
  private static final MapSpec TRIE = new MapSpec("trie", MapType.LPM_TRIE, 8, 4, 4, 1, null);
  private static final MapSpec ARRAY = new MapSpec("array", MapType.ARRAY, 4, 4, 2, 0, null);
  private static final MapSpec FIXED = new MapSpec("fixed", MapType.HASH, 4, 4, 2, 1 << 7, null);
  private static final MapSpec RING = new MapSpec("ring", MapType.RINGBUF, 0, 0, 4096, 0, null);
  private static final List<MapSpec> ALL = List.of(OUT, HASH, LRU, TRIE, ARRAY, FIXED, RING);

  private static Interpreter xdp(List<Element<Phys>> elements) {
    return machine(ProgramType.XDP, ALL, List.of(function("main", elements)));
  }

  private static ExecutionFault fault(List<Element<Phys>> elements) {
    Interpreter interpreter = xdp(elements);
    ExecutionFault fault = catchThrowableOfType(ExecutionFault.class, () -> interpreter.run(FRAME));
    assertThat(fault).isNotNull();
    return fault;
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  /** The call, with a key at −16 and a value at −32 of the stack. */
  private static List<Element<Phys>> access(int helper, String map, int key, int value, int flags) {
    return List.of(
        store(Size.DW, Phys.R10, -16, key),
        store(Size.DW, Phys.R10, -32, value),
        store(Size.DW, Phys.R10, -24, 0),
        map(Phys.R1, map),
        copy(Phys.R2, Phys.R10),
        add(Phys.R2, -16),
        copy(Phys.R3, Phys.R10),
        add(Phys.R3, -32),
        move(Phys.R4, flags),
        helper(helper));
  }

  @ParameterizedTest
  @CsvSource({
    // type, keys, key that is looked up, its value; values are 1, 2, …
    "HASH, 4, 0, 0100000002000000, 02000000, 2",
    "ARRAY, 4, 0, 0200000000000000, 02000000, 1",
    "ARRAY, 4, 0, 0200000000000000, 01000000, 0",
    "LPM_TRIE, 8, 1, 080000000a00000018000000c0000200, 20000000c0000207, 2",
    "LPM_TRIE, 8, 1, 080000000a00000018000000c0000200, 200000000a000207, 1",
  })
  void mapsBeginWithEntries(
      MapType type, int keySize, int flags, String keys, String key, int value) {
    MapEntries entries = MapEntries.of(2, bytes(keys), new byte[] {1, 2});
    MapSpec spec = new MapSpec("full", type, keySize, 1, 3, flags, null, entries);
    Interpreter interpreter =
        machine(
            ProgramType.XDP, List.of(spec), List.of(function("main", List.of(move(Phys.R0, 0)))));
    assertThat(interpreter.map("full").lookup(bytes(key))).contains(new byte[] {(byte) value});
  }

  @Test
  void entriesThatTheKernelRefuses() {
    MapEntries entries = MapEntries.of(1, bytes("03000000"), new byte[1]);
    MapSpec array = new MapSpec("small", MapType.ARRAY, 4, 1, 3, 0, null, entries);
    assertThatThrownBy(() ->
            machine(
                ProgramType.XDP,
                List.of(array),
                List.of(function("main", List.of(move(Phys.R0, 0))))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("entry 0, error 7");
  }

  @ParameterizedTest
  @CsvSource({
    // map, key, flags, result; entries 1 and 2 are there
    "hash, 1, 0, 0", "hash, 1, 1, -17", "hash, 1, 2, 0", "hash, 1, 3, -22", "hash, 3, 0, -7",
    "hash, 3, 1, -7", "hash, 3, 2, -2", "lru, 3, 0, 0", "array, 1, 0, 0", "array, 1, 1, -17",
    "array, 2, 0, -7", "array, 1, 4, -22",
  })
  void updatesAreAsInTheKernel(String map, int key, int flags, int result) {
    Interpreter interpreter = xdp(access(UPDATE, map, key, 5, flags));
    if (!map.equals("array")) {
      byte[] value = new byte[interpreter.map(map).spec().valueSize()];
      interpreter.map(map).update(bytes("01000000"), value);
      interpreter.map(map).update(bytes("02000000"), value);
    }
    assertThat(interpreter.run(FRAME)).isEqualTo(result);
    byte[] after = interpreter.map(map).lookup(new byte[] {(byte) key, 0, 0, 0}).orElse(null);
    if (result == 0) {
      assertThat(after).startsWith(5, 0, 0, 0);
    } else if (after != null) {
      assertThat(after).startsWith(0, 0, 0, 0);
    }
  }

  @Test
  void leastRecentlyUsedGoes() {
    Interpreter interpreter = xdp(access(UPDATE, "lru", 3, 3, 0));
    InterpretedMap lru = interpreter.map("lru");
    lru.update(bytes("01000000"), bytes("01000000"));
    lru.update(bytes("02000000"), bytes("02000000"));
    assertThat(lru.lookup(bytes("01000000"))).isPresent();
    interpreter.run(FRAME);
    assertThat(lru.lookup(bytes("02000000"))).isEmpty();
    assertThat(lru.lookup(bytes("01000000"))).isPresent();
    assertThat(lru.lookup(bytes("03000000"))).contains(bytes("03000000"));
  }

  @Test
  void entriesAreDeleted() {
    Interpreter interpreter = xdp(access(DELETE, "hash", 1, 0, 0));
    InterpretedMap hash = interpreter.map("hash");
    hash.update(bytes("01000000"), new byte[12]);
    assertThat(interpreter.run(FRAME)).isZero();
    assertThat(interpreter.run(FRAME)).isEqualTo(-2);
    assertThat(hash.delete(bytes("01000000"))).isFalse();
    assertThat(xdp(access(DELETE, "array", 1, 0, 0)).run(FRAME)).isEqualTo(-22);
    // Room is found again, however often.
    for (int i = 0; i < 10; i++) {
      hash.update(bytes("01000000"), new byte[12]);
      hash.update(bytes("02000000"), new byte[12]);
      assertThat(hash.delete(bytes("01000000"))).isTrue();
    }
  }

  /** A pointer from before an update still leads to the old value. */
  @Test
  void updateLeavesTheOldValueToWhoHasIt() {
    List<Element<Phys>> elements = new ArrayList<>(access(LOOKUP, "hash", 1, 9, 0));
    Label missing = new Label(0, "missing");
    elements.add(branch(Condition.EQ, Phys.R0, 0, missing));
    elements.add(copy(Phys.R6, Phys.R0));
    elements.addAll(access(UPDATE, "hash", 1, 9, 0));
    elements.add(load(Size.W, Phys.R0, Phys.R6, 0));
    elements.add(new Element.Bind<>(missing));
    Interpreter interpreter = xdp(elements);
    interpreter.map("hash").update(bytes("01000000"), bytes("040000000000000000000000"));
    assertThat(interpreter.run(FRAME)).isEqualTo(4);
    assertThat(interpreter.run(FRAME)).isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource({
    // there are 10.0.0.0/8, 10.1.0.0/16, 10.1.2.3/32 and 0.0.0.0/0
    "32, 10.2.2.3, 8", "8, 10.1.2.3, 8", "15, 10.1.2.3, 8", "16, 10.1.2.3, 16",
    "31, 10.1.2.3, 16", "32, 10.1.2.3, 32", "32, 10.1.2.4, 16", "0, 10.1.2.3, 1",
    "32, 9.1.2.3, 1", "33, 10.1.2.3, 0",
  })
  void longestPrefixIsFound(int prefix, String address, int expected) {
    Label missing = new Label(0, "missing");
    int stored = 0;
    for (String part : address.split("\\.", -1)) {
      stored = (stored >>> 8) | Integer.parseInt(part) << 24;
    }
    List<Element<Phys>> elements =
        List.of(
            store(Size.W, Phys.R10, -16, prefix),
            store(Size.W, Phys.R10, -12, stored),
            map(Phys.R1, "trie"),
            copy(Phys.R2, Phys.R10),
            add(Phys.R2, -16),
            helper(LOOKUP),
            branch(Condition.EQ, Phys.R0, 0, missing),
            load(Size.W, Phys.R0, Phys.R0, 0),
            new Element.Bind<>(missing));
    Interpreter interpreter = xdp(elements);
    InterpretedMap trie = interpreter.map("trie");
    trie.update(bytes("080000000affffff"), bytes("08000000"));
    trie.update(bytes("100000000a01ffff"), bytes("10000000"));
    trie.update(bytes("200000000a010203"), bytes("20000000"));
    trie.update(bytes("0000000000000000"), bytes("01000000"));
    assertThat(interpreter.run(FRAME)).isEqualTo(expected);
    assertThatThrownBy(() -> trie.update(bytes("0100000000000000"), new byte[4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("error 28");
    assertThat(trie.delete(bytes("090000000a000000"))).isFalse();
    assertThat(trie.delete(bytes("080000000a777777"))).isTrue();
  }

  @Test
  void recordsAreReadOut() {
    Label full = new Label(0, "full");
    Label discard = new Label(1, "discard");
    Label end = new Label(2, "end");
    List<Element<Phys>> elements =
        List.of(
            load(Size.W, Phys.R6, Phys.R1, 12),
            map(Phys.R1, "ring"),
            move(Phys.R2, 12),
            move(Phys.R3, 0),
            helper(RESERVE),
            branch(Condition.EQ, Phys.R0, 0, full),
            store(Size.DW, Phys.R0, 0, Phys.R6),
            store(Size.W, Phys.R0, 8, -1),
            copy(Phys.R1, Phys.R0),
            move(Phys.R2, 0),
            branch(Condition.EQ, Phys.R6, 2, discard),
            helper(SUBMIT),
            new Element.Jump<>(end),
            new Element.Bind<>(discard),
            helper(DISCARD),
            new Element.Bind<>(end),
            map(Phys.R1, "ring"),
            move(Phys.R2, 0),
            helper(QUERY),
            new Element.Bind<>(full));
    Interpreter interpreter = xdp(elements);
    assertThat(interpreter.run(FRAME)).isEqualTo(24);
    assertThat(interpreter.run(FRAME.withIngressIfindex(2))).isEqualTo(48);
    assertThat(interpreter.run(FRAME.withIngressIfindex(3))).isEqualTo(72);
    assertThat(interpreter.map("ring").drain())
        .containsExactly(bytes("0100000000000000ffffffff"), bytes("0300000000000000ffffffff"));
    assertThat(interpreter.map("ring").drain()).isEmpty();
    assertThat(interpreter.run(FRAME)).isEqualTo(24);
    // 4096 bytes hold 170 records of 24, and this is the second one.
    for (int i = 2; i <= 170; i++) {
      assertThat(interpreter.run(FRAME)).isEqualTo(24 * i);
    }
    assertThat(interpreter.run(FRAME)).isZero();
    assertThat(interpreter.map("ring").drain()).hasSize(170);
  }

  private static List<Element<Phys>> output(int length, int flags) {
    return List.of(
        store(Size.DW, Phys.R10, -8, 77),
        map(Phys.R1, "ring"),
        copy(Phys.R2, Phys.R10),
        add(Phys.R2, -8),
        move(Phys.R3, length),
        move(Phys.R4, flags),
        helper(OUTPUT));
  }

  @Test
  void outputCopies() {
    Interpreter interpreter = xdp(output(8, 1));
    assertThat(interpreter.run(FRAME)).isZero();
    assertThat(interpreter.map("ring").drain()).containsExactly(bytes("4d00000000000000"));
    for (int i = 0; i < 255; i++) {
      assertThat(interpreter.run(FRAME)).isZero();
    }
    assertThat(interpreter.run(FRAME)).isEqualTo(-11);
    assertThat(xdp(output(8, 4)).run(FRAME)).isEqualTo(-22);
    assertThat(fault(output(9, 0)).kind()).isEqualTo(Kind.READ);
  }

  @Test
  void recordsMustBeSubmittedAndNotTouchedAfterwards() {
    List<Element<Phys>> reserve =
        List.of(map(Phys.R1, "ring"), move(Phys.R2, 8), move(Phys.R3, 0), helper(RESERVE));
    ExecutionFault leak = fault(reserve);
    assertThat(leak.kind()).isEqualTo(Kind.LEAK);
    assertThat(leak).hasMessageContaining("reserved record of ring buffer ring");
    List<Element<Phys>> late = new ArrayList<>(reserve);
    late.addAll(
        List.of(
            copy(Phys.R6, Phys.R0),
            copy(Phys.R1, Phys.R0),
            move(Phys.R2, 0),
            helper(SUBMIT),
            store(Size.B, Phys.R6, 0, 1)));
    assertThat(fault(late).region()).isEqualTo("ring buffer ring");
    List<Element<Phys>> beyond = new ArrayList<>(reserve);
    beyond.add(store(Size.B, Phys.R0, 8, 1));
    assertThat(fault(beyond).kind()).isEqualTo(Kind.WRITE);
    List<Element<Phys>> twice = new ArrayList<>(late.subList(0, late.size() - 1));
    twice.addAll(List.of(copy(Phys.R1, Phys.R6), move(Phys.R2, 0), helper(SUBMIT)));
    assertThat(fault(twice)).hasMessageContaining("is not a reserved record");
  }

  @Test
  void helpersAreForSomeTypesOnly() {
    assertThat(fault(access(LOOKUP, "ring", 0, 0, 0)))
        .hasMessageContaining("lookup on map ring of type RINGBUF");
    assertThat(fault(access(UPDATE, "fixed", 0, 0, 0)))
        .hasMessageContaining("which programs may not write");
    assertThat(fault(access(DELETE, "fixed", 0, 0, 0)).kind()).isEqualTo(Kind.CALL);
    assertThat(fault(access(RESERVE, "hash", 0, 0, 0)))
        .hasMessageContaining("is not a map of type RINGBUF");
    Interpreter interpreter = xdp(List.of(move(Phys.R0, 0)));
    assertThatThrownBy(() -> interpreter.map("hash").drain())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> interpreter.map("ring").lookup(new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> interpreter.map("hash").lookup(new byte[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("key of 5 bytes, hash takes 4");
    assertThatThrownBy(() -> interpreter.value("hash", 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "HASH, 0, 4, 1, 0",
    "HASH, 4, 0, 1, 0",
    "HASH, 4, 4, 0, 0",
    "LRU_HASH, 4, 4, 1, 1",
    "LPM_TRIE, 8, 4, 1, 0",
    "LPM_TRIE, 4, 4, 1, 1",
    "LPM_TRIE, 261, 4, 1, 1",
    "RINGBUF, 0, 0, 4095, 0",
    "RINGBUF, 0, 0, 12288, 0",
    "RINGBUF, 0, 0, 2048, 0",
    "RINGBUF, 4, 0, 4096, 0",
    "PROG_ARRAY, 8, 4, 1, 0",
    "PROG_ARRAY, 4, 8, 1, 0",
    "PROG_ARRAY, 4, 4, 0, 0",
    "ARRAY, 4, 4, -1, 0",
    "ARRAY, 8, 4, 1, 0",
    "PERCPU_ARRAY, 4, 0, 1, 0",
    "HASH, 4, 1048576, 1048576, 0",
  })
  void mapsThatTheKernelRefuses(MapType type, int key, int value, int entries, int flags) {
    MapSpec bad = new MapSpec("bad", type, key, value, entries, flags, null);
    List<MapSpec> maps = List.of(bad);
    assertThatThrownBy(() ->
            machine(ProgramType.XDP, maps, List.of(function("main", List.of(move(Phys.R0, 0))))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no map can be created: ");
  }
}
