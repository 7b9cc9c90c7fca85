package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.Instructions;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramSpec.Relocation;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import java.util.EnumSet;
import java.util.Set;

/** Reads from a program what it needs of the kernel. */
final class ProgramNeeds {
  private static final int OPCODE_MASK = 0xff;
  private static final int CLASS_MASK = 0x07;
  private static final int OPERATION_MASK = 0xf0;
  private static final int MODE_MASK = 0xe0;
  private static final int SOURCE_MASK = 0xf000;
  private static final int OFFSET_SHIFT = 16;

  private static final int CLASS_LDX = 1;
  private static final int CLASS_STX = 3;
  private static final int CLASS_ALU = 4;
  private static final int CLASS_JMP32 = 6;
  private static final int CLASS_ALU64 = 7;

  private static final int CALL = 0x85;
  private static final int FAR_JUMP = 0x06;
  private static final int BYTE_SWAP = 0xd7;
  private static final int SIGNED_LOAD = 0x80;
  private static final int ATOMIC = 0xc0;

  private final Set<Feature> needs = EnumSet.noneOf(Feature.class);

  private ProgramNeeds() {}

  static Set<Feature> of(ProgramSpec program) {
    ProgramNeeds needs = new ProgramNeeds();
    needs.addType(program);
    Instructions instructions = program.instructions();
    for (int i = 0; i < instructions.count(); i++) {
      needs.addInstruction(instructions.slot(i));
    }
    for (Relocation relocation : program.relocations()) {
      switch (relocation.target()) {
        case Target.KernelFunction(String name) -> {
          needs.needs.add(Feature.KERNEL_TYPES);
          Feature.function(name).ifPresent(needs.needs::add);
        }
        case Target.Variable e -> needs.needs.add(Feature.KERNEL_TYPES);
        case Target.StructureId e -> needs.needs.add(Feature.KERNEL_TYPES);
        case Target.Field e -> needs.needs.add(Feature.KERNEL_TYPES);
        case Target.MapFd e -> {}
        case Target.MapValue e -> {}
      }
    }
    return needs.needs;
  }

  private void addType(ProgramSpec program) {
    for (Feature feature : Feature.values()) {
      if (feature.probe() instanceof Probe.Program wanted
          && wanted.type() == program.type()
          && (program.flags() & wanted.flags()) == wanted.flags()
          && isLike(wanted.attachType(), program.attachType())) {
        needs.add(feature);
      }
    }
  }

  /** Whether two attach types came with the same release. */
  private static boolean isLike(AttachType probed, AttachType wanted) {
    return switch (wanted) {
      case CGROUP_INET4_CONNECT, CGROUP_INET6_CONNECT -> probed == AttachType.CGROUP_INET4_CONNECT;
      case CGROUP_UDP4_SENDMSG, CGROUP_UDP6_SENDMSG -> probed == AttachType.CGROUP_UDP4_SENDMSG;
      default -> true;
    };
  }

  private void addInstruction(long slot) {
    int opcode = (int) slot & OPCODE_MASK;
    int immediate = (int) (slot >> Integer.SIZE);
    // With a source register it is the call of another function.
    if (opcode == CALL && (slot & SOURCE_MASK) == 0) {
      Feature.helper(immediate).ifPresent(needs::add);
    } else if (opcode == FAR_JUMP || opcode == BYTE_SWAP || isOfV4(opcode, slot)) {
      needs.add(Feature.INSTRUCTIONS_V4);
    } else if ((opcode & CLASS_MASK) == CLASS_JMP32) {
      needs.add(Feature.INSTRUCTIONS_V3);
    } else if ((opcode & CLASS_MASK) == CLASS_STX
        && (opcode & MODE_MASK) == ATOMIC
        && immediate != 0) {
      needs.add(Feature.ATOMICS);
    }
  }

  /** Signed loads, moves, divisions and moduli: the latter have an offset. */
  private static boolean isOfV4(int opcode, long slot) {
    boolean hasOffset = (short) (slot >> OFFSET_SHIFT) != 0;
    return switch (opcode & CLASS_MASK) {
      case CLASS_LDX -> (opcode & MODE_MASK) == SIGNED_LOAD;
      case CLASS_ALU, CLASS_ALU64 ->
          hasOffset
              && switch (opcode & OPERATION_MASK) {
                case 0x30, 0x90, 0xb0 -> true;
                default -> false;
              };
      default -> false;
    };
  }
}
