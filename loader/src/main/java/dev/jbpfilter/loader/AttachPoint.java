package dev.jbpfilter.loader;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.Directory;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.FileIdentity;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.LinkInfo;
import dev.jbpfilter.loader.kernel.XdpProgram;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.HookOptions.Priorities;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place in the kernel where programs filter packets. The index of a device or the number of a
 * hook alone does not name it: every network name space counts from 1, and has hooks of its own.
 */
sealed interface AttachPoint extends AutoCloseable {

  /** A network device before the stack: one program filters its packets. */
  record Xdp(FileIdentity namespace, int interfaceIndex) implements AttachPoint {
    @Override
    public boolean isOf(@Nullable FileIdentity createdIn, LinkInfo link) {
      return namespace.equals(createdIn) && hasIndexOf(link);
    }

    /** A link of an unknown name space must run the program that the device has. */
    @Override
    public boolean isOf(Kernel kernel, LinkInfo link) {
      return hasIndexOf(link)
          && kernel
              .xdpProgram(interfaceIndex)
              .map(XdpProgram::id)
              .equals(Optional.of(link.programId()));
    }

    private boolean hasIndexOf(LinkInfo link) {
      return link.target().equals(new LinkInfo.Target.Xdp(interfaceIndex));
    }

    @Override
    public boolean passes(String leaving, String coming) {
      return true;
    }

    @Override
    public void requireFree(Store store, Collection<String> leaving) {
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

    @Override
    public boolean isLost(int errno) {
      return errno == Errno.EINVAL || errno == Errno.ENODEV || errno == Errno.EBUSY;
    }

    /** The refusal for a chain that comes second. */
    BpfException takenBy(String name) {
      return BpfException.refusal(
          Errno.EBUSY, "interface " + interfaceIndex + " belongs to chain '" + name + "'");
    }
  }

  /** One direction of a network device: programs run one after another, until one decides. */
  record Tc(FileIdentity namespace, int interfaceIndex, AttachType direction)
      implements AttachPoint {
    @Override
    public boolean isOf(@Nullable FileIdentity createdIn, LinkInfo link) {
      return namespace.equals(createdIn)
          && link.target().equals(new LinkInfo.Target.Tcx(interfaceIndex, direction));
    }

    @Override
    public boolean isLost(int errno) {
      return errno == Errno.ENODEV;
    }

    @Override
    public boolean passes(String leaving, String coming) {
      return leaving.equals(coming);
    }
  }

  /**
   * A hook of the stack, with the two priorities that a chain may have there. No link is ever kept:
   * the kernel lets none of this kind run another program.
   */
  record Netfilter(FileIdentity namespace, int hook, Priorities priorities) implements AttachPoint {
    @Override
    public boolean isOf(@Nullable FileIdentity createdIn, LinkInfo link) {
      return false;
    }

    @Override
    public boolean passes(String leaving, String coming) {
      return false;
    }
  }

  /**
   * A cgroup: all its programs run. A link tells the number of the directory's inode, which is the
   * same in whatever name space the directory is seen.
   *
   * @param directory open
   */
  record Cgroup(Directory directory, FileIdentity identity, AttachType type)
      implements AttachPoint {
    @Override
    public boolean isOf(@Nullable FileIdentity createdIn, LinkInfo link) {
      return link.target().equals(new LinkInfo.Target.Cgroup(identity.inode(), type));
    }

    @Override
    public boolean isLost(int errno) {
      return errno == Errno.ENODEV || errno == Errno.EBADF;
    }

    @Override
    public boolean isOf(Kernel kernel, LinkInfo link) {
      return isOf((FileIdentity) null, link);
    }

    @Override
    public boolean passes(String leaving, String coming) {
      return leaving.equals(coming);
    }

    @Override
    public SavedState.Attached attached(HookOptions options, FileIdentity namespace) {
      return new SavedState.Attached(options, namespace, identity);
    }

    @Override
    public void close() {
      directory.close();
    }
  }

  /**
   * Where the chain of that name is attached now, whatever became of the name of the place. There
   * is nothing that a new link could be created at.
   */
  record Inherited(SavedState.Attached attached) implements AttachPoint {
    @Override
    public boolean isOf(@Nullable FileIdentity createdIn, LinkInfo link) {
      return true;
    }

    @Override
    public boolean passes(String leaving, String coming) {
      return leaving.equals(coming);
    }

    @Override
    public SavedState.Attached attached(HookOptions options, FileIdentity namespace) {
      return attached;
    }
  }

  /**
   * Where a chain is to be attached, which is the caller's to close.
   *
   * @param options that fit the hook
   * @throws BpfException if there is no such cgroup
   */
  static AttachPoint open(Kernel kernel, Hook hook, HookOptions options) {
    return switch (hook) {
      case XDP -> new Xdp(kernel.networkNamespace(), interfaceIndex(options));
      case TC_INGRESS -> tc(kernel, options, AttachType.TCX_INGRESS);
      case TC_EGRESS -> tc(kernel, options, AttachType.TCX_EGRESS);
      case NF_PRE_ROUTING -> netfilter(kernel, options, 0);
      case NF_LOCAL_IN -> netfilter(kernel, options, 1);
      case NF_FORWARD -> netfilter(kernel, options, 2);
      case NF_LOCAL_OUT -> netfilter(kernel, options, 3);
      case NF_POST_ROUTING -> netfilter(kernel, options, 4);
      case CGROUP_SKB_INGRESS -> cgroup(kernel, options, AttachType.CGROUP_INET_INGRESS);
      case CGROUP_SKB_EGRESS -> cgroup(kernel, options, AttachType.CGROUP_INET_EGRESS);
      case CGROUP_SOCK_ADDR_CONNECT4 -> cgroup(kernel, options, AttachType.CGROUP_INET4_CONNECT);
      case CGROUP_SOCK_ADDR_CONNECT6 -> cgroup(kernel, options, AttachType.CGROUP_INET6_CONNECT);
      case CGROUP_SOCK_ADDR_SENDMSG4 -> cgroup(kernel, options, AttachType.CGROUP_UDP4_SENDMSG);
      case CGROUP_SOCK_ADDR_SENDMSG6 -> cgroup(kernel, options, AttachType.CGROUP_UDP6_SENDMSG);
    };
  }

  /**
   * Where a chain is attached and stays.
   *
   * @throws BpfException if that takes new links, and they can't be created from here
   */
  static AttachPoint inherit(Kernel kernel, Hook hook, SavedState.Attached attached) {
    Priorities priorities = attached.options().priorities();
    if (priorities == null) {
      return new Inherited(attached);
    }
    if (!kernel.networkNamespace().equals(attached.namespace())) {
      throw BpfException.refusal(
          Errno.EINVAL, "attached to " + hook.keyword() + " of another network name space");
    }
    return open(kernel, hook, attached.options());
  }

  /**
   * Whether a link is attached here and can be kept for another program.
   *
   * @param createdIn the network name space in which the link was created
   */
  boolean isOf(@Nullable FileIdentity createdIn, LinkInfo link);

  /** The same for a link of which nobody knows the name space, if that is certain. */
  default boolean isOf(Kernel kernel, LinkInfo link) {
    return false;
  }

  /** Whether the link that a leaving chain has here becomes the coming chain's. */
  boolean passes(String leaving, String coming);

  /**
   * Refuses with {@code EBUSY} if the place is for one chain, and one has it that does not leave.
   *
   * @param leaving the names of those that do
   */
  default void requireFree(Store store, Collection<String> leaving) {}

  /**
   * Whether the refusal of a new link tells that the place is gone, or another tool's. Never where
   * a link of ours may be about to leave the place.
   */
  default boolean isLost(int errno) {
    return false;
  }

  /** What is saved of a chain that is attached here. */
  default SavedState.Attached attached(HookOptions options, FileIdentity namespace) {
    return new SavedState.Attached(options, namespace, null);
  }

  /** Closes what the point holds open. */
  @Override
  default void close() {}

  private static AttachPoint tc(Kernel kernel, HookOptions options, AttachType direction) {
    return new Tc(kernel.networkNamespace(), interfaceIndex(options), direction);
  }

  private static AttachPoint netfilter(Kernel kernel, HookOptions options, int hook) {
    return new Netfilter(
        kernel.networkNamespace(), hook, Objects.requireNonNull(options.priorities()));
  }

  private static AttachPoint cgroup(Kernel kernel, HookOptions options, AttachType type) {
    String path = Objects.requireNonNull(options.cgpath());
    try {
      Directory directory = kernel.openDirectory(path);
      try {
        return new Cgroup(directory, directory.identity(), type);
      } catch (RuntimeException e) {
        new Cleanup(e).run(directory::close);
        throw e;
      }
    } catch (BpfException e) {
      BpfException failure =
          BpfException.refusal(e.errno(), "failed to open cgroup '" + path + "'");
      failure.initCause(e);
      throw failure;
    }
  }

  private static int interfaceIndex(HookOptions options) {
    return Objects.requireNonNull(options.ifindex());
  }
}
