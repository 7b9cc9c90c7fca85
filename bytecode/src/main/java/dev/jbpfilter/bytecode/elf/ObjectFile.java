package dev.jbpfilter.bytecode.elf;

import dev.jbpfilter.bytecode.CodegenException;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.btf.Btf;
import dev.jbpfilter.bytecode.btf.BtfTypes;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The contents of an object file: what {@code clang -target bpf} writes and libbpf loads.
 *
 * <pre>{@code
 * byte[] object = ObjectFile.write(List.of(new ObjectSpec("web", program, maps)));
 * ObjectFile file = ObjectFile.read(Files.readAllBytes(Path.of("filter.bpf.o")));
 * String listing = Disassembler.disassemble(file.programs().getFirst().spec());
 * }</pre>
 *
 * @param order byte order of the machine that it is for; the programs have the same form for both
 * @param license as declared to the kernel; empty if the file declares none
 * @param programs in the order of sections and of their place there
 * @param maps first those of {@code .maps}, then sections of variables
 * @param types all type information; empty if the file has none
 */
public record ObjectFile(
    ByteOrder order,
    String license,
    List<ObjectProgram> programs,
    List<ObjectMap> maps,
    Btf types) {

  /** Copies the lists. */
  public ObjectFile {
    programs = List.copyOf(programs);
    maps = List.copyOf(maps);
  }

  /**
   * Reads an object file of either byte order, complete with what it says about types.
   *
   * @throws ObjectFileException if the bytes are none, or have what this library does not know
   */
  public static ObjectFile read(byte[] bytes) {
    return ObjectReader.read(bytes);
  }

  /**
   * Writes programs and their maps as one little-endian object file, which {@code bpftool prog
   * load} takes. The same programs give the same bytes.
   *
   * <p>With one program, symbols have the names of the specification; with several, the name of
   * their object comes before. Lines of the source are the notes.
   *
   * @throws CodegenException if libbpf has no form for something, such as the entries that a map
   *     begins with; names the object, and the map or function
   * @throws IllegalArgumentException if a program refers to a map that its object does not have
   */
  public static byte[] write(List<ObjectSpec> objects) {
    return new ObjectWriter(ByteOrder.LITTLE_ENDIAN, null).write(objects);
  }

  /**
   * Writes an object file with the declarations of some kernel, for programs that use functions,
   * variables or fields that this library does not know the types of.
   *
   * @param kernel for example a {@link dev.jbpfilter.bytecode.btf.BtfView} of {@code
   *     /sys/kernel/btf/vmlinux}
   * @throws CodegenException as {@link #write(List)}
   */
  public static byte[] write(List<ObjectSpec> objects, ByteOrder order, BtfTypes kernel) {
    return new ObjectWriter(order, kernel).write(objects);
  }
}
