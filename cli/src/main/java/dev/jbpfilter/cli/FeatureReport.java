package dev.jbpfilter.cli;

import dev.jbpfilter.bytecode.JsonWriter;
import dev.jbpfilter.cli.Section.Block;
import dev.jbpfilter.cli.Section.Term;
import dev.jbpfilter.loader.Requirement;
import dev.jbpfilter.loader.Requirements;
import dev.jbpfilter.loader.kernel.BpfToken;
import dev.jbpfilter.loader.kernel.Directory;
import dev.jbpfilter.loader.kernel.Feature;
import dev.jbpfilter.loader.kernel.FeatureStatus;
import dev.jbpfilter.loader.kernel.Kernel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code features} prints. */
final class FeatureReport {
  private static final String FORMAT = "jbpfilter-features";
  private static final int VERSION = 1;

  private final String kernel;
  private final Map<Feature, FeatureStatus> statuses;
  private final Requirements requirements = new Requirements();

  /**
   * @param kernel what it calls itself
   * @param statuses of all features
   */
  FeatureReport(String kernel, Map<Feature, FeatureStatus> statuses) {
    this.kernel = kernel;
    this.statuses = new EnumMap<>(statuses);
  }

  /**
   * Of the kernel that this program runs on; nothing is known of what is not Linux.
   *
   * @param settings whether it is asked with a BPF token, and of which file system
   * @throws dev.jbpfilter.loader.kernel.BpfException if no token can be had
   */
  static FeatureReport ofThisKernel(Settings settings) {
    try {
      Kernel kernel = Kernel.system();
      if (!settings.token()) {
        return of(kernel);
      }
      try (Directory bpffs = kernel.openDirectory(settings.bpffs().toString());
          BpfToken token = kernel.createToken(bpffs)) {
        return of(kernel.with(token));
      }
    } catch (IllegalStateException e) {
      Map<Feature, FeatureStatus> statuses = new EnumMap<>(Feature.class);
      for (Feature feature : Feature.values()) {
        statuses.put(feature, new FeatureStatus.Unknown(String.valueOf(e.getMessage())));
      }
      return new FeatureReport(System.getProperty("os.name", "unknown system"), statuses);
    }
  }

  private static FeatureReport of(Kernel kernel) {
    Map<Feature, FeatureStatus> statuses = new EnumMap<>(Feature.class);
    for (Feature feature : Feature.values()) {
      statuses.put(feature, kernel.probe(feature));
    }
    return new FeatureReport("Linux " + kernel.release(), statuses);
  }

  /** Why it is not known whether some features are here: a line for each reason. */
  List<String> problems() {
    Set<String> reasons = new LinkedHashSet<>();
    for (FeatureStatus status : statuses.values()) {
      if (status instanceof FeatureStatus.Unknown(String reason)) {
        reasons.add("can't find out about some features: " + reason);
      }
    }
    return List.copyOf(reasons);
  }

  /** For people. */
  String text() {
    PlainText text = new PlainText();
    text.fill("", "", List.of(kernel));
    List<Term> features = new ArrayList<>();
    for (Feature feature : Feature.values()) {
      String here = word(List.of(feature)) + ", Linux " + feature.since() + ": ";
      features.add(new Term(feature.id(), here + feature.text()));
    }
    text.add(
        new Section("Features, whether they are here, and since when", new Block.Terms(features)));
    text.add(new Section("Hooks, and what they need", needs(requirements.hooks())));
    text.add(
        new Section(
            "Matchers, and what they need besides their hook", needs(requirements.matchers())));
    text.add(new Section("Sets, actions and options, likewise", needs(requirements.others())));
    return text.text();
  }

  /** A line for each that needs something, and one for those that do not. */
  private Block needs(List<Requirement> requirements) {
    List<Term> terms = new ArrayList<>();
    StringBuilder modest = new StringBuilder();
    for (Requirement requirement : requirements) {
      if (requirement.needs().isEmpty()) {
        modest.append(modest.isEmpty() ? "" : " ").append(requirement.subject());
      } else {
        terms.add(new Term(requirement.subject(), needs(requirement)));
      }
    }
    if (!modest.isEmpty()) {
      terms.add(new Term("nothing more", modest.toString()));
    }
    return new Block.Terms(terms);
  }

  private String needs(Requirement requirement) {
    StringBuilder text = new StringBuilder(word(requirement.needs()));
    text.append(", Linux ").append(requirement.since()).append(':');
    for (Feature feature : requirement.needs()) {
      text.append(' ').append(feature.id());
    }
    return text.toString();
  }

  private String word(List<Feature> features) {
    return switch (all(features)) {
      case FeatureStatus.Available e -> "yes";
      case FeatureStatus.Missing e -> "no";
      case FeatureStatus.Unknown e -> "unknown";
    };
  }

  /** Whether all of some features are here: what is missing decides, then what is not known. */
  private FeatureStatus all(List<Feature> features) {
    FeatureStatus all = new FeatureStatus.Available();
    for (Feature feature : features) {
      FeatureStatus status = statuses.getOrDefault(feature, new FeatureStatus.Missing());
      switch (status) {
        case FeatureStatus.Missing missing -> {
          return missing;
        }
        case FeatureStatus.Unknown unknown -> all = unknown;
        case FeatureStatus.Available e -> {}
      }
    }
    return all;
  }

  /** For programs; doc/json.md describes it. */
  void printJson(Appendable out) {
    JsonWriter json = new JsonWriter(out);
    json.object().member("format", FORMAT).member("version", VERSION).member("kernel", kernel);
    json.name("features").array();
    for (Feature feature : Feature.values()) {
      json.flatObject().member("name", feature.id()).member("text", feature.text());
      json.member("since", feature.since().toString());
      available(json, List.of(feature));
      json.end();
    }
    json.end();
    requirements(json, "hooks", requirements.hooks());
    requirements(json, "matchers", requirements.matchers());
    requirements(json, "others", requirements.others());
    json.end().finish();
  }

  private void requirements(JsonWriter json, String name, List<Requirement> requirements) {
    json.name(name).array();
    for (Requirement requirement : requirements) {
      json.flatObject().member("name", requirement.subject());
      if (!requirement.needs().isEmpty()) {
        json.member("since", requirement.since().toString());
      }
      available(json, requirement.needs());
      json.name("needs").array();
      for (Feature feature : requirement.needs()) {
        json.value(feature.id());
      }
      json.end().end();
    }
    json.end();
  }

  private void available(JsonWriter json, List<Feature> features) {
    switch (all(features)) {
      case FeatureStatus.Available e -> json.member("available", true);
      case FeatureStatus.Missing e -> json.member("available", false);
      case FeatureStatus.Unknown(String reason) -> json.member("problem", reason);
    }
  }
}
