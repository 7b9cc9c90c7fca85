package dev.jbpfilter.loader;

import dev.jbpfilter.bytecode.CodegenException;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.loader.Replacement.Scope;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.BpfToken;
import dev.jbpfilter.loader.kernel.Directory;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.LockMode;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FilterSet;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.Ruleset;
import dev.jbpfilter.ruleset.SetElementException;
import dev.jbpfilter.ruleset.SetElements;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

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
      CompiledChain compiled = compiled(chain);
      try {
        loader().load(compiled).close();
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
    List<Arrival> arrivals = compile(chains);
    change(store -> replace(store, Scope.all(store), arrivals));
  }

  /**
   * Replaces all chains until that is confirmed; see {@link #setRuleset(List)}.
   *
   * @param limit how long other processes are told that this lasts
   */
  public Trial tryRuleset(List<Chain> chains, Duration limit) {
    List<Arrival> arrivals = compile(chains);
    return onTrial(store -> Scope.all(restoreOrder(store)), store -> arrivals, limit);
  }

  /**
   * Replaces the chain of that name, or creates it. It is attached if it has hook options. A hook
   * that the old and the new chain filter is never open.
   *
   * @throws BpfException with {@code EBUSY} if its hook is taken by another chain
   */
  public void setChain(Chain chain) {
    Arrival arrival = compile(chain);
    change(store -> replace(store, Scope.one("set", chain.name()), List.of(arrival)));
  }

  /**
   * Replaces the chain of that name, or creates it, until that is confirmed; see {@link
   * #setChain(Chain)}.
   *
   * @param limit how long other processes are told that this lasts
   */
  public Trial tryChain(Chain chain, Duration limit) {
    Arrival arrival = compile(chain);
    return onTrial(store -> Scope.one("set", chain.name()), store -> List.of(arrival), limit);
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
    String name = chain.name();
    Arrival arrival = compile(chain.withOptions(HookOptions.NONE));
    change(store -> {
      if (store.names().contains(name)) {
        throw BpfException.refusal(Errno.EEXIST, "chain '" + name + "' already exists");
      }
      replace(store, Scope.one("load", name), List.of(arrival));
    });
    events.accept(Event.info("load " + name));
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
    changeChain(
        name,
        (store, directory) -> {
          Hook hook = ChainReader.chain(name, directory.state()).hook();
          try (PinnedLinks links = directory.links()) {
            if (!links.all().isEmpty()) {
              throw BpfException.refusal(
                  Errno.EBUSY, "chain '" + name + "' is already linked to a hook");
            }
          }
          options.incompatibility(hook).ifPresent(Bpfilter::refuse);
          events.accept(Event.info("attaching " + name + " to " + hook.keyword()));
          replace(store, Scope.one("attach", name), List.of(Arrival.of(name, directory, options)));
        });
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
    CompiledChain compiled = compileUpdate(chain);
    change(store ->
        replace(store, Scope.one("update", chain.name()), List.of(updated(store, compiled))));
  }

  /**
   * Replaces the rules of a chain until that is confirmed; see {@link #updateChain(Chain)}.
   *
   * @param limit how long other processes are told that this lasts
   */
  public Trial tryUpdate(Chain chain, Duration limit) {
    CompiledChain compiled = compileUpdate(chain);
    return onTrial(
        store -> Scope.one("update", chain.name()),
        store -> List.of(updated(store, compiled)),
        limit);
  }

  private CompiledChain compileUpdate(Chain chain) {
    if (!chain.options().isEmpty()) {
      events.accept(Event.warning("Hook options are ignored when updating a chain"));
    }
    return compiled(chain.withOptions(HookOptions.NONE));
  }

  private Arrival updated(Store store, CompiledChain compiled) {
    String name = compiled.chain().name();
    try (ChainDirectory directory = peek(store, name)) {
      SavedState old = directory.state();
      Hook hook = ChainReader.chain(name, old).hook();
      if (compiled.chain().hook() != hook) {
        throw BpfException.refusal(
            Errno.EINVAL,
            "chain '"
                + name
                + "' can't change its hook from "
                + hook.keyword()
                + " to "
                + compiled.chain().hook().keyword());
      }
      return Arrival.inPlaceOf(old, compiled, loader(), Map::of);
    } catch (UnreadableStateException e) {
      throw unreadable(name, e);
    }
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
    changeChain(
        name,
        (store, directory) -> {
          SavedState state = directory.state();
          Chain old = ChainReader.chain(name, state).withOptions(HookOptions.NONE);
          SetElements elements = namedSet(old, set).elements();
          SetElements added = SetElements.parse(elements.key(), additions);
          SetElements removed = SetElements.parse(elements.key(), removals);
          Chain chain = old.withSet(set, elements.plus(added).minus(removed));
          CompiledChain compiled = compiled(chain);
          SharedMaps shared =
              new SharedMaps(directory, state, Compiler.compile(old, options.compile()));
          replace(
              store,
              Scope.one("update", name),
              List.of(Arrival.inPlaceOf(state, compiled, loader(), () -> shared.open(compiled))));
        });
  }

  private static FilterSet namedSet(Chain chain, String name) {
    for (FilterSet set : chain.sets()) {
      if (name.equals(set.name())) {
        return set;
      }
    }
    throw BpfException.refusal(Errno.ENOENT, "set '" + name + "' does not exist");
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
    Map<String, Chain> chains = new HashMap<>();
    RestoreOrder order = new RestoreOrder(kernel, events);
    try (Store store = lock(LockMode.SHARED)) {
      for (String name : store.names()) {
        Optional<ChainDirectory> found = store.find(name, LockMode.SHARED);
        if (found.isPresent()) {
          try (ChainDirectory directory = found.get()) {
            SavedState state = directory.state();
            chains.put(name, ChainReader.chain(name, state));
            directory.requirePins(state);
            order.add(name, directory, state);
          } catch (UnreadableStateException e) {
            warnUnreadable(name, e);
          }
        }
      }
      return new Ruleset(order.names().stream().map(chains::get).toList());
    }
  }

  /** The names of the chains of a store, as they are to be set to be again as they are. */
  private List<String> restoreOrder(Store store) {
    List<String> unreadable = new ArrayList<>();
    RestoreOrder order = new RestoreOrder(kernel, events);
    for (String name : store.names()) {
      try (ChainDirectory directory = store.peek(name)) {
        order.add(name, directory, directory.state());
      } catch (UnreadableStateException e) {
        unreadable.add(name);
      }
    }
    List<String> names = order.names();
    names.addAll(unreadable);
    return names;
  }

  /**
   * One chain.
   *
   * @throws BpfException with {@code ENOENT} if there is none of that name, or it cannot be read
   */
  public LoadedChain chain(String name) {
    try (Store store = lock(LockMode.SHARED);
        ChainDirectory directory = find(store, name)) {
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
        ChainDirectory directory = find(store, name)) {
      return ChainLog.open(kernel, name, directory);
    } catch (UnreadableStateException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * Opens the program of a chain, which the caller closes.
   *
   * @throws BpfException with {@code ENOENT} if there is no such chain, or it cannot be read
   */
  public BpfProgram openProgram(String name) {
    try (Store store = lock(LockMode.SHARED);
        ChainDirectory directory = find(store, name)) {
      directory.requirePins(directory.state());
      return directory.program();
    } catch (UnreadableStateException e) {
      throw unreadable(name, e);
    }
  }

  /** Detaches and removes all chains, unreadable ones and those of other tools included. */
  public void flush() {
    change(store -> replace(store, Scope.all(store), List.of()));
  }

  /**
   * Detaches and removes a chain, readable or not.
   *
   * @throws BpfException with {@code ENOENT} if there is none of that name
   */
  public void flushChain(String name) {
    change(store -> {
      requireChain(store, name);
      replace(store, Scope.one("flush", name), List.of());
    });
  }

  /**
   * Confirms the chains that another process has on {@link Trial}.
   *
   * @throws BpfException with {@code ENOENT} if no process has any
   */
  public void confirm() {
    try (Store store = lock(LockMode.EXCLUSIVE)) {
      if (!Trial.confirm(kernel, store)) {
        new Recovery(kernel, store, events).run();
        throw BpfException.refusal(Errno.ENOENT, "no change awaits confirmation");
      }
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

  /** Changes chains, when what is left of other changes has been ended. */
  private void change(Consumer<Store> change) {
    try (Store store = lock(LockMode.EXCLUSIVE)) {
      new Recovery(kernel, store, events).run();
      change.accept(store);
    }
  }

  private void changeChain(String name, BiConsumer<Store, ChainDirectory> change) {
    change(store -> {
      try (ChainDirectory directory = peek(store, name)) {
        change.accept(store, directory);
      } catch (UnreadableStateException e) {
        throw unreadable(name, e);
      }
    });
  }

  private void replace(Store store, Scope scope, List<Arrival> arrivals) {
    new Replacement(kernel, store, events, scope).run(arrivals).forEach(events);
  }

  private Trial onTrial(
      Function<Store, Scope> scope, Function<Store, List<Arrival>> arrivals, Duration limit) {
    try (Store store = lock(LockMode.EXCLUSIVE)) {
      new Recovery(kernel, store, events).run();
      Supplier<Store> locking = () -> lock(LockMode.EXCLUSIVE);
      return Trial.begin(
          kernel, store, locking, events, scope.apply(store), arrivals.apply(store), limit);
    }
  }

  private ChainLoader loader() {
    return new ChainLoader(kernel, events);
  }

  private Arrival compile(Chain chain) {
    return Arrival.of(compiled(chain), loader());
  }

  private List<Arrival> compile(List<Chain> chains) {
    requireDistinctNames(chains);
    List<Arrival> arrivals = new ArrayList<>(chains.size());
    for (Chain chain : chains) {
      arrivals.add(compile(chain));
    }
    return arrivals;
  }

  private CompiledChain compiled(Chain chain) {
    CompiledChain compiled = Compiler.compile(chain, options.compile());
    options.programs().accept(compiled);
    return compiled;
  }

  private static ChainDirectory find(Store store, String name) {
    return store.find(name, LockMode.SHARED).orElseThrow(() -> notFound(name));
  }

  private static ChainDirectory peek(Store store, String name) {
    requireChain(store, name);
    return store.peek(name);
  }

  private static void requireChain(Store store, String name) {
    if (!store.names().contains(name)) {
      throw notFound(name);
    }
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

  private static void refuse(HookOptions.Incompatibility reason) {
    throw BpfException.refusal(reason.missing() ? Errno.EINVAL : Errno.EOPNOTSUPP, reason.text());
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
