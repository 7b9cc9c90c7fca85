package dev.jbpfilter.loader;

import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.loader.Replacement.Scope;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FilterSet;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.SetElements;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What {@link Bpfilter} does that changes chains. Every change is a {@link Replacement} under one
 * lock, after what dead processes left has been ended; what needs no stored state, like compiling,
 * is done before locking.
 */
final class Changes {
  private final Kernel kernel;
  private final Supplier<Store> locking;
  private final BpfilterOptions options;
  private final Consumer<Event> events;
  private final ChainLookup lookup;

  /**
   * @param locking locks the store exclusively
   */
  Changes(Kernel kernel, Supplier<Store> locking, BpfilterOptions options, ChainLookup lookup) {
    this.kernel = kernel;
    this.locking = locking;
    this.options = options;
    this.events = options.events();
    this.lookup = lookup;
  }

  void setRuleset(List<Chain> chains) {
    List<Arrival> arrivals = compile(chains);
    changeAll(arrivals);
  }

  Trial tryRuleset(List<Chain> chains, Duration limit) {
    List<Arrival> arrivals = compile(chains);
    return onTrial(store -> Scope.all(restoreOrder(store)), store -> arrivals, limit);
  }

  void setChain(Chain chain) {
    Arrival arrival = arrival(chain);
    change(store -> replace(store, Scope.one("set", chain.name()), List.of(arrival)));
  }

  Trial tryChain(Chain chain, Duration limit) {
    Arrival arrival = arrival(chain);
    return onTrial(store -> Scope.one("set", chain.name()), store -> List.of(arrival), limit);
  }

  void loadChain(Chain chain) {
    if (!chain.options().isEmpty()) {
      events.accept(Event.warning("Hook options are ignored when loading a chain"));
    }
    String name = chain.name();
    Arrival arrival = arrival(chain.withOptions(HookOptions.NONE));
    change(store -> {
      if (store.names().contains(name)) {
        throw BpfException.refusal(Errno.EEXIST, "chain '" + name + "' already exists");
      }
      replace(store, Scope.one("load", name), List.of(arrival));
    });
    events.accept(Event.info("load " + name));
  }

  void attachChain(String name, HookOptions where) {
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
          where.incompatibility(hook).ifPresent(Changes::refuse);
          events.accept(Event.info("attaching " + name + " to " + hook.keyword()));
          replace(store, Scope.one("attach", name), List.of(Arrival.of(name, directory, where)));
        });
  }

  private static void refuse(HookOptions.Incompatibility reason) {
    throw BpfException.refusal(reason.missing() ? Errno.EINVAL : Errno.EOPNOTSUPP, reason.text());
  }

  void updateChain(Chain chain) {
    CompiledChain compiled = compileUpdate(chain);
    change(store ->
        replace(store, Scope.one("update", chain.name()), List.of(updated(store, compiled))));
  }

  Trial tryUpdate(Chain chain, Duration limit) {
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
    return compile(chain.withOptions(HookOptions.NONE));
  }

  private Arrival updated(Store store, CompiledChain compiled) {
    String name = compiled.chain().name();
    try (ChainDirectory directory = lookup.peek(store, name)) {
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
      throw lookup.unreadable(name, e);
    }
  }

  void updateSet(String name, String set, List<String> additions, List<String> removals) {
    changeChain(
        name,
        (store, directory) -> {
          SavedState state = directory.state();
          Chain old = ChainReader.chain(name, state).withOptions(HookOptions.NONE);
          SetElements elements = namedSet(old, set).elements();
          SetElements added = SetElements.parse(elements.key(), additions);
          SetElements removed = SetElements.parse(elements.key(), removals);
          SetElements changed = elements.plus(added).minus(removed);
          if (!changed.equals(elements)) {
            CompiledChain compiled = compile(old.withSet(set, changed));
            SharedMaps shared = new SharedMaps(directory, state);
            replace(
                store,
                Scope.one("update", name),
                List.of(Arrival.inPlaceOf(state, compiled, loader(), () -> shared.open(compiled))));
          }
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

  void flush() {
    changeAll(List.of());
  }

  void flushChain(String name) {
    change(store -> {
      lookup.require(store, name);
      replace(store, Scope.one("flush", name), List.of());
    });
  }

  void confirm() {
    try (Store store = locking.get()) {
      if (!Trial.confirm(kernel, store)) {
        new Recovery(kernel, store, events).run(false);
        throw BpfException.refusal(Errno.ENOENT, "no change awaits confirmation");
      }
    }
  }

  /** Loads a chain and lets it go. */
  void verify(Chain chain) {
    CompiledChain compiled = compile(chain);
    try {
      loader().load(compiled).close();
    } catch (BpfException e) {
      throw e.within("failed to verify chain '" + chain.name() + "'");
    }
  }

  private void changeAll(List<Arrival> arrivals) {
    try (Store store = locking.get()) {
      new Recovery(kernel, store, events).run(true);
      replace(store, Scope.all(store.names()), arrivals);
    }
  }

  private void change(Consumer<Store> change) {
    try (Store store = locking.get()) {
      new Recovery(kernel, store, events).run(false);
      change.accept(store);
    }
  }

  private void changeChain(String name, BiConsumer<Store, ChainDirectory> change) {
    change(store -> {
      try (ChainDirectory directory = lookup.peek(store, name)) {
        change.accept(store, directory);
      } catch (UnreadableStateException e) {
        throw lookup.unreadable(name, e);
      }
    });
  }

  private void replace(Store store, Scope scope, List<Arrival> arrivals) {
    new Replacement(kernel, store, events, scope).run(arrivals).forEach(events);
  }

  private Trial onTrial(
      Function<Store, Scope> scope, Function<Store, List<Arrival>> arrivals, Duration limit) {
    try (Store store = locking.get()) {
      new Recovery(kernel, store, events).run(false);
      return Trial.begin(
          kernel, store, locking, events, scope.apply(store), arrivals.apply(store), limit);
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

  private List<Arrival> compile(List<Chain> chains) {
    Set<String> names = new HashSet<>();
    for (Chain chain : chains) {
      if (!names.add(chain.name())) {
        throw BpfException.refusal(
            Errno.EEXIST, "failed to acquire WRITE lock on chain '" + chain.name() + "'");
      }
    }
    List<Arrival> arrivals = new ArrayList<>(chains.size());
    for (Chain chain : chains) {
      arrivals.add(arrival(chain));
    }
    return arrivals;
  }

  private Arrival arrival(Chain chain) {
    return Arrival.of(compile(chain), loader());
  }

  private CompiledChain compile(Chain chain) {
    CompiledChain compiled = Compiler.compile(chain, options.compile());
    options.programs().accept(compiled);
    return compiled;
  }

  private ChainLoader loader() {
    return new ChainLoader(kernel, events);
  }
}
