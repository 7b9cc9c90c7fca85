package dev.jbpfilter.ruleset.packet.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the packets of a capture one after another: pcap (IETF draft-ietf-opsawg-pcap) with micro-
 * or nanoseconds, and pcapng (draft-ietf-opsawg-pcapng) with any number of sections and interfaces,
 * of any byte order and resolution of time. It needs a stream, not a file, and the same memory
 * however long that is.
 *
 * <pre>{@code
 * try (CaptureReader reader = CaptureReader.of(Files.newInputStream(path))) {
 *   for (var next = reader.next(); next.isPresent(); next = reader.next()) {
 *     count(next.get());
 *   }
 * }
 * }</pre>
 *
 * <p>A check sequence behind frames, where the file says that there is one, is taken off. No packet
 * may have more than {@link #MAX_PACKET_BYTES}, no section more than {@link #MAX_INTERFACES}.
 *
 * <p>A reader is for one thread at a time.
 */
public final class CaptureReader implements Closeable {
  /** The longest packet, as captured. */
  public static final int MAX_PACKET_BYTES = 1 << 20;

  /** The most interfaces that a section of a pcapng file may have. */
  public static final int MAX_INTERFACES = 1 << 16;

  private static final int GZIP = 0x1f8b_0000;
  private static final int ZSTANDARD = 0x28b5_2ffd;
  private static final int XZ = 0xfd37_7a58;

  private final InputStream stream;
  private final CaptureInput input;
  private final CaptureFormat format;
  private @Nullable CaptureException failure;

  private CaptureReader(InputStream stream, CaptureInput input, CaptureFormat format) {
    this.stream = stream;
    this.input = input;
    this.format = format;
  }

  /**
   * A reader at the beginning of a capture.
   *
   * @throws CaptureException if it is none
   * @throws IOException if the stream cannot be read
   */
  public static CaptureReader of(InputStream stream) throws IOException {
    CaptureInput input = new CaptureInput(stream);
    if (input.isAtEnd()) {
      throw input.damaged(0, "the file is empty");
    }
    input.require(4, "the first number");
    input.order(ByteOrder.BIG_ENDIAN);
    int magic = input.i32();
    if (magic == Pcapng.SECTION_HEADER) {
      return new CaptureReader(stream, input, Pcapng.begin(input));
    }
    return new CaptureReader(stream, input, pcap(input, magic));
  }

  private static CaptureFormat pcap(CaptureInput input, int magic) throws IOException {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      int number = order == ByteOrder.BIG_ENDIAN ? magic : Integer.reverseBytes(magic);
      if (number == Pcap.MICROSECONDS || number == Pcap.NANOSECONDS) {
        input.order(order);
        return Pcap.begin(input, number == Pcap.NANOSECONDS);
      }
    }
    boolean compressed = (magic & 0xffff_0000) == GZIP || magic == ZSTANDARD || magic == XZ;
    String what = compressed ? "the file is compressed, not" : "the file is neither";
    throw input.damaged(0, what + " pcap " + (compressed ? "or" : "nor") + " pcapng");
  }

  /**
   * The next packet; empty at the end.
   *
   * @throws CaptureException if the file is damaged or cut off here; from then on always
   * @throws IOException if the stream cannot be read
   */
  public Optional<CapturedPacket> next() throws IOException {
    if (failure != null) {
      throw failure;
    }
    try {
      CapturedPacket packet = format.next(input);
      if (packet != null) {
        input.packetRead();
      }
      return Optional.ofNullable(packet);
    } catch (CaptureException e) {
      failure = e;
      throw e;
    }
  }

  /** How many bytes were read. */
  public long position() {
    return input.position();
  }

  /** Closes the stream. */
  @Override
  public void close() throws IOException {
    stream.close();
  }
}
