package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

final class AssemblerTest {
  @ParameterizedTest
  @FieldSource("dev.jbpfilter.bytecode.Samples#ALL")
  void readsWhatTheDisassemblerWrites(Sample sample) {
    ProgramSpec program = program("main", Samples.around(sample));
    String listing = Disassembler.disassemble(program);
    assertThat(Assembler.assemble(listing).program()).as(listing).isEqualTo(program);
  }

  /** The notation in LLVM's dialect, where it says as much as the kernel's. */
  @ParameterizedTest
  @FieldSource("dev.jbpfilter.bytecode.Samples#ALL")
  void readsMostOfLlvmsNotation(Sample sample) {
    String text = LlvmDisassemblerTest.text(sample);
    if (LlvmDisassemblerTest.isAmbiguous(sample.element())
        || text.startsWith("ld_pseudo")
        || text.contains("xchg")
        || sample.element() instanceof Element.LoadField) {
      return;
    }
    String source = "r0 = -r0\n" + text + "\nexit";
    assertThat(slots(source, 1, Samples.encode(sample).length))
        .as(source)
        .isEqualTo(Samples.hex(Samples.encode(sample)));
  }

  private static String slots(String source, int from, int count) {
    long[] slots = new long[count];
    Instructions instructions = Assembler.assemble(source).program().instructions();
    for (int i = 0; i < count; i++) {
      slots[i] = instructions.slot(from + i);
    }
    return Samples.hex(slots);
  }

  @Test
  void objectsComeBack() {
    for (ObjectSpec object : DumpTest.CHAINS) {
      List<MapSpec> maps = new ArrayList<>();
      for (MapSpec map : object.maps()) {
        maps.add(
            new MapSpec(
                map.name(),
                map.type(),
                map.keySize(),
                map.valueSize(),
                map.maxEntries(),
                map.flags(),
                null));
      }
      String listing = Disassembler.disassemble(object);
      assertThat(Assembler.assemble(listing))
          .as(listing)
          .isEqualTo(new Assembly(List.of(object.program()), maps));
    }
  }

  @Test
  void randomFunctionsComeBack() {
    for (int seed = 0; seed < 60; seed++) {
      Code<Phys> code =
          RegisterAllocator.allocate(RandomCode.functionAlone(seed, seed % 16, 40)).output();
      ProgramSpec program = program("random", code);
      String listing = Disassembler.disassemble(program);
      ProgramSpec again = Assembler.assemble(listing).program();
      assertThat(again.instructions()).isEqualTo(program.instructions());
      assertThat(again.relocations()).isEqualTo(program.relocations());
      assertThat(again.notes()).isEqualTo(program.notes());
    }
  }

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
      assertThat(problems(source + "\nexit")).isNotEmpty();
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                           | 1:1 there are no instructions
          rr = 1                       | 1:1 there is no instruction rr
          r11 = 1                      | 1:1 there is no register r11 (registers are r0 to r10 and w0 to w10)
          r1 = w2                      | 1:6 r1 and w2 have different widths (r is all 64 bits, w the lower 32)
          r1 + 2                       | 1:4 '=' or an operator like '+=' expected, not '+'
          r1 += 1 2                    | 1:9 the end of the line expected, not '2'
          r1 += 0x1ffffffff            | 1:7 number is out of range (-2147483648 to 4294967295)
          r1 += 0xffffffff             | 1:7 the number has 32 bits and would be sign-extended (write -1 if that is meant)
          r1 = 18446744073709551616    | 1:6 number has more than 64 bits
          r1 = 5x                      | 1:7 number expected, not 'x'
          r1 =                         | 1:5 a value expected, not the end of the line
          w1 = 5 ll                    | 1:6 no move of 32 bits takes a number of 64 (leave ll out)
          w1 = map[name:m]             | 1:6 the instruction has all of r1 (write r, not w)
          r1 = -r2                     | 1:7 the instruction negates one register (write r1 twice)
          r1 = le16 r2                 | 1:11 the instruction converts one register (write r1 twice)
          r1 = (s64)r2                 | 1:7 no move extends s64 (s8, s16 or s32)
          r1 = pc                      | 1:6 there is no value pc
          r1 = *(u31 *)(r1 +0)         | 1:8 there is no type u31 (types are u8, u16, u32, u64, and for loads s8, s16, s32)
          *(s8 *)(r1 +0) = 0           | 1:3 s8 is for loads only (write u8)
          r1 = *(u8 *)(r1 +32768)      | 1:18 offset is out of range (0 to 32767)
          r1 = *(u8 *)(r1 -32769)      | 1:18 offset is out of range (0 to 32768)
          r1 = *(u8 *)(w1 +0)          | 1:14 an address has 64 bits (write r, not w)
          lock *(u8 *)(r1 +0) += r2    | 1:7 atomic operation on 1 bytes (only 4 and 8 work)
          lock *(u32 *)(r1 +0) -= r2   | 1:22 '+=', '|=', '&=' or '^=' expected, not '-'
          r1 = atomic_fetch_sub((u64 *)(r1 +0), r1) | 1:6 there is no atomic operation atomic_fetch_sub
          r1 = atomic_cmpxchg((u64 *)(r1 +0), r0, r1) | 1:33 the result is in r0, not in r1
          r1 = atomic64_xchg((u32 *)(r1 +0), r1) | 1:32 atomic64_xchg is for 8 bytes
          r1 = addr_space_cast(r1, 1, 1) | 1:29 other address space is out of range (0 to 0)
          r1 = *(u8 *)skb[4]           | 1:17 packet access leaves its result in r0
          if r1 = 1 goto pc+0          | 1:7 a condition like '==' expected, not '='
          if r1 == 1 gotol pc+0        | 1:12 'goto' expected, not 'gotol'
          goto                         | 1:5 a label, or a distance like pc+1, expected, not the end of the line
          got pc+1                     | 1:1 there is no instruction got (did you mean goto?)
          goto there                   | 1:6 there is no label there
          goto pc+9                    | 1:6 there is no instruction in slot 10
          call pc-9                    | 1:6 there is no instruction in slot -8
          call r1                      | 1:6 no instruction calls what a register points to
          call bpf_tail_call#13        | 1:6 the number of bpf_tail_call is 12 (leave the number out)
          r1 = map[id:5]               | 1:10 the id of a loaded map (write name: and a name of your choice)
          r1 = map[nam:5]              | 1:10 name:, fd: or idx: expected, not 'nam'
          r1 = subprog[name:f]         | 1:14 there is no function f
          (95) r1 = 0                  | 1:1 the opcode of this instruction is b7 (leave it out)
          (9) r1 = 0                   | 1:1 an opcode like (b7) expected, not '('
          .progam x xdp                | 1:1 there is no directive .progam (did you mean .program?)
          .program x xpd               | 1:12 there is no program type xpd (did you mean xdp?)
          .map m array key 4 value 8   | 1:27 'entries' expected, not the end of the line
          from 4 to 1: R0=0            | 1:1 there is no instruction from
          f(a,b,c,d,e,f):              | 1:1 more than five parameters
          """)
  void problemsAreNamed(String source, String expected) {
    List<AssemblyException.Problem> problems =
        problems(source + (source.isEmpty() ? "" : "\nexit"));
    AssemblyException.Problem first = problems.getFirst();
    String hint = first.hint() == null ? "" : " (" + first.hint() + ")";
    assertThat(first.line() + ":" + first.column() + " " + first.message() + hint)
        .startsWith(expected);
  }

  @Test
  void allProblemsAreTold() {
    AssemblyException exception =
        catchThrowableOfType(
            AssemblyException.class,
            () ->
                Assembler.assemble(
                    """
                    .map counters array key 4 value 8 entries 1
                    lop:
                      r1 = map[name:counter]
                      r99 = 0
                    lop:
                      goto loop
                      exot
                    """));
    assertThat(exception)
        .hasMessage(
            """
            line 3, column 17: there is no map counter (did you mean counters?)
            line 4, column 3: there is no register r99 (registers are r0 to r10 and w0 to w10)
            line 5, column 1: lop is in line 2 already
            line 6, column 8: there is no label loop (did you mean lop?)
            line 7, column 3: there is no instruction exot (did you mean exit?)\
            """);
  }

  @Test
  void everyProgramNeedsInstructions() {
    assertThat(problems(".program a xdp\n.program b xdp\nexit"))
        .containsExactly(
            new AssemblyException.Problem(1, 1, "there are no instructions in program a", null));
    assertThat(problems("lost:\n.program b xdp\nexit")).hasSize(1);
  }

  @Test
  void labelsNeedAnInstruction() {
    assertThat(problems("exit\nend:").getFirst().message()).isEqualTo("no instruction follows end");
  }

  @Test
  void thereIsALimitToProblems() {
    assertThat(problems("nonsense\n".repeat(1000))).hasSize(AssemblyException.MAX_PROBLEMS);
  }

  @Test
  void jumpsHave16Bits() {
    String far = "goto end\n" + "r0 = 0\n".repeat(32_768) + "end:\nexit\n";
    String near = "goto end\n" + "r0 = 0\n".repeat(32_767) + "end:\nexit\n";
    assertThat(Assembler.assemble(near).program().instructions().slot(0)).isEqualTo(0x7fff_0005L);
    assertThat(problems(far).getFirst().message()).isEqualTo("the jump is 32768 slots long");
    assertThat(Assembler.assemble("gotol" + far.substring(4)).program().instructions().slot(0))
        .isEqualTo(0x8000_0000_0006L);
  }

  private static List<AssemblyException.Problem> problems(String source) {
    AssemblyException exception =
        catchThrowableOfType(AssemblyException.class, () -> Assembler.assemble(source));
    assertThat(exception).as(source).isNotNull();
    return exception.problems();
  }

  private static ProgramSpec program(String name, Code<Phys> code) {
    return Encoder.program(name, ProgramType.XDP, AttachType.XDP, 0, "GPL", code);
  }
}
