package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class JsonWriterTest {

  private static String written(Consumer<JsonWriter> document) {
    StringBuilder text = new StringBuilder();
    JsonWriter json = new JsonWriter(text);
    document.accept(json);
    json.finish();
    return text.toString();
  }

  @Test
  void everyKindOfValue() {
    String text =
        written(json -> {
          json.object().member("name", "web").member("number", -1).member("yes", true);
          json.name("counter").unsigned(-1);
          json.name("empty").array().end().name("nothing").object().end();
          json.name("items").array().value(1).value("two").object().member("three", 3).end().end();
          json.name("percentages").array();
          json.value(50f).value(33.33f).value(0.00001f).value(Float.MIN_VALUE).value(-0f).end();
          json.end();
        });

    assertThat(text)
        .isEqualTo(
            """
            {
              "name": "web",
              "number": -1,
              "yes": true,
              "counter": 18446744073709551615,
              "empty": [],
              "nothing": {},
              "items": [
                1,
                "two",
                {
                  "three": 3
                }
              ],
              "percentages": [
                50,
                33.33,
                1.0E-5,
                1.4E-45,
                0
              ]
            }
            """);
  }

  @Test
  void flatContainersStandOnOneLine() {
    String text =
        written(json -> {
          json.array().flatArray().value("10.0.0.1").value(80).end();
          json.flatObject().name("a").array().value(1).object().end().end().member("b", false);
          json.name("c").flatArray().flatObject().end().value(2).end().end();
          json.flatArray().end().array().value(3).end().end();
        });

    assertThat(text)
        .isEqualTo(
            """
            [
              ["10.0.0.1", 80],
              {"a": [1, {}], "b": false, "c": [{}, 2]},
              [],
              [
                3
              ]
            ]
            """);
  }

  @Test
  void stringsAreEscaped() {
    assertThat(written(json -> json.value("a\"b\\c\nd\te\rf\u0000g\u007fh\u009bi/ü😀")))
        .isEqualTo("\"a\\\"b\\\\c\\nd\\te\\u000df\\u0000g\\u007fh\\u009bi/ü😀\"\n");
    assertThat(written(json -> json.value("\ude00 \ud83d"))).isEqualTo("\"\\ude00 \\ud83d\"\n");
  }

  @Test
  void longDocumentsArePassedOnAsTheyGrow() {
    StringBuilder text = new StringBuilder();
    JsonWriter json = new JsonWriter(text);
    json.array();
    int most = 0;
    int size = 0;
    for (int i = 0; i < 100_000; i++) {
      json.value(12_345);
      size += 9;
      most = Math.max(most, size - text.length());
    }
    json.end().finish();

    assertThat(most).isLessThan(10_000);
    assertThat(text.toString()).isEqualTo("[\n" + "  12345,\n".repeat(99_999) + "  12345\n]\n");
  }

  static Stream<Arguments> misuses() {
    return Stream.of(
        misuse("no value", json -> {}),
        misuse("two values", json -> json.value(1).value(2)),
        misuse("a value behind an object", json -> json.object().end().value("x")),
        misuse("not ended", JsonWriter::object),
        misuse("nothing to end", JsonWriter::end),
        misuse("ended twice", json -> json.array().end().end()),
        misuse("a name at the top", json -> json.name("x")),
        misuse("a name in an array", json -> json.array().name("x")),
        misuse("two names", json -> json.object().name("x").name("y")),
        misuse("a value without a name", json -> json.object().value(true)),
        misuse("an array without a name", json -> json.object().flatArray()),
        misuse("a name without a value", json -> json.object().name("x").end()));
  }

  private static Arguments misuse(String name, Consumer<JsonWriter> document) {
    return Arguments.of(name, document);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("misuses")
  void misuseIsRefused(String name, Consumer<JsonWriter> document) {
    assertThatThrownBy(() -> written(document)).as(name).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void notANumber() {
    assertThatThrownBy(() -> written(json -> json.value(Float.NaN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }

  @Test
  void failuresOfTheTargetArePassedOn() {
    IOException failure = new IOException("full");
    Writer full =
        new Writer() {
          @Override
          public void write(char[] buffer, int offset, int length) throws IOException {
            throw failure;
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };

    assertThatThrownBy(() -> new JsonWriter(full).value(1).finish())
        .isInstanceOf(UncheckedIOException.class)
        .hasCause(failure);
  }
}
