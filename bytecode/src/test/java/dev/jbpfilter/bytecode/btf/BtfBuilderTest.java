package dev.jbpfilter.bytecode.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BtfBuilderTest {
  @Test
  void conveniencesAddATypeOnce() {
    BtfBuilder types = new BtfBuilder();
    int u32 = types.unsigned("u32", 4);
    assertThat(types.unsigned("u32", 4)).isEqualTo(u32).isEqualTo(1);
    assertThat(types.signed("u32", 4)).isEqualTo(2);
    int pointer = types.pointer(u32);
    assertThat(types.pointer(u32)).isEqualTo(pointer).isEqualTo(3);
    int array = types.array(pointer, 5);
    assertThat(types.array(pointer, 5)).isEqualTo(array).isEqualTo(5);
    assertThat(types.constant(array)).isEqualTo(types.constant(array)).isEqualTo(6);
    assertThat(types.build().types())
        .containsExactly(
            new BtfType.Int("u32", 4),
            new BtfType.Int("u32", 4, BtfType.Int.SIGNED, 0, 32),
            new BtfType.Ptr(u32),
            new BtfType.Int("__ARRAY_SIZE_TYPE__", 4),
            new BtfType.Array(pointer, 4, 5),
            new BtfType.Qualified(BtfKind.CONST, array));
    assertThat(types.add(new BtfType.Ptr(u32))).isEqualTo(7);
    assertThat(types.find(BtfKind.PTR, "")).hasValue(3);
    assertThat(types.find(BtfKind.PTR, "x")).isEmpty();
  }

  @Test
  void typesMayReferToThemselves() {
    BtfBuilder types = new BtfBuilder();
    int list = types.declare();
    Member next = new Member("next", types.pointer(list), 0);
    assertThatThrownBy(types::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("type 1 is not defined");
    types.define(list, new BtfType.Struct("list", 8, List.of(next)));
    assertThat(types.build().bytes(list)).isEqualTo(8);
    assertThatThrownBy(() -> types.define(list, new BtfType.Ptr(0)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> types.define(3, new BtfType.Ptr(0)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void othersAreAddedWithTheirReferences() {
    BtfBuilder types = new BtfBuilder();
    int u32 = types.unsigned("u32", 4);
    types.unsigned("u8", 1);
    Btf others =
        new Btf(
            List.of(
                new BtfType.Ptr(3),
                new BtfType.Int("u32", 4),
                new BtfType.Struct(
                    "s", 16, List.of(new Member("p", 1, 0), new Member("u", 2, 0)))));
    List<Integer> ids = types.addAll(others);
    assertThat(ids).containsExactly(0, 3, u32, 4);
    assertThat(types.type(3)).isEqualTo(new BtfType.Ptr(4));
    assertThat(types.type(4))
        .isEqualTo(
            new BtfType.Struct("s", 16, List.of(new Member("p", 3, 0), new Member("u", u32, 0))));
    assertThatThrownBy(() -> types.addAll(new Btf(List.of(new BtfType.Ptr(2)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown type 2");
  }
}
