package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlignmentTest {

  /** The edits, and what they make of {@code left}. */
  private record Edits(List<String> all, List<Object> result) {}

  private static Edits edits(List<?> left, List<?> right) {
    List<String> edits = new ArrayList<>();
    boolean[] removed = new boolean[left.size()];
    boolean[] added = new boolean[right.size()];
    Alignment.compare(
        left,
        right,
        new Alignment.Listener() {
          @Override
          public void removed(int index) {
            edits.add("-" + left.get(index));
            removed[index] = true;
          }

          @Override
          public void added(int index) {
            edits.add("+" + right.get(index));
            added[index] = true;
          }
        });
    List<Object> result = new ArrayList<>();
    int kept = 0;
    for (int i = 0; i < right.size(); i++) {
      while (!added[i] && removed[kept]) {
        kept++;
      }
      result.add(added[i] ? right.get(i) : left.get(kept++));
    }
    while (kept < left.size()) {
      assertThat(removed[kept++]).isTrue();
    }
    return new Edits(edits, result);
  }

  @ParameterizedTest
  @CsvSource({
    "'',        '',        ''",
    "a b c,     a b c,     ''",
    "'',        a b,       +a +b",
    "a b,       '',        -a -b",
    "a b c,     a c,       -b",
    "a c,       a b c,     +b",
    "a b c,     a x c,     -b +x",
    "a b c,     c a b,     +c -c",
    "a a b a,   a b a a,   -a +a",
    "a a a,     a a,       -a",
    "x a b c y, y a b c x, -x +y -y +x",
    "a b,       c d,       -a -b +c +d",
  })
  void edits(String left, String right, String expected) {
    Edits edits = edits(words(left), words(right));
    assertThat(String.join(" ", edits.all)).isEqualTo(expected);
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
  }

  @Test
  void editsTurnTheOneIntoTheOther() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 20_000; i++) {
      List<Integer> left = random(random);
      List<Integer> right = random(random);
      assertThat(edits(left, right).result).isEqualTo(right);
      assertThat(edits(left, left).all).isEmpty();
    }
  }

  private static List<Integer> random(SplittableRandom random) {
    int bound = random.nextInt(1, 12);
    return random.ints(random.nextInt(12), 0, bound).boxed().toList();
  }

  @Test
  void longListsTakeNoLonger() {
    List<Integer> left = new SplittableRandom(1).ints(200_000, 0, 150_000).boxed().toList();
    List<Integer> right = new SplittableRandom(2).ints(200_000, 0, 150_000).boxed().toList();
    Assertions.assertTimeout(
        Duration.ofSeconds(20), () -> assertThat(edits(left, right).result).isEqualTo(right));
  }
}
