package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.interpreter.Interpreter;
import dev.jbpfilter.bytecode.testing.SamplePrograms;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Programs of several functions, and calls. */
class ProgramBuilderTest {

  private static ObjectSpec object(Consumer<ProgramBuilder> body) {
    return ProgramBuilder.object("test", ProgramType.XDP, AttachType.XDP, "GPL", body);
  }

  @Test
  void functionsCallEachOther() {
    ObjectSpec object = object(SamplePrograms::functions);

    assertThat(Dsl.run(object)).isEqualTo(10);
    assertThat(object.program().functions())
        .extracting(f -> f.name() + " " + f.parameters())
        .containsExactly("test 0", "square 1", "difference 2");
  }

  @Test
  void functionsHaveFramesOfTheirOwn() {
    ObjectSpec object =
        object(p -> {
          for (int i = 3; i > 0; i--) {
            int depth = i;
            p.function(
                "level" + depth,
                b -> {
                  Virt x = b.parameter();
                  StackVariable saved = b.stackVariable("saved", 8);
                  b.store(saved, b.add(x, depth));
                  if (depth < 3) {
                    b.callFunction("level" + (depth + 1), b.multiply(x, 10));
                  }
                  b.exit(b.load(saved));
                });
          }
          p.main(b -> b.exit(b.callFunction("level1", b.constant(5))));
        });

    assertThat(Dsl.run(object)).isEqualTo(6);
  }

  @Test
  void addressesOfFunctionsAreForHelpers() {
    ObjectSpec object =
        object(p -> {
          p.function(
              "step",
              b -> {
                Virt index = b.parameter();
                Virt sum = b.parameter();
                b.store(Size.DW, sum, 0, b.add(b.load(Size.DW, sum, 0), index));
                b.exit(0);
              });
          p.main(b -> {
            StackVariable sum = b.stackVariable("sum", 8);
            b.store(sum, 0);
            Virt step = b.constant(new Constant.Function("step"));
            b.callHelper("loop", b.constant(5), step, b.address(sum), b.constant(0));
            b.exit(b.load(sum));
          });
        });

    assertThat(Dsl.run(object)).isEqualTo(10);
  }

  @Test
  void failedTailCallGoesOn() {
    ObjectSpec object =
        object(p -> {
          MapSpec programs = p.map(new MapSpec("programs", MapType.PROG_ARRAY, 4, 4, 2, 0, null));
          p.main(b -> {
            Virt context = b.parameter();
            b.tailCall(context, b.map(programs), b.constant(1));
            b.exit(7);
          });
        });
    Interpreter interpreter = Interpreter.of(object);

    assertThat(interpreter.run(Dsl.FRAME)).isEqualTo(7);
    interpreter.setProgram("programs", 1, Dsl.object(b -> b.exit(8)).program());
    assertThat(interpreter.run(Dsl.FRAME)).isEqualTo(8);
  }

  @Test
  void callsOfAllKinds() {
    assertThat(
            Dsl.listing(b -> {
              Virt x = b.callHelper("ktime_get_ns");
              b.callKernel("bpf_kernel", x);
              b.callFunction("other", x, x);
              b.exit(x);
            }))
        .isEqualTo(
            "v1 = call ktime_get_ns#5(); v2 = call bpf_kernel(v1); v3 = call other(v1, v1); exit v1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dsl.run(b -> b.callHelper("nonsense")))
        .withMessage("there is no helper nonsense");
  }

  @Test
  void flagsAndTarget() {
    assertThat(object(p -> p.flags(32).main(b -> b.exit(0))).program().flags()).isEqualTo(32);
    assertThatThrownBy(() ->
            object(p ->
                p.target(new KernelVersion(6, 5))
                    .main(b -> b.note("rule 1").exit(b.signExtend(b.constant(1), 8)))))
        .isInstanceOf(CodegenException.class)
        .hasMessageStartingWith("rule 1: ")
        .hasMessageEndingWith("needs Linux 6.6");
  }

  @Test
  void mistakesAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> object(p -> {}))
        .withMessage("test has no main function");
    assertThatIllegalStateException()
        .isThrownBy(() -> object(p -> p.main(b -> b.exit(0)).main(b -> b.exit(0))));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            object(p -> {
              p.function("f", b -> b.exit(b.parameter()));
              p.main(b -> b.exit(b.callFunction("f")));
            }))
        .withMessage("test calls f with 0 arguments, it takes 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> object(p -> p.main(b -> b.exit(b.callFunction("f")))))
        .withMessage("there is no function f");
  }
}
