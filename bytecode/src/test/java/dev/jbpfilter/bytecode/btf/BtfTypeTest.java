package dev.jbpfilter.bytecode.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.btf.BtfType.Int;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class BtfTypeTest {
  private static final Member FAR = new Member("m", 1, 1 << 24);

  @Test
  void whatTheFormatCannotHoldIsRefused() {
    Map<String, ThrowingCallable> table =
        Map.ofEntries(
            Map.entry("integer i of -1 bytes", () -> new Int("i", -1)),
            Map.entry("integer i of 0 bytes", () -> new Int("i", 0)),
            Map.entry("integer i of 3 bytes", () -> new Int("i", 3)),
            Map.entry("integer i of 32 bytes", () -> new Int("i", 32)),
            Map.entry("integer i of encoding 8", () -> new Int("i", 4, 8, 0, 32)),
            Map.entry("integer i of 33 bits from 0 on", () -> new Int("i", 4, 0, 0, 33)),
            Map.entry("integer i of 32 bits from 1 on", () -> new Int("i", 4, 0, 1, 32)),
            Map.entry("integer i of -1 bits from 0 on", () -> new Int("i", 4, 0, 0, -1)),
            Map.entry("array of -1 elements", () -> new BtfType.Array(1, 1, -1)),
            Map.entry("member m at bit -1", () -> new Member("m", 1, -1)),
            Map.entry("bit-field m of 256 bits", () -> new Member("m", 1, 0, 256)),
            Map.entry("bit-field m of -1 bits", () -> new Member("m", 1, 0, -1)),
            Map.entry(
                "structure s of -1 bytes and 0 items",
                () -> new BtfType.Struct("s", -1, List.of())),
            Map.entry(
                "union u of 1 bytes and 65536 items",
                () -> new BtfType.Union("u", 1, Collections.nCopies(0x10000, FAR))),
            Map.entry(
                "structure s with bit-fields and a member at bit 16777216",
                () -> new BtfType.Struct("s", 8, List.of(FAR, new Member("b", 1, 0, 1)))),
            Map.entry(
                "enumeration e of 3 bytes", () -> new BtfType.Enum32("e", 3, true, List.of())),
            Map.entry(
                "value k of enumeration e has more than 32 bits",
                () -> new BtfType.Enum32("e", 4, true, List.of(new Enumerator("k", 1L << 31)))),
            Map.entry(
                "value l of enumeration e has more than 32 bits",
                () -> new BtfType.Enum32("e", 4, false, List.of(new Enumerator("l", -1)))),
            Map.entry(
                "enumeration e of 16 bytes", () -> new BtfType.Enum64("e", 16, true, List.of())),
            Map.entry("PTR is no qualifier", () -> new BtfType.Qualified(BtfKind.PTR, 1)),
            Map.entry("entry of 1 bytes at -1", () -> new SectionEntry(1, -1, 1)),
            Map.entry(
                "floating-point number f of 6 bytes", () -> new BtfType.FloatingPoint("f", 6)),
            Map.entry("tag t of component -2", () -> new BtfType.DeclTag("t", 1, -2, false)));
    table.forEach((message, made) ->
        assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class).hasMessage(message));
  }

  @Test
  void largestFormsAreAllowed() {
    Member last = new Member("m", 1, (1 << 24) - 1, 0xff);
    BtfType.Struct struct =
        new BtfType.Struct("s", Integer.MAX_VALUE, Collections.nCopies(0xffff, last));
    Btf types = new Btf(List.of(struct));
    assertThat(Btf.decode(BtfEncoder.encode(types))).isEqualTo(types);
  }

  @Test
  void referencesAreMapped() {
    for (Samples sample : Samples.ALL) {
      assertThat(sample.type().mapReferences(id -> id)).isEqualTo(sample.type());
    }
    BtfType array = new BtfType.Array(1, 2, 3).mapReferences(id -> id * 10);
    assertThat(array).isEqualTo(new BtfType.Array(10, 20, 3));
    BtfType proto = new BtfType.FuncProto(3, List.of(new Parameter("p", 4)));
    assertThat(proto.mapReferences(id -> id * 10))
        .isEqualTo(new BtfType.FuncProto(30, List.of(new Parameter("p", 40))));
  }
}
