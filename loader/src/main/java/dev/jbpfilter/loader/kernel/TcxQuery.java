package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.loader.kernel.internal.NativeMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks which links one direction of a device's traffic control has ({@code BPF_PROG_QUERY}). */
final class TcxQuery {
  private static final int TARGET = 0;
  private static final int ATTACH_TYPE = 4;
  private static final int PROGRAM_IDS = 16;
  private static final int COUNT = 24;
  private static final int LINK_IDS = 40;

  /** {@code BPF_MPROG_MAX}: more programs than this no place takes. */
  private static final int MOST = 64;

  private TcxQuery() {}

  static Optional<List<Integer>> run(Linux linux, int interfaceIndex, AttachType direction) {
    String object = "TC programs of interface " + interfaceIndex;
    try (Attributes attributes = new Attributes()) {
      NativeMemory unused = attributes.allocate(PROGRAM_IDS, MOST * Integer.BYTES);
      NativeMemory links = attributes.allocate(LINK_IDS, MOST * Integer.BYTES);
      attributes.set(TARGET, interfaceIndex).set(ATTACH_TYPE, direction.number()).set(COUNT, MOST);
      int result = linux.attempt(BpfCommand.PROG_QUERY, attributes);
      if (result == -Errno.EPERM) {
        return Optional.empty();
      }
      linux.require(result, BpfCommand.PROG_QUERY, object);
      int count = attributes.get(COUNT);
      List<Integer> ids = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        ids.add(links.getInt(i * Integer.BYTES));
      }
      return Optional.of(ids);
    }
  }
}
