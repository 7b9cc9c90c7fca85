package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.ProgramSpec;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Finds out, after a failure, what it is due to: a feature that the kernel lacks, a right that the
 * token does not give, or a capability that the process does not have. A failure that is due to
 * none of them stays as it is.
 */
final class Refusals {
  private final Linux linux;
  private final FeatureProbe probe;
  private final @Nullable BpfToken token;

  /**
   * @param token what requests carried; null if they carried none
   */
  Refusals(Linux linux, FeatureProbe probe, @Nullable BpfToken token) {
    this.linux = linux;
    this.probe = probe;
    this.token = token;
  }

  /** A failure to load a program, or what comes with it. */
  BpfException explain(BpfException failure, ProgramSpec program) {
    boolean isLoading = failure.command().equals(BpfCommand.PROG_LOAD.label());
    return explain(failure, Feature.of(program), isLoading ? Delegation.of(program) : List.of());
  }

  /** A failure to create a map. */
  BpfException explain(BpfException failure, MapSpec map) {
    return explain(failure, Feature.of(map), Delegation.of(map));
  }

  /** A failure to create a link, which carries no token. */
  BpfException explain(BpfException failure, AttachType link) {
    return explain(failure, Feature.link(link).map(Set::of).orElse(Set.of()), List.of());
  }

  /** A failure to load type information, which all kernels of interest can. */
  BpfException explain(BpfException failure) {
    return explain(failure, Set.of(), List.of(Delegation.of(BpfCommand.BTF_LOAD)));
  }

  private BpfException explain(
      BpfException failure, Set<Feature> needed, List<Delegation> delegations) {
    return switch (failure.errno()) {
      case Errno.EINVAL, Errno.EOPNOTSUPP -> missing(failure, needed);
      case Errno.EPERM, Errno.EACCES -> forbidden(failure, delegations);
      default -> failure;
    };
  }

  private BpfException missing(BpfException failure, Set<Feature> needed) {
    boolean isOfKernel = !failure.command().isEmpty();
    if (isOfKernel) {
      for (Feature feature : needed) {
        if (probe.run(feature) instanceof FeatureStatus.Missing) {
          return failure.within(feature.missing());
        }
      }
    }
    return failure;
  }

  private BpfException forbidden(BpfException failure, List<Delegation> delegations) {
    if (token == null || delegations.isEmpty()) {
      return failure;
    }
    try {
      List<Delegation> denied = token.denied(delegations);
      String reason = denied.isEmpty() ? lackingCapability(failure, delegations) : options(denied);
      return reason.isEmpty() ? failure : failure.within(reason);
    } catch (BpfException e) {
      // Without a mounted /proc, what was refused is all there is to tell.
      failure.addSuppressed(e);
      return failure;
    }
  }

  private static String options(List<Delegation> denied) {
    StringJoiner options = new StringJoiner(",");
    denied.forEach(delegation -> options.add(delegation.toString()));
    return "the BPF token does not allow this, its file system is mounted without " + options;
  }

  /** Which capability a request with a token needs and lacks; empty if none. */
  private String lackingCapability(BpfException failure, List<Delegation> delegations) {
    Capabilities held = Capabilities.ofThread(linux);
    boolean isProgram =
        delegations.stream().anyMatch(delegation -> delegation.kind() == Delegation.Kind.PROGS);
    boolean isVerified = !failure.verifierLog().orElse("").isEmpty();
    String lacking = "";
    if (!held.allow(Capabilities.BPF)) {
      lacking = "CAP_BPF";
    } else if (isProgram && !held.allow(Capabilities.NET_ADMIN)) {
      lacking = "CAP_NET_ADMIN";
    } else if (isVerified && !held.allow(Capabilities.PERFMON)) {
      lacking = "CAP_PERFMON";
    }
    return lacking.isEmpty() ? "" : "this process has no " + lacking + " in its user name space";
  }
}
