package dev.jbpfilter.tests;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Reads what tools print as JSON. */
final class Json {
  private Json() {}

  /** The scalars of a JSON document at a path, which names the fields and not the arrays. */
  static List<String> scalars(String json, String path) throws IOException {
    List<String> found = new ArrayList<>();
    Deque<String> open = new ArrayDeque<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        boolean inArray = parser.getParsingContext().inArray();
        String field = parser.currentName() == null ? "" : "/" + parser.currentName();
        if (token.isStructStart()) {
          String outer = parser.getParsingContext().getParent().getCurrentName();
          open.addLast(outer == null ? "" : "/" + outer);
        } else if (token.isStructEnd()) {
          open.removeLast();
        } else if (token.isScalarValue()
            && path.equals(String.join("", open) + (inArray ? "" : field))) {
          found.add(parser.getText());
        }
      }
    }
    return found;
  }
}
