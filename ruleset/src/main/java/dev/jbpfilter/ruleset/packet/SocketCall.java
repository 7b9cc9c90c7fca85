package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A socket call as a sock_addr hook sees it: {@code connect}, or the sending of a message through a
 * socket that is not connected. Immutable.
 */
public final class SocketCall {
  /**
   * Sockets of the few greater ones, such as MPTCP, call through others that have a number here.
   */
  private static final int MAX_PROTOCOL = 0xff;

  private static final int MAX_COMMAND = 15;

  private final Payload destination;
  private final Optional<Payload> source;
  private final int port;
  private final int protocol;
  private final long process;
  private final String command;

  private SocketCall(
      Payload destination,
      Optional<Payload> source,
      int port,
      int protocol,
      long process,
      String command) {
    this.destination = destination;
    this.source = source;
    this.port = port;
    this.protocol = protocol;
    this.process = process;
    this.command = command;
  }

  /**
   * A call of process 1, without a source address.
   *
   * @param destination where to
   * @param port 0 to 65535
   * @param protocol of the socket, 0 to 255: 6 for TCP
   */
  public static SocketCall to(Payload.Ipv4Address destination, int port, int protocol) {
    return call(destination, port, protocol);
  }

  /** The same to an IPv6 address. */
  public static SocketCall to(Payload.Ipv6Address destination, int port, int protocol) {
    return call(destination, port, protocol);
  }

  private static SocketCall call(Payload destination, int port, int protocol) {
    require(port >= 0 && port <= 0xffff, "not a port: " + port);
    require(protocol >= 0 && protocol <= MAX_PROTOCOL, "not a protocol: " + protocol);
    return new SocketCall(destination, Optional.empty(), port, protocol, 1, "init");
  }

  /** The same from an address, which the hooks of messages see. */
  public SocketCall from(Payload.Ipv4Address address) {
    return new SocketCall(destination, Optional.of(address), port, protocol, process, command);
  }

  /** The same from an IPv6 address. */
  public SocketCall from(Payload.Ipv6Address address) {
    return new SocketCall(destination, Optional.of(address), port, protocol, process, command);
  }

  /**
   * The same by another process.
   *
   * @param id of the thread group, in the initial name space: 0 to 2^32-1
   * @param name at most 15 bytes of UTF-8
   */
  public SocketCall by(long id, String name) {
    require(id >= 0 && id <= 0xffff_ffffL, "not a process: " + id);
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    require(length <= MAX_COMMAND, "too long for a process: " + name);
    return new SocketCall(destination, source, port, protocol, id, name);
  }

  private static void require(boolean valid, String problem) {
    if (!valid) {
      throw new IllegalArgumentException(problem);
    }
  }

  /** A {@link Payload.Ipv4Address} or {@link Payload.Ipv6Address}. */
  public Payload destination() {
    return destination;
  }

  /** The same of where from, if that is known. */
  public Optional<Payload> source() {
    return source;
  }

  /** The destination port. */
  public int port() {
    return port;
  }

  /** The protocol of the socket. */
  public int protocol() {
    return protocol;
  }

  /** The number of the process. */
  public long process() {
    return process;
  }

  /** The name of the process. */
  public String command() {
    return command;
  }

  @Override
  public String toString() {
    return source.map(s -> s + " ").orElse("")
        + "to "
        + destination
        + ", port "
        + port
        + ", protocol "
        + protocol;
  }
}
