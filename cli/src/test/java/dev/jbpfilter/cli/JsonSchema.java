package dev.jbpfilter.cli;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks documents against a JSON schema: those parts of it that our schema uses, any other is an
 * error. Stricter than a schema is: members that it does not name are errors, too.
 */
final class JsonSchema {
  private static final String DEFINITIONS = "#/$defs/";

  private final JsonTree schema;

  JsonSchema(JsonTree schema) {
    this.schema = schema;
  }

  /** What is wrong with {@code document}; empty if nothing is. */
  List<String> violations(JsonTree document) {
    List<String> violations = new ArrayList<>();
    check(schema, document.value(), "", violations);
    return violations;
  }

  private void check(JsonTree rules, Object value, String path, List<String> violations) {
    for (Map.Entry<String, Object> rule : rules.members().entrySet()) {
      JsonTree argument = new JsonTree(rule.getValue());
      boolean holds =
          switch (rule.getKey()) {
            case "$schema", "title", "$defs" -> true;
            case "$ref" -> {
              String name = argument.text();
              if (!name.startsWith(DEFINITIONS)) {
                throw new IllegalArgumentException(name);
              }
              JsonTree target = schema.get("$defs").get(name.substring(DEFINITIONS.length()));
              check(target, value, path, violations);
              yield true;
            }
            case "type" -> hasType(argument.text(), value);
            case "const" -> value.equals(argument.value());
            case "enum" -> ((List<?>) argument.value()).contains(value);
            case "minimum" ->
                !(value instanceof BigDecimal n) || n.compareTo(number(argument)) >= 0;
            case "maximum" ->
                !(value instanceof BigDecimal n) || n.compareTo(number(argument)) <= 0;
            case "minItems" -> size(value) >= number(argument).intValueExact();
            case "maxItems" -> size(value) <= number(argument).intValueExact();
            case "required" -> ((Map<?, ?>) value).keySet().containsAll((List<?>) argument.value());
            case "properties" -> {
              properties(argument, value, path, violations);
              yield true;
            }
            case "items" -> {
              int index = 0;
              for (Object element : (List<?>) value) {
                check(argument, element, path + "/" + index++, violations);
              }
              yield true;
            }
            case "oneOf" -> matches(argument, value) == 1;
            default -> throw new IllegalArgumentException("unknown keyword " + rule.getKey());
          };
      if (!holds) {
        violations.add(path + ": not " + rule + ": " + value);
        // What is of another type does not fit the other rules.
        return;
      }
    }
  }

  private void properties(JsonTree rules, Object value, String path, List<String> violations) {
    for (Map.Entry<?, ?> member : ((Map<?, ?>) value).entrySet()) {
      String name = (String) requireNonNull(member.getKey());
      if (rules.has(name)) {
        Object content = requireNonNull(member.getValue());
        check(rules.get(name), content, path + "/" + name, violations);
      } else {
        violations.add(path + ": unknown member " + name);
      }
    }
  }

  private int matches(JsonTree alternatives, Object value) {
    int matches = 0;
    for (JsonTree alternative : alternatives.elements()) {
      List<String> violations = new ArrayList<>();
      check(alternative, value, "", violations);
      matches += violations.isEmpty() ? 1 : 0;
    }
    return matches;
  }

  private static boolean hasType(String type, Object value) {
    return switch (type) {
      case "object" -> value instanceof Map;
      case "array" -> value instanceof List;
      case "string" -> value instanceof String;
      case "boolean" -> value instanceof Boolean;
      case "number" -> value instanceof BigDecimal;
      case "integer" -> value instanceof BigDecimal n && n.stripTrailingZeros().scale() <= 0;
      default -> throw new IllegalArgumentException(type);
    };
  }

  private static BigDecimal number(JsonTree tree) {
    return (BigDecimal) tree.value();
  }

  private static int size(Object value) {
    return ((List<?>) value).size();
  }
}
