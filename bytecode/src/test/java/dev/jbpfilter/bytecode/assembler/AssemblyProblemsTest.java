package dev.jbpfilter.bytecode.assembler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of sources that are none. */
class AssemblyProblemsTest {
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
          r5 = *(u64 *)(r1 +sk_buff.d]ev) | 1:27 field path "d]ev" is malformed
          r1 += 1 2                    | 1:9 the end of the line expected, not '2'
          r1 += 0x1ffffffff            | 1:7 number is out of range (-2147483648 to 4294967295)
          r1 += 0xffffffff             | 1:7 the number has 32 bits and would be sign-extended (write -1 if that is meant)
          r1 = 18446744073709551616    | 1:6 number has more than 64 bits
          r1 = 5x                      | 1:7 number expected, not 'x'
          r1 = 5٣                      | 1:7 the end of the line expected, not '٣'
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

  @ParameterizedTest
  @CsvSource({
    ".program a~b xdp, 1:11 name of the program with a control character",
    ".map a~b array key 4 value 8 entries 1, 1:7 name of the map with a control character",
    ".license G~PL, 1:11 license with a control character",
    "r1 = map[name:a~b], 1:16 name of a map with a control character",
    "r1 = subprog[name:~], 1:19 name of a function with a control character"
  })
  void namesArePrintable(String source, String expected) {
    AssemblyException.Problem first = problems(source.replace('~', '\0') + "\nexit").getFirst();
    assertThat(first.line() + ":" + first.column() + " " + first.message()).isEqualTo(expected);
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
}
