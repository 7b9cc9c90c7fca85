package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.CodegenException.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the target's kernel decides, and which functions are encoded. */
final class EncoderTargetTest {
  private static final Element<Phys> EXIT = new Element.Exit<>(Phys.R0);
  private static final Element<Phys> ZERO =
      new Element.Move<>(Width.W64, 0, Phys.R0, Operand.imm(0));
  private static final Label END = new Label(0, "end");

  record Row(String text, int major, int minor, Element<Phys> element) {
    @Override
    public String toString() {
      return text;
    }
  }

  private static Row row(int major, int minor, String text, Element<Phys> element) {
    return new Row(text, major, minor, element);
  }

  private static Element<Phys> load(Constant constant) {
    return new Element.LoadImm64<>(Phys.R1, constant);
  }

  private static Element<Phys> call(CallTarget target) {
    return new Element.Call<>(target, List.of(), Phys.R0);
  }

  private static Element<Phys> branch(Condition condition, Width width) {
    return new Element.Branch<>(condition, width, Phys.R1, Operand.imm(1), END);
  }

  private static Element<Phys> update(AtomicOp op, boolean fetch) {
    return new Atomic.Update<>(op, Size.DW, fetch, Phys.R1, 0, Phys.R2);
  }

  static final List<Row> FIRST_KERNELS =
      List.of(
          row(
              6,
              6,
              "r1 s/= r2",
              new Element.Alu<>(AluOp.SDIV, Width.W64, Phys.R1, Operand.reg(Phys.R2))),
          row(6, 6, "wr1 s%= 3", new Element.Alu<>(AluOp.SMOD, Width.W32, Phys.R1, Operand.imm(3))),
          row(6, 6, "r1 = (s8)r2", new Element.Move<>(Width.W64, 8, Phys.R1, Operand.reg(Phys.R2))),
          row(6, 6, "r1 = *(s8 *)(r1 +0)", new Element.Load<>(Size.B, true, Phys.R1, Phys.R1, 0)),
          row(6, 6, "r1 = bswap16 r1", new Element.Endian<>(ByteSwap.SWAP, 16, Phys.R1)),
          row(5, 12, "lock *(u64 *)(r1 +0) |= r2", update(AtomicOp.OR, false)),
          row(5, 12, "r2 = fetch lock", update(AtomicOp.ADD, true)),
          row(5, 12, "cmpxchg", new Atomic.CompareExchange<>(Size.W, Phys.R1, 0, Phys.R0, Phys.R2)),
          row(6, 15, "load_acquire", new Atomic.LoadAcquire<>(Size.W, Phys.R1, Phys.R1, 0)),
          row(6, 15, "store_release", new Atomic.StoreRelease<>(Size.W, Phys.R1, 0, Phys.R1)),
          row(5, 1, "if wr1 == 1 goto end.0", branch(Condition.EQ, Width.W32)),
          row(4, 14, "if r1 < 1 goto end.0", branch(Condition.LT, Width.W64)),
          row(6, 9, "may_goto end.0", new Element.MayGoto<>(END)),
          row(
              6,
              9,
              "r1 = addr_space_cast(r2, 0, 1)",
              new Element.AddressSpaceCast<>(Phys.R1, Phys.R2, 0, 1)),
          row(4, 16, "sub", call(new CallTarget.Subprogram("sub"))),
          row(5, 13, "kernel", call(new CallTarget.KernelFunction("kernel"))),
          row(5, 13, "7", call(new CallTarget.KernelFunctionId(7, 0))),
          row(5, 16, "7", call(new CallTarget.KernelFunctionId(7, 1))),
          row(5, 18, "xdp_get_buff_len", call(Helpers.XDP_GET_BUFF_LEN)),
          row(5, 2, "m", load(new Constant.MapValue("m", 0))),
          row(5, 10, "jiffies", load(new Constant.Variable("jiffies"))),
          row(5, 13, "sub", load(new Constant.Function("sub"))),
          row(5, 14, "r1 = ", load(new Constant.Resolved(Constant.Pseudo.MAP_INDEX, 0, 0))));

  @ParameterizedTest
  @FieldSource("FIRST_KERNELS")
  void oldKernelsLackSomeInstructions(Row row) {
    Code<Phys> main = code("main", List.of(row.element(), ZERO, new Element.Bind<>(END), EXIT));
    List<Code<Phys>> functions = List.of(main, code("sub", List.of(EXIT)));
    KernelVersion since = new KernelVersion(row.major(), row.minor());
    KernelVersion before =
        row.minor() == 0
            ? new KernelVersion(row.major() - 1, 19)
            : new KernelVersion(row.major(), row.minor() - 1);

    assertThatCode(() -> Encoder.encode(functions, since)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Encoder.encode(functions, before))
        .isInstanceOfSatisfying(
            CodegenException.class,
            e -> {
              assertThat(((Reason.Unsupported) e.reason()).since()).isEqualTo(since);
              assertThat(e.note()).isEqualTo("rule 3");
            })
        .hasMessageStartingWith("rule 3: ")
        .hasMessageContaining(row.text())
        .hasMessageEndingWith(" needs Linux " + since);
  }

  @Test
  void oldInstructionsSuitOldKernels() {
    Code<Phys> main =
        code(
            "main",
            List.of(
                update(AtomicOp.ADD, false),
                new Element.Endian<>(ByteSwap.TO_BE, 16, Phys.R1),
                load(new Constant.MapFd("m")),
                branch(Condition.SGT, Width.W64),
                call(Helpers.MAP_LOOKUP_ELEM),
                call(new CallTarget.Helper(999)),
                new Element.Bind<>(END),
                EXIT));

    assertThat(Encoder.encode(List.of(main), new KernelVersion(4, 4)))
        .isEqualTo(Encoder.encode(main));
  }

  @Test
  void oldKernelsTakeShortPrograms() {
    List<Element<Phys>> elements =
        new ArrayList<>(Collections.nCopies(FirstKernel.SHORT_PROGRAM - 1, ZERO));
    elements.add(EXIT);
    KernelVersion old = new KernelVersion(5, 1);

    assertThatCode(() -> Encoder.encode(List.of(new Code<>("f", List.of(), elements, 0)), old))
        .doesNotThrowAnyException();
    elements.add(0, ZERO);
    assertThatThrownBy(() -> Encoder.encode(List.of(new Code<>("f", List.of(), elements, 0)), old))
        .isInstanceOf(CodegenException.class)
        .hasMessage("a program of 4097 instructions needs Linux 5.2");
  }

  @Test
  void functionsThatNobodyNeedsAreDropped() {
    List<Code<Phys>> functions =
        List.of(
            code(
                "main",
                List.of(
                    call(new CallTarget.Subprogram("c")),
                    EXIT,
                    call(new CallTarget.Subprogram("only called where nobody comes")),
                    EXIT)),
            code("a", List.of(ZERO, EXIT)),
            code("b", List.of(ZERO, call(new CallTarget.Subprogram("b")), EXIT)),
            code("c", List.of(load(new Constant.Function("d")), ZERO, EXIT)),
            code("d", List.of(ZERO, EXIT)));

    Encoder.Encoded encoded = Encoder.encode(functions);

    assertThat(encoded.functions())
        .extracting(ProgramSpec.Function::name)
        .containsExactly("main", "c", "d");
    assertThat(encoded.functions()).extracting(ProgramSpec.Function::slot).containsExactly(0, 2, 6);
    assertThat(Samples.hex(encoded.instructions().slot(0))).isEqualTo("85 10 00 00 01 00 00 00");
    assertThat(Samples.hex(encoded.instructions().slot(2))).isEqualTo("18 41 00 00 03 00 00 00");
  }

  @Test
  void functionsHaveDifferentNamesAndExist() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Encoder.encode(List.of(code("f", List.of(EXIT)), code("f", List.of(EXIT)))))
        .withMessage("two functions with the name f");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Encoder.encode(List.of(code("f", List.of(call(new CallTarget.Subprogram("g")), EXIT)))))
        .withMessage("there is no function g");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Encoder.encode(List.of()))
        .withMessage("a program without functions");
  }

  private static Code<Phys> code(String name, List<Element<Phys>> elements) {
    List<Element<Phys>> all = new ArrayList<>(elements);
    all.add(0, new Element.Note<>("rule 3"));
    return new Code<>(name, List.of(), all, 0);
  }
}
