package dev.jbpfilter.bytecode.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.btf.BtfBuilder;
import dev.jbpfilter.bytecode.btf.BtfEncoder;
import dev.jbpfilter.bytecode.btf.BtfType;
import dev.jbpfilter.bytecode.btf.Enumerator;
import dev.jbpfilter.bytecode.btf.Linkage;
import dev.jbpfilter.bytecode.btf.Member;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Maps by the types of their variables. */
final class MapReaderTest {
  private final BtfBuilder types = new BtfBuilder();
  private final int u32 = types.unsigned("u32", 4);

  private int number(int value) {
    return types.pointer(types.array(u32, value));
  }

  private int enumeration(long value) {
    return types.add(new BtfType.Enum64("", 8, true, List.of(new Enumerator("v", value))));
  }

  /** An object file with one map that has these attributes. */
  private byte[] object(Member... attributes) {
    int struct = types.add(new BtfType.Struct("", 64, List.of(attributes)));
    types.add(new BtfType.Var("m", struct, Linkage.GLOBAL));
    ElfBuilder elf = new ElfBuilder(ByteOrder.LITTLE_ENDIAN);
    ElfBuilder.Section maps = elf.section(".maps", ElfFile.FLAG_ALLOCATE).append(new byte[64]);
    elf.symbol("m", ElfFile.SYMBOL_OBJECT, ElfFile.GLOBAL, maps, 0, 64);
    elf.section(".BTF", 0).append(BtfEncoder.encode(types.build()));
    return elf.build();
  }

  @Test
  void numbersMayBeEnumerations() {
    Member type = new Member("type", enumeration(2), 0);
    Member key = new Member("key_size", number(4), 0);
    Member value = new Member("value_size", number(12), 0);
    Member entries = new Member("max_entries", enumeration(3), 0);
    ObjectMap map = ObjectFile.read(object(type, key, value, entries)).maps().getFirst();
    assertThat(map.spec()).isEqualTo(new MapSpec("m", MapType.ARRAY, 4, 12, 3, 0, null));
  }

  private void assertRefused(String problem, Member attribute) {
    byte[] bytes = object(attribute);
    assertThatThrownBy(() -> ObjectFile.read(bytes))
        .isInstanceOf(ObjectFileException.class)
        .hasMessage("section .maps, offset 0x0: " + problem);
  }

  @Test
  void unknownTypesAreRefused() {
    assertRefused("map m: unknown map type 34", new Member("type", number(34), 0));
  }

  @Test
  void unknownAttributesAreRefused() {
    assertRefused("map m: unknown attribute typ", new Member("typ", number(1), 0));
  }

  @Test
  void whatIsNoNumberIsRefused() {
    assertRefused("map m: attribute is no number", new Member("type", u32, 0));
  }

  @Test
  void largeNumbersAreRefused() {
    assertRefused(
        "map m: attribute of more than 32 bits", new Member("map_flags", enumeration(1L << 32), 0));
  }

  @Test
  void whatIsNoTypeIsRefused() {
    assertRefused("map m: attribute is no pointer to a type", new Member("key", u32, 0));
  }

  @Test
  void typesWithoutSizeAreRefused() {
    assertRefused("BTF type 0: has no size", new Member("value", types.pointer(0), 0));
  }

  @Test
  void valuesThatAreNoPointersAreRefused() {
    assertRefused(
        "map m: values that are no array of pointers",
        new Member("values", types.array(u32, 0), 0));
  }
}
