package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramSpec.LineNote;
import dev.jbpfilter.loader.kernel.internal.NativeMemory;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * {@code BPF_PROG_LOAD}. The verifier's log costs time and memory, so the first try asks for none;
 * a refused program is offered once more, for the log alone, and the first errno stands.
 */
final class ProgramLoader {
  private static final int INSTRUCTION_COUNT = 4;
  private static final int INSTRUCTIONS = 8;
  private static final int LICENSE = 16;
  private static final int LOG_LEVEL = 24;
  private static final int LOG_SIZE = 28;
  private static final int LOG_BUFFER = 32;
  private static final int FLAGS = 44;
  private static final int NAME = 48;
  private static final int ATTACH_TYPE = 68;
  private static final int BTF_FD = 72;
  private static final int FUNCTION_RECORD_BYTES = 76;
  private static final int FUNCTIONS = 80;
  private static final int FUNCTION_COUNT = 88;

  private static final int FIRST_LOG_SIZE = 1 << 16;
  private static final int MAX_LOG_SIZE = 1 << 24;
  private static final int LOG_GROWTH = 4;

  /** The verifier gives up with EAGAIN when a signal is pending; so often it may. */
  private static final int ATTEMPTS = 5;

  private final Linux linux;
  private final ProgramSpec spec;
  private final byte[] instructions;
  private final String object;
  private @Nullable FunctionTypes functions;
  private @Nullable Fd btf;

  ProgramLoader(Linux linux, KernelTypes kernelTypes, ProgramSpec spec, Map<String, BpfMap> maps) {
    this.linux = linux;
    this.spec = spec;
    this.object = "program " + spec.name();
    this.instructions = Relocations.resolve(spec, name -> descriptor(maps, name), kernelTypes);
  }

  /**
   * Describes the program's functions.
   *
   * @param loaded the type information, which the kernel has
   */
  ProgramLoader with(FunctionTypes types, Fd loaded) {
    functions = types;
    btf = loaded;
    return this;
  }

  BpfProgram load() {
    int result = attempt(0, 0).result();
    if (result < 0) {
      Outcome explained = explain();
      if (explained.result() < 0) {
        throw BpfException.rejection(
            BpfCommand.PROG_LOAD.label(),
            -result,
            object + " (" + spec.instructions().count() + " instructions)",
            place(explained.log()),
            explained.log());
      }
      // What stood in the way is gone: the program is loaded after all.
      result = explained.result();
    }
    linux.tell(object, BpfCommand.PROG_LOAD.label());
    return new BpfProgram(new Fd(linux, result, object));
  }

  /** Where the verifier stopped, and in which rule; empty if it does not tell. */
  private String place(String log) {
    OptionalInt slot = VerifierLog.rejectedSlot(log);
    if (slot.isEmpty()) {
      return "";
    }
    String purpose = "";
    for (LineNote note : spec.notes()) {
      if (note.slot() <= slot.getAsInt()) {
        purpose = ", " + title(note.text());
      }
    }
    return "rejected at instruction " + slot.getAsInt() + purpose;
  }

  /** The begin of a note: a rule's goes on with what it tests and does, of any length. */
  private static String title(String note) {
    int colon = note.indexOf(':');
    return colon < 0 ? note : note.substring(0, colon);
  }

  /**
   * @param result a descriptor or a negative errno
   */
  private record Outcome(int result, String log) {}

  /** A try with a log that is long enough for the verifier, or as long as is reasonable. */
  private Outcome explain() {
    int size = FIRST_LOG_SIZE;
    Outcome outcome = attempt(1, size);
    while (outcome.result() == -Errno.ENOSPC && size < MAX_LOG_SIZE) {
      size *= LOG_GROWTH;
      outcome = attempt(1, size);
    }
    return outcome;
  }

  private Outcome attempt(int logLevel, int logSize) {
    try (Attributes attributes = new Attributes()) {
      attributes
          .set(0, spec.type().number())
          .set(INSTRUCTION_COUNT, spec.instructions().count())
          .setPointer(INSTRUCTIONS, instructions)
          .setPointer(LICENSE, spec.license())
          .set(FLAGS, spec.flags())
          .setName(NAME, spec.name())
          .set(ATTACH_TYPE, spec.attachType().number());
      if (functions != null && btf != null) {
        attributes
            .set(BTF_FD, btf.number())
            .set(FUNCTION_RECORD_BYTES, FunctionTypes.RECORD_BYTES)
            .setPointer(FUNCTIONS, functions.records())
            .set(FUNCTION_COUNT, functions.count());
      }
      if (logLevel == 0) {
        return new Outcome(attempt(attributes), "");
      }
      NativeMemory log = attributes.allocate(LOG_BUFFER, logSize);
      attributes.set(LOG_LEVEL, logLevel).set(LOG_SIZE, logSize);
      int result = attempt(attributes);
      return new Outcome(result, result < 0 ? log.getString(0, logSize) : "");
    }
  }

  private int attempt(Attributes attributes) {
    int result = -Errno.EAGAIN;
    for (int i = 0; i < ATTEMPTS && result == -Errno.EAGAIN; i++) {
      result = linux.attempt(BpfCommand.PROG_LOAD, attributes);
    }
    return result;
  }

  private static int descriptor(Map<String, BpfMap> maps, String name) {
    BpfMap map = maps.get(name);
    if (map == null) {
      throw new IllegalArgumentException(
          "the program refers to map " + name + ", which is missing");
    }
    return map.fd().number();
  }
}
