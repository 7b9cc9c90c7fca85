package dev.jbpfilter.bytecode;

import static dev.jbpfilter.bytecode.Predicate.is;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.interpreter.Frame;
import dev.jbpfilter.bytecode.interpreter.Interpreter;
import org.junit.jupiter.api.Test;

/** The examples of the documentation. */
class TutorialTest {
  private static final int XDP_PASS = 2;

  /** Counts packets. */
  private static ObjectSpec counter() {
    return ProgramBuilder.object(
        "count",
        ProgramType.XDP,
        AttachType.XDP,
        "GPL",
        p -> {
          MapSpec packets = p.map(new MapSpec("packets", MapType.ARRAY, 4, 8, 1, 0, null));
          p.main(b -> {
            StackVariable key = b.stackVariable("key", 4);
            b.store(key, 0);
            Virt count = b.call(Helpers.MAP_LOOKUP_ELEM, b.map(packets), b.address(key));
            b.ifThen(
                is(count, Condition.NE, 0),
                () -> b.atomic(AtomicOp.ADD, Size.DW, count, 0, b.constant(1)));
            b.exit(XDP_PASS);
          });
        });
  }

  @Test
  void countsPackets() {
    Checker.verify(counter().program());
    Interpreter interpreter = Interpreter.of(counter());

    assertThat(interpreter.run(Frame.of(new byte[60]))).isEqualTo(XDP_PASS);
    assertThat(interpreter.run(Frame.of(new byte[60]))).isEqualTo(XDP_PASS);
    assertThat(interpreter.value("packets", 0).getLong(0)).isEqualTo(2);
  }
}
