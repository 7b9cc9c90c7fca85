package dev.jbpfilter.ruleset;

/**
 * How a text is read.
 *
 * @param interfaces asked for the index of every interface that the text names
 * @param includes where included texts come from
 * @param strict whether to refuse our extensions of the language: definitions, included texts,
 *     comments in set bodies, interface names as hook options, {@code _ . @ :} in interface names,
 *     carriage returns and form feeds as blanks
 */
public record ParseOptions(InterfaceResolver interfaces, IncludeResolver includes, boolean strict) {

  /** Options of a text that includes none. */
  public static ParseOptions of(InterfaceResolver interfaces) {
    return new ParseOptions(
        interfaces, IncludeResolver.none("this text is in no directory"), false);
  }

  /** The same options for a text that may include others. */
  public ParseOptions withIncludes(IncludeResolver includes) {
    return new ParseOptions(interfaces, includes, strict);
  }

  /** The same options, strict or not. */
  public ParseOptions withStrict(boolean strict) {
    return new ParseOptions(interfaces, includes, strict);
  }
}
