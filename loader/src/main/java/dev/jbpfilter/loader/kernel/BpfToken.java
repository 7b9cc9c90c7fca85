package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.bytecode.btf.BtfException;
import dev.jbpfilter.bytecode.btf.BtfKind;
import dev.jbpfilter.bytecode.btf.BtfView;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A right to load programs, maps and type information inside a user name space, which a privileged
 * process outside has delegated to it by the options of a BPF file system's mount. {@link
 * Kernel#createToken} makes one, {@link Kernel#with} uses it. Linux 6.9.
 */
public final class BpfToken implements AutoCloseable {
  private static final String ANY = "any";
  private static final String HEX = "0x";

  private static final String ATTRIBUTES = "bpf_attr";
  private static final String TOKEN_FIELD = "prog_token_fd";

  private final Linux linux;
  private final Fd fd;

  private BpfToken(Linux linux, Fd fd) {
    this.linux = linux;
    this.fd = fd;
  }

  /** See {@link Kernel#createToken}. */
  static BpfToken create(Linux linux, KernelTypes types, Directory bpffs) {
    requireKnown(types);
    String object = "BPF token of " + bpffs;
    try (Attributes attributes = new Attributes()) {
      attributes.set(Probe.TOKEN_BPFFS_FD, bpffs.fd().number());
      int result = linux.attempt(BpfCommand.TOKEN_CREATE, attributes);
      if (result < 0) {
        throw new BpfException(
            BpfCommand.TOKEN_CREATE.label(), -result, object + reason(linux, -result));
      }
      linux.tell(object, BpfCommand.TOKEN_CREATE.label());
      return new BpfToken(linux, new Fd(linux, result, object));
    }
  }

  /** The descriptor, which stays the token's. */
  Fd fd() {
    return fd;
  }

  /** What of {@code needed} the token does not allow. */
  List<Delegation> denied(List<Delegation> needed) {
    List<String> description = linux.readFile("/proc/self/fdinfo/" + fd.number()).lines().toList();
    List<Delegation> denied = new ArrayList<>();
    for (Delegation delegation : needed) {
      for (String line : description) {
        if (line.startsWith(delegation.kind().field()) && !allows(line, delegation.number())) {
          denied.add(delegation);
        }
      }
    }
    return denied;
  }

  /** Closes the descriptor; programs and maps that were made with it stay. */
  @Override
  public void close() {
    fd.close();
  }

  private static void requireKnown(KernelTypes types) {
    try {
      BtfView view = types.get();
      OptionalInt attributes = view.find(BtfKind.UNION, ATTRIBUTES);
      if (attributes.isEmpty() || view.field(attributes.getAsInt(), TOKEN_FIELD).isEmpty()) {
        throw BpfException.refusal(Errno.ENOENT, Feature.TOKEN.missing());
      }
    } catch (BtfException e) {
      throw KernelTypes.damaged(e);
    }
  }

  /** Why the kernel made no token, for people. */
  private static String reason(Linux linux, int errno) {
    return switch (errno) {
      case Errno.ENOENT ->
          " (the file system delegates nothing: mount it with delegate_cmds, delegate_maps,"
              + " delegate_progs and delegate_attachs)";
      case Errno.EPERM -> " (" + forbidden(linux) + ")";
      case Errno.EOPNOTSUPP -> " (the initial user name space has none)";
      case Errno.EINVAL -> " (not the root of a BPF file system)";
      default -> "";
    };
  }

  private static String forbidden(Linux linux) {
    try {
      return Capabilities.ofThread(linux).has(Capabilities.BPF)
          ? "the file system belongs to another user name space"
          : "needs CAP_BPF";
    } catch (BpfException e) {
      // Without a mounted /proc, it may be either.
      return "needs CAP_BPF in the user name space that owns the file system";
    }
  }

  private static boolean allows(String line, int number) {
    String mask = line.substring(line.indexOf(':') + 1).strip();
    return mask.equals(ANY)
        || (Long.parseUnsignedLong(mask.substring(HEX.length()), 16) >> number & 1) != 0;
  }
}
