package dev.jbpfilter.loader;

import dev.jbpfilter.bytecode.KernelVersion;
import dev.jbpfilter.loader.kernel.Feature;
import java.util.List;

/**
 * What something that can be said in rules needs of the kernel.
 *
 * @param subject the words of the rule language, or of the command line
 * @param needs in the order of {@link Feature}
 */
public record Requirement(String subject, List<Feature> needs) {

  /** Copies the list. */
  public Requirement {
    needs = List.copyOf(needs);
  }

  /** The first mainline release that has all of it; 0.0 if every kernel with bpf(2) does. */
  public KernelVersion since() {
    KernelVersion since = new KernelVersion(0, 0);
    for (Feature feature : needs) {
      since = feature.since().isAtLeast(since) ? feature.since() : since;
    }
    return since;
  }
}
