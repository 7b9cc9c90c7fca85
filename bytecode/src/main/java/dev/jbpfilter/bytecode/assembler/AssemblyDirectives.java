package dev.jbpfilter.bytecode.assembler;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.ProgramType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads directives: what a source says about its programs and maps. */
final class AssemblyDirectives {
  private static final String DEFAULT_LICENSE = "GPL";
  private static final List<String> NAMES = List.of(".program", ".map", ".license", ".global");
  private static final long UNSIGNED_MAX = 0xffff_ffffL;

  private final AssemblyScanner in;
  private final Map<String, MapSpec> maps = new LinkedHashMap<>();
  private String license = DEFAULT_LICENSE;

  AssemblyDirectives(AssemblyScanner in) {
    this.in = in;
  }

  /** What a {@code .program} says. */
  record Header(String name, ProgramType type, AttachType attachType, int flags) {}

  /** The maps by name, as declared. */
  Map<String, MapSpec> maps() {
    return maps;
  }

  String license() {
    return license;
  }

  static AssemblySyntaxError unknown(int line, int column, String name) {
    return new AssemblySyntaxError(
        line, column, "there is no directive " + name, Suggestion.of(name, NAMES));
  }

  /** Reads what follows {@code .license}. */
  void readLicense() throws AssemblySyntaxError {
    license = in.restAsName("license");
  }

  /** Reads what follows {@code .program}. */
  Header program() throws AssemblySyntaxError {
    String name = in.word("name of the program");
    ProgramType type = constant("program type", ProgramType.values());
    int line = in.line();
    int column = in.column();
    boolean isFlags = in.accept("flags");
    AttachType attachType = null;
    if (!isFlags && !in.isAtEnd()) {
      attachType = constant("attach type", AttachType.values());
      isFlags = in.accept("flags");
    } else {
      for (AttachType candidate : AttachType.values()) {
        if (candidate.name().equals(type.name())) {
          attachType = candidate;
        }
      }
    }
    if (attachType == null) {
      String message = "programs of type " + name(type) + " need an attach type";
      throw new AssemblySyntaxError(line, column, message, null);
    }
    return new Header(name, type, attachType, isFlags ? number("flags") : 0);
  }

  /** Reads what follows {@code .map}. */
  void map() throws AssemblySyntaxError {
    int line = in.line();
    int column = in.column();
    String name = in.word("name of the map");
    MapType type = constant("map type", MapType.values());
    in.expect("key");
    int key = number("bytes of a key");
    in.expect("value");
    int value = number("bytes of a value");
    in.expect("entries");
    int entries = number("number of entries");
    int flags = in.accept("flags") ? number("flags") : 0;
    if (maps.putIfAbsent(name, new MapSpec(name, type, key, value, entries, flags, null)) != null) {
      throw new AssemblySyntaxError(line, column, "there is a map " + name + " already", null);
    }
  }

  private int number(String what) throws AssemblySyntaxError {
    return (int) in.number(what, 0, UNSIGNED_MAX);
  }

  private <E extends Enum<E>> E constant(String what, E[] constants) throws AssemblySyntaxError {
    int line = in.line();
    int column = in.column();
    String name = in.word(what);
    List<String> names = new ArrayList<>();
    for (E constant : constants) {
      if (name(constant).equals(name)) {
        return constant;
      }
      names.add(name(constant));
    }
    throw new AssemblySyntaxError(
        line, column, "there is no " + what + " " + name, Suggestion.of(name, names));
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
