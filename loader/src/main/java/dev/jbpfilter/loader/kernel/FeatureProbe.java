package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.Instructions;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.btf.BtfException;
import dev.jbpfilter.bytecode.btf.BtfKind;
import java.util.List;
import java.util.Map;

/**
 * Finds out what the kernel has by trying. What succeeds is undone at once; what would have an
 * effect is tried on what cannot be, for the kernel looks at the command first and says {@code
 * EINVAL} to an unknown one.
 */
final class FeatureProbe {
  private static final String NAME = "bf_probe";

  private static final int NO_DESCRIPTOR = -1;

  private static final int OBJECT_FLAGS = 12;
  private static final int OBJECT_PATH_FD = 16;
  private static final int BPF_F_PATH_FD = 1 << 14;

  private static final int MAP_KEY_SIZE = 4;
  private static final int MAP_VALUE_SIZE = 8;
  private static final int MAP_MAX_ENTRIES = 12;
  private static final int MAP_FLAGS = 16;

  private static final int LINK_TARGET = 4;
  private static final int LINK_ATTACH_TYPE = 8;
  private static final int LINK_FLAGS = 12;
  private static final int LINK_FAMILY = 16;
  private static final int NO_FAMILY = 255;

  /** Interface 1 is the loop-back device of every name space, which has no native mode. */
  private static final int LOOPBACK = 1;

  private static final long EXIT = 0x95;

  /** {@code r0 = 1}, which every kind of program may return. */
  private static final long RETURN_1 = 0x0000_0001_0000_00b7L;

  /** {@code *(u64 *)(r10 - 8) = r0}. */
  private static final long STORE = 0x0000_0000_fff8_0a7bL;

  /** What the verifier says of a helper that it does not let such a program call. */
  private static final List<String> REFUSED_HELPER =
      List.of("unknown func", "invalid func", "cannot use helper");

  private final Linux linux;
  private final KernelTypes types;

  FeatureProbe(Linux linux, KernelTypes types) {
    this.linux = linux;
    this.types = types;
  }

  FeatureStatus run(Feature feature) {
    try {
      return switch (feature.probe()) {
        case Probe.Types probe -> typesAreShown();
        case Probe.PathFd probe -> pathFd();
        case Probe.Command(BpfCommand command, int descriptor) -> command(command, descriptor);
        case Probe.Program program -> load(program, RETURN_1, EXIT);
        case Probe.Link(Feature program) -> link((Probe.Program) program.probe());
        case Probe.Map map -> create(map);
        case Probe.Helper(int number, Feature program) ->
            helper(number, (Probe.Program) program.probe());
        case Probe.Function(String name) -> function(name);
        case Probe.Instruction(long slot) ->
            load(
                (Probe.Program) Feature.XDP_PROGRAM.probe(), RETURN_1, STORE, slot, RETURN_1, EXIT);
      };
    } catch (BpfException e) {
      return status(e);
    }
  }

  private FeatureStatus typesAreShown() {
    try {
      types.get();
      return found(true);
    } catch (BpfException e) {
      return e.errno() == Errno.EOPNOTSUPP ? found(false) : status(e);
    }
  }

  private FeatureStatus function(String name) {
    try {
      return found(types.get().find(BtfKind.FUNC, name).isPresent());
    } catch (BtfException e) {
      return new FeatureStatus.Unknown("the kernel's type information: " + e.getMessage());
    }
  }

  private FeatureStatus pathFd() {
    try (Attributes attributes = new Attributes()) {
      attributes
          .setPointer(0, NAME)
          .set(OBJECT_FLAGS, BPF_F_PATH_FD)
          .set(OBJECT_PATH_FD, NO_DESCRIPTOR);
      return known(linux.attempt(BpfCommand.OBJ_GET, attributes), BpfCommand.OBJ_GET);
    }
  }

  private FeatureStatus command(BpfCommand command, int descriptor) {
    try (Attributes attributes = new Attributes()) {
      return known(linux.attempt(command, attributes.set(descriptor, NO_DESCRIPTOR)), command);
    }
  }

  private FeatureStatus load(Probe.Program program, long... slots) {
    program(program, slots).close();
    return found(true);
  }

  /** Loads a program; of a failure, what is missing is not sought, for that leads here again. */
  private BpfProgram program(Probe.Program program, long... slots) {
    ProgramSpec spec =
        new ProgramSpec(
            NAME,
            program.type(),
            program.attachType(),
            program.flags(),
            "GPL",
            Instructions.of(slots),
            List.of(),
            List.of());
    return new ProgramLoader(linux, types, spec, Map.of()).load();
  }

  private FeatureStatus create(Probe.Map map) {
    try (Attributes attributes = new Attributes()) {
      attributes
          .set(0, map.type().number())
          .set(MAP_KEY_SIZE, map.keySize())
          .set(MAP_VALUE_SIZE, map.valueSize())
          .set(MAP_MAX_ENTRIES, map.maxEntries())
          .set(MAP_FLAGS, map.flags());
      int result = linux.call("map " + NAME, BpfCommand.MAP_CREATE, attributes);
      linux.close(result, NAME);
      return found(true);
    }
  }

  private FeatureStatus helper(int number, Probe.Program program) {
    // Some helpers can be called like this; of the others the verifier says what they lack.
    long call = 0x85L | (long) number << Integer.SIZE;
    try {
      return load(program, call, RETURN_1, EXIT);
    } catch (BpfException e) {
      String log = e.verifierLog().orElse("");
      if (log.isEmpty()) {
        return status(e);
      }
      return found(REFUSED_HELPER.stream().noneMatch(log::contains));
    }
  }

  /** Asks for a link that cannot be. */
  private FeatureStatus link(Probe.Program wanted) {
    AttachType attachType =
        wanted.type() == ProgramType.SCHED_CLS ? AttachType.TCX_INGRESS : wanted.attachType();
    try (BpfProgram program = program(wanted, RETURN_1, EXIT);
        Attributes attributes = new Attributes()) {
      attributes
          .set(0, program.fd().number())
          .set(LINK_TARGET, NO_DESCRIPTOR)
          .set(LINK_ATTACH_TYPE, attachType.number());
      if (wanted.type() == ProgramType.XDP) {
        attributes.set(LINK_TARGET, LOOPBACK).set(LINK_FLAGS, XdpMode.NATIVE.flag());
      } else if (wanted.type() == ProgramType.NETFILTER) {
        attributes.set(LINK_TARGET, 0).set(LINK_FAMILY, NO_FAMILY);
      }
      return known(linux.attempt(BpfCommand.LINK_CREATE, attributes), BpfCommand.LINK_CREATE);
    }
  }

  /** What a result tells of a request that the kernel has to refuse in any case. */
  private FeatureStatus known(int result, BpfCommand command) {
    if (result >= 0) {
      linux.close(result, NAME);
      return found(true);
    }
    return switch (-result) {
      case Errno.EINVAL -> found(false);
      case Errno.EPERM -> status(new BpfException(command.label(), -result, NAME));
      default -> found(true);
    };
  }

  private static FeatureStatus found(boolean available) {
    return available ? new FeatureStatus.Available() : new FeatureStatus.Missing();
  }

  private static FeatureStatus status(BpfException e) {
    return e.errno() == Errno.EINVAL || e.errno() == Errno.EOPNOTSUPP
        ? found(false)
        : new FeatureStatus.Unknown(e.command() + ": " + Errno.text(e.errno()));
  }
}
