package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.Instructions;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.ProgramSpec;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Finds out, after a failure, which missing feature of the kernel it is due to. */
final class MissingFeatures {
  private static final int CALL = 0x85;
  private static final int OPCODE_AND_SOURCE = 0xf0ff;

  private final FeatureProbe probe;

  MissingFeatures(FeatureProbe probe) {
    this.probe = probe;
  }

  /**
   * A failure with what the kernel lacks for a program; the same if it lacks nothing, or the
   * failure cannot be due to that.
   */
  BpfException explain(BpfException failure, ProgramSpec program) {
    Set<Feature> needed = EnumSet.noneOf(Feature.class);
    for (Feature feature : Feature.values()) {
      if (feature.probe() instanceof Probe.Program wanted
          && wanted.type() == program.type()
          && (program.flags() & wanted.flags()) == wanted.flags()) {
        needed.add(feature);
      }
    }
    Instructions instructions = program.instructions();
    for (int i = 0; i < instructions.count(); i++) {
      long slot = instructions.slot(i);
      // A source register would make it the call of another function.
      if ((slot & OPCODE_AND_SOURCE) == CALL) {
        Feature.helper((int) (slot >> Integer.SIZE)).ifPresent(needed::add);
      }
    }
    return explain(failure, needed);
  }

  /** The same for a map. */
  BpfException explain(BpfException failure, MapSpec map) {
    return explain(failure, set(Feature.map(map.type())));
  }

  /** The same for a link. */
  BpfException explain(BpfException failure, AttachType link) {
    return explain(failure, set(Feature.link(link)));
  }

  private BpfException explain(BpfException failure, Set<Feature> needed) {
    if (failure.errno() == Errno.EINVAL || failure.errno() == Errno.EOPNOTSUPP) {
      for (Feature feature : needed) {
        if (probe.run(feature) instanceof FeatureStatus.Missing) {
          return failure.within(feature.missing());
        }
      }
    }
    return failure;
  }

  private static Set<Feature> set(Optional<Feature> feature) {
    return feature.isEmpty() ? Set.of() : Set.of(feature.get());
  }
}
