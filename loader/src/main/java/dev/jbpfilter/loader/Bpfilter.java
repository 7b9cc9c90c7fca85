package dev.jbpfilter.loader;

import dev.jbpfilter.bytecode.CodegenException;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfToken;
import dev.jbpfilter.loader.kernel.Directory;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.LockMode;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.Ruleset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The chains of a BPF file system: loads, attaches, lists and removes them. There is no daemon and
 * nothing is kept here; every operation finds what earlier processes left, under a lock that it
 * holds to its end. Operations may run at the same time.
 *
 * <p>What changes chains does so as a whole or not at all: after a failure the kernel runs what it
 * ran before. Failures are {@link BpfException}s with the kernel's errno, {@code EAGAIN} if another
 * process keeps its lock, and {@link CodegenException}s, thrown before anything is touched.
 *
 * <pre>{@code
 * try (Bpfilter bpfilter = Bpfilter.open(Path.of("/sys/fs/bpf"), System.err::println)) {
 *   bpfilter.setChain(chain);
 *   for (LoadedChain loaded : bpfilter.chains()) {
 *     System.out.println(loaded.chain().name() + ": " + loaded.policy().packets());
 *   }
 * }
 * }</pre>
 */
public final class Bpfilter implements AutoCloseable {
  private final Unwinding opened;
  private final Kernel kernel;
  private final Directory bpffs;
  private final BpfilterOptions options;
  private final Consumer<Event> events;

  private Bpfilter(Unwinding opened, Kernel kernel, Directory bpffs, BpfilterOptions options) {
    this.opened = opened;
    this.kernel = kernel;
    this.bpffs = bpffs;
    this.options = options;
    this.events = options.events();
  }

  /**
   * Opens a BPF file system.
   *
   * @param bpffs where it is mounted
   * @param events told what happens, on the calling thread
   * @throws BpfException with {@code ENOENT} if there is no such path
   * @throws IllegalStateException if the system is not Linux, or not on x86-64 or aarch64
   */
  public static Bpfilter open(Path bpffs, Consumer<Event> events) {
    return open(bpffs, BpfilterOptions.of(events));
  }

  /**
   * Opens a BPF file system, to work in a special way.
   *
   * @throws BpfException with {@code ENOENT} if there is no such path; with a token also as {@link
   *     Kernel#createToken}
   */
  public static Bpfilter open(Path bpffs, BpfilterOptions options) {
    return open(Kernel.system(options.steps()), bpffs.toString(), options);
  }

  static Bpfilter open(Kernel kernel, String bpffs, Consumer<Event> events) {
    return open(kernel, bpffs, BpfilterOptions.of(events));
  }

  static Bpfilter open(Kernel kernel, String bpffs, BpfilterOptions options) {
    Unwinding opened = new Unwinding();
    try {
      Directory directory = kernel.openDirectory(bpffs);
      opened.add(directory::close);
      Kernel used = kernel;
      if (options.token()) {
        BpfToken token = kernel.createToken(directory);
        opened.add(token::close);
        used = kernel.with(token);
      }
      return new Bpfilter(opened, used, directory, options);
    } catch (RuntimeException e) {
      new Cleanup(e).run(opened::close);
      throw e;
    }
  }

  /**
   * Names and indexes of network interfaces, for parsing rules that name them. It asks the kernel
   * each time, for the network name space of the calling thread; a question throws a {@link
   * BpfException} if the kernel can't answer.
   *
   * @throws IllegalStateException if the system is not Linux, or not on x86-64 or aarch64
   */
  public static InterfaceResolver interfaces() {
    return new NamespaceInterfaces(Kernel.system());
  }

  /**
   * Lets the kernel's verifier judge chains: loads each, and lets it go again. Nothing is attached,
   * pinned or locked.
   *
   * @throws BpfException as for loading; {@code EPERM} without the privilege to load at all
   */
  public void verify(List<Chain> chains) {
    for (Chain chain : chains) {
      CompiledChain compiled = compile(chain);
      try {
        new ChainLoader(kernel, events).load(compiled).close();
      } catch (BpfException e) {
        throw e.within("failed to verify chain '" + chain.name() + "'");
      }
    }
  }

  /** Replaces all chains by those of a ruleset; see {@link #setRuleset(List)}. */
  public void setRuleset(Ruleset ruleset) {
    setRuleset(ruleset.chains());
  }

  /**
   * Replaces all chains. A hook that both the old chains and the new ones filter is never open.
   *
   * @throws BpfException with {@code EEXIST} if two chains have one name, {@code EBUSY} if a hook
   *     is taken
   */
  public void setRuleset(List<Chain> chains) {
    requireDistinctNames(chains);
    List<CompiledChain> compiled = new ArrayList<>(chains.size());
    for (Chain chain : chains) {
      compiled.add(compile(chain));
    }
    List<Event> attached;
    try (Store store = lock(LockMode.EXCLUSIVE)) {
      attached = Replacement.ofAll(kernel, store, events).run(compiled);
    }
    attached.forEach(events);
  }

  /**
   * Replaces the chain of that name, or creates it. It is attached if it has hook options. A hook
   * that the old and the new chain filter is never open.
   *
   * @throws BpfException with {@code EBUSY} if its hook is taken by another chain
   */
  public void setChain(Chain chain) {
    CompiledChain compiled = compile(chain);
    List<Event> attached;
    try (Store store = lock(LockMode.EXCLUSIVE)) {
      attached =
          Replacement.ofOne(kernel, store, events, "set", chain.name()).run(List.of(compiled));
    }
    attached.forEach(events);
  }

  /**
   * Loads a new chain without attaching it; hook options are ignored with a warning.
   *
   * @throws BpfException with {@code EEXIST} if there is a chain of that name
   */
  public void loadChain(Chain chain) {
    if (!chain.options().isEmpty()) {
      events.accept(Event.warning("Hook options are ignored when loading a chain"));
    }
    CompiledChain compiled = compile(chain.withOptions(HookOptions.NONE));
    try (Store store = lock(LockMode.EXCLUSIVE)) {
      if (store.names().contains(chain.name())) {
        throw BpfException.refusal(Errno.EEXIST, "chain '" + chain.name() + "' already exists");
      }
      Replacement.ofOne(kernel, store, events, "load", chain.name()).run(List.of(compiled));
    }
    events.accept(Event.info("load " + chain.name()));
  }

  /**
   * Attaches a loaded chain.
   *
   * @throws BpfException with {@code ENOENT} if there is no such chain or cgroup, {@code EBUSY} if
   *     it is attached or its hook is taken, {@code EINVAL} if an option is missing, {@code
   *     EOPNOTSUPP} if one is not for such hooks, {@code ENOTDIR} or {@code EBADF} if a path is no
   *     cgroup's
   */
  public void attachChain(String name, HookOptions options) {
    Optional<Event> attached;
    try (Store store = lock(LockMode.EXCLUSIVE);
        ChainDirectory directory = find(store, name, LockMode.EXCLUSIVE)) {
      attached = new Attachment(kernel, store, events).attach(name, directory, options);
    } catch (UnreadableStateException e) {
      throw unreadable(name, e);
    }
    attached.ifPresent(events);
  }

  /** All chains, newest first. One that cannot be read is left out, with a warning. */
  public List<LoadedChain> chains() {
    List<ChainReader.Listed> listed = new ArrayList<>();
    try (Store store = lock(LockMode.SHARED)) {
      ChainReader reader = new ChainReader(events);
      for (String name : store.names()) {
        store
            .find(name, LockMode.SHARED)
            .ifPresent(found -> {
              try (ChainDirectory directory = found) {
                listed.add(reader.read(name, directory));
              } catch (UnreadableStateException e) {
                warnUnreadable(name, e);
              }
            });
      }
    }
    listed.sort(ChainReader.Listed.NEWEST_FIRST);
    List<LoadedChain> chains = new ArrayList<>(listed.size());
    for (ChainReader.Listed chain : listed) {
      chains.add(chain.chain());
    }
    return List.copyOf(chains);
  }

  /**
   * All chains as a ruleset that makes the same ones when it is set, in the same order: oldest
   * first. One that cannot be read is left out, with a warning.
   */
  public Ruleset ruleset() {
    List<Chain> chains = new ArrayList<>();
    for (LoadedChain loaded : chains().reversed()) {
      chains.add(loaded.chain());
    }
    return new Ruleset(chains);
  }

  /**
   * One chain.
   *
   * @throws BpfException with {@code ENOENT} if there is none of that name, or it cannot be read
   */
  public LoadedChain chain(String name) {
    try (Store store = lock(LockMode.SHARED);
        ChainDirectory directory = find(store, name, LockMode.SHARED)) {
      return new ChainReader(events).read(name, directory).chain();
    } catch (UnreadableStateException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * Opens the log of a chain.
   *
   * @throws BpfException with {@code ENOENT} if there is no such chain, it cannot be read, or no
   *     rule of it logs
   */
  public ChainLog openLog(String name) {
    try (Store store = lock(LockMode.SHARED);
        ChainDirectory directory = find(store, name, LockMode.SHARED)) {
      return ChainLog.open(kernel, name, directory);
    } catch (UnreadableStateException e) {
      throw unreadable(name, e);
    }
  }

  /** Detaches and removes all chains, unreadable ones and those of other tools included. */
  public void flush() {
    try (Store store = lock(LockMode.EXCLUSIVE)) {
      Replacement.ofAll(kernel, store, events).run(List.of());
    }
  }

  /**
   * Detaches and removes a chain, readable or not.
   *
   * @throws BpfException with {@code ENOENT} if there is none of that name
   */
  public void flushChain(String name) {
    try (Store store = lock(LockMode.EXCLUSIVE)) {
      if (!store.names().contains(name)) {
        throw notFound(name);
      }
      Replacement.ofOne(kernel, store, events, "flush", name).run(List.of());
    }
  }

  /** Closes the file system; the chains stay. */
  @Override
  public void close() {
    opened.close();
  }

  private Store lock(LockMode mode) {
    return Store.open(kernel, bpffs, mode, options.lockWait());
  }

  private CompiledChain compile(Chain chain) {
    CompiledChain compiled = Compiler.compile(chain, options.compile());
    options.programs().accept(compiled);
    return compiled;
  }

  private static ChainDirectory find(Store store, String name, LockMode mode) {
    return store.find(name, mode).orElseThrow(() -> notFound(name));
  }

  private static BpfException notFound(String name) {
    return BpfException.refusal(Errno.ENOENT, "chain '" + name + "' not found");
  }

  private BpfException unreadable(String name, UnreadableStateException cause) {
    warnUnreadable(name, cause);
    BpfException failure = notFound(name);
    failure.initCause(cause);
    return failure;
  }

  private void warnUnreadable(String name, UnreadableStateException cause) {
    events.accept(
        Event.warning(
            "failed to restore chain '" + name + "', skipping: " + cause.reason().text(), name));
  }

  private static void requireDistinctNames(List<Chain> chains) {
    Set<String> names = new HashSet<>();
    for (Chain chain : chains) {
      if (!names.add(chain.name())) {
        throw BpfException.refusal(
            Errno.EEXIST, "failed to acquire WRITE lock on chain '" + chain.name() + "'");
      }
    }
  }
}
