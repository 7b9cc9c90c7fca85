package dev.jbpfilter.loader;

import dev.jbpfilter.bytecode.CodegenException;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.BpfToken;
import dev.jbpfilter.loader.kernel.Directory;
import dev.jbpfilter.loader.kernel.FileIdentity;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.LockMode;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.Ruleset;
import dev.jbpfilter.ruleset.SetElementException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
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
  private final ChainLookup lookup;
  private final Changes changes;

  private Bpfilter(Unwinding opened, Kernel kernel, Directory bpffs, BpfilterOptions options) {
    this.opened = opened;
    this.kernel = kernel;
    this.bpffs = bpffs;
    this.options = options;
    this.events = options.events();
    this.lookup = new ChainLookup(events);
    this.changes = new Changes(kernel, () -> lock(LockMode.EXCLUSIVE), options, lookup);
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
      changes.verify(chain);
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
    changes.setRuleset(chains);
  }

  /**
   * Replaces all chains until that is confirmed; see {@link #setRuleset(List)}.
   *
   * @param limit how long other processes are told that this lasts
   */
  public Trial tryRuleset(List<Chain> chains, Duration limit) {
    return changes.tryRuleset(chains, limit);
  }

  /**
   * Replaces the chain of that name, or creates it. It is attached if it has hook options. A hook
   * that the old and the new chain filter is never open.
   *
   * @throws BpfException with {@code EBUSY} if its hook is taken by another chain
   */
  public void setChain(Chain chain) {
    changes.setChain(chain);
  }

  /**
   * Replaces the chain of that name, or creates it, until that is confirmed; see {@link
   * #setChain(Chain)}.
   *
   * @param limit how long other processes are told that this lasts
   */
  public Trial tryChain(Chain chain, Duration limit) {
    return changes.tryChain(chain, limit);
  }

  /**
   * Loads a new chain without attaching it; hook options are ignored with a warning.
   *
   * @throws BpfException with {@code EEXIST} if there is a chain of that name
   */
  public void loadChain(Chain chain) {
    changes.loadChain(chain);
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
    changes.attachChain(name, options);
  }

  /**
   * Replaces the rules of a chain, which stays attached as it is, or not at all; hook options are
   * ignored with a warning. Its counters start anew. Packets are filtered by the old rules or by
   * the new ones.
   *
   * @throws BpfException with {@code ENOENT} if there is no chain of that name, {@code EINVAL} if
   *     it has another hook, {@code ENOLINK} if what it is attached to is gone
   */
  public void updateChain(Chain chain) {
    changes.updateChain(chain);
  }

  /**
   * Replaces the rules of a chain until that is confirmed; see {@link #updateChain(Chain)}.
   *
   * @param limit how long other processes are told that this lasts
   */
  public Trial tryUpdate(Chain chain, Duration limit) {
    return changes.tryUpdate(chain, limit);
  }

  /**
   * Adds elements to a named set of a chain, then removes some: an element in both is absent
   * afterwards. To add what is there, or to remove what is not, is no error. All counters are kept;
   * packets are filtered with the old set or with the new one.
   *
   * @param additions as rules write them, their components separated by commas
   * @param removals networks in whatever spelling
   * @throws BpfException with {@code ENOENT} if there is no such chain or set
   * @throws SetElementException if an element can't be one of the set
   */
  public void updateSet(String name, String set, List<String> additions, List<String> removals) {
    changes.updateSet(name, set, additions, removals);
  }

  /** All chains, newest first. One that cannot be read is left out, with a warning. */
  public List<LoadedChain> chains() {
    List<ChainReader.Listed> listed = new ArrayList<>();
    ChainReader reader = new ChainReader(events);
    try (Store store = lock(LockMode.SHARED)) {
      readAll(store, (name, directory) -> listed.add(reader.read(name, directory)));
    }
    listed.sort(ChainReader.Listed.NEWEST_FIRST);
    List<LoadedChain> chains = new ArrayList<>(listed.size());
    for (ChainReader.Listed chain : listed) {
      chains.add(chain.chain());
    }
    return List.copyOf(chains);
  }

  /**
   * Looks at chains again and again, for as long as this is open. It tells no warnings: chains that
   * cannot be read are named in each observation.
   */
  public ChainObserver observer() {
    return new ChainObserver(() -> lock(LockMode.SHARED));
  }

  /** All chains, to be set again. One that cannot be read is left out, with a warning. */
  public RunningRuleset ruleset() {
    Map<String, Chain> read = new HashMap<>();
    List<String> elsewhere = new ArrayList<>();
    RestoreOrder order = new RestoreOrder(kernel, events);
    FileIdentity here = kernel.networkNamespace();
    try (Store store = lock(LockMode.SHARED)) {
      List<String> unreadable =
          readAll(
              store,
              (name, directory) -> {
                SavedState state = directory.state();
                directory.requirePins(state);
                read.put(name, ChainReader.chain(name, state));
                order.add(name, directory, state);
                FileIdentity there = state.attachedIn();
                if (there != null && !there.equals(here) && state.options().cgpath() == null) {
                  elsewhere.add(name);
                }
              });
      List<Chain> chains = new ArrayList<>(read.size());
      for (String name : order.names()) {
        chains.add(Objects.requireNonNull(read.get(name)));
      }
      return new RunningRuleset(chains, unreadable, elsewhere);
    }
  }

  /** Reads each chain; returns the names of those that cannot be read, with a warning each. */
  private List<String> readAll(Store store, BiConsumer<String, ChainDirectory> reading) {
    List<String> unreadable = new ArrayList<>();
    for (String name : store.names()) {
      Optional<ChainDirectory> found = store.find(name, LockMode.SHARED);
      if (found.isPresent()) {
        try (ChainDirectory directory = found.get()) {
          reading.accept(name, directory);
        } catch (UnreadableStateException e) {
          lookup.warnUnreadable(name, e);
          unreadable.add(name);
        }
      }
    }
    return unreadable;
  }

  /**
   * One chain.
   *
   * @throws BpfException with {@code ENOENT} if there is none of that name, or it cannot be read
   */
  public LoadedChain chain(String name) {
    try (Store store = lock(LockMode.SHARED);
        ChainDirectory directory = lookup.find(store, name)) {
      return new ChainReader(events).read(name, directory).chain();
    } catch (UnreadableStateException e) {
      throw lookup.unreadable(name, e);
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
        ChainDirectory directory = lookup.find(store, name)) {
      return ChainLog.open(kernel, name, directory);
    } catch (UnreadableStateException e) {
      throw lookup.unreadable(name, e);
    }
  }

  /**
   * Opens the program of a chain, which the caller closes.
   *
   * @throws BpfException with {@code ENOENT} if there is no such chain, or it cannot be read
   */
  public BpfProgram openProgram(String name) {
    try (Store store = lock(LockMode.SHARED);
        ChainDirectory directory = lookup.find(store, name)) {
      directory.requirePins(directory.state());
      return directory.program();
    } catch (UnreadableStateException e) {
      throw lookup.unreadable(name, e);
    }
  }

  /** Detaches and removes all chains, unreadable ones and those of other tools included. */
  public void flush() {
    changes.flush();
  }

  /**
   * Detaches and removes a chain, readable or not.
   *
   * @throws BpfException with {@code ENOENT} if there is none of that name
   */
  public void flushChain(String name) {
    changes.flushChain(name);
  }

  /**
   * Confirms the chains that another process has on {@link Trial}.
   *
   * @throws BpfException with {@code ENOENT} if no process has any
   */
  public void confirm() {
    changes.confirm();
  }

  /** Closes the file system; the chains stay. */
  @Override
  public void close() {
    opened.close();
  }

  private Store lock(LockMode mode) {
    return Store.open(kernel, bpffs, mode, options.lockWait());
  }
}
