package dev.jbpfilter.loader;

import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.ruleset.InterfaceResolver;
import java.util.Optional;
import java.util.OptionalLong;

/** The interfaces of the calling thread's network name space, asked for at every question. */
record NamespaceInterfaces(Kernel kernel) implements InterfaceResolver {

  @Override
  public OptionalLong index(String name) {
    try {
      return OptionalLong.of(Integer.toUnsignedLong(kernel.interfaceIndex(name)));
    } catch (BpfException e) {
      requireAbsent(e);
      return OptionalLong.empty();
    }
  }

  @Override
  public Optional<String> name(long index) {
    try {
      return Optional.of(kernel.interfaceName((int) index));
    } catch (BpfException e) {
      requireAbsent(e);
      return Optional.empty();
    }
  }

  private static void requireAbsent(BpfException e) {
    if (e.errno() != Errno.ENODEV) {
      throw e;
    }
  }
}
