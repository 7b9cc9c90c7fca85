package dev.jbpfilter.fuzz;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;

/** Assembler, decoder, and the readers of object files and captures survive anything. */
class DamagedBytesProperties {
  private static final List<String> ASSEMBLY = FuzzSeeds.assembly();
  private static final List<byte[]> INSTRUCTIONS = FuzzSeeds.instructions();
  private static final List<byte[]> OBJECT_FILES = FuzzSeeds.objectFiles();
  private static final List<byte[]> CAPTURES = FuzzSeeds.captures();

  @Property(tries = 4_000, shrinking = ShrinkingMode.OFF)
  void damagedSourcesHaveProblems(@ForAll Random random) {
    String source = pick(random, ASSEMBLY);
    String damaged = new Damage(random, Dictionary.ASSEMBLY).apply(source);
    collect(Fuzzing.check(AssemblyFuzzer::check, damaged, damaged));
  }

  @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
  void damagedInstructionsAreRefused(@ForAll Random random) {
    byte[] damaged = damage(random, pick(random, INSTRUCTIONS));
    collect(Fuzzing.check(InstructionsFuzzer::check, damaged, hex(damaged)));
  }

  @Property(tries = 4_000, shrinking = ShrinkingMode.OFF)
  void damagedObjectFilesAreRefused(@ForAll Random random) {
    byte[] damaged = damage(random, pick(random, OBJECT_FILES));
    collect(Fuzzing.check(ObjectFileFuzzer::check, damaged, hex(damaged)));
  }

  @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
  void damagedCapturesAreReadUpToThere(@ForAll Random random) {
    byte[] damaged = damage(random, pick(random, CAPTURES));
    collect(Fuzzing.check(CaptureFuzzer::check, damaged, hex(damaged)));
  }

  private static void collect(boolean accepted) {
    Statistics.label("accepted")
        .collect(accepted)
        .coverage(coverage ->
            coverage.check(true).percentage(percentage -> percentage > 5 && percentage < 95));
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
