package dev.jbpfilter.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.AllocationChecker;
import dev.jbpfilter.bytecode.Checker;
import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.Decoder;
import dev.jbpfilter.bytecode.Disassembler;
import dev.jbpfilter.bytecode.Encoder;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.RegisterAllocator;
import dev.jbpfilter.bytecode.assembler.Assembler;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.ruleset.Chain;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Each pass keeps what the pass before it meant. */
class CompilerProperties {

  @Provide
  Arbitrary<Chain> chains() {
    return Chains.any(0, 40);
  }

  @Property(tries = 300)
  void allocationIsRight(@ForAll("chains") Chain chain) {
    CompiledChain compiled = Compiler.compile(chain);
    AllocationChecker.verify(RegisterAllocator.allocate(compiled.functions().getFirst()));
  }

  @Property(tries = 300)
  void checkerAccepts(@ForAll("chains") Chain chain) {
    assertThat(Checker.check(Compiler.compile(chain).program())).isEmpty();
  }

  @Property(tries = 300)
  void decodingUndoesEncoding(@ForAll("chains") Chain chain) {
    ProgramSpec program = Compiler.compile(chain).program();
    List<Code<Phys>> decoded = Decoder.decode(program);
    Encoder.Encoded again = Encoder.encode(decoded);
    assertThat(again.instructions()).isEqualTo(program.instructions());
    assertThat(again.relocations()).isEqualTo(program.relocations());
    assertThat(again.notes()).isEqualTo(program.notes());
  }

  @Property(tries = 300)
  void assemblingUndoesDisassembling(@ForAll("chains") Chain chain) {
    ProgramSpec program = Compiler.compile(chain).program();
    ObjectSpec object = new ObjectSpec("chain", program, List.of());
    assertThat(Assembler.assemble(Disassembler.disassemble(object)).program()).isEqualTo(program);
  }
}
