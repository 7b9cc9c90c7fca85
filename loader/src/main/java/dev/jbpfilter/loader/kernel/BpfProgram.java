package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.loader.kernel.internal.NativeMemory;
import java.util.OptionalLong;

/** A loaded program. */
public final class BpfProgram implements BpfObject {
  private static final int INFO_SIZE = 256;
  private static final int INFO_JITED_BYTES = 16;
  private static final int INFO_NAME = 64;
  private static final int INFO_RUN_TIME = 192;
  private static final int INFO_RUN_COUNT = 200;
  private static final int INFO_VERIFIED = 216;

  private static final int RETURN_VALUE = 4;
  private static final int DATA_SIZE_IN = 8;
  private static final int DATA_SIZE_OUT = 12;
  private static final int DATA_IN = 16;
  private static final int DATA_OUT = 24;
  private static final int REPEAT = 32;
  private static final int DURATION = 36;
  private static final int CONTEXT_SIZE_IN = 40;
  private static final int CONTEXT_SIZE_OUT = 44;
  private static final int CONTEXT_IN = 48;
  private static final int CONTEXT_OUT = 56;
  private static final int FLAGS = 64;

  private final Fd fd;

  BpfProgram(Fd fd) {
    this.fd = fd;
  }

  @Override
  public Fd fd() {
    return fd;
  }

  /** What the kernel tells of the program. */
  public ProgramInfo info() {
    try (NativeMemory info = fd.info(INFO_SIZE)) {
      return new ProgramInfo(
          info.getInt(0),
          info.getInt(4),
          info.getInt(INFO_JITED_BYTES),
          info.getString(INFO_NAME, Attributes.NAME_SIZE),
          info.getLong(INFO_RUN_TIME),
          info.getLong(INFO_RUN_COUNT),
          info.getInt(INFO_VERIFIED));
    }
  }

  /** How much memory the program takes; empty if the kernel does not tell. */
  public OptionalLong memory() {
    return fd.memory();
  }

  /**
   * Runs the program on a packet in the kernel ({@code BPF_PROG_TEST_RUN}). A signal makes the run
   * fail with {@code EINTR}: repeating it would count packets twice.
   */
  public TestRunResult run(TestRun input) {
    byte[] data = input.data();
    byte[] context = input.context();
    try (Attributes attributes = new Attributes()) {
      attributes
          .set(0, fd.number())
          .set(DATA_SIZE_IN, data.length)
          .setPointer(DATA_IN, data)
          .set(CONTEXT_SIZE_IN, context.length)
          .setPointer(CONTEXT_IN, context)
          .set(REPEAT, input.repeat())
          .set(FLAGS, input.flags());
      int dataRoom = data.length == 0 ? 0 : data.length + TestRun.HEADROOM;
      NativeMemory dataOut = allocate(attributes, DATA_SIZE_OUT, DATA_OUT, dataRoom);
      NativeMemory contextOut = allocate(attributes, CONTEXT_SIZE_OUT, CONTEXT_OUT, context.length);
      fd.callOnce(BpfCommand.PROG_TEST_RUN, attributes);
      return new TestRunResult(
          attributes.get(RETURN_VALUE),
          Integer.toUnsignedLong(attributes.get(DURATION)),
          dataOut.get(0, attributes.get(DATA_SIZE_OUT)),
          contextOut.get(0, attributes.get(CONTEXT_SIZE_OUT)));
    }
  }

  @Override
  public String toString() {
    return fd.toString();
  }

  private static NativeMemory allocate(Attributes attributes, int size, int pointer, int bytes) {
    NativeMemory memory = attributes.set(size, bytes).allocate(pointer, bytes);
    if (bytes == 0) {
      attributes.setLong(pointer, 0);
    }
    return memory;
  }
}
