package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.ProgramType;

/** How to find out whether the kernel has a feature; {@link FeatureProbe} does. */
sealed interface Probe {
  /** Flag of maps that programs only read. */
  int BPF_F_RDONLY_PROG = 1 << 7;

  /** Where {@code BPF_TOKEN_CREATE} has the descriptor of a file system. */
  int TOKEN_BPFFS_FD = 4;

  /** Where {@code BPF_MAP_UPDATE_BATCH} has the descriptor of a map. */
  int BATCH_MAP_FD = 36;

  /** The kernel shows its types. */
  record Types() implements Probe {}

  /** It opens pins relative to a descriptor. */
  record PathFd() implements Probe {}

  /**
   * It knows a command.
   *
   * @param descriptor offset of the descriptor that the command is about
   */
  record Command(BpfCommand command, int descriptor) implements Probe {}

  /** It loads a program of the type. */
  record Program(ProgramType type, AttachType attachType, int flags) implements Probe {}

  /** It makes links for a program. */
  record Link(Feature program) implements Probe {}

  /** It creates a map. */
  record Map(MapType type, int keySize, int valueSize, int maxEntries, int flags) implements Probe {
    /** Whether this is what lets a map be created. */
    boolean describes(MapSpec map) {
      boolean isPlain = (flags & BPF_F_RDONLY_PROG) == 0;
      return type == map.type() && (isPlain || (map.flags() & BPF_F_RDONLY_PROG) != 0);
    }
  }

  /** A program of that kind may call a helper. */
  record Helper(int number, Feature program) implements Probe {}

  /** Its types have a function. */
  record Function(String name) implements Probe {}

  /** It loads a program with an instruction. */
  record Instruction(long slot) implements Probe {}
}
