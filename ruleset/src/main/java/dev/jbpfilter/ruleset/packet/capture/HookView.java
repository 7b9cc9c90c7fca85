package dev.jbpfilter.ruleset.packet.capture;

import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.packet.PacketInput;

/**
 * What a hook sees of a packet that was captured.
 *
 * <p>Hooks with a link header get an Ethernet frame. A packet that was captured without one gets
 * one that says what follows, with addresses of zeros. XDP sees VLAN tags; at TC hooks the kernel
 * has put the outermost one aside.
 *
 * <p>The others see IPv4 and IPv6 packets from their network header on, whatever tags were before
 * it. As the kernel does before these hooks, bytes behind the length that the header says are taken
 * off, and packets whose header says that they are longer than they are, or contradicts itself, are
 * not seen. Checksums are not looked at: those of packets on their way out are often not there yet
 * when they are captured.
 */
public sealed interface HookView {

  /**
   * A packet as the hook sees it.
   *
   * @param input from interface 1, without mark, and with a stand-in for the kernel's flow hash,
   *     the same for all packets of a flow; only the bytes that were captured
   * @param size what it adds to byte counters, in bytes, those that were not captured included
   * @param cut whether bytes are missing that were not captured
   */
  record Seen(PacketInput input, long size, boolean cut) implements HookView {}

  /** Why a hook does not see a packet, or why that is not known. */
  enum Unseen implements HookView {
    /** The kernel does not bring such packets there. */
    HOOK,
    /** Too little of it was captured to tell. */
    CUT,
    /** It begins with something else than {@link LinkType} knows. */
    LINK_TYPE
  }

  /**
   * What a hook sees of a packet.
   *
   * @throws IllegalArgumentException if the hook sees socket calls
   */
  static HookView of(CapturedPacket packet, Hook hook) {
    return new LinkHeader(packet).seenAt(hook);
  }
}
