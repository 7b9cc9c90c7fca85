package dev.jbpfilter.loader;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.RulesPrinter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A chain that is to come: what it is, where it is to be attached, and how its objects are had.
 *
 * @param rules the chain in the rule language, without hook options
 * @param place where it is to be attached; null if nowhere
 * @param sequence its place in listings, if it has one already
 * @param maps the names of its maps
 * @param objects loads it, or opens what is loaded; the caller's to close
 */
record Arrival(
    String name,
    Hook hook,
    String rules,
    @Nullable Place place,
    OptionalLong sequence,
    List<String> maps,
    Supplier<ChainObjects> objects) {

  /** Copies the list. */
  Arrival {
    maps = List.copyOf(maps);
  }

  /** Where a chain is to be attached. */
  sealed interface Place {
    HookOptions options();

    /** Where its hook options say. */
    record Told(HookOptions options) implements Place {}

    /** Where the chain of that name is. */
    record Inherited(SavedState.Attached attached) implements Place {
      @Override
      public HookOptions options() {
        return attached.options();
      }
    }

    static @Nullable Place of(HookOptions options) {
      return options.isEmpty() ? null : new Told(options);
    }
  }

  /** A chain that is loaded, and attached as it says. */
  static Arrival of(CompiledChain compiled, ChainLoader loader) {
    return of(
        compiled,
        Place.of(compiled.chain().options()),
        OptionalLong.empty(),
        () -> loader.load(compiled));
  }

  /**
   * A chain that is loaded, and attached as the one of its name is.
   *
   * @param old of that one
   * @param shared opens maps of that one that are to be the new one's, too
   */
  static Arrival inPlaceOf(
      SavedState old,
      CompiledChain compiled,
      ChainLoader loader,
      Supplier<Map<String, BpfMap>> shared) {
    SavedState.Attached attached = old.attached();
    return of(
        compiled,
        attached == null ? null : new Place.Inherited(attached),
        OptionalLong.of(old.sequence()),
        () -> loader.load(compiled, shared.get()));
  }

  /**
   * A chain that was loaded before.
   *
   * @param directory where it is pinned, open for as long as this is used
   * @param options where it is to be attached
   * @throws UnreadableStateException if its state can't be read
   */
  static Arrival of(String name, ChainDirectory directory, HookOptions options) {
    SavedState state = directory.state();
    return new Arrival(
        name,
        ChainReader.chain(name, state).hook(),
        state.chain(),
        Place.of(options),
        OptionalLong.of(state.sequence()),
        state.maps(),
        () -> open(directory, state));
  }

  private static Arrival of(
      CompiledChain compiled,
      @Nullable Place place,
      OptionalLong sequence,
      Supplier<ChainObjects> objects) {
    Chain chain = compiled.chain();
    List<String> maps = new ArrayList<>(compiled.maps().size());
    for (MapSpec map : compiled.maps()) {
      maps.add(map.name());
    }
    return new Arrival(
        chain.name(),
        chain.hook(),
        RulesPrinter.printWithoutOptions(chain),
        place,
        sequence,
        maps,
        objects);
  }

  private static ChainObjects open(ChainDirectory directory, SavedState state) {
    try (Unwinding opened = new Unwinding()) {
      BpfProgram program = directory.program();
      opened.add(program::close);
      Map<String, BpfMap> maps = new LinkedHashMap<>();
      for (String name : state.maps()) {
        BpfMap map = directory.map(name);
        opened.add(map::close);
        maps.put(name, map);
      }
      opened.forget();
      return new ChainObjects(program, maps);
    }
  }

  /** Where it is to be attached, which is the caller's to close; null if nowhere. */
  @Nullable AttachPoint openPoint(Kernel kernel) {
    return switch (place) {
      case null -> null;
      case Place.Told(HookOptions options) -> AttachPoint.open(kernel, hook, options);
      case Place.Inherited(SavedState.Attached attached) ->
          AttachPoint.inherit(kernel, hook, attached);
    };
  }

  /** The hook options that it is to be attached with. */
  HookOptions options() {
    return place == null ? HookOptions.NONE : place.options();
  }
}
