package dev.jbpfilter.loader.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.ProgramBuilder;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What is said of programs that the verifier refuses. */
@RequiresBpf
class RejectionTest {
  /** A log, and the slot that it is about; -1 if it tells none. */
  record Row(String name, String log, int slot, String verdict) {
    @Override
    public String toString() {
      return name;
    }
  }

  static final List<Row> LOGS =
      List.of(
          new Row("empty", "", -1, ""),
          new Row(
              "refused instruction",
              """
              0: R1=ctx() R10=fp0
              0: (b7) r0 = 0                        ; R0_w=0
              1: (61) r2 = *(u32 *)(r1 +100)
              invalid bpf_context access off=100 size=4
              processed 2 insns (limit 1000000) max_states_per_insn 0 total_states 0
              """,
              1,
              "invalid bpf_context access off=100 size=4"),
          new Row(
              "refused on another path",
              """
              7: (55) if r1 != 0x0 goto pc+2 10: R1=scalar() R10=fp0
              from 5 to 12: R1=ctx() R10=fp0
              12: R1=ctx() R10=fp0
              12: (95) exit
              R0 !read_ok
              processed 20 insns (limit 1000000) max_states_per_insn 0 total_states 0
              stack depth 8
              """,
              12,
              "R0 !read_ok"),
          new Row("before the walk", "unreachable insn 4\n", 4, "unreachable insn 4"),
          new Row(
              "two are named",
              "jump out of range from insn 3 to 70",
              3,
              "jump out of range from insn 3 to 70"),
          new Row(
              "no number",
              "last insn is not an exit or jmp\n",
              -1,
              "last insn is not an exit or jmp"),
          new Row("statistics only", "processed 5 insns (limit 1000000)\n", -1, ""),
          new Row("absurd number", "12345678901: (95) exit\n", -1, "12345678901: (95) exit"));

  @ParameterizedTest
  @FieldSource("LOGS")
  void logs(Row row) {
    OptionalInt slot = VerifierLog.rejectedSlot(row.log());

    assertThat(slot.orElse(-1)).isEqualTo(row.slot());
    assertThat(VerifierLog.lastUsefulLine(row.log())).isEqualTo(row.verdict());
  }

  @Test
  void theEndOfALogIsWithoutStatistics() {
    assertThat(VerifierLog.lastUsefulLines(LOGS.get(1).log(), 2))
        .containsExactly(
            "1: (61) r2 = *(u32 *)(r1 +100)", "invalid bpf_context access off=100 size=4");
    assertThat(VerifierLog.lastUsefulLines("one\n", 5)).containsExactly("one");
  }

  private static BpfException refused(ProgramSpec spec) {
    return catchThrowableOfType(
        BpfException.class, () -> Kernel.system().loadProgram(spec, Map.of()));
  }

  private static ProgramSpec program(Consumer<CodeBuilder> main) {
    return ProgramBuilder.program("web", ProgramType.XDP, AttachType.XDP, "GPL", p -> p.main(main));
  }

  @Test
  void theRuleIsNamed() {
    ProgramSpec spec =
        program(b -> {
          Virt context = b.parameter();
          b.note("rule 0: ip4.proto eq tcp");
          Virt first = b.load(Size.W, context, 0);
          b.note("rule 1: tcp.dport eq 80");
          Virt second = b.load(Size.W, context, 400);
          b.note("policy");
          b.exit(b.add(first, second));
        });

    BpfException failure = refused(spec);

    assertThat(failure)
        .hasMessage(
            "program web (%d instructions): BPF_PROG_LOAD: rejected at instruction 1, rule 1:"
                + " invalid bpf_context access off=400 size=4: Permission denied",
            spec.instructions().count());
    assertThat(failure.verifierEnd())
        .endsWith("invalid bpf_context access off=400 size=4")
        .anySatisfy(line -> assertThat(line).contains("(r1 +400)"));
    assertThat(failure.within("chain 'web'")).hasMessage("chain 'web': " + failure.getMessage());
  }

  @Test
  void anInstructionBeforeAllRulesIsNamedAlone() {
    ProgramSpec spec =
        program(b -> {
          Virt value = b.load(Size.W, b.parameter(), 400);
          b.note("policy");
          b.exit(value);
        });

    assertThat(refused(spec))
        .hasMessageContaining("BPF_PROG_LOAD: rejected at instruction 0: invalid bpf_context");
  }
}
