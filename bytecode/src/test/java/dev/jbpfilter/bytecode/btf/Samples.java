package dev.jbpfilter.bytecode.btf;

import dev.jbpfilter.bytecode.btf.BtfType.Array;
import dev.jbpfilter.bytecode.btf.BtfType.Datasec;
import dev.jbpfilter.bytecode.btf.BtfType.DeclTag;
import dev.jbpfilter.bytecode.btf.BtfType.Enum32;
import dev.jbpfilter.bytecode.btf.BtfType.Enum64;
import dev.jbpfilter.bytecode.btf.BtfType.FloatingPoint;
import dev.jbpfilter.bytecode.btf.BtfType.Func;
import dev.jbpfilter.bytecode.btf.BtfType.FuncProto;
import dev.jbpfilter.bytecode.btf.BtfType.Fwd;
import dev.jbpfilter.bytecode.btf.BtfType.Int;
import dev.jbpfilter.bytecode.btf.BtfType.Ptr;
import dev.jbpfilter.bytecode.btf.BtfType.Qualified;
import dev.jbpfilter.bytecode.btf.BtfType.Struct;
import dev.jbpfilter.bytecode.btf.BtfType.TypeTag;
import dev.jbpfilter.bytecode.btf.BtfType.Typedef;
import dev.jbpfilter.bytecode.btf.BtfType.Union;
import dev.jbpfilter.bytecode.btf.BtfType.Var;
import java.util.ArrayList;
import java.util.List;

/**
 * A type of every kind and form, after two that they refer to: 1 is an integer with the name at
 * offset 1, 2 a function type. A sample's names are n, m and k, at offsets 3, 5 and 7.
 */
record Samples(BtfType type, String hex) {
  private static final Int INT = new Int("i", 4);

  static final List<Samples> ALL =
      List.of(
          sample(new Int("n", 16, 7, 15, 113), "03000000 00000001 10000000  71000f07"),
          sample(new Int("n", 1), "03000000 00000001 01000000  08000000"),
          sample(new Ptr(1), "00000000 00000002 01000000"),
          sample(
              new Array(1, 2, Integer.MAX_VALUE),
              "00000000 00000003 00000000  01000000 02000000 ffffff7f"),
          sample(
              new Struct("n", 4, List.of(new Member("m", 1, 0x1000000))),
              "03000000 01000004 04000000  05000000 01000000 00000001"),
          sample(
              new Struct("n", 4, List.of(new Member("m", 1, 28, 3), new Member("k", 1, 32))),
              "03000000 02000084 04000000  05000000 01000000 1c000003  07000000 01000000 20000000"),
          sample(
              new Union("n", 4, List.of(new Member("", 1, 0))),
              "03000000 01000005 04000000  00000000 01000000 00000000"),
          sample(
              new Enum32(
                  "n", 4, false, List.of(new Enumerator("m", 0), new Enumerator("k", 0xffffffffL))),
              "03000000 02000006 04000000  05000000 00000000  07000000 ffffffff"),
          sample(
              new Enum32("n", 1, true, List.of(new Enumerator("m", Integer.MIN_VALUE))),
              "03000000 01000086 01000000  05000000 00000080"),
          sample(new Fwd("n", false), "03000000 00000007 00000000"),
          sample(new Fwd("n", true), "03000000 00000087 00000000"),
          sample(new Typedef("n", 1), "03000000 00000008 01000000"),
          sample(new Qualified(BtfKind.VOLATILE, 0), "00000000 00000009 00000000"),
          sample(new Qualified(BtfKind.CONST, 1), "00000000 0000000a 01000000"),
          sample(new Qualified(BtfKind.RESTRICT, 2), "00000000 0000000b 02000000"),
          sample(new Func("n", 2, Linkage.STATIC), "03000000 0000000c 02000000"),
          sample(new Func("n", 2, Linkage.EXTERN), "03000000 0200000c 02000000"),
          sample(
              new FuncProto(1, List.of(new Parameter("n", 1), new Parameter("", 0))),
              "00000000 0200000d 01000000  03000000 01000000  00000000 00000000"),
          sample(new Var("n", 1, Linkage.GLOBAL), "03000000 0000000e 01000000  01000000"),
          sample(
              new Datasec("n", 16, List.of(new SectionEntry(1, 8, 4))),
              "03000000 0100000f 10000000  01000000 08000000 04000000"),
          sample(new FloatingPoint("n", 12), "03000000 00000010 0c000000"),
          sample(new DeclTag("n", 1, DeclTag.WHOLE, false), "03000000 00000011 01000000  ffffffff"),
          sample(new DeclTag("n", 1, 2, true), "03000000 00000091 01000000  02000000"),
          sample(new TypeTag("n", 1, false), "03000000 00000012 01000000"),
          sample(new TypeTag("n", 1, true), "03000000 00000092 01000000"),
          sample(
              new Enum64("n", 8, false, List.of(new Enumerator("m", Long.MIN_VALUE))),
              "03000000 01000013 08000000  05000000 00000000 00000080"),
          sample(
              new Enum64("n", 8, true, List.of(new Enumerator("m", -2))),
              "03000000 01000093 08000000  05000000 feffffff ffffffff"));

  private static Samples sample(BtfType type, String hex) {
    return new Samples(type, hex.replace(" ", ""));
  }

  Btf types() {
    return new Btf(List.of(INT, new FuncProto(0, List.of()), type));
  }

  /** All in one. */
  static Btf together() {
    List<BtfType> types = new ArrayList<>(List.of(INT, new FuncProto(0, List.of())));
    for (Samples sample : ALL) {
      types.add(sample.type());
    }
    return new Btf(types);
  }
}
