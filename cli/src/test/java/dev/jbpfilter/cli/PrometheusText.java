package dev.jbpfilter.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text format of Prometheus, version 0.0.4, and refuses what its promtool would complain
 * of: samples without type, families in pieces, samples that occur twice, names against the rules.
 */
final class PrometheusText {
  private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) ([a-z_:][a-z0-9_:]*) (.+)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-z_:][a-z0-9_:]*)(?:\\{(.*)})? ([0-9.]+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-z_][a-z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\n\"])*)\"(?:,|$)");

  private final Map<String, String> types = new LinkedHashMap<>();
  private final Set<String> helped = new HashSet<>();
  private final Map<Sample, String> samples = new LinkedHashMap<>();
  private String family = "";

  /** A metric with its labels. */
  record Sample(String name, Map<String, String> labels) {}

  private PrometheusText() {}

  /** The values of all samples, as written. */
  static Map<Sample, String> parse(String text) {
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("the last line has no end");
    }
    PrometheusText parser = new PrometheusText();
    text.lines().forEach(parser::line);
    for (String name : parser.types.keySet()) {
      if (parser.samples.keySet().stream().noneMatch(sample -> sample.name.equals(name))) {
        throw new IllegalArgumentException("no samples of " + name);
      }
    }
    return parser.samples;
  }

  private void line(String line) {
    Matcher comment = COMMENT.matcher(line);
    if (comment.matches()) {
      comment(comment.group(1), comment.group(2), comment.group(3));
      return;
    }
    Matcher sample = SAMPLE.matcher(line);
    if (!sample.matches()) {
      throw new IllegalArgumentException(line);
    }
    if (!sample.group(1).equals(family) || !types.containsKey(family)) {
      throw new IllegalArgumentException("not in its family: " + line);
    }
    Map<String, String> labels = labels(sample.group(2) == null ? "" : sample.group(2));
    if (samples.put(new Sample(family, labels), sample.group(3)) != null) {
      throw new IllegalArgumentException("twice: " + line);
    }
  }

  private void comment(String kind, String name, String text) {
    if (kind.equals("HELP")) {
      if (!helped.add(name)) {
        throw new IllegalArgumentException("in pieces: " + name);
      }
      family = name;
      return;
    }
    if (!name.equals(family) || !List.of("counter", "gauge").contains(text)) {
      throw new IllegalArgumentException("type of " + name + ": " + text);
    }
    if (text.equals("counter") != name.endsWith("_total")) {
      throw new IllegalArgumentException("counters, and no others, end in _total: " + name);
    }
    types.put(name, text);
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new HashMap<>();
    Matcher matcher = LABEL.matcher(text);
    int end = 0;
    List<String> names = new ArrayList<>();
    while (end < text.length()) {
      if (!matcher.find(end) || matcher.start() != end) {
        throw new IllegalArgumentException("labels " + text);
      }
      names.add(matcher.group(1));
      String value = matcher.group(2);
      labels.put(
          matcher.group(1), value.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\"));
      end = matcher.end();
    }
    if (names.size() != labels.size()) {
      throw new IllegalArgumentException("a label twice in " + text);
    }
    return labels;
  }
}
