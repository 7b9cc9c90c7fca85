package dev.jbpfilter.bytecode.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.btf.BtfType.Array;
import dev.jbpfilter.bytecode.btf.BtfType.Int;
import dev.jbpfilter.bytecode.btf.BtfType.Qualified;
import dev.jbpfilter.bytecode.btf.BtfType.Struct;
import dev.jbpfilter.bytecode.btf.BtfType.Typedef;
import dev.jbpfilter.bytecode.btf.BtfType.Union;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TypeLookupTest {
  private static final int INT = 1;
  private static final int INNER = 2;
  private static final int ARRAY = 3;
  private static final int ARRAYS = 4;
  private static final int UNION = 5;
  private static final int OUTER = 6;
  private static final int CONST = 7;
  private static final int NAMED = 8;
  private static final int FLEXIBLE = 9;
  private static final int OLD = 10;
  private static final int PTR = 11;

  private static final Btf TYPES =
      new Btf(
          List.of(
              new Int("int", 4),
              new Struct("inner", 8, List.of(new Member("a", INT, 0), new Member("b", INT, 32))),
              new Array(INNER, INT, 3),
              new Array(ARRAY, INT, 2),
              new Union("", 48, List.of(new Member("c", INT, 0), new Member("d", ARRAYS, 0))),
              new Struct(
                  "outer",
                  72,
                  List.of(
                      new Member("first", PTR, 0),
                      new Member("", UNION, 64),
                      new Member("flags", INT, 448 + 3, 5),
                      new Member("old", OLD, 480),
                      new Member("rest", FLEXIBLE, 576))),
              new Qualified(BtfKind.CONST, OUTER),
              new Typedef("outer_t", CONST),
              new Array(INT, INT, 0),
              new Int("old", 4, 0, 6, 2),
              new BtfType.Ptr(OUTER)));

  @Test
  void fieldsHaveTypeOffsetAndWidth() {
    Object[][] table = {
      {"first", PTR, 0, 64},
      {"c", INT, 64, 32},
      {"d", ARRAYS, 64, 384},
      {"d[1]", ARRAY, 64 + 192, 192},
      {"d[1][2]", INNER, 64 + 192 + 128, 64},
      {"d[1][2].b", INT, 64 + 192 + 128 + 32, 32},
      {"flags", INT, 451, 5},
      {"old", OLD, 486, 2},
      {"rest", FLEXIBLE, 576, 0},
      {"rest[5]", INT, 576 + 160, 32},
    };
    for (Object[] row : table) {
      BtfField expected = new BtfField((Integer) row[1], (Integer) row[2], (Integer) row[3]);
      for (int type : new int[] {OUTER, CONST, NAMED}) {
        assertThat(TYPES.field(type, (String) row[0])).as("%s", row[0]).contains(expected);
      }
    }
    assertThat(TYPES.field(OUTER, "d[0][1].b").orElseThrow().byteOffset()).isEqualTo(20);
    assertThat(TYPES.field(OUTER, "d[0][1].b").orElseThrow().wholeBytes()).isTrue();
    assertThat(TYPES.field(OUTER, "flags").orElseThrow().byteOffset()).isEqualTo(56);
    assertThat(TYPES.field(OUTER, "flags").orElseThrow().wholeBytes()).isFalse();
  }

  @Test
  void whatIsNotThereIsNotFound() {
    for (String path :
        List.of("x", "first.a", "d.a", "d[2]", "d[0][3]", "c[0]", "c.a", "flags.a", "a")) {
      assertThat(TYPES.field(OUTER, path)).as(path).isEmpty();
    }
    assertThat(TYPES.field(INT, "a")).isEmpty();
  }

  @Test
  void malformedPathsAreRefused() {
    for (String path :
        List.of(
            "",
            ".",
            "a.",
            ".a",
            "a..b",
            "a[",
            "a[]",
            "a[1",
            "a]",
            "a[x]",
            "a[-1]",
            "a[+1]",
            "a[1]b",
            "[1]",
            "a[1234567890]",
            "a[1].",
            "a[[1]]")) {
      assertThatThrownBy(() -> TYPES.field(OUTER, path))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("field path \"" + path + "\" is malformed");
    }
    assertThatThrownBy(() -> TYPES.field(12, "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no type 12");
  }

  @Test
  void typesHaveSizes() {
    int[] sizes = {4, 8, 24, 48, 48, 72, 72, 72, 0, 4, 8};
    for (int id = 1; id <= sizes.length; id++) {
      assertThat(TYPES.bytes(id)).as("type %s", id).isEqualTo(sizes[id - 1]);
    }
    Btf without = new Btf(List.of(new BtfType.Fwd("f", false), new Typedef("v", 0)));
    assertThatThrownBy(() -> without.bytes(1)).hasMessage("BTF type 1: has no size");
    assertThatThrownBy(() -> without.bytes(2)).hasMessage("BTF type 2: has no size");
  }

  @Test
  void endlessTypesAreRefused() {
    Btf types =
        new Btf(
            List.of(
                new Typedef("t", 1),
                new Array(2, 2, 1),
                new Struct("s", 4, List.of(new Member("", 4, 0))),
                new Union("u", 4, List.of(new Member("", 3, 0), new Member("x", 3, 0))),
                new Array(6, 6, Integer.MAX_VALUE),
                new Array(7, 7, Integer.MAX_VALUE),
                new Int("i", 16)));
    assertThatThrownBy(() -> types.bytes(1))
        .isInstanceOf(BtfException.class)
        .hasMessage("BTF type 1: stands for others without end");
    assertThatThrownBy(() -> types.bytes(2))
        .isInstanceOf(BtfException.class)
        .hasMessage("BTF type 2: is nested too deeply");
    assertThat(types.field(3, "y")).isEmpty();
    assertThat(types.field(3, "x")).contains(new BtfField(3, 0, 32));
    assertThatThrownBy(() -> types.bytes(5))
        .isInstanceOf(BtfException.class)
        .hasMessage("BTF type 5: is too large");
  }

  /** Each level has two anonymous members of the next: a naive search would take 2^30 steps. */
  @Test
  void sharedAnonymousMembersAreSearchedOnce() {
    List<BtfType> types = new ArrayList<>();
    for (int id = 1; id <= 30; id++) {
      types.add(
          new Struct("s" + id, 8, List.of(new Member("", id + 1, 0), new Member("", id + 1, 32))));
    }
    types.add(new Struct("leaf", 4, List.of()));
    assertThat(new Btf(types).field(1, "missing")).isEmpty();
  }
}
