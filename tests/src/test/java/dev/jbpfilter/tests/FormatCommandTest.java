package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.testing.RequiresBpf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Chains of the kernel as JSON and as rules. */
@RequiresBpf
@RequiresLauncher
class FormatCommandTest {
  private static final String CHAINS =
      """
      chain first BF_HOOK_XDP{ifindex=IFINDEX} ACCEPT
          rule
              icmp.type eq echo-reply
              counter
              DROP
      chain second BF_HOOK_XDP DROP
          rule
              ip4.snet eq 10.1.2.3/8
              tcp.dport not range 1-1023
              counter
              CONTINUE
          rule
              udp.dport eq 53
              tcp.flags any syn,ack
              NEXT
      """;
  private static final String WARNING =
      "rule 1 has incompatible matchers on the same layer, rule will be disabled";

  private static Sandbox sandbox;
  private static String chains;

  @BeforeAll
  static void setUp() throws IOException {
    sandbox = new Sandbox();
    chains = CHAINS.replace("IFINDEX", Integer.toString(sandbox.wire().ifindex()));
  }

  @AfterEach
  void flush() {
    sandbox.run("ruleset", "flush").ended(0);
  }

  @AfterAll
  static void tearDown() throws IOException {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  private static Launcher.Run get(String... format) {
    List<String> words = new ArrayList<>(List.of("ruleset", "get"));
    words.addAll(List.of(format));
    Launcher.Run run = sandbox.run(words.toArray(String[]::new)).ended(0);
    assertThat(run.err()).isEqualTo("warning: " + WARNING + "\n");
    return run;
  }

  @Test
  void savedRulesMakeTheSameChainsAgain() {
    sandbox.run("ruleset", "set", "--from-str", chains).ended(0);
    String listing = get().out();

    String saved = get("--format", "rules").out();
    sandbox.run("ruleset", "flush").said(0);
    sandbox.run(sandbox.bfcli().reading(saved), "ruleset", "set", "--from-file", "-").ended(0);

    assertThat(saved).isEqualTo(chains);
    assertThat(get().out()).isEqualTo(listing);
    assertThat(get("--format", "text").out()).isEqualTo(listing);
  }

  @Test
  void countersAndWarningsAsJson() throws IOException {
    sandbox.run("ruleset", "set", "--from-str", chains).ended(0);
    assertThat(sandbox.wire().ping()).isZero();

    String json = get("--format", "json").out();

    assertThat(Json.scalars(json, "/chains/name")).containsExactly("second", "first");
    assertThat(Json.scalars(json, "/chains/attached")).containsExactly("false", "true");
    assertThat(Json.scalars(json, "/chains/options/ifindex"))
        .containsExactly(Integer.toString(sandbox.wire().ifindex()));
    assertThat(Json.scalars(json, "/chains/options/ifname")).hasSize(1);
    assertThat(Json.scalars(json, "/chains/rules/counters/packets"))
        .containsExactly("0", Integer.toString(VethPair.PINGS));
    assertThat(Json.scalars(json, "/chains/rules/disabled")).containsExactly("incompatible_layers");
    assertThat(Json.scalars(json, "/diagnostics/message")).containsExactly(WARNING);
    assertThat(Json.scalars(json, "/diagnostics/chain")).containsExactly("second");
  }

  @Test
  void damagedChainsAreTold() throws IOException {
    sandbox.run("chain", "load", "--from-str", "chain good BF_HOOK_XDP DROP").ended(0);
    Files.createDirectory(sandbox.bpffs().resolve(Path.of("bpfilter", "bad")));

    Launcher.Run run = sandbox.run("ruleset", "get", "--format", "json").ended(0);

    assertThat(Json.scalars(run.out(), "/chains/name")).containsExactly("good");
    assertThat(Json.scalars(run.out(), "/diagnostics/severity")).containsExactly("warning");
    assertThat(Json.scalars(run.out(), "/diagnostics/chain")).containsExactly("bad");
    assertThat(run.err())
        .isEqualTo("warning: " + Json.scalars(run.out(), "/diagnostics/message").getFirst() + "\n");
  }

  @Test
  void oneChainAsRules() {
    sandbox.run("ruleset", "set", "--from-str", chains).ended(0);

    Launcher.Run run = sandbox.run("chain", "get", "-n", "first", "--format", "rules").ended(0);

    assertThat(run.err()).isEmpty();
    assertThat(chains).startsWith(run.out()).hasSizeGreaterThan(run.out().length());
  }

  @Test
  void noChainsAreADocumentToo() throws IOException {
    Launcher.Run run = sandbox.run("ruleset", "get", "--format", "json").ended(0);

    assertThat(run.out())
        .isEqualTo(
            """
            {
              "format": "jbpfilter-ruleset",
              "version": 1,
              "diagnostics": [],
              "chains": []
            }
            """);
  }
}
