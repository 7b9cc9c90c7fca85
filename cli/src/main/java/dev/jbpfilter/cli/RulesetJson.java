package dev.jbpfilter.cli;

import dev.jbpfilter.bytecode.JsonWriter;
import dev.jbpfilter.loader.Counter;
import dev.jbpfilter.loader.LoadedChain;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.FilterSet;
import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.Layer;
import dev.jbpfilter.ruleset.Log;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.PayloadKind;
import dev.jbpfilter.ruleset.PayloadText;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.SetElements;
import dev.jbpfilter.ruleset.SetKey;
import dev.jbpfilter.ruleset.SetMatcher;
import dev.jbpfilter.ruleset.Verdict;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON document about chains: {@code doc/json.md} describes it, {@code
 * doc/ruleset.schema.json} is its schema. It goes out as it is made, so that long sets take no more
 * memory than short ones.
 */
final class RulesetJson {
  private static final String FORMAT = "jbpfilter-ruleset";
  private static final int VERSION = 1;

  private final JsonWriter json;
  private final InterfaceResolver interfaces;
  private final PayloadText payloads;
  private final boolean setContent;

  /**
   * @param interfaces knows the names of interfaces
   * @param setContent whether to write the elements of sets or only their number
   */
  RulesetJson(Appendable out, InterfaceResolver interfaces, boolean setContent) {
    this.json = new JsonWriter(out);
    this.interfaces = interfaces;
    this.payloads = PayloadText.listing(interfaces);
    this.setContent = setContent;
  }

  /** Writes chains with what the kernel knows of them. */
  void listing(List<JsonDiagnostic> diagnostics, List<LoadedChain> chains) {
    begin(diagnostics);
    json.name("chains").array();
    for (LoadedChain loaded : chains) {
      chain(loaded.chain(), loaded);
    }
    json.end();
    json.end().finish();
  }

  /** Writes chains as they are in rules. */
  void rules(List<JsonDiagnostic> diagnostics, List<Chain> chains) {
    begin(diagnostics);
    json.name("chains").array();
    for (Chain chain : chains) {
      chain(chain, null);
    }
    json.end();
    json.end().finish();
  }

  /** Writes why there are no chains. */
  static void failure(Appendable out, List<JsonDiagnostic> diagnostics) {
    RulesetJson document = new RulesetJson(out, InterfaceResolver.none(), false);
    document.begin(diagnostics);
    document.json.end().finish();
  }

  private void begin(List<JsonDiagnostic> diagnostics) {
    json.object().member("format", FORMAT).member("version", VERSION);
    json.name("diagnostics").array();
    for (JsonDiagnostic diagnostic : diagnostics) {
      json.flatObject().member("severity", lowerCase(diagnostic.severity()));
      json.member("message", diagnostic.message());
      optional("hint", diagnostic.hint());
      optional("chain", diagnostic.chain());
      JsonDiagnostic.Place place = diagnostic.place();
      if (place != null) {
        json.member("file", place.file());
        json.member("line", place.line()).member("column", place.column());
        json.member("end_line", place.endLine()).member("end_column", place.endColumn());
      }
      json.end();
    }
    json.end();
  }

  private void chain(Chain chain, @Nullable LoadedChain loaded) {
    json.object().member("name", chain.name()).member("hook", chain.hook().keyword());
    if (loaded != null) {
      json.member("attached", !chain.options().isEmpty());
    }
    options(chain.options());
    json.member("policy", chain.policy().name());
    if (loaded != null) {
      json.name("counters").object();
      json.name("policy");
      counter(chain, loaded.policy());
      json.name("error");
      counter(chain, loaded.errors());
      json.end();
    }
    json.name("sets").array();
    for (FilterSet set : chain.sets()) {
      if (!set.isAnonymous()) {
        json.object();
        optional("name", set.name());
        key(set.key());
        elements(set.elements());
        json.end();
      }
    }
    json.end();
    json.name("rules").array();
    for (Rule rule : chain.rules()) {
      rule(chain, rule, loaded == null ? null : loaded.rules().get(rule.index()));
    }
    json.end();
    json.end();
  }

  private void options(HookOptions options) {
    json.name("options").flatObject();
    if (options.ifindex() != null) {
      networkInterface(options.ifindex());
    }
    optional("cgpath", options.cgpath());
    HookOptions.Priorities priorities = options.priorities();
    if (priorities != null) {
      json.name("priorities").array();
      json.value(priorities.active()).value(priorities.spare()).end();
    }
    json.end();
  }

  private void networkInterface(long index) {
    json.member("ifindex", index);
    optional("ifname", interfaces.name(index).orElse(null));
  }

  private void counter(Chain chain, Counter counter) {
    boolean packets = chain.hook().flavor().seesPackets();
    json.flatObject().name(packets ? "packets" : "calls").unsigned(counter.packets());
    if (packets) {
      json.name("bytes").unsigned(counter.bytes());
    }
    json.end();
  }

  private void rule(Chain chain, Rule rule, @Nullable Counter counter) {
    json.object().member("index", rule.index());
    chain.disabledReason(rule).ifPresent(reason -> json.member("disabled", lowerCase(reason)));
    json.name("matchers").array();
    for (Matcher matcher : rule.matchers()) {
      switch (matcher) {
        case FieldMatcher field -> fieldMatcher(field);
        case SetMatcher reference -> setMatcher(chain.set(reference), reference.negated());
      }
    }
    json.end();
    log(rule.log());
    if (rule.mark() != null) {
      json.member("mark", rule.mark());
    }
    json.member("counter", rule.counter());
    if (rule.counter() && counter != null) {
      json.name("counters");
      counter(chain, counter);
    }
    verdict(rule.verdict());
    json.end();
  }

  private void fieldMatcher(FieldMatcher matcher) {
    PayloadKind kind = matcher.type().payloadKind();
    json.flatObject().member("type", matcher.type().keyword());
    json.member("negated", matcher.negated()).member("operator", matcher.operator().keyword());
    json.member("text", payloads.text(kind, matcher.payload()));
    json.name("value");
    value(kind, matcher.payload());
    json.end();
  }

  private void setMatcher(FilterSet set, boolean negated) {
    String name = set.name();
    // Elements stand on lines of their own.
    JsonWriter matcher = name == null ? json.object() : json.flatObject();
    key(set.key());
    matcher.member("negated", negated).member("operator", "in");
    if (name == null) {
      elements(set.elements());
    } else {
      matcher.member("set", name);
    }
    matcher.end();
  }

  private void key(SetKey key) {
    json.name("key").flatArray();
    for (MatcherType component : key.components()) {
      json.value(component.keyword());
    }
    json.end();
  }

  private void elements(SetElements elements) {
    json.member("size", elements.size());
    if (!setContent) {
      return;
    }
    json.name("elements").array();
    List<MatcherType> components = elements.key().components();
    for (int i = 0; i < elements.size(); i++) {
      json.flatArray();
      for (int j = 0; j < components.size(); j++) {
        value(components.get(j).payloadKind(), elements.payload(i, j));
      }
      json.end();
    }
    json.end();
  }

  /** Numbers without their names, everything else as its text. */
  private void value(PayloadKind kind, Payload payload) {
    switch (payload) {
      case Payload.Scalar(long value) -> json.value(value);
      case Payload.Range(long low, long high) ->
          json.object().member("min", low).member("max", high).end();
      case Payload.Ipv4Address _a -> json.value(payloads.text(kind, payload));
      case Payload.Ipv4Network _n -> json.value(payloads.text(kind, payload));
      case Payload.Ipv6Address _a -> json.value(payloads.text(kind, payload));
      case Payload.Ipv6Network _n -> json.value(payloads.text(kind, payload));
      case Payload.Flags _f -> {
        json.array();
        for (String flag : payloads.text(kind, payload).split(",", -1)) {
          json.value(flag);
        }
        json.end();
      }
      case Payload.Percentage(float value) -> json.value(value);
    }
  }

  private void log(@Nullable Log log) {
    if (log == null) {
      return;
    }
    json.name("log").flatObject();
    if (log.headers() != Log.ALL_HEADERS) {
      json.name("headers").array();
      for (Layer layer : Layer.values()) {
        if (log.has(layer)) {
          json.value(lowerCase(layer));
        }
      }
      json.end();
    }
    if (log.intervalNanos() != 0) {
      json.name("every_ns").unsigned(log.intervalNanos());
    }
    json.end();
  }

  private void verdict(Verdict verdict) {
    switch (verdict) {
      case Verdict.Basic basic -> json.member("verdict", basic.name());
      case Verdict.Redirect(long ifindex, var direction) -> {
        json.member("verdict", "REDIRECT");
        json.name("redirect").flatObject();
        networkInterface(ifindex);
        json.member("direction", direction.keyword()).end();
      }
    }
  }

  private void optional(String name, @Nullable String value) {
    if (value != null) {
      json.member(name, value);
    }
  }

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
