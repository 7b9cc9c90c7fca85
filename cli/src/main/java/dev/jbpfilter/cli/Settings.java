package dev.jbpfilter.cli;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What global options and, in their absence, environment variables say.
 *
 * @param bpffs the bpffs mount
 * @param token whether bpf() calls carry a BPF token
 * @param strict whether rules are read without extensions of the language
 * @param verbosity what to say in addition
 */
record Settings(Path bpffs, boolean token, boolean strict, Set<Verbosity> verbosity) {
  static final String DEFAULT_BPFFS = "/sys/fs/bpf";

  static final String BPFFS_VARIABLE = "BF_BPFFS_PATH";
  static final String TOKEN_VARIABLE = "BF_WITH_BPF_TOKEN";
  static final String VERBOSE_VARIABLE = "BF_VERBOSE";
  static final String COLOUR_VARIABLE = "NO_COLOR";

  Settings {
    verbosity = Set.copyOf(verbosity);
  }

  /**
   * A flag wins over its variable; an empty variable is none.
   *
   * @param global the global options, checked
   * @throws UsageException if a variable that counts has an unknown word
   */
  static Settings of(Arguments global, Map<String, String> environment) {
    String bpffs =
        global
            .value(Option.BPFFS_PATH)
            .orElse(nonEmpty(environment, BPFFS_VARIABLE, DEFAULT_BPFFS));
    boolean token =
        global.has(Option.WITH_BPF_TOKEN) || !nonEmpty(environment, TOKEN_VARIABLE, "").isEmpty();
    Set<Verbosity> verbosity =
        global.has(Option.VERBOSE)
            ? verbosity(global.all(Option.VERBOSE), "--verbose")
            : verbosity(
                List.of(nonEmpty(environment, VERBOSE_VARIABLE, "").split(",")), VERBOSE_VARIABLE);
    return new Settings(Path.of(bpffs), token, global.has(Option.STRICT), verbosity);
  }

  private static String nonEmpty(Map<String, String> environment, String name, String absent) {
    String value = environment.getOrDefault(name, "");
    return value.isEmpty() ? absent : value;
  }

  private static Set<Verbosity> verbosity(List<String> words, String origin) {
    Set<Verbosity> all = EnumSet.noneOf(Verbosity.class);
    for (String word : words) {
      String stripped = word.strip();
      if (stripped.isEmpty()) {
        continue;
      }
      Verbosity verbosity = Verbosity.of(stripped);
      if (verbosity == null) {
        throw new UsageException(
            CommandParser.PROGRAM,
            "unknown word '" + stripped + "' in " + origin + ", expecting " + Verbosity.WORDS);
      }
      all.add(verbosity);
    }
    return all;
  }

  boolean says(Verbosity what) {
    return verbosity.contains(what);
  }
}
