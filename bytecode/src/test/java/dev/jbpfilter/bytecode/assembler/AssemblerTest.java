package dev.jbpfilter.bytecode.assembler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.Disassembler;
import dev.jbpfilter.bytecode.Instructions;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.ProgramSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What sources mean. */
class AssemblerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          r1 = 5                              | (b7) r1 = 5
          r1 = -5                             | (b7) r1 = -5
          r1 = 0x7fffffff                     | (b7) r1 = 2147483647
          r1 = 0x80000000                     | (18) r1 = 0x80000000
          r1 = 0xffffffffffffffff             | (18) r1 = 0xffffffffffffffff
          r1 = 18446744073709551615           | (18) r1 = 0xffffffffffffffff
          r1 = -2147483649                    | (18) r1 = 0xffffffff7fffffff
          r1 = 5 ll                           | (18) r1 = 0x5
          r1 = -5 ll                          | (18) r1 = 0xfffffffffffffffb
          (18) r1 = 5                         | (18) r1 = 0x5
          (b7) r1 = 0x5                       | (b7) r1 = 5
          w1 = 0xffffffff                     | (b4) w1 = -1
          w1 += 0xffffffff                    | (04) w1 += -1
          r1=r2                               | (bf) r1 = r2
          r1 s>>=3//comment                   | ``
          r1  s>>= 3 // comment               | (c7) r1 s>>= 3
          r1 += 1 # comment                   | (07) r1 += 1
          r1 += 1 ; R1=scalar() R10=fp0       | (07) r1 += 1
          99: r1 += 1                         | (07) r1 += 1
          7: (07) r1 += 1                     | (07) r1 += 1
          if r1 == -1 goto pc+0               | (15) if r1 == 0xffffffff goto pc+0
          if w1 s< w2 goto +0 <main+0x10>     | (ce) if w1 s< w2 goto pc+0
          *(u8*)(r1+0x10)=0xff                | (72) *(u8 *)(r1 +16) = 255
          *(u32 *)(r1 - 4) = 0xffffffff       | (62) *(u32 *)(r1 -4) = -1
          *(u32 *)(r1) = w2                   | (63) *(u32 *)(r1 +0) = r2
          w1 = *(u32 *)(r2 + 0x8)             | (61) r1 = *(u32 *)(r2 +8)
          r0 = *(u8 *)skb[r2]                 | (50) r0 = *(u8 *)skb[r2 + 0]
          r1 = map[name:a-b c#;]              | (18) r1 = map[name:a-b c#;]
          r1 = map[name:m][0]                 | (18) r1 = map[name:m][0]+0
          call 12                             | (85) call bpf_tail_call#12
          call 0xc                            | (85) call bpf_tail_call#12
          call bpf_tail_call                  | (85) call bpf_tail_call#12
          call bpf_tail_call#12               | (85) call bpf_tail_call#12
          call bpf_unspec#0                   | (85) call bpf_unspec#0
          call unknown#-1                     | (85) call unknown#-1
          call bpf_dynptr_from_xdp#40525      | (85) call bpf_dynptr_from_xdp
          r1 = addr_space_cast(r2, 0x1, 0x0)  | (bf) r1 = addr_space_cast(r2, 1, 0)
          """)
  void instructions(String source, String expected) {
    if (expected.isEmpty()) {
      assertThatThrownBy(() -> Assembler.assemble(source + "\nexit"))
          .isInstanceOf(AssemblyException.class);
      return;
    }
    ProgramSpec program = Assembler.assemble(source + "\nexit").program();
    assertThat(Disassembler.disassemble(program).lines().findFirst().orElseThrow())
        .isEqualTo("   0: " + expected);
  }

  @Test
  void labelsAndFunctionsAreResolved() {
    ProgramSpec program =
        Assembler.assemble(
                """
                first:
                  call second          # comes later
                again:
                  r1 = subprog[name:third]
                  if r0 != 0 goto again
                  gotol .L1
                .L1: ; a comment
                  exit

                second:
                  r0 = 1
                  exit
                int third(struct xdp_md * ctx, int x):
                  call pc-3#second
                  exit
                """)
            .program();
    assertThat(Disassembler.disassemble(program))
        .isEqualTo(
            """
            first(r1):
               0: (85) call pc+5#second
               1: (18) r1 = subprog[+6]#third
               3: (55) if r0 != 0x0 goto pc-3
               4: (06) gotol pc+0
               5: (95) exit
            second(r1, r2, r3, r4, r5):
               6: (b7) r0 = 1
               7: (95) exit
            third(r1, r2):
               8: (85) call pc-3#second
               9: (95) exit
            """);
  }

  @Test
  void notesAreLinesOfTheirOwn() {
    ProgramSpec program =
        Assembler.assemble(
                """
                // no note
                ; rule 0
                ;  indented

                ; third line
                r0 = 0  ; no note
                ;
                exit
                ; nothing follows
                """)
            .program();
    assertThat(program.notes())
        .containsExactly(
            new ProgramSpec.LineNote(0, "rule 0\n indented\nthird line"),
            new ProgramSpec.LineNote(1, ""));
  }

  @Test
  void logsOfTheVerifierAreRead() {
    ProgramSpec program =
        Assembler.assemble(
                """
                func#0 @0
                Live regs before insn:
                      0: .......... (b7) r1 = 5
                      1: .1........ (bf) r0 = r1
                      2: 0......... (95) exit
                0: R1=ctx() R10=fp0
                ; return 5; @ prog.c:12
                0: (b7) r1 = 5                        ; R1=5
                mark_precise: frame0: last_idx 1 first_idx 0
                1: (bf) r0 = r1                       ; R0=5 R1=5
                2: (95) exit
                processed 3 insns (limit 1000000) max_states_per_insn 0 total_states 0
                """)
            .program();
    assertThat(Disassembler.disassemble(program))
        .isEqualTo(
            """
            ; return 5; @ prog.c:12
               0: (b7) r1 = 5
               1: (bf) r0 = r1
               2: (95) exit
            """);
  }

  @Test
  void opcodesOfBpftoolAreSkipped() {
    ProgramSpec program =
        Assembler.assemble(
                """
                   0: (18) r1 = 0x5
                       18 01 00 00 05 00 00 00 00 00 00 00 00 00 00 00
                   2: (bf) r0 = r1
                       bf 10 00 00 00 00 00 00
                   3: (95) exit
                       95 00 00 00 00 00 00 00
                """)
            .program();
    assertThat(program.instructions()).isEqualTo(Instructions.of(0x5_0000_0118L, 0, 0x10bf, 0x95));
  }

  @Test
  void aSourceMayHaveSeveralProgramsAndMaps() {
    Assembly assembly =
        Assembler.assemble(
            """
            .license Dual MIT/GPL
            .map counters percpu_array key 4 value 16 entries 0x10
            .program one xdp
              r1 = map[name:counters]
              exit
            .map flat array key 4 value 8 entries 1 flags 0x80
            .program two xdp xdp flags 0x20
            entry():
              r1 = map[name:flat][0]+4
              exit
            """);
    assertThat(assembly.maps())
        .containsExactly(
            new MapSpec("counters", MapType.PERCPU_ARRAY, 4, 16, 16, 0, null),
            new MapSpec("flat", MapType.ARRAY, 4, 8, 1, 0x80, null));
    ProgramSpec one = assembly.programs().getFirst();
    ProgramSpec two = assembly.programs().getLast();
    assertThat(one.name()).isEqualTo("one");
    assertThat(one.functions()).containsExactly(new ProgramSpec.Function(0, "one", 1));
    assertThat(two.flags()).isEqualTo(ProgramSpec.XDP_HAS_FRAGS);
    assertThat(two.license()).isEqualTo("Dual MIT/GPL");
    assertThat(two.functions()).containsExactly(new ProgramSpec.Function(0, "entry", 0));
    assertThat(two.relocations())
        .containsExactly(new ProgramSpec.Relocation(0, new ProgramSpec.Target.MapValue("flat", 4)));
  }

  @Test
  void aFunctionCanBeGlobal() {
    ProgramSpec program =
        Assembler.assemble(".global helper\ncall helper\nexit\nhelper(r1, r2):\nr0 = 0\nexit\n")
            .program();
    assertThat(program.functions().getLast())
        .isEqualTo(new ProgramSpec.Function(2, "helper", 2, true));
    assertThatThrownBy(() -> Assembler.assemble("r0 = 0\nexit\n.global helper\n"))
        .hasMessageContaining("line 3, column 1: there is no function helper");
  }
}
