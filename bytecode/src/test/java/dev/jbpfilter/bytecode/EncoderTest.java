package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.ProgramSpec.LineNote;
import dev.jbpfilter.bytecode.ProgramSpec.Relocation;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

final class EncoderTest {
  private static final Element<Phys> EXIT = new Element.Exit<>(Phys.R0);
  private static final Element<Phys> FILL = new Element.Negate<>(Width.W64, Phys.R0);
  private static final Label FAR = new Label(0, "far");
  private static final Label NEAR = new Label(1, "near");

  @ParameterizedTest
  @FieldSource("dev.jbpfilter.bytecode.Samples#ALL")
  void encodesEachForm(Sample sample) {
    assertThat(hex(Samples.encode(sample))).isEqualTo(sample.hex());
  }

  @Test
  void jumpReachesAsFarAsSixteenBitsGo() {
    assertThat(slot(jumpOver(32_767), 0)).isEqualTo("05 00 ff 7f 00 00 00 00");
    assertThat(slot(jumpOver(32_768), 0)).isEqualTo("06 00 00 00 00 80 00 00");
    assertThat(slot(jumpBack(32_767), 32_767)).isEqualTo("05 00 00 80 00 00 00 00");
    assertThat(slot(jumpBack(32_768), 32_768)).isEqualTo("06 00 00 00 ff 7f ff ff");
  }

  @Test
  void mayGotoHasSixteenBitsOnly() {
    assertThat(slot(encode(mayGotoOver(32_767)), 0)).isEqualTo("e5 00 ff 7f 00 00 00 00");
    Encoder.Encoded over = encode(mayGotoOver(32_768));
    assertThat(slot(over, 0)).isEqualTo("e5 00 01 00 00 00 00 00");
    assertThat(slot(over, 1)).isEqualTo("05 00 01 00 00 00 00 00");
    assertThat(slot(over, 2)).isEqualTo("06 00 00 00 00 80 00 00");
    List<Element<Phys>> back = new ArrayList<>();
    back.add(new Element.Bind<>(FAR));
    back.addAll(Collections.nCopies(32_767, FILL));
    back.add(new Element.MayGoto<>(FAR));
    back.add(EXIT);
    assertThat(slot(encode(back), 32_767)).isEqualTo("e5 00 00 80 00 00 00 00");
    back.add(1, FILL);
    assertThat(slot(encode(back), 32_768)).isEqualTo("e5 00 01 00 00 00 00 00");
    assertThat(slot(encode(back), 32_770)).isEqualTo("06 00 00 00 fd 7f ff ff");
  }

  private static List<Element<Phys>> mayGotoOver(int slots) {
    List<Element<Phys>> elements = branchOver(Condition.EQ, slots);
    elements.set(0, new Element.MayGoto<>(FAR));
    return elements;
  }

  private static Encoder.Encoded jumpOver(int slots) {
    // The branch keeps what is jumped over alive.
    List<Element<Phys>> elements = new ArrayList<>();
    elements.add(new Element.Jump<>(FAR));
    elements.add(new Element.Bind<>(NEAR));
    elements.addAll(Collections.nCopies(slots, FILL));
    elements.add(new Element.Bind<>(FAR));
    elements.add(branch(Condition.EQ, 0, NEAR));
    elements.add(EXIT);
    return encode(elements);
  }

  private static Encoder.Encoded jumpBack(int slots) {
    List<Element<Phys>> elements = new ArrayList<>();
    elements.add(new Element.Bind<>(FAR));
    elements.addAll(Collections.nCopies(slots, FILL));
    elements.add(new Element.Jump<>(FAR));
    return encode(elements);
  }

  @Test
  void branchInRangeIsOneSlot() {
    Encoder.Encoded over = encode(branchOver(Condition.GT, 32_767));
    assertThat(slot(over, 0)).isEqualTo("25 01 ff 7f 07 00 00 00");
    assertThat(over.instructions().count()).isEqualTo(32_769);
    Encoder.Encoded back = encode(branchBack(Condition.GT, 32_767));
    assertThat(slot(back, 32_767)).isEqualTo("25 01 00 80 07 00 00 00");
  }

  @Test
  void branchOutOfRangeIsInvertedOverALongJump() {
    Encoder.Encoded over = encode(branchOver(Condition.GT, 32_768));
    assertThat(slot(over, 0)).isEqualTo("b5 01 01 00 07 00 00 00");
    assertThat(slot(over, 1)).isEqualTo("06 00 00 00 00 80 00 00");
    assertThat(over.instructions().count()).isEqualTo(32_771);
    Encoder.Encoded back = encode(branchBack(Condition.GT, 32_768));
    assertThat(slot(back, 32_768)).isEqualTo("b5 01 01 00 07 00 00 00");
    assertThat(slot(back, 32_769)).isEqualTo("06 00 00 00 fe 7f ff ff");
  }

  @Test
  void bitTestOutOfRangeTakesATrampoline() {
    Encoder.Encoded over = encode(branchOver(Condition.SET, 32_768));
    assertThat(slot(over, 0)).isEqualTo("45 01 01 00 07 00 00 00");
    assertThat(slot(over, 1)).isEqualTo("05 00 01 00 00 00 00 00");
    assertThat(slot(over, 2)).isEqualTo("06 00 00 00 00 80 00 00");
    assertThat(over.instructions().count()).isEqualTo(32_772);
  }

  @ParameterizedTest
  @EnumSource
  void everyConditionKeepsItsMeaningWhenFar(Condition condition) {
    Instructions far = encode(branchOver(condition, 40_000)).instructions();
    int jump = far.count() - 40_000 - 2;
    assertThat(far.slot(jump) & 0xff).isEqualTo(0x06);
    Condition negation = condition.negation();
    Condition encoded = negation == null ? condition : negation;
    assertThat(far.slot(0) & 0xff).isEqualTo(encoded.code() | 0x05);
  }

  @Test
  void oneLongBranchPushesTheNextOneOutOfRange() {
    // The inner branch is exactly in range until the outer one, which it spans, grows by a slot.
    List<Element<Phys>> elements = new ArrayList<>();
    elements.add(branch(Condition.EQ, 1, NEAR));
    elements.add(branch(Condition.EQ, 2, FAR));
    elements.addAll(Collections.nCopies(32_766, FILL));
    elements.add(new Element.Bind<>(NEAR));
    elements.addAll(Collections.nCopies(2, FILL));
    elements.add(new Element.Bind<>(FAR));
    elements.add(EXIT);
    Encoder.Encoded encoded = encode(elements);
    assertThat(slot(encoded, 0)).isEqualTo("55 01 01 00 01 00 00 00");
    assertThat(slot(encoded, 1)).isEqualTo("06 00 00 00 00 80 00 00");
    assertThat(slot(encoded, 2)).isEqualTo("55 01 01 00 02 00 00 00");
    assertThat(slot(encoded, 3)).isEqualTo("06 00 00 00 00 80 00 00");
  }

  @Test
  void memoryOffsetsHaveSixteenBits() {
    assertThat(slot(encode(List.of(load(32_767), EXIT)), 0)).isEqualTo("61 10 ff 7f 00 00 00 00");
    assertThat(slot(encode(List.of(load(-32_768), EXIT)), 0)).isEqualTo("61 10 00 80 00 00 00 00");
    for (int offset : new int[] {32_768, -32_769}) {
      assertThatThrownBy(
              () -> encode(List.of(new Element.Note<>("rule 3"), FILL, load(offset), EXIT)))
          .isInstanceOf(CodegenException.class)
          .hasMessage("rule 3: memory offset " + offset + " is out of range");
    }
  }

  private static Element<Phys> load(int offset) {
    return new Element.Load<>(Size.W, false, Phys.R0, Phys.R1, offset);
  }

  @Test
  void callingConventionIsChecked() {
    CallTarget helper = Helpers.MAP_LOOKUP_ELEM;
    assertThatThrownBy(() ->
            encode(List.of(new Element.Call<>(helper, List.of(Phys.R1, Phys.R3), Phys.R0), EXIT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("argument of a call is in r3, not in r2");
    assertThatThrownBy(() -> encode(List.of(new Element.Call<>(helper, List.of(), Phys.R6), EXIT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("result of a call is in r6, not in r0");
    assertThatThrownBy(() -> encode(List.of(new Element.Exit<>(Phys.R6))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("result of exit is in r6, not in r0");
  }

  @Test
  void relocationsAndNotesNameTheirSlots() {
    Encoder.Encoded encoded =
        encode(
            List.of(
                new Element.Note<>("never shown"),
                new Element.Note<>("prologue"),
                new Element.LoadImm64<>(Phys.R1, new Constant.Value(7)),
                new Element.LoadImm64<>(Phys.R1, new Constant.MapFd("bf_cmap")),
                new Element.Note<>("rule 0"),
                new Element.LoadImm64<>(Phys.R2, new Constant.MapValue("bf_tables", 40)),
                new Element.Call<>(
                    new CallTarget.KernelFunction("bpf_dynptr_from_xdp"), List.of(), Phys.R0),
                EXIT,
                new Element.Note<>("nothing follows")));
    assertThat(encoded.relocations())
        .containsExactly(
            new Relocation(2, new Target.MapFd("bf_cmap")),
            new Relocation(4, new Target.MapValue("bf_tables", 40)),
            new Relocation(6, new Target.KernelFunction("bpf_dynptr_from_xdp")));
    assertThat(encoded.notes())
        .containsExactly(new LineNote(0, "prologue"), new LineNote(4, "rule 0"));
  }

  @Test
  void programCarriesWhatItIsGiven() {
    Code<Phys> code = code(List.of(FILL, EXIT));
    ProgramSpec program =
        Encoder.program(
            "bf_prog", ProgramType.XDP, AttachType.XDP, ProgramSpec.XDP_HAS_FRAGS, "GPL", code);
    assertThat(program)
        .isEqualTo(
            new ProgramSpec(
                "bf_prog",
                ProgramType.XDP,
                AttachType.XDP,
                32,
                "GPL",
                Instructions.of(0x87, 0x95),
                List.of(),
                List.of(),
                List.of(new ProgramSpec.Function(0, "main", 1))));
  }

  @Test
  void manyBranchesOutOfRange() {
    // The n-th branch from the end spans 3n - 1 slots: in range up to n = 10 922.
    List<Element<Phys>> elements = new ArrayList<>();
    for (int i = 0; i < 33_000; i++) {
      elements.add(branch(Condition.EQ, i, FAR));
      elements.add(FILL);
      elements.add(FILL);
    }
    elements.add(new Element.Bind<>(FAR));
    elements.add(EXIT);
    Encoder.Encoded encoded = encode(elements);
    int longBranches =
        (int)
            Arrays.stream(encoded.instructions().toArray())
                .filter(slot -> (slot & 0xff) == 0x06)
                .count();
    assertThat(encoded.instructions().count()).isEqualTo(99_001 + longBranches);
    assertThat(longBranches).isEqualTo(33_000 - 10_922);
  }

  static List<Element<Phys>> branchOver(Condition condition, int slots) {
    List<Element<Phys>> elements = new ArrayList<>();
    elements.add(branch(condition, 7, FAR));
    elements.addAll(Collections.nCopies(slots, FILL));
    elements.add(new Element.Bind<>(FAR));
    elements.add(EXIT);
    return elements;
  }

  private static List<Element<Phys>> branchBack(Condition condition, int slots) {
    List<Element<Phys>> elements = new ArrayList<>();
    elements.add(new Element.Bind<>(FAR));
    elements.addAll(Collections.nCopies(slots, FILL));
    elements.add(branch(condition, 7, FAR));
    elements.add(EXIT);
    return elements;
  }

  private static Element<Phys> branch(Condition condition, int right, Label target) {
    return new Element.Branch<>(condition, Width.W64, Phys.R1, Operand.imm(right), target);
  }

  private static Encoder.Encoded encode(List<Element<Phys>> elements) {
    return Encoder.encode(code(elements));
  }

  private static Code<Phys> code(List<Element<Phys>> elements) {
    return new Code<>("main", List.of(Phys.R1), elements, 0);
  }

  private static String slot(Encoder.Encoded encoded, int slot) {
    return hex(encoded.instructions().slot(slot));
  }

  private static String hex(long... slots) {
    return Samples.hex(slots);
  }
}
