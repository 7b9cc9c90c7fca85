package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.ruleset.Verdict;

/** What differs between families of hooks: context layout, packet access, verdict codes. */
interface HookFlavor {

  /** The kernel's program type. */
  ProgramType programType();

  /** The kernel's attach type, the same for loading and for links. */
  AttachType attachType();

  /** Flags of BPF_PROG_LOAD. */
  int programFlags();

  /** A reader of headers where they can be read fast. */
  PacketReader fastReader(CodeBuilder code, Virt context, Label missing);

  /** A reader of headers wherever they are. */
  PacketReader slowReader(CodeBuilder code, Virt context, Label missing);

  /** The size of the packet as counters and logs show it, in bytes. */
  Virt packetSize(CodeBuilder code, Virt context);

  /** A number of which the verifier knows nothing but that it has 32 bits. */
  Virt unknown(CodeBuilder code, Virt context);

  /**
   * What the program returns for a verdict.
   *
   * @throws dev.jbpfilter.bytecode.CodegenException if the hook has no such verdict
   */
  int returnCode(Verdict verdict);
}
