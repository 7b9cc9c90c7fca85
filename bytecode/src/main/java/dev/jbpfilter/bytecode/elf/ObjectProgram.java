package dev.jbpfilter.bytecode.elf;

import dev.jbpfilter.bytecode.ProgramSpec;
import java.util.List;

/**
 * A program of an object file, with all functions that it needs.
 *
 * @param section where its first function is; tells what it is for
 * @param spec of type {@code UNSPEC} if the section's name does not tell. Names are those of the
 *     object; the kernel takes 15 bytes of them.
 * @param coreRelocations by ascending slot. Those that give the offset of a load are relocations of
 *     the specification too; the instructions of others have what was right for the compiler.
 */
public record ObjectProgram(
    String section, ProgramSpec spec, List<CoreRelocation> coreRelocations) {
  /** Copies the list. */
  public ObjectProgram {
    coreRelocations = List.copyOf(coreRelocations);
  }
}
