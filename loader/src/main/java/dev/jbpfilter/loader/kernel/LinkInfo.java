package dev.jbpfilter.loader.kernel;

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
     * A network device.
     *
     * @param interfaceIndex 0 once the link is detached or the device is gone
     */
    record Xdp(int interfaceIndex) implements Target {}

    /**
     * Something that this library does not attach to.
     *
     * @param type {@code enum bpf_link_type}
     */
    record Other(int type) implements Target {}
  }
}
