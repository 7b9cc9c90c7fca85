package dev.jbpfilter.cli;

import dev.jbpfilter.ruleset.InterfaceResolver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Interfaces from a text with lines {@code name=index}; blank lines and {@code #} comments pass.
 */
final class InterfaceMap implements InterfaceResolver {
  private static final long MAX_INDEX = 0xffff_ffffL;

  private final Map<String, Long> indexes = new HashMap<>();
  private final Map<Long, String> names = new HashMap<>();

  private InterfaceMap() {}

  /**
   * Reads a map.
   *
   * @throws IllegalArgumentException naming the line at fault
   */
  static InterfaceMap parse(String text) {
    InterfaceMap map = new InterfaceMap();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      String content = line.strip();
      if (!content.isEmpty() && content.charAt(0) != '#') {
        map.add(content, number);
      }
    }
    return map;
  }

  private void add(String entry, int line) {
    int equals = entry.indexOf('=');
    String name = equals < 0 ? "" : entry.substring(0, equals).strip();
    long index = equals < 0 ? -1 : parseIndex(entry.substring(equals + 1).strip());
    if (name.isEmpty() || index < 0) {
      throw new IllegalArgumentException(
          "line " + line + ": expecting name=index, not '" + entry + "'");
    }
    if (indexes.putIfAbsent(name, index) != null) {
      throw new IllegalArgumentException("line " + line + ": '" + name + "' occurs twice");
    }
    names.putIfAbsent(index, name);
  }

  /** Returns -1 for what is no index. */
  private static long parseIndex(String text) {
    try {
      long index = Long.parseLong(text);
      return index >= 1 && index <= MAX_INDEX ? index : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  @Override
  public OptionalLong index(String name) {
    Long index = indexes.get(name);
    return index == null ? OptionalLong.empty() : OptionalLong.of(index);
  }

  @Override
  public List<String> names() {
    return indexes.keySet().stream().sorted().toList();
  }

  @Override
  public Optional<String> name(long index) {
    return Optional.ofNullable(names.get(index));
  }
}
