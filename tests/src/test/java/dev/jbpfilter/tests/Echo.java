package dev.jbpfilter.tests;

import dev.jbpfilter.loader.testing.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Listens on TCP and UDP ports of a host, and tells whether what others send arrives. */
final class Echo implements AutoCloseable {
  private static final int PATIENCE = 400;
  private static final int SIZE = 32;

  private final String address;
  private final List<ServerSocketChannel> streams = new ArrayList<>();
  private final List<DatagramChannel> datagrams = new ArrayList<>();

  Echo(NetworkNamespace host, String address, int... ports) {
    this.address = address;
    host.run(() -> {
      try {
        for (int port : ports) {
          InetSocketAddress local = new InetSocketAddress(address, port);
          streams.add(ServerSocketChannel.open(StandardProtocolFamily.INET).bind(local));
          datagrams.add(DatagramChannel.open(StandardProtocolFamily.INET).bind(local));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  /** Whether a host can connect to a port and be heard. */
  boolean tcp(NetworkNamespace from, int port) throws IOException {
    try (SocketChannel client = open(from)) {
      client.configureBlocking(false);
      client.connect(new InetSocketAddress(address, port));
      if (!await(client, SelectionKey.OP_CONNECT)) {
        return false;
      }
      client.finishConnect();
      client.write(ByteBuffer.allocate(SIZE));
      try (SocketChannel accepted = listener(port).accept()) {
        return accepted.read(ByteBuffer.allocate(SIZE)) == SIZE;
      }
    }
  }

  /** Sends so many bytes to a port; returns how many arrive. */
  long transfer(NetworkNamespace from, int port, int bytes) throws IOException {
    try (SocketChannel client = open(from)) {
      client.connect(new InetSocketAddress(address, port));
      Thread.ofPlatform()
          .start(() -> {
            try {
              client.write(ByteBuffer.allocate(bytes));
              client.shutdownOutput();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      try (SocketChannel accepted = listener(port).accept()) {
        long received = 0;
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        for (int size = accepted.read(buffer); size >= 0; size = accepted.read(buffer)) {
          received += size;
          buffer.clear();
        }
        return received;
      }
    }
  }

  private ServerSocketChannel listener(int port) {
    for (ServerSocketChannel stream : streams) {
      if (stream.socket().getLocalPort() == port) {
        return stream;
      }
    }
    throw new IllegalArgumentException("nobody listens on " + port);
  }

  private static SocketChannel open(NetworkNamespace from) {
    return from.call(() -> {
      try {
        return SocketChannel.open(StandardProtocolFamily.INET);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private static boolean await(SocketChannel channel, int operation) throws IOException {
    try (Selector selector = Selector.open()) {
      channel.register(selector, operation);
      return selector.select(PATIENCE) > 0;
    }
  }

  /** Whether a datagram arrives at a port. */
  boolean udp(NetworkNamespace from, int port) throws IOException {
    from.run(() -> {
      try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
        channel.send(ByteBuffer.allocate(SIZE), new InetSocketAddress(address, port));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    try (Selector selector = Selector.open()) {
      for (DatagramChannel datagram : datagrams) {
        if (datagram.socket().getLocalPort() == port) {
          datagram.configureBlocking(false).register(selector, SelectionKey.OP_READ);
        }
      }
      return selector.select(PATIENCE) > 0;
    }
  }

  @Override
  public void close() throws IOException {
    for (ServerSocketChannel stream : streams) {
      stream.close();
    }
    for (DatagramChannel datagram : datagrams) {
      datagram.close();
    }
  }
}
