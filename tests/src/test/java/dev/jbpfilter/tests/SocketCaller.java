package dev.jbpfilter.tests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program that makes the socket calls it is told on its standard input. */
final class SocketCaller {
  private SocketCaller() {}

  /**
   * Prints its process number and the name of its thread, and then for each line what came of the
   * call: {@code ok}, or the error. Lines are {@code tcp|udp FAMILY ADDRESS PORT} to connect, and
   * {@code send FAMILY SOURCE|- ADDRESS PORT BYTES} to send without; the family of the socket is 4
   * or 6.
   */
  public static void main(String[] arguments) throws IOException {
    String name = Files.readString(Path.of("/proc/thread-self/comm")).strip();
    System.out.println(ProcessHandle.current().pid() + " " + name);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(call(line.split(" ")));
    }
  }

  private static String call(String[] words) {
    ProtocolFamily family =
        words[1].equals("4") ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    try {
      switch (words[0]) {
        case "tcp" -> {
          try (SocketChannel channel = SocketChannel.open(family)) {
            channel.connect(address(words[2], words[3]));
          }
        }
        case "udp" -> {
          try (DatagramChannel channel = DatagramChannel.open(family)) {
            channel.connect(address(words[2], words[3]));
          }
        }
        default -> {
          try (DatagramChannel channel = DatagramChannel.open(family)) {
            if (!words[2].equals("-")) {
              channel.bind(address(words[2], "0"));
            }
            ByteBuffer message = ByteBuffer.allocate(Integer.parseInt(words[5]));
            channel.send(message, address(words[3], words[4]));
          }
        }
      }
      return "ok";
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  private static InetSocketAddress address(String host, String port) {
    return new InetSocketAddress(host, Integer.parseInt(port));
  }
}
