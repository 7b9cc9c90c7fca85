package dev.jbpfilter.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The options that were given with their values in the order given, and the operand. */
final class Arguments {
  private final Map<Option, List<String>> values = new EnumMap<>(Option.class);

  private @Nullable String operand;

  void add(Option option, String value) {
    values.computeIfAbsent(option, o -> new ArrayList<>()).add(value);
  }

  boolean has(Option option) {
    return values.containsKey(option);
  }

  /** The value of {@code option}; of several, the last one wins. */
  Optional<String> value(Option option) {
    List<String> all = all(option);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  List<String> all(Option option) {
    return values.getOrDefault(option, List.of());
  }

  void setOperand(String word) {
    operand = word;
  }

  /** The word that is no option. */
  Optional<String> operand() {
    return Optional.ofNullable(operand);
  }
}
