package dev.jbpfilter.bytecode.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.Instructions;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import dev.jbpfilter.bytecode.elf.ElfBuilder.Section;
import dev.jbpfilter.bytecode.elf.ElfBuilder.Symbol;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** Files that no compiler writes, or only some. */
final class ProgramReaderTest {
  private static final int CODE = ElfFile.FLAG_ALLOCATE | ElfFile.FLAG_EXECUTE;
  private static final long EXIT = 0x95;
  private static final long LOAD = 0x18;
  private static final long CALL = 0x1085;

  private final ElfBuilder elf = new ElfBuilder(ByteOrder.LITTLE_ENDIAN);
  private final Section xdp = elf.section("xdp", CODE);

  private Symbol function(String name, int binding, Section section, int start, int slots) {
    return elf.symbol(name, ElfFile.SYMBOL_FUNCTION, binding, section, start * 8, slots * 8);
  }

  private Symbol data(Section section, int value) {
    return elf.symbol("data", ElfFile.SYMBOL_OBJECT, ElfFile.GLOBAL, section, value, 4);
  }

  private ProgramSpec first() {
    return ObjectFile.read(elf.build()).programs().getFirst().spec();
  }

  private void assertRefused(String message) {
    byte[] bytes = elf.build();
    assertThatThrownBy(() -> ObjectFile.read(bytes))
        .isInstanceOf(ObjectFileException.class)
        .hasMessage(message);
  }

  private static long number(long word, int number) {
    return word | (long) number << 32;
  }

  /** A static function next to its caller needs no relocation. */
  @Test
  void callsWithinASectionNeedNoRelocation() {
    xdp.appendSlot(number(CALL, 1));
    xdp.appendSlot(EXIT);
    xdp.appendSlot(EXIT);
    function("main", ElfFile.GLOBAL, xdp, 0, 2);
    function("other", ElfFile.LOCAL, xdp, 2, 1);
    assertThat(first().instructions()).isEqualTo(Instructions.of(number(CALL, 1), EXIT, EXIT));
    assertThat(first().functions())
        .containsExactly(
            new ProgramSpec.Function(0, "main", 1), new ProgramSpec.Function(2, "other", 5));
  }

  /** Two programs share a section, and each gets a copy of what it calls. */
  @Test
  void functionsAreCopiedIntoEachProgram() {
    Section text = elf.section(".text", CODE);
    text.appendSlot(EXIT);
    Symbol shared = function("shared", ElfFile.GLOBAL, text, 0, 1);
    for (int i = 0; i < 2; i++) {
      xdp.relocate(ElfFile.CALL, shared);
      xdp.appendSlot(number(CALL, -1));
      xdp.appendSlot(EXIT);
      function("main" + i, ElfFile.GLOBAL, xdp, 2 * i, 2);
    }
    assertThat(ObjectFile.read(elf.build()).programs())
        .hasSize(2)
        .allSatisfy(program ->
            assertThat(program.spec().instructions())
                .isEqualTo(Instructions.of(number(CALL, 1), EXIT, EXIT)));
  }

  /** Recursion is for the verifier to refuse. */
  @Test
  void aFunctionMayCallItself() {
    xdp.appendSlot(number(CALL, -1));
    xdp.appendSlot(EXIT);
    function("main", ElfFile.GLOBAL, xdp, 0, 2);
    assertThat(first().instructions()).isEqualTo(Instructions.of(number(CALL, -1), EXIT));
  }

  @Test
  void variablesAreFoundBySymbolAndNumber() {
    Section bss = elf.section(".bss.x", ElfFile.FLAG_ALLOCATE | ElfFile.FLAG_WRITE);
    bss.append(new byte[32]);
    xdp.relocate(ElfFile.ADDRESS, data(bss, 8));
    xdp.appendSlot(number(LOAD, 4));
    xdp.appendSlot(number(0, 77));
    xdp.appendSlot(EXIT);
    function("main", ElfFile.GLOBAL, xdp, 0, 3);
    assertThat(first().relocations())
        .containsExactly(new ProgramSpec.Relocation(0, new Target.MapValue(".bss.x", 12)));
    assertThat(first().instructions()).isEqualTo(Instructions.of(0x2018, 0, EXIT));
  }

  @Test
  void referencesToNothingAreRefused() {
    xdp.appendSlot(number(CALL, 5));
    xdp.appendSlot(EXIT);
    function("main", ElfFile.GLOBAL, xdp, 0, 2);
    assertRefused("section xdp, offset 0x0: function main: no function in slot 6 of xdp");
  }

  @Test
  void relocationsOfOtherInstructionsAreRefused() {
    xdp.relocate(ElfFile.CALL, elf.symbol("x", 0, ElfFile.GLOBAL, null, 0, 0));
    xdp.appendSlot(EXIT);
    function("main", ElfFile.GLOBAL, xdp, 0, 1);
    assertRefused(
        "section xdp, offset 0x0: function main: relocation of an instruction that takes none");
  }

  @Test
  void relocationsOfOtherTypesAreRefused() {
    xdp.relocate(ElfFile.ADDRESS, elf.symbol("x", 0, ElfFile.GLOBAL, null, 0, 0));
    xdp.appendSlot(CALL);
    function("main", ElfFile.GLOBAL, xdp, 0, 1);
    assertRefused("section xdp, offset 0x0: function main: relocation of unknown type 1");
  }

  @Test
  void functionsWithoutInstructionsAreRefused() {
    xdp.appendSlot(EXIT);
    function("main", ElfFile.GLOBAL, xdp, 0, 0);
    assertRefused("section xdp, offset 0x0: function main of 0 bytes");
  }

  @Test
  void sharedPlacesAreRefused() {
    xdp.appendSlot(EXIT);
    function("main", ElfFile.GLOBAL, xdp, 0, 1);
    function("again", ElfFile.GLOBAL, xdp, 0, 1);
    assertRefused("section xdp, offset 0x0: two functions in the same place");
  }

  @Test
  void instructionsAreWhole() {
    xdp.append(new byte[12]);
    assertRefused("section xdp, offset 0xc: no whole number of instruction slots");
  }

  @Test
  void mapsNeedTypes() {
    Section maps = elf.section(".maps", ElfFile.FLAG_ALLOCATE).append(new byte[8]);
    data(maps, 0);
    assertRefused("section .maps, offset 0x0: map data has no type that says what it is");
  }

  @Test
  void mapsBeforeBtfAreRefused() {
    elf.section("maps", ElfFile.FLAG_ALLOCATE).append(new byte[20]);
    assertRefused("section maps, offset 0x0: maps in the form before BTF");
  }

  @Test
  void linesNeedTypes() {
    elf.section(".BTF.ext", 0).append(new byte[32]);
    assertRefused("section .BTF.ext, offset 0x0: there are no types");
  }
}
