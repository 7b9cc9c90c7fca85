package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Operations by what they compute and how they are listed. */
class ArithmeticBuilderTest {

  record Row(String listing, long expected, Function<CodeBuilder, Virt> code) {
    @Override
    public String toString() {
      return listing;
    }
  }

  interface WithRegister {
    Virt apply(CodeBuilder b, Virt left, Virt right);
  }

  interface WithNumber {
    Virt apply(CodeBuilder b, Virt left);
  }

  /** {@code -100 op 7} with registers. */
  private static Row registers(String symbol, long expected, WithRegister code) {
    return new Row(
        "v1 = -100; v2 = 7; v3 = v1; v3 " + symbol + " v2",
        expected,
        b -> code.apply(b, b.constant(-100), b.constant(7)));
  }

  /** {@code -100 op 7} with a number. */
  private static Row number(String symbol, long expected, WithNumber code) {
    return new Row(
        "v1 = -100; v2 = v1; v2 " + symbol + " 7", expected, b -> code.apply(b, b.constant(-100)));
  }

  private static Row unary(String rest, long value, long expected, WithNumber code) {
    return new Row("v1 = " + value + "; " + rest, expected, b -> code.apply(b, b.constant(value)));
  }

  static final List<Row> ROWS =
      List.of(
          registers("+=", -93, CodeBuilder::add),
          registers("-=", -107, CodeBuilder::subtract),
          registers("*=", -700, CodeBuilder::multiply),
          registers("/=", Long.divideUnsigned(-100, 7), CodeBuilder::divide),
          registers("%=", Long.remainderUnsigned(-100, 7), CodeBuilder::modulo),
          registers("s/=", -14, CodeBuilder::signedDivide),
          registers("s%=", -2, CodeBuilder::signedModulo),
          registers("&=", -100 & 7, CodeBuilder::and),
          registers("|=", -100 | 7, CodeBuilder::or),
          registers("^=", -100 ^ 7, CodeBuilder::xor),
          registers("<<=", -100 << 7, CodeBuilder::shiftLeft),
          registers(">>=", -100L >>> 7, CodeBuilder::shiftRight),
          registers("s>>=", -100 >> 7, CodeBuilder::shiftRightSigned),
          number("+=", -93, (b, x) -> b.add(x, 7)),
          number("-=", -107, (b, x) -> b.subtract(x, 7)),
          number("*=", -700, (b, x) -> b.multiply(x, 7)),
          number("/=", Long.divideUnsigned(-100, 7), (b, x) -> b.divide(x, 7)),
          number("%=", Long.remainderUnsigned(-100, 7), (b, x) -> b.modulo(x, 7)),
          number("s/=", -14, (b, x) -> b.signedDivide(x, 7)),
          number("s%=", -2, (b, x) -> b.signedModulo(x, 7)),
          number("&=", -100 & 7, (b, x) -> b.and(x, 7)),
          number("|=", -100 | 7, (b, x) -> b.or(x, 7)),
          number("^=", -100 ^ 7, (b, x) -> b.xor(x, 7)),
          number("<<=", -100 << 7, (b, x) -> b.shiftLeft(x, 7)),
          number(">>=", -100L >>> 7, (b, x) -> b.shiftRight(x, 7)),
          number("s>>=", -100 >> 7, (b, x) -> b.shiftRightSigned(x, 7)),
          unary("v2 = v1; v2 = -v2", 5, -5, CodeBuilder::negate),
          unary("wv2 = wv1", -1, 0xffff_ffffL, CodeBuilder::lowerHalf),
          unary("v2 = (s16)v1", 0x8001, -0x7fff, (b, x) -> b.signExtend(x, 16)),
          unary(
              "v2 = v1; v2 = be16 v2",
              0x112233,
              0x3322,
              (b, x) -> b.byteOrder(ByteSwap.TO_BE, 16, x)),
          unary(
              "v2 = v1; v2 = bswap32 v2",
              0x11223344,
              0x44332211,
              (b, x) -> b.byteOrder(ByteSwap.SWAP, 32, x)),
          unary("v2 = v1; wv2 += 1", -1, 0, (b, x) -> b.compute(Width.W32, x, AluOp.ADD, 1)),
          unary(
              "v2 = v1; wv2 s>>= wv1",
              -31,
              0xffff_fff0L,
              (b, x) -> b.compute(Width.W32, x, AluOp.ARSH, x)));

  @ParameterizedTest
  @FieldSource("ROWS")
  void computes(Row row) {
    String listing = Dsl.listing(b -> b.exit(row.code().apply(b)));

    assertThat(listing.substring(0, listing.lastIndexOf(';'))).isEqualTo(row.listing());
    assertThat(Dsl.value(row.code())).isEqualTo(row.expected());
  }

  @Test
  void constantsTakeTheShorterForm() {
    assertThat(Dsl.listing(b -> b.exit(b.constant(-1)))).startsWith("v1 = -1; ");
    assertThat(Dsl.listing(b -> b.exit(b.constant(1L << 31)))).startsWith("v1 = 0x80000000 ll; ");
    assertThat(Dsl.value(b -> b.constant(1L << 31))).isEqualTo(1L << 31);
  }

  @Test
  void castsHaveNoInterpretation() {
    assertThat(Dsl.listing(b -> b.exit(b.castAddressSpace(b.parameter(), 0, 1))))
        .startsWith("v2 = addr_space_cast(v1, 0, 1); ");
  }
}
