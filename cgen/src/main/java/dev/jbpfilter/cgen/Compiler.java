package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.CodegenException;
import dev.jbpfilter.bytecode.CodegenException.Reason;
import dev.jbpfilter.bytecode.Encoder;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.RegisterAllocator;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Hook;
import java.util.List;

/**
 * Compiles chains. Needs no kernel and no privilege.
 *
 * <pre>{@code
 * CompiledChain compiled = Compiler.compile(chain);
 * ProgramSpec program = compiled.program();
 * }</pre>
 */
public final class Compiler {
  /** Name of the program and of its pin. */
  public static final String PROGRAM_NAME = "bf_prog";

  /** What programs declare, because of the helpers that they call. */
  private static final String LICENSE = "GPL";

  private Compiler() {}

  /** Compiles a chain with {@linkplain CompileOptions#DEFAULT usual options}. */
  public static CompiledChain compile(Chain chain) {
    return compile(chain, CompileOptions.DEFAULT);
  }

  /**
   * Compiles a chain, through every level.
   *
   * @param options none has an effect yet
   * @throws CodegenException if the chain uses what cannot be compiled, or is too large; names the
   *     chain
   */
  public static CompiledChain compile(Chain chain, CompileOptions options) {
    try {
      return pipeline(chain);
    } catch (CodegenException e) {
      throw e.within("chain '" + chain.name() + "'");
    }
  }

  private static CompiledChain pipeline(Chain chain) {
    HookFlavor flavor = flavor(chain.hook());
    FilterProgram filter = Analyser.analyse(chain);
    Code<Virt> virtual = Lowering.lower(filter, flavor);
    Code<Phys> physical = RegisterAllocator.allocate(virtual).output();
    ProgramSpec program =
        Encoder.program(
            PROGRAM_NAME,
            flavor.programType(),
            flavor.attachType(),
            flavor.programFlags(),
            LICENSE,
            physical);
    return new CompiledChain(
        chain, filter, virtual, program, List.of(CounterMap.spec(chain.rules().size())));
  }

  private static HookFlavor flavor(Hook hook) {
    return switch (hook.flavor()) {
      case XDP -> new XdpFlavor();
      case TC, NETFILTER, CGROUP_SKB, CGROUP_SOCK_ADDR ->
          throw new CodegenException(new Reason.Unsupported("hook " + hook.keyword()), null);
    };
  }
}
