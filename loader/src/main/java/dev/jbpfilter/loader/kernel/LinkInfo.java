package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.bytecode.AttachType;

/**
 * What the kernel tells of a link ({@code struct bpf_link_info}).
 *
 * @param id unique while the link lives
 * @param programId of the program that it runs
 */
public record LinkInfo(int id, int programId, Target target) {

  /** What a link is attached to. */
  public sealed interface Target {
    /**
     * A network device, before its packets reach the stack.
     *
     * @param interfaceIndex 0 once the link is detached or the device is gone
     */
    record Xdp(int interfaceIndex) implements Target {}

    /**
     * One direction of a network device's traffic control.
     *
     * @param interfaceIndex 0 once the link is detached or the device is gone
     * @param direction {@link AttachType#TCX_INGRESS} or {@link AttachType#TCX_EGRESS}
     */
    record Tcx(int interfaceIndex, AttachType direction) implements Target {}

    /**
     * A Netfilter hook. The kernel tells the same of a link that is detached.
     *
     * @param protocolFamily {@code NFPROTO_*}: 2 for IPv4, 10 for IPv6
     * @param hook {@code NF_INET_*}
     * @param priority lower ones see packets first
     */
    record Netfilter(int protocolFamily, int hook, int priority) implements Target {}

    /**
     * A cgroup.
     *
     * @param cgroupId the inode number of its directory; 0 once the link is detached or the cgroup
     *     is gone
     */
    record Cgroup(long cgroupId, AttachType attachType) implements Target {}

    /**
     * Something that this library does not attach to.
     *
     * @param type {@code enum bpf_link_type}
     */
    record Other(int type) implements Target {}
  }
}
