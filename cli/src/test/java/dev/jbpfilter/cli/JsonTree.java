package dev.jbpfilter.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON value with a way to look into it. Missing members, and what is of another type, throw. */
record JsonTree(Object value) {

  /** The one document that {@code text} is; a member that occurs twice is an error. */
  static JsonTree parse(String text) {
    try (JsonParser parser =
        new JsonFactory()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .createParser(text)) {
      Object value = read(parser, parser.nextToken());
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("more than one document: " + text);
      }
      return new JsonTree(value);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  private static Object read(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          members.put(name, read(parser, parser.nextToken()));
        }
        yield members;
      }
      case START_ARRAY -> {
        List<Object> elements = new ArrayList<>();
        for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
          elements.add(read(parser, t));
        }
        yield elements;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw new IllegalArgumentException("unexpected " + token);
    };
  }

  @SuppressWarnings("unchecked")
  Map<String, Object> members() {
    return (Map<String, Object>) value;
  }

  boolean has(String name) {
    return members().containsKey(name);
  }

  JsonTree get(String name) {
    Object member = members().get(name);
    if (member == null) {
      throw new IllegalArgumentException("no member " + name + " in " + value);
    }
    return new JsonTree(member);
  }

  List<JsonTree> elements() {
    List<JsonTree> elements = new ArrayList<>();
    for (Object element : (List<?>) value) {
      elements.add(new JsonTree(element));
    }
    return elements;
  }

  /** The text of a string; a number without exponent. */
  String text() {
    return value instanceof BigDecimal number ? number.toPlainString() : (String) value;
  }

  boolean isTrue() {
    return (boolean) value;
  }
}
