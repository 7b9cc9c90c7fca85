package dev.jbpfilter.loader.kernel;

import static dev.jbpfilter.bytecode.Predicate.is;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.ProgramBuilder;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.StackVariable;
import dev.jbpfilter.bytecode.Virt;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** Programs that write what packets tell them to a ring buffer. */
public final class RingWriter implements AutoCloseable {
  private static final int PACKET = 64;
  private static final int LENGTH = 8;
  private static final int DISCARD = 12;

  /** The longest record that can be written. */
  static final int MAX_RECORD = 255;

  /** How often a slow program turns round; some 100 microseconds. */
  private static final int TURNS = 100_000;

  private final BpfProgram program;

  private RingWriter(BpfProgram program) {
    this.program = program;
  }

  /** Copies records of any length into the ring. */
  public static RingWriter copying(Kernel kernel, BpfMap ring, MapSpec spec) {
    return load(kernel, ring, spec, RingWriter::copy);
  }

  /** Fills records of 16 bytes in the ring, slowly, or discards them. */
  public static RingWriter filling(Kernel kernel, BpfMap ring, MapSpec spec) {
    return load(kernel, ring, spec, RingWriter::fill);
  }

  /** The body of a program. */
  private interface Body {
    void write(CodeBuilder code, MapSpec ring, Virt packet);
  }

  private static RingWriter load(Kernel kernel, BpfMap ring, MapSpec map, Body body) {
    ProgramSpec spec =
        ProgramBuilder.program(
            "writer",
            ProgramType.XDP,
            AttachType.XDP,
            "GPL",
            p ->
                p.main(b -> {
                  Virt context = b.parameter();
                  Virt packet = b.load(Size.W, context, 0);
                  Virt end = b.load(Size.W, context, 4);
                  b.ifThen(is(b.add(packet, PACKET), Condition.GT, end), () -> b.exit(-1));
                  body.write(b, map, packet);
                }));
    return new RingWriter(kernel.loadProgram(spec, Map.of(map.name(), ring)));
  }

  private static void copy(CodeBuilder b, MapSpec ring, Virt packet) {
    StackVariable record = b.stackVariable("record", MAX_RECORD + 1);
    for (int at = 0; at <= MAX_RECORD; at += 8) {
      b.store(record, at, Size.DW, 0);
    }
    b.store(record, 0, Size.DW, b.load(Size.DW, packet, 0));
    Virt length = b.and(b.load(Size.W, packet, LENGTH), MAX_RECORD);
    b.exit(b.callHelper("ringbuf_output", b.map(ring), b.address(record), length, b.constant(0)));
  }

  private static void fill(CodeBuilder b, MapSpec ring, Virt packet) {
    Virt number = b.load(Size.DW, packet, 0);
    Virt discard = b.load(Size.W, packet, DISCARD);
    Virt record = b.callHelper("ringbuf_reserve", b.map(ring), b.constant(16), b.constant(0));
    b.ifThen(is(record, Condition.EQ, 0), () -> b.exit(-1));
    b.store(Size.DW, record, 0, number);
    b.repeat(TURNS, () -> {});
    b.store(Size.DW, record, 8, number);
    b.ifThenElse(
        is(discard, Condition.EQ, 0),
        () -> b.callHelper("ringbuf_submit", record, b.constant(0)),
        () -> b.callHelper("ringbuf_discard", record, b.constant(0)));
    b.exit(0);
  }

  /**
   * Writes a record that begins with a number.
   *
   * @return whether there was room
   */
  public boolean write(long number, int length) {
    return run(number, length, 0);
  }

  /** Reserves room for a record, and gives it back. */
  public boolean discard(long number) {
    return run(number, 0, 1);
  }

  private boolean run(long number, int length, int discard) {
    byte[] packet = new byte[PACKET];
    ByteBuffer.wrap(packet)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(0, number)
        .putInt(LENGTH, length)
        .putInt(DISCARD, discard);
    return program.run(TestRun.of(packet)).returnValue() == 0;
  }

  @Override
  public void close() {
    program.close();
  }
}
