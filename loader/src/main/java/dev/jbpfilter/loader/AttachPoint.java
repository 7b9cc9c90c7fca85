package dev.jbpfilter.loader;

import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.FileIdentity;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.LinkInfo;
import dev.jbpfilter.loader.kernel.XdpProgram;
import dev.jbpfilter.ruleset.HookOptions;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A network device, of which one XDP program filters the packets. The index alone does not name it:
 * every network name space counts from 1.
 */
record AttachPoint(FileIdentity namespace, int interfaceIndex) {

  /** Where options attach to; empty if nowhere. */
  static Optional<AttachPoint> of(FileIdentity namespace, HookOptions options) {
    return Optional.ofNullable(options.ifindex()).map(index -> new AttachPoint(namespace, index));
  }

  /** Whether a link that was created in a name space is attached here. */
  boolean isOf(@Nullable FileIdentity createdIn, LinkInfo link) {
    return namespace.equals(createdIn) && hasIndexOf(link);
  }

  /**
   * Whether a link of an unknown name space is attached here: it must run the program that the
   * device has.
   */
  boolean isOf(Kernel kernel, LinkInfo link) {
    return hasIndexOf(link)
        && kernel
            .xdpProgram(interfaceIndex)
            .map(XdpProgram::id)
            .equals(Optional.of(link.programId()));
  }

  private boolean hasIndexOf(LinkInfo link) {
    return link.target() instanceof LinkInfo.Target.Xdp(int index) && index == interfaceIndex;
  }

  /**
   * Refuses with {@code EBUSY} if a chain has the device that does not leave it.
   *
   * @param leaving the names of those that do
   */
  void requireFree(Store store, Collection<String> leaving) {
    for (String name : store.names()) {
      if (!leaving.contains(name)) {
        try (ChainDirectory chain = store.peek(name)) {
          if (chain.isAttachedTo(this)) {
            throw takenBy(name);
          }
        }
      }
    }
  }

  /** The refusal for a chain that comes second. */
  BpfException takenBy(String name) {
    return BpfException.refusal(
        Errno.EBUSY, "interface " + interfaceIndex + " belongs to chain '" + name + "'");
  }
}
