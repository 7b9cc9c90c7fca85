package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.ProgramSpec;
import java.util.Set;

/** Finds out, after a failure, which missing feature of the kernel it is due to. */
final class MissingFeatures {
  private final FeatureProbe probe;

  MissingFeatures(FeatureProbe probe) {
    this.probe = probe;
  }

  /**
   * A failure with what the kernel lacks for a program; the same if it lacks nothing, or the
   * failure cannot be due to that.
   */
  BpfException explain(BpfException failure, ProgramSpec program) {
    return explain(failure, Feature.of(program));
  }

  /** The same for a map. */
  BpfException explain(BpfException failure, MapSpec map) {
    return explain(failure, Feature.of(map));
  }

  /** The same for a link. */
  BpfException explain(BpfException failure, AttachType link) {
    return explain(failure, Feature.link(link).map(Set::of).orElse(Set.of()));
  }

  private BpfException explain(BpfException failure, Set<Feature> needed) {
    boolean isOfKernel = !failure.command().isEmpty();
    if (isOfKernel && (failure.errno() == Errno.EINVAL || failure.errno() == Errno.EOPNOTSUPP)) {
      for (Feature feature : needed) {
        if (probe.run(feature) instanceof FeatureStatus.Missing) {
          return failure.within(feature.missing());
        }
      }
    }
    return failure;
  }
}
