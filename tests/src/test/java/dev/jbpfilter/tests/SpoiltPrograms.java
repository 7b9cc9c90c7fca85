package dev.jbpfilter.tests;

import dev.jbpfilter.bytecode.Atomic;
import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Encoder;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random programs in which one instruction is missing or names a wrong register. */
final class SpoiltPrograms {
  private SpoiltPrograms() {}

  /** The program of a seed. */
  static ObjectSpec of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ObjectSpec sound = RandomPrograms.of(seed).object();
    List<Code<Phys>> functions = new ArrayList<>(RandomPrograms.of(seed).code());
    int index = random.nextInt(functions.size());
    Code<Phys> code = functions.get(index);
    List<Element<Phys>> elements = new ArrayList<>(code.elements());
    int at = random.nextInt(elements.size() - 1);
    while (!canBeSpoilt(elements.get(at))) {
      at = random.nextInt(elements.size() - 1);
    }
    if (random.nextInt(3) == 0) {
      elements.remove(at);
    } else {
      Phys wrong = Phys.of(random.nextInt(11));
      Element<Phys> element = elements.get(at);
      int[] skip = {random.nextInt(1 + element.uses().size())};
      elements.set(at, element.map(register -> skip[0]-- == 0 ? wrong : register));
    }
    functions.set(index, new Code<>(code.name(), code.parameters(), elements, 0));
    ProgramSpec program =
        Encoder.program("spoilt", ProgramType.XDP, AttachType.XDP, 0, "GPL", functions);
    return new ObjectSpec("spoilt", program, sound.maps());
  }

  /** Operands of calls and of exits are fixed, labels are needed. */
  private static boolean canBeSpoilt(Element<Phys> element) {
    return !(element instanceof Element.Bind
        || element instanceof Element.Call
        || element instanceof Element.Exit
        || element instanceof Element.Jump
        || element instanceof Element.MayGoto
        || element instanceof Atomic.CompareExchange);
  }
}
