package dev.jbpfilter.bytecode.elf;

import dev.jbpfilter.bytecode.btf.Btf;
import dev.jbpfilter.bytecode.btf.BtfException;
import dev.jbpfilter.bytecode.btf.BtfTexts;
import dev.jbpfilter.bytecode.btf.BtfView;
import dev.jbpfilter.bytecode.elf.CodeSections.Function;
import dev.jbpfilter.bytecode.elf.ElfFile.Section;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads object files: the steps in order. */
final class ObjectReader {
  static final String BTF = ".BTF";
  static final String LICENSE = "license";

  /** Functions are copied into each program that calls them; this bounds what that may come to. */
  private static final int MAX_SLOTS = 1 << 22;

  private ObjectReader() {}

  static ObjectFile read(byte[] bytes) {
    ElfFile elf = ElfFile.read(bytes);
    Section btf = elf.section(BTF);
    try {
      BtfView view = btf == null ? null : BtfView.of(elf.bytes(btf));
      if (view != null && view.order() != elf.order()) {
        throw new ObjectFileException(BTF, 0, "types in another byte order");
      }
      return read(elf, view);
    } catch (BtfException e) {
      throw new ObjectFileException(BTF, 0, String.valueOf(e.getMessage()), e);
    }
  }

  private static ObjectFile read(ElfFile elf, @Nullable BtfView view) {
    Btf types = view == null ? new Btf(List.of()) : view.decode();
    Section extSection = elf.section(ExtReader.SECTION);
    ExtReader ext = null;
    if (extSection != null) {
      if (view == null) {
        throw new ObjectFileException(ExtReader.SECTION, 0, "there are no types");
      }
      ext = ExtReader.read(elf.bytes(extSection), elf.order(), types, new BtfTexts(view));
    }
    MapReader maps = new MapReader(elf, types);
    CodeSections code = new CodeSections(elf, types);
    String license = license(elf);
    List<ObjectProgram> programs = new ArrayList<>();
    int slots = 0;
    for (Function function : code.programs()) {
      ObjectProgram program = new ProgramReader(code, maps, ext).link(function, license);
      slots += program.spec().instructions().count();
      if (slots > MAX_SLOTS) {
        throw new ObjectFileException(
            function.section().name(), 0, "more than " + MAX_SLOTS + " instructions in all");
      }
      programs.add(program);
    }
    return new ObjectFile(elf.order(), license, programs, maps.all(), types);
  }

  private static String license(ElfFile elf) {
    Section section = elf.section(LICENSE);
    if (section == null) {
      return "";
    }
    byte[] bytes = elf.bytes(section);
    int length = 0;
    while (length < bytes.length && bytes[length] != 0) {
      length++;
    }
    if (length == bytes.length) {
      throw new ObjectFileException(LICENSE, 0, "text does not end");
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
