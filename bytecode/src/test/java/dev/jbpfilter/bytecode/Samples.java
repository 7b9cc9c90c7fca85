package dev.jbpfilter.bytecode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Every form of instruction. */
final class Samples {
  /** Two slots before the jump. */
  static final Label TARGET = new Label(0, "target");

  static final List<Sample> ALL =
      Stream.of(AluSamples.ALL, MemorySamples.ALL, ControlSamples.ALL)
          .flatMap(List::stream)
          .toList();

  private Samples() {}

  /** A function with a sample in slot 1. */
  static Code<Phys> around(Sample sample) {
    List<Element<Phys>> elements = new ArrayList<>();
    elements.add(new Element.Bind<>(TARGET));
    elements.add(new Element.Negate<>(Width.W64, Phys.R0));
    elements.add(sample.element());
    if (!sample.element().endsBlock()) {
      elements.add(new Element.Exit<>(Phys.R0));
    }
    return new Code<>("main", List.of(Phys.R1), elements, 0);
  }

  /** The slots of a sample. */
  static long[] encode(Sample sample) {
    long[] slots = Encoder.encode(around(sample)).instructions().toArray();
    int end = slots.length - (sample.element().endsBlock() ? 0 : 1);
    return Arrays.copyOfRange(slots, 1, end);
  }

  /** Bytes in the order of memory. */
  static String hex(long... slots) {
    return HexFormat.ofDelimiter(" ").formatHex(Instructions.of(slots).toBytes());
  }
}
