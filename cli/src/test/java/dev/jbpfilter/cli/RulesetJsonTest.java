package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.testing.Golden;
import dev.jbpfilter.loader.Counter;
import dev.jbpfilter.loader.Event;
import dev.jbpfilter.loader.LoadedChain;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.PayloadKind;
import dev.jbpfilter.ruleset.PayloadText;
import dev.jbpfilter.ruleset.Ruleset;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Severity;
import dev.jbpfilter.ruleset.Source;
import dev.jbpfilter.ruleset.testing.RandomChains;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chains as JSON: letter by letter, against the schema, and read back. */
class RulesetJsonTest {
  private static final JsonSchema SCHEMA = new JsonSchema(schema());

  private static JsonTree schema() {
    try {
      Path root = Path.of(System.getProperty("jbpfilter.root"));
      return JsonTree.parse(Files.readString(root.resolve("doc/ruleset.schema.json")));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String listing(boolean setContent, LoadedChain... chains) {
    StringBuilder out = new StringBuilder();
    new RulesetJson(out, LoadedChains.INTERFACES, setContent).listing(List.of(), List.of(chains));
    return valid(out);
  }

  private static String rules(List<Chain> chains) {
    StringBuilder out = new StringBuilder();
    new RulesetJson(out, LoadedChains.INTERFACES, true).rules(List.of(), chains);
    return valid(out);
  }

  private static String valid(StringBuilder out) {
    assertThat(SCHEMA.violations(JsonTree.parse(out.toString()))).as(out.toString()).isEmpty();
    return out.toString();
  }

  private static final String ALL =
      """
      chain all BF_HOOK_TC_INGRESS{ifindex=2147483647} ACCEPT
        set n1 (ip4.saddr, tcp.dport) in { 10.0.0.2, 80; 10.0.0.1,443 }
        set empty (ip4.proto) in {}
        rule
          tcp.sport range 1-65535
          tcp.flags not all ECE,rst
          counter mark 0xffffffff log transport,LINK every 18446744073709551615ns
          REDIRECT lo out
        rule
          (ip4.saddr, tcp.dport) not in n1
          (ip4.daddr) in { 1.1.1.1
            2.2.2.2 }
          (tcp.dport) not in {80}
          log
          DROP
        rule (ip4.proto) in empty DROP
        rule ip4.proto tcp ip6.nexthdr tcp counter REDIRECT 4242 in
      chain sock BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4{cgpath=/sys/fs/cgroup/"ü"} NEXT
        rule ip4.daddr not 1.2.3.4 log every 1s counter DROP
      chain nf BF_HOOK_NF_LOCAL_IN{priorities=102-101} DROP
      """;

  private static LoadedChain counted(Chain chain) {
    List<Counter> rules = new ArrayList<>();
    for (int i = 0; i < chain.rules().size(); i++) {
      rules.add(new Counter(-1 - i, Long.MIN_VALUE + i));
    }
    return new LoadedChain(chain, rules, new Counter(1, 54), new Counter(2, 3));
  }

  @Test
  void listingsByteForByte() {
    List<Chain> chains = LoadedChains.parse(ALL);

    Golden.check(
        "listing.json",
        listing(
            true,
            counted(chains.get(0)),
            counted(chains.get(1)),
            LoadedChains.idle(chains.get(2))));
  }

  @Test
  void dryRunsHaveNoCounters() {
    String listing = listing(true, LoadedChains.idle(LoadedChains.parse(ALL).getFirst()));
    String rules = rules(LoadedChains.parse(ALL).subList(0, 1));

    String expected =
        listing
            .replaceAll("(?m)^ +\"counters\": \\{\n( {8}.*\n){2} +\\},\n", "")
            .replaceAll("(?m)^ +\"(counters|attached)\": .*\n", "");
    assertThat(rules).isEqualTo(expected).isNotEqualTo(listing);
  }

  @Test
  void setContentCanBeLeftOut() {
    String listing = listing(false, LoadedChains.idle(LoadedChains.parse(ALL).getFirst()));

    assertThat(listing)
        .doesNotContain("elements")
        .contains(
            """
                      "name": "n1",
                      "key": ["ip4.saddr", "tcp.dport"],
                      "size": 2
            """)
        .contains(
            """
                          "key": ["tcp.dport"],
                          "negated": true,
                          "operator": "in",
                          "size": 1
            """);
  }

  /** A matcher in a rule, and the members that tell of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          meta.iface lo | eq | "lo" | 1
          meta.iface 4242 | eq | "4242" | 4242
          meta.l3_proto ipv6 | eq | "ipv6" | 34525
          meta.l3_proto 0x806 | eq | "0x0806" | 2054
          meta.l4_proto 132 | eq | "132" | 132
          meta.probability 33.33% | eq | "33.33%" | 33.33
          meta.flow_probability 0.00001% | eq | "1e-05%" | 1.0E-5
          meta.probability 100% | eq | "100%" | 100
          meta.sport 080 | eq | "80" | 80
          meta.dport range 1-2 | range | "1-2" | {"min": 1, "max": 2}
          meta.mark 0xffffffff | eq | "0xffffffff" | 4294967295
          meta.flow_hash range 1-ffffffff | range | "0x1-0xffffffff" | {"min": 1, "max": 4294967295}
          ip4.saddr 192.0.2.1 | eq | "192.0.2.1" | "192.0.2.1"
          ip4.snet 10.1.2.3/8 | eq | "10.1.2.3/8" | "10.1.2.3/8"
          ip4.proto tcp | eq | "tcp" | 6
          ip4.dscp ef | eq | "ef" | 46
          ip6.saddr ::ffff:102:304 | eq | "::ffff:1.2.3.4" | "::ffff:1.2.3.4"
          ip6.dnet FE80::1/10 | eq | "fe80::1/10" | "fe80::1/10"
          ip6.nexthdr hop | eq | "hop" | 0
          tcp.flags any CWR,fin | any | "fin,cwr" | ["fin", "cwr"]
          icmp.type 8 | eq | "echo-request" | 8
          icmp.code 0x10 | eq | "16" | 16
          icmpv6.type 200 | eq | "200" | 200
          """)
  void valuesOfMatchers(String rule, String operator, String text, String value) {
    String type = rule.substring(0, rule.indexOf(' '));

    assertThat(rules(LoadedChains.parse("chain c BF_HOOK_TC_EGRESS DROP rule " + rule + " ACCEPT")))
        .contains(
            "\n            {\"type\": \"%s\", \"negated\": false, \"operator\": \"%s\", \"text\": %s, \"value\": %s}\n"
                .formatted(type, operator, text, value));
  }

  @Test
  void elementsHaveTheValuesOfTheirComponents() {
    assertThat(
            rules(
                LoadedChains.parse(
                    """
                    chain c BF_HOOK_XDP DROP
                      set a (icmp.type, icmp.code, ip6.saddr) in {echo-request, 1, ::1}
                      set b (ip6.snet) in {fe80::1/10}
                    """)))
        .contains("\n            [8, 1, \"::1\"]\n", "\n            [\"fe80::1/10\"]\n");
  }

  @Test
  void diagnostics() {
    StringBuilder out = new StringBuilder();
    RulesetJson.failure(
        out,
        List.of(
            new JsonDiagnostic(
                Severity.ERROR,
                "bad \"word\"",
                "say good",
                null,
                new JsonDiagnostic.Place("a b.rules", 1, 2, 3, 4)),
            JsonDiagnostic.of(new Event(Event.Level.WARNING, "odd", "web"))));

    assertThat(valid(out))
        .isEqualTo(
            """
            {
              "format": "jbpfilter-ruleset",
              "version": 1,
              "diagnostics": [
                {"severity": "error", "message": "bad \\"word\\"", "hint": "say good",\
             "file": "a b.rules", "line": 1, "column": 2, "end_line": 3, "end_column": 4},
                {"severity": "warning", "message": "odd", "chain": "web"}
              ]
            }
            """);
  }

  @Test
  void theSchemaRefusesWhatItShould() {
    String good = listing(true, counted(LoadedChains.parse(ALL).getFirst()));

    for (String[] change :
        new String[][] {
          {"\"version\": 1", "\"version\": 2"},
          {"\"size\": 2", "\"size\": \"2\""},
          {"\"size\": 2", "\"sise\": 2"},
          {"\"packets\": 1,", ""},
          {"\"value\": {\"min\": 1, ", "\"value\": {"},
          {"BF_HOOK_TC_INGRESS", "BF_HOOK_TC"},
          {"[\"link\", ", "[\"links\", "},
          {"4294967295", "4294967296"},
        }) {
      assertThat(good).contains(change[0]);
      String bad = good.replace(change[0], change[1]);
      assertThat(SCHEMA.violations(JsonTree.parse(bad))).as(change[1]).isNotEmpty();
    }
  }

  /** All that the rules say is in the document: they can be written again from it alone. */
  @Test
  void randomChainsCanBeReadBack() {
    RandomChains random = new RandomChains(new SplittableRandom(2026));
    for (int i = 0; i < 1_000; i++) {
      Ruleset ruleset = random.ruleset();
      String document = rules(ruleset.chains());

      String text = text(JsonTree.parse(document));

      Ruleset read =
          RulesetParser.parse(new Source("read back", text), InterfaceResolver.none())
              .ruleset()
              .orElseThrow(() -> new AssertionError(text + document));
      assertThat(read.withoutSpans()).as(text).isEqualTo(ruleset.withoutSpans());
    }
  }

  private static String text(JsonTree document) {
    StringJoiner text = new StringJoiner("\n");
    for (JsonTree chain : document.get("chains").elements()) {
      StringJoiner options = new StringJoiner(",", "{", "}").setEmptyValue("");
      JsonTree given = chain.get("options");
      if (given.has("ifindex")) {
        options.add("ifindex=" + given.get("ifindex").text());
      }
      if (given.has("cgpath")) {
        options.add("cgpath=" + given.get("cgpath").text());
      }
      if (given.has("priorities")) {
        options.add("priorities=" + joined("-", given.get("priorities").elements()));
      }
      text.add("chain " + chain.get("name").text() + " " + chain.get("hook").text() + options);
      text.add(chain.get("policy").text());
      for (JsonTree set : chain.get("sets").elements()) {
        text.add("set " + set.get("name").text() + key(set) + " in " + elements(set));
      }
      for (JsonTree rule : chain.get("rules").elements()) {
        text.add("rule");
        rule.get("matchers").elements().forEach(matcher -> text.add(matcher(matcher)));
        text.add(actions(rule));
      }
    }
    return text.toString();
  }

  private static String matcher(JsonTree matcher) {
    String operator =
        (matcher.get("negated").isTrue() ? " not " : " ") + matcher.get("operator").text() + " ";
    if (matcher.has("type")) {
      String type = matcher.get("type").text();
      return type + operator + value(type, matcher.get("value"));
    }
    String set = matcher.has("set") ? matcher.get("set").text() : elements(matcher);
    return key(matcher) + operator + set;
  }

  private static String value(String type, JsonTree value) {
    if (value.value() instanceof List) {
      return joined(",", value.elements());
    }
    if (value.value() instanceof String text) {
      return type.startsWith("ip6.") ? undotted(text) : text;
    }
    if (value.value() instanceof Number) {
      return value.text() + (type.endsWith("probability") ? "%" : "");
    }
    return value.get("min").text() + "-" + value.get("max").text();
  }

  /** Outside of sets the language has no dotted IPv6 addresses. */
  private static String undotted(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    Payload payload = Payload.Ipv6Address.parse(address).orElseThrow();
    return PayloadText.rules().text(PayloadKind.IPV6_ADDRESS, payload)
        + text.substring(address.length());
  }

  private static String key(JsonTree of) {
    return " (" + joined(", ", of.get("key").elements()) + ")";
  }

  private static String elements(JsonTree set) {
    StringJoiner elements = new StringJoiner(";", "{", "}");
    for (JsonTree element : set.get("elements").elements()) {
      elements.add(joined(",", element.elements()));
    }
    assertThat(set.get("size").text()).isEqualTo("" + set.get("elements").elements().size());
    return elements.toString();
  }

  private static String actions(JsonTree rule) {
    StringJoiner text = new StringJoiner(" ");
    if (rule.has("log")) {
      JsonTree log = rule.get("log");
      text.add("log");
      text.add(log.has("headers") ? joined(",", log.get("headers").elements()) : "");
      text.add(log.has("every_ns") ? "every " + log.get("every_ns").text() + "ns" : "");
    }
    if (rule.has("mark")) {
      text.add("mark " + rule.get("mark").text());
    }
    text.add(rule.get("counter").isTrue() ? "counter" : "");
    text.add(rule.get("verdict").text());
    if (rule.has("redirect")) {
      JsonTree redirect = rule.get("redirect");
      text.add(redirect.get("ifindex").text()).add(redirect.get("direction").text());
    }
    return text.toString();
  }

  private static String joined(String separator, List<JsonTree> values) {
    StringJoiner text = new StringJoiner(separator);
    values.forEach(value -> text.add(value.text()));
    return text.toString();
  }
}
