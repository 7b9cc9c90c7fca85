package dev.jbpfilter.bytecode.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged files: they are read, or refused with the one exception. */
final class ObjectReaderTest {
  private static final List<byte[]> FILES =
      List.of(
          ObjectFile.write(List.of(Objects.full())),
          Objects.compiled("counting.bpf.o"),
          Objects.compiled("features.bpf.o"));

  @Test
  void damagedHeadersAreRefused() {
    Object[][] table = {
      {0, 0x7e, "offset 0x0: not an ELF file"},
      {4, 1, "offset 0x4: not a 64-bit ELF file"},
      {5, 3, "offset 0x5: unknown byte order"},
      {6, 0, "offset 0x6: unknown ELF version"},
      {16, 2, "offset 0x10: not a relocatable file"},
      {18, 62, "offset 0x12: not for eBPF"},
      {47, 1, "offset 0x28: section headers outside of the file"},
      {58, 63, "offset 0x3a: unknown size of section headers"},
      {61, 1, "offset 0x28: section headers outside of the file"},
      {62, 200, "offset 0x3e: no section names"},
    };
    for (Object[] row : table) {
      byte[] bytes = FILES.getFirst().clone();
      bytes[(Integer) row[0]] = ((Integer) row[1]).byteValue();
      assertThatThrownBy(() -> ObjectFile.read(bytes))
          .isInstanceOf(ObjectFileException.class)
          .hasMessage((String) row[2]);
    }
    assertThatThrownBy(() -> ObjectFile.read(new byte[63]))
        .isInstanceOf(ObjectFileException.class)
        .hasMessage("offset 0x0: no ELF header");
  }

  @Test
  void theExceptionNamesThePlace() {
    byte[] bytes = FILES.getFirst().clone();
    int start = find(bytes, new byte[] {(byte) 0x9f, (byte) 0xeb, 1, 0, 24, 0, 0, 0});
    bytes[start + 2] = 9;
    assertThatThrownBy(() -> ObjectFile.read(bytes))
        .isInstanceOfSatisfying(
            ObjectFileException.class,
            e -> {
              assertThat(e)
                  .hasMessage("section .BTF, offset 0x0: BTF offset 0x2: unknown version 9");
              assertThat(e.section()).isEqualTo(".BTF");
              assertThat(e.offset()).isZero();
            });
  }

  private static int find(byte[] bytes, byte[] wanted) {
    for (int i = 0; i <= bytes.length - wanted.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    throw new IllegalArgumentException("not found");
  }

  @Test
  void shortFilesAreRefused() {
    for (byte[] file : FILES) {
      for (int length = 0; length < file.length; length += 7) {
        byte[] bytes = Arrays.copyOf(file, length);
        assertThatThrownBy(() -> ObjectFile.read(bytes)).isInstanceOf(ObjectFileException.class);
      }
    }
  }

  /** Every byte of every file is changed in three ways. */
  @Test
  void everyByteMayBeWrong() {
    for (byte[] file : FILES) {
      int[] outcomes = new int[2];
      for (int at = 0; at < file.length; at++) {
        for (int change : new int[] {0x01, 0x80, 0xff}) {
          byte[] bytes = file.clone();
          bytes[at] ^= (byte) change;
          outcomes[read(bytes) ? 1 : 0]++;
        }
      }
      assertThat(outcomes[0]).as("refused").isPositive();
      assertThat(outcomes[1]).as("read").isPositive();
    }
  }

  @Test
  void severalBytesMayBeWrong() {
    Random random = new Random(11);
    for (int round = 0; round < 10_000; round++) {
      byte[] bytes = FILES.get(round % FILES.size()).clone();
      for (int i = random.nextInt(1, 6); i > 0; i--) {
        int at = random.nextInt(bytes.length - 3);
        int kind = random.nextInt(3);
        bytes[at] = (byte) random.nextInt();
        if (kind == 0) {
          Arrays.fill(bytes, at, at + 4, (byte) (random.nextBoolean() ? 0 : 0xff));
        }
      }
      read(bytes);
    }
  }

  /** Whether bytes can be read; any other exception fails the test. */
  private static boolean read(byte[] bytes) {
    try {
      return ObjectFile.read(bytes).types() != null;
    } catch (ObjectFileException e) {
      return false;
    }
  }
}
