package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.bytecode.btf.BtfException;
import dev.jbpfilter.bytecode.btf.BtfView;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The types of the running kernel, read when they are first asked for. */
final class KernelTypes implements Supplier<BtfView> {
  /** Where the kernel shows its types ({@code CONFIG_DEBUG_INFO_BTF}). */
  static final String PATH = "/sys/kernel/btf/vmlinux";

  private static final int CHUNK = 1 << 20;

  private final Linux linux;
  private final String path;
  private @Nullable BtfView types;

  KernelTypes(Linux linux, String path) {
    this.linux = linux;
    this.path = path;
  }

  /**
   * The types.
   *
   * @throws BpfException with {@code EOPNOTSUPP} if the kernel shows none, {@code EINVAL} if they
   *     make no sense
   */
  @Override
  public synchronized BtfView get() {
    if (types == null) {
      types = read();
    }
    return types;
  }

  /** What is thrown when types are asked for that make no sense. */
  static BpfException damaged(BtfException cause) {
    BpfException failure =
        BpfException.refusal(Errno.EINVAL, "the kernel's type information: " + cause.getMessage());
    failure.initCause(cause);
    return failure;
  }

  private BtfView read() {
    try {
      return BtfView.of(linux.readBytes(path, CHUNK));
    } catch (BpfException e) {
      throw e.errno() == Errno.ENOENT ? missing(e) : e;
    } catch (BtfException e) {
      BpfException failure = BpfException.refusal(Errno.EINVAL, path + ": " + e.getMessage());
      failure.initCause(e);
      throw failure;
    }
  }

  private BpfException missing(BpfException cause) {
    BpfException failure =
        BpfException.refusal(
            Errno.EOPNOTSUPP,
            "this kernel does not tell its types: no " + path + ", see CONFIG_DEBUG_INFO_BTF");
    failure.initCause(cause);
    return failure;
  }
}
