package dev.jbpfilter.fuzz;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;

/** Assembler, decoder and object reader survive anything. */
class BytecodeDamageProperties {
  private static final List<String> ASSEMBLY = FuzzSeeds.assembly();
  private static final List<byte[]> INSTRUCTIONS = FuzzSeeds.instructions();
  private static final List<byte[]> OBJECT_FILES = FuzzSeeds.objectFiles();

  @Property(tries = 4_000, shrinking = ShrinkingMode.OFF)
  void damagedSourcesHaveProblems(@ForAll Random random) {
    String source = pick(random, ASSEMBLY);
    String damaged = new Damage(random, Dictionary.ASSEMBLY).apply(source);
    collect(check(damaged, damaged, AssemblyFuzzer::check));
  }

  @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
  void damagedInstructionsAreRefused(@ForAll Random random) {
    byte[] damaged = damage(random, pick(random, INSTRUCTIONS));
    collect(check(damaged, hex(damaged), InstructionsFuzzer::check));
  }

  @Property(tries = 4_000, shrinking = ShrinkingMode.OFF)
  void damagedObjectFilesAreRefused(@ForAll Random random) {
    byte[] damaged = damage(random, pick(random, OBJECT_FILES));
    collect(check(damaged, hex(damaged), ObjectFileFuzzer::check));
  }

  private static void collect(boolean accepted) {
    Statistics.label("accepted")
        .collect(accepted)
        .coverage(coverage ->
            coverage.check(true).percentage(percentage -> percentage > 5 && percentage < 95));
  }

  private static <T> boolean check(T input, String shown, Predicate<T> fuzzer) {
    try {
      return fuzzer.test(input);
    } catch (RuntimeException | Error e) {
      throw new AssertionError("input:\n" + shown, e);
    }
  }

  private static byte[] damage(Random random, byte[] whole) {
    byte[] bytes = whole.clone();
    do {
      int at = random.nextInt(bytes.length);
      bytes[at] =
          switch (random.nextInt(3)) {
            case 0 -> (byte) (bytes[at] ^ 1 << random.nextInt(8));
            case 1 -> bytes[random.nextInt(bytes.length)];
            default -> (byte) random.nextInt();
          };
    } while (random.nextInt(3) != 0);
    return bytes;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static <T> T pick(Random random, List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
