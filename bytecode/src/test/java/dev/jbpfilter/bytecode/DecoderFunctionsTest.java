package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.ProgramSpec.Function;
import dev.jbpfilter.bytecode.assembler.Assembler;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs of several functions. */
final class DecoderFunctionsTest {
  private static final String SOURCE =
      """
      main(r1):
      ; calls
        call second
        r2 = subprog[name:third]
      again:
        if r0 == 0 goto again
        exit
      second(r1, r2):
      ; counts
        r0 = 1
      wait:
        if r1 == r2 goto wait
        exit
      third():
        r0 = 2
        exit
      """;

  @Test
  void eachFunctionIsCodeOfItsOwn() {
    ProgramSpec program = Assembler.assemble(SOURCE).program();
    List<Code<Phys>> functions = Decoder.decode(program);
    assertThat(functions).extracting(Code::name).containsExactly("main", "second", "third");
    assertThat(functions.get(0).parameters()).containsExactly(Phys.R1);
    assertThat(functions.get(1).parameters()).containsExactly(Phys.R1, Phys.R2);
    assertThat(functions.get(2).parameters()).isEmpty();
    assertThat(functions.get(1).elements())
        .containsExactly(
            new Element.Note<>("counts"),
            new Element.Move<>(Width.W64, 0, Phys.R0, Operand.imm(1)),
            new Element.Bind<>(new Label(6, "slot")),
            new Element.Branch<>(
                Condition.EQ, Width.W64, Phys.R1, Operand.reg(Phys.R2), new Label(6, "slot")),
            new Element.Exit<>(Phys.R0));
    Encoder.Encoded again = Encoder.encode(functions);
    assertThat(again.instructions()).isEqualTo(program.instructions());
    assertThat(again.functions()).isEqualTo(program.functions());
    assertThat(again.notes()).isEqualTo(program.notes());
  }

  @Test
  void instructionsAloneTellOfFunctions() {
    Instructions instructions = Assembler.assemble(SOURCE).program().instructions();
    List<Code<Phys>> functions = Decoder.decode(instructions);
    assertThat(functions)
        .extracting(Code::name)
        .containsExactly("function_0", "function_5", "function_8");
    assertThat(functions).extracting(code -> code.parameters().size()).containsExactly(1, 5, 5);
    assertThat(functions.getFirst().elements())
        .contains(new Element.LoadImm64<>(Phys.R2, new Constant.Function("function_8")));
    assertThat(Encoder.encode(functions).instructions()).isEqualTo(instructions);
  }

  @Test
  void theProgramNamesWhatItKnows() {
    Instructions instructions = Assembler.assemble(SOURCE).program().instructions();
    ProgramSpec program =
        program(instructions, new Function(0, "function_8", 1), new Function(5, "five", 0));
    assertThat(Decoder.functions(program))
        .containsExactly(
            new Function(0, "function_8", 1),
            new Function(5, "five", 0),
            new Function(8, "function_8_", 5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          100001085 95                         | slot 0: function in slot 2
          fffffffe00001085 95                  | slot 0: function in slot -1
          200001085 95 18 0 95                 | slot 0: function in slot 3
          200004018 0 18 0 95                  | slot 0: function in slot 3
          100001085 95 b7 fffd0005             | slot 3: jump into slot 1 of function_0
          200001085 10005 95 95                | slot 1: jump into slot 3 of function_3
          200001085 95 b7 95                   | slot 2: control falls into function_3
          100001085 95 b7                      | slot 2: control falls off the end
          100001085 95 b7 fffe0005             |
          """)
  void functionsStandAlone(String slots, @Nullable String problem) {
    Instructions instructions =
        Instructions.of(
            Stream.of(slots.split(" ", -1))
                .mapToLong(slot -> Long.parseUnsignedLong(slot, 16))
                .toArray());
    if (problem == null) {
      assertThat(Decoder.decode(instructions)).hasSize(2);
    } else {
      assertThatThrownBy(() -> Decoder.decode(instructions))
          .isInstanceOf(DecodeException.class)
          .hasMessage(problem);
    }
  }

  @Test
  void whatTheProgramSaysOfFunctionsMustFit() {
    Instructions wide = Instructions.of(0x18, 0, 0x95, 0x95);
    refuses("begin here", wide, new Function(1, "a", 1));
    refuses("begin here", wide, new Function(0, "a", 1), new Function(0, "b", 1));
    refuses("begin here", wide, new Function(0, "a", 1), new Function(4, "b", 1));
    refuses("begin here", wide, new Function(-1, "a", 1));
    refuses("6 parameters", wide, new Function(0, "a", 6));
    refuses("-1 parameters", wide, new Function(0, "a", -1));
    refuses("function in slot 1", wide, new Function(0, "a", 1), new Function(1, "b", 1));
    refuses("falls into b", wide, new Function(0, "a", 1), new Function(2, "b", 1));
  }

  private static void refuses(String problem, Instructions instructions, Function... functions) {
    assertThatThrownBy(() -> Decoder.decode(program(instructions, functions)))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining(problem);
  }

  private static ProgramSpec program(Instructions instructions, Function... functions) {
    return new ProgramSpec(
        "p",
        ProgramType.XDP,
        AttachType.XDP,
        0,
        "GPL",
        instructions,
        List.of(),
        List.of(),
        List.of(functions));
  }
}
