package dev.jbpfilter.loader.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.btf.Btf;
import dev.jbpfilter.bytecode.btf.BtfBuilder;
import dev.jbpfilter.bytecode.btf.BtfEncoder;
import dev.jbpfilter.bytecode.btf.BtfKind;
import dev.jbpfilter.bytecode.btf.BtfType;
import dev.jbpfilter.bytecode.btf.BtfType.DeclTag;
import dev.jbpfilter.bytecode.btf.Enumerator;
import dev.jbpfilter.bytecode.btf.Linkage;
import dev.jbpfilter.bytecode.btf.Member;
import dev.jbpfilter.bytecode.btf.Parameter;
import dev.jbpfilter.bytecode.btf.SectionEntry;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the kernel makes of our types. */
@RequiresBpf
final class BtfKernelTest {
  private final Kernel kernel = Kernel.system();

  @Test
  void everyKindIsAccepted() {
    Btf types = everyKind();
    Set<BtfKind> kinds = EnumSet.noneOf(BtfKind.class);
    types.types().forEach(type -> kinds.add(type.kind()));
    assertThat(kinds).isEqualTo(EnumSet.allOf(BtfKind.class));
    try (Fd btf = kernel.loadBtf(BtfEncoder.encode(types))) {
      assertThat(btf.number()).isPositive();
    }
  }

  @Test
  void wrongTypesAreRefusedWithTheKernelsReason() {
    BtfBuilder types = new BtfBuilder();
    types.add(new BtfType.Struct("s", 4, List.of(new Member("m", types.unsigned("u64", 8), 0))));
    assertThatThrownBy(() -> kernel.loadBtf(BtfEncoder.encode(types.build())))
        .isInstanceOf(BpfException.class)
        .hasMessageContaining("Member exceeds struct_size");
  }

  private static Btf everyKind() {
    BtfBuilder types = new BtfBuilder();
    int u32 = types.unsigned("u32", 4);
    int s64 = types.signed("s64", 8);
    types.add(new BtfType.Int("bool", 1, BtfType.Int.BOOL, 0, 8));
    types.add(new BtfType.FloatingPoint("double", 8));
    int list = types.declare();
    int pointer = types.pointer(list);
    int bits = types.add(new BtfType.Struct("bits", 4, List.of(new Member("b", u32, 3, 5))));
    types.define(
        list,
        new BtfType.Struct(
            "list",
            40,
            List.of(
                new Member("next", pointer, 0),
                new Member("", union(types, u32, bits), 64),
                new Member("values", types.array(s64, 3), 128))));
    types.add(new BtfType.Fwd("later", true));
    int typedef = types.add(new BtfType.Typedef("list_t", types.constant(list)));
    types.add(new BtfType.Qualified(BtfKind.RESTRICT, pointer));
    types.pointer(types.add(new BtfType.TypeTag("rcu", u32, false)));
    types.pointer(types.add(new BtfType.TypeTag("address_space(1)", u32, true)));
    types.add(new BtfType.Enum32("e", 4, true, List.of(new Enumerator("MINUS", -1))));
    types.add(new BtfType.Enum64("f", 8, false, List.of(new Enumerator("TOP", Long.MIN_VALUE))));
    int proto = types.add(new BtfType.FuncProto(u32, List.of(new Parameter("p", typedef))));
    int function = types.add(new BtfType.Func("run", proto, Linkage.GLOBAL));
    types.add(new DeclTag("slow", function, 0, false));
    types.add(new DeclTag("list", list, DeclTag.WHOLE, true));
    int variable =
        types.add(
            new BtfType.Var(
                "state", types.add(new BtfType.Qualified(BtfKind.VOLATILE, u32)), Linkage.GLOBAL));
    types.add(new BtfType.Datasec(".data", 8, List.of(new SectionEntry(variable, 4, 4))));
    return types.build();
  }

  private static int union(BtfBuilder types, int u32, int bits) {
    return types.add(
        new BtfType.Union("", 4, List.of(new Member("word", u32, 0), new Member("bits", bits, 0))));
  }
}
