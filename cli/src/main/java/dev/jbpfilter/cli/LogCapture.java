package dev.jbpfilter.cli;

import dev.jbpfilter.ruleset.packet.LogRecord;
import dev.jbpfilter.ruleset.packet.WireBytes;
import dev.jbpfilter.ruleset.packet.capture.CaptureWriter;
import dev.jbpfilter.ruleset.packet.capture.LinkType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * Writes logged packets to a capture file. What is written of a packet are the headers up to the
 * first one that was not logged, as one piece; IPv4 options and IPv6 extension headers never are.
 * Without link header, one with addresses of zeros is made.
 */
final class LogCapture implements LogSink {
  private static final int ETHER_TYPE = 12;
  private static final int ETHERNET = 14;
  private static final int IPV4 = 20;
  private static final int IPV6 = 40;
  private static final int TCP = 20;
  private static final int IPV4_VERSION = 4;

  private final CaptureWriter writer;
  private final String name;
  private final String chain;
  private final Console console;
  private final BooleanSupplier seen;
  private boolean warned;

  /**
   * @param name of the file, for messages
   * @param seen passes on what was written; false if nobody sees it
   */
  private LogCapture(
      OutputStream out, String name, String chain, Console console, BooleanSupplier seen)
      throws IOException {
    this.writer = CaptureWriter.of(out, LinkType.ETHERNET);
    this.name = name;
    this.chain = chain;
    this.console = console;
    this.seen = seen;
    writer.flush();
  }

  /**
   * Writes to a file, which is emptied.
   *
   * @throws CommandException if it can't be written to
   */
  static LogCapture into(String file, String chain, Console console) {
    try {
      return new LogCapture(Files.newOutputStream(Path.of(file)), file, chain, console, () -> true);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /**
   * Writes to standard output.
   *
   * @throws CommandException if it can't be written to
   */
  static LogCapture onto(OutputStream out, String chain, Console console) {
    try {
      return new LogCapture(out, "standard output", chain, console, console::flush);
    } catch (IOException e) {
      throw failure("standard output", e);
    }
  }

  private static CommandException failure(String name, IOException e) {
    return CommandException.of(FileErrors.errno(e), "failed to write " + name);
  }

  @Override
  public boolean take(LogRecord record, long time) {
    switch (record) {
      case LogRecord.Packet packet -> write(packet, time);
      case LogRecord.SocketCall call -> {
        if (!warned) {
          console.warning(
              "not writing socket calls of chain '" + chain + "', which are no packets");
          warned = true;
        }
      }
    }
    return seen.getAsBoolean();
  }

  private void write(LogRecord.Packet packet, long time) {
    byte[] headers = headers(packet);
    String comment = "chain " + chain + " rule " + packet.rule() + " verdict " + packet.verdict();
    // A hook may see less than what was logged, and the field has 32 bits.
    long size = Math.clamp(packet.size(), headers.length, 0xffff_ffffL);
    try {
      writer.write(LinkType.ETHERNET, Math.max(0, time), headers, size, comment);
      writer.flush();
    } catch (IOException e) {
      throw failure(name, e);
    }
  }

  /** The headers that stand one behind the other in the packet. */
  private static byte[] headers(LogRecord.Packet packet) {
    ByteBuffer bytes = ByteBuffer.allocate(ETHERNET + IPV6 + TCP);
    WireBytes link = packet.link();
    if (link == null) {
      bytes.putShort(ETHER_TYPE, (short) packet.etherType()).position(ETHERNET);
    } else {
      bytes.put(link.toByteArray());
    }
    WireBytes internet = packet.internet();
    if (internet != null) {
      bytes.put(internet.toByteArray());
      WireBytes transport = packet.transport();
      if (transport != null && isFollowed(internet, packet.protocol())) {
        bytes.put(transport.toByteArray());
      }
    }
    byte[] all = new byte[bytes.position()];
    bytes.get(0, all);
    return all;
  }

  /** Whether the transport header stands right behind: without options or extension headers. */
  private static boolean isFollowed(WireBytes internet, int protocol) {
    int first = internet.u8(0);
    return first >> 4 == IPV4_VERSION
        ? (first & 0xf) * Integer.BYTES == IPV4
        : internet.u8(6) == protocol;
  }
}
