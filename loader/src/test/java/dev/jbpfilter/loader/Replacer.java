package dev.jbpfilter.loader;

import static dev.jbpfilter.loader.Installation.parse;

import dev.jbpfilter.loader.kernel.MortalKernel;
import dev.jbpfilter.loader.kernel.MortalKernel.Pace;
import dev.jbpfilter.loader.kernel.internal.Suicide;
import dev.jbpfilter.ruleset.Chain;
import java.util.ArrayList;
import java.util.List;

/** A process that replaces chains until it is killed, and prints a line after each time. */
public final class Replacer {
  private Replacer() {}

  /**
   * Takes the BPF file system, after how many steps the process kills itself, and the chains. All
   * of them are replaced together after each has been alone.
   */
  public static void main(String... arguments) {
    List<String> texts = List.of(arguments).subList(2, arguments.length);
    MortalKernel kernel =
        new MortalKernel(
            Pace.EVERY_CALL, Integer.parseInt(arguments[1]), () -> {}, Suicide::commit);
    try (Bpfilter bpfilter = Bpfilter.open(kernel.kernel(), arguments[0], event -> {})) {
      for (int round = 0; ; round++) {
        int next = round % (texts.size() + 1);
        if (next < texts.size()) {
          bpfilter.setChain(chain(texts.get(next), round));
        } else {
          List<Chain> all = new ArrayList<>();
          for (String text : texts) {
            all.add(chain(text, round));
          }
          bpfilter.setRuleset(all);
        }
        System.out.println("replaced");
      }
    }
  }

  /** Another chain in every other round. */
  private static Chain chain(String text, int round) {
    return parse(round % 2 == 0 ? Wire.changed(text) : text);
  }
}
