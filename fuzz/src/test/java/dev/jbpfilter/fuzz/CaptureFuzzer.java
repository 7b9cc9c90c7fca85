package dev.jbpfilter.fuzz;

import static dev.jbpfilter.fuzz.Fuzzing.isPrintable;
import static dev.jbpfilter.fuzz.Fuzzing.require;

import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.packet.PacketDescription;
import dev.jbpfilter.ruleset.packet.capture.CaptureException;
import dev.jbpfilter.ruleset.packet.capture.CaptureReader;
import dev.jbpfilter.ruleset.packet.capture.CaptureWriter;
import dev.jbpfilter.ruleset.packet.capture.CapturedPacket;
import dev.jbpfilter.ruleset.packet.capture.HookView;
import dev.jbpfilter.ruleset.packet.capture.LinkType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Any bytes are a capture, whose packets hooks see or not, and which can be written and read back;
 * or there is an exception that tells the place.
 */
public final class CaptureFuzzer {
  private static final List<Hook> HOOKS =
      List.of(Hook.XDP, Hook.TC_INGRESS, Hook.NF_LOCAL_IN, Hook.CGROUP_SKB_EGRESS);

  private CaptureFuzzer() {}

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] data) {
    check(data);
  }

  /**
   * Reads bytes.
   *
   * @return whether they are a capture that is whole
   */
  static boolean check(byte[] bytes) {
    try {
      List<CapturedPacket> packets = new ArrayList<>();
      boolean whole = read(bytes, packets);
      for (CapturedPacket packet : packets) {
        for (Hook hook : HOOKS) {
          if (HookView.of(packet, hook) instanceof HookView.Seen seen) {
            require(seen.size() >= 0, "a size below zero", packet.number());
            require(!PacketDescription.of(seen.input()).toString().isEmpty(), "no words");
          }
        }
      }
      requireSameWhenWritten(packets);
      return whole;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean read(byte[] bytes, List<CapturedPacket> packets) throws IOException {
    long position = -1;
    try (CaptureReader reader = CaptureReader.of(new ByteArrayInputStream(bytes))) {
      Optional<CapturedPacket> next = reader.next();
      while (next.isPresent()) {
        CapturedPacket packet = next.get();
        packets.add(packet);
        require(packet.number() == packets.size(), "number", packet.number());
        require(packet.position() > position, "position", packet.position());
        position = packet.position();
        require(packet.length() <= bytes.length, "more than there is", packet.length());
        next = reader.next();
      }
      return true;
    } catch (CaptureException e) {
      require(e.position() >= 0 && e.position() <= bytes.length, "position", e.position());
      require(e.packets() == packets.size(), "packets", e.packets(), packets.size());
      require(isPrintable(String.valueOf(e.getMessage())), "message", e);
      return false;
    }
  }

  private static void requireSameWhenWritten(List<CapturedPacket> packets) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<CapturedPacket> written = new ArrayList<>();
    try (CaptureWriter writer = CaptureWriter.of(out, LinkType.ETHERNET)) {
      for (CapturedPacket packet : packets) {
        if (packet.linkType() != LinkType.OTHER && packet.nanos() >= 0) {
          writer.write(packet, "");
          written.add(packet);
        }
      }
    }
    List<CapturedPacket> again = new ArrayList<>();
    require(read(out.toByteArray(), again), "what was written is damaged");
    require(again.size() == written.size(), "packets", again.size(), written.size());
    for (int i = 0; i < again.size(); i++) {
      CapturedPacket before = written.get(i);
      CapturedPacket after = again.get(i);
      boolean same =
          before.nanos() == after.nanos()
              && before.linkType() == after.linkType()
              && before.originalLength() == after.originalLength()
              && Arrays.equals(before.toByteArray(), after.toByteArray());
      require(same, "another packet when it was written", before.number());
    }
  }
}
