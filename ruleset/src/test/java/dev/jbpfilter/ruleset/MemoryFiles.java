package dev.jbpfilter.ruleset;

import java.util.Map;
import java.util.TreeMap;

/** Files in memory, by path; the text that is parsed is {@code main}. */
final class MemoryFiles implements IncludeResolver {
  static final String MAIN = "main";

  private final Map<String, String> texts = new TreeMap<>();

  MemoryFiles with(String path, String text) {
    texts.put(path, text);
    return this;
  }

  ParseResult parse() {
    return RulesetParser.parse(
        new Source(MAIN, texts.getOrDefault(MAIN, "")),
        ParseOptions.of(Texts.INTERFACES).withIncludes(this));
  }

  @Override
  public Included resolve(String including, String path) throws IncludeException {
    int slash = including.lastIndexOf('/');
    String full = including.substring(0, slash + 1) + path;
    String text = texts.get(full);
    if (text == null) {
      throw new IncludeException("no such text");
    }
    return new Included(full.equals(MAIN) ? "" : full, new Source(full, text));
  }
}
