package dev.jbpfilter.loader;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that sends datagrams without pause to one who answers them. For every byte that it
 * reads it tells how often it tried since the last one, and how many answers came.
 */
public final class Chatter {
  private static final long PAUSE_NANOS = 200_000;

  private final DatagramSocket socket;
  private final InetAddress peer;
  private final int port;
  private final AtomicLong attempts = new AtomicLong();
  private final AtomicLong answers = new AtomicLong();

  private Chatter(DatagramSocket socket, InetAddress peer, int port) {
    this.socket = socket;
    this.peer = peer;
    this.port = port;
  }

  /** Talks until there is nothing more to read. Takes its address, the peer's, and a port. */
  public static void main(String... arguments) throws IOException {
    int port = Integer.parseInt(arguments[2]);
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(arguments[0], port))) {
      Chatter chatter = new Chatter(socket, InetAddress.getByName(arguments[1]), port);
      Thread.ofPlatform().daemon().start(chatter::send);
      Thread.ofPlatform().daemon().start(chatter::receive);
      while (System.in.read() >= 0) {
        System.out.println(chatter.attempts.getAndSet(0) + " " + chatter.answers.getAndSet(0));
      }
    }
  }

  private void send() {
    byte[] nothing = new byte[8];
    while (!socket.isClosed()) {
      attempts.incrementAndGet();
      try {
        socket.send(new DatagramPacket(nothing, nothing.length, peer, port));
      } catch (IOException e) {
        // Whoever is filtered on the way out is told so; it is an attempt all the same.
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void receive() {
    try {
      while (true) {
        socket.receive(new DatagramPacket(new byte[64], 64));
        answers.incrementAndGet();
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new IllegalStateException(e);
      }
    }
  }
}
