package dev.jbpfilter.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.jbpfilter.cgen.MatcherTests;
import dev.jbpfilter.cgen.ParseDepth;
import dev.jbpfilter.cgen.analysis.lint.Certainty;
import dev.jbpfilter.cgen.analysis.lint.Finding;
import dev.jbpfilter.cgen.analysis.lint.FindingKind;
import dev.jbpfilter.cgen.analysis.lint.FindingLevel;
import dev.jbpfilter.cgen.analysis.lint.LintReport;
import dev.jbpfilter.cgen.analysis.lint.Linter;
import dev.jbpfilter.cgen.analysis.lint.Witness;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Criterion;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.RuleDraft;
import dev.jbpfilter.ruleset.RulesPrinter;
import dev.jbpfilter.ruleset.Ruleset;
import dev.jbpfilter.ruleset.SetElements;
import dev.jbpfilter.ruleset.SetMatcher;
import dev.jbpfilter.ruleset.packet.Evaluation;
import dev.jbpfilter.ruleset.packet.Evaluator;
import dev.jbpfilter.ruleset.packet.LogEntry;
import dev.jbpfilter.ruleset.packet.SocketCall;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/** What the linter calls certain is so by the reference evaluator, packet for packet. */
class LinterProperties {
  private static final int INPUTS = 150;

  /** A word in a message that the user wrote. */
  private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

  /** A packet or a call, and what is drawn for it. */
  private record Input(int random, Function<Evaluator, Evaluation> evaluate) {}

  @Property(tries = 400, shrinking = ShrinkingMode.OFF)
  void findingsHoldOnChainsOfEverything(@ForAll long seed, @ForAll Hook hook) {
    check(seed, hook, (random, h) -> Chains.random(random, h, true, 1, 25));
  }

  @Property(tries = 400, shrinking = ShrinkingMode.OFF)
  void findingsHoldOnChainsThatOverlap(@ForAll long seed, @ForAll Hook hook) {
    check(
        seed,
        hook,
        (random, h) ->
            h.flavor().seesPackets()
                ? withoutEffects(random, DenseChains.random(random, h, 5, 60))
                : Chains.random(random, h, true, 5, 40));
  }

  /** Mistakes that are put into a random chain are found where they are. */
  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void plantedMistakesAreFound(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Hook hook = new Picking(random).pick(List.of(Hook.XDP, Hook.TC_EGRESS, Hook.NF_LOCAL_IN));
    Chain chain = Chains.random(random, hook, true, 0, 20);
    int at = random.nextInt(chain.rules().size() + 1);
    int port = random.nextInt(0xffff);
    String address = "192.0.2." + random.nextInt(100);
    String contradiction = "rule ip4.saddr " + address + " ip4.saddr 198.51.100.1 counter DROP";
    String twin = "rule ip4.daddr " + address + " udp.sport " + port + " counter ACCEPT";
    String cover =
        "rule tcp.sport range 0-%d DROP rule tcp.sport range %d-65535 counter ACCEPT"
            .formatted(port, port + 1);
    String covered = "rule tcp.sport range %d-%d log counter DROP".formatted(port / 2, 0xffff);
    assertThat(deadAt(chain, at, contradiction, 1)).isEqualTo(FindingKind.CONTRADICTION);
    assertThat(deadAt(chain, at, twin + " " + twin, 2))
        .isIn(FindingKind.DUPLICATE_RULE, FindingKind.SHADOWED_RULE);
    assertThat(deadAt(chain, at, cover + " " + covered, 3)).isEqualTo(FindingKind.SHADOWED_RULE);
  }

  /** As what the last of some rules is called dead that are put into a chain. */
  private static @Nullable FindingKind deadAt(Chain chain, int at, String rules, int count) {
    String text = "chain p " + chain.hook().keyword() + " DROP " + rules;
    List<RuleDraft> all = new ArrayList<>(chain.drafts());
    all.addAll(at, Ruleset.parse(text).chains().getFirst().drafts());
    for (Finding finding : Linter.lint(chain.withRules(all)).findings()) {
      if (finding.rules().equals(List.of(at + count - 1)) && finding.level() == FindingLevel.DEAD) {
        return finding.kind();
      }
    }
    return null;
  }

  /** Some chains where many rules neither count nor log, so that they can be redundant. */
  private static Chain withoutEffects(RandomGenerator random, Chain chain) {
    if (random.nextBoolean()) {
      return chain;
    }
    List<RuleDraft> rules = new ArrayList<>();
    for (RuleDraft rule : chain.drafts()) {
      boolean bare = random.nextInt(8) != 0;
      rules.add(bare ? new RuleDraft(rule.criteria(), null, false, null, rule.verdict()) : rule);
    }
    return chain.withRules(rules);
  }

  private static void check(
      long seed, Hook hook, BiFunction<RandomGenerator, Hook, Chain> generator) {
    SplittableRandom random = new SplittableRandom(seed);
    // From a text, so that spans say which matcher a finding is about.
    Chain chain = again(generator.apply(random, hook));
    List<Input> inputs = inputs(random, chain);
    if (!problem(chain, inputs).isEmpty()) {
      Chain small = Shrinking.shrink(chain, c -> !problem(again(c), inputs).isEmpty());
      fail(
          "seed %d, %s: %s%n%s",
          seed, hook, problem(again(small), inputs), RulesPrinter.print(small));
    }
  }

  private static Chain again(Chain chain) {
    return Ruleset.parse(RulesPrinter.print(chain)).chains().getFirst();
  }

  private static List<Input> inputs(RandomGenerator random, Chain chain) {
    List<Input> inputs = new ArrayList<>();
    for (int i = 0; i < INPUTS; i++) {
      if (chain.hook().flavor().seesPackets()) {
        TestPacket packet =
            i % 4 == 0 ? TestPacket.random(random, chain.hook()) : TestPacket.random(random, chain);
        inputs.add(new Input(packet.random(), e -> e.evaluate(packet.input(chain.hook()))));
      } else {
        SocketCall call = Calls.random(random, chain.hook());
        inputs.add(new Input(random.nextInt(), e -> e.evaluate(call)));
      }
    }
    return inputs;
  }

  /** What a finding says wrongly; empty if none does. */
  private static String problem(Chain chain, List<Input> inputs) {
    LintReport report = Linter.lint(chain);
    BitSet dead = new BitSet();
    BitSet redundant = new BitSet();
    for (Finding finding : report.findings()) {
      String problem = witness(chain, finding);
      if (!problem.isEmpty()) {
        return problem;
      }
      if (finding.certainty() == Certainty.IS) {
        switch (finding.kind()) {
          case CONTRADICTION, DISABLED_RULE, SHADOWED_RULE, DUPLICATE_RULE ->
              dead.set(finding.rules().getFirst());
          case REDUNDANT_RULE -> {
            redundant.set(finding.rules().getFirst());
            problem = same(chain, without(chain, finding.rules()), inputs, finding);
          }
          case MERGEABLE_RULES -> problem = same(chain, merged(chain, finding), inputs, finding);
          case IDLE_POLICY -> problem = neverAtPolicy(chain, inputs, finding);
          case NEEDLESS_MATCHER, DEAD_ELEMENTS, LOST_MARK ->
              problem = same(chain, simpler(chain, finding), inputs, finding);
          case REDUNDANT_ELEMENTS,
              DUPLICATE_NAME,
              UNUSED_SET,
              HIDDEN_EFFECT,
              RARE_MATCH,
              IDLE_RATE_LIMIT -> {}
        }
      }
      if (!problem.isEmpty()) {
        return problem;
      }
    }
    String matches = matches(chain, dead, inputs);
    return matches.isEmpty() && !redundant.isEmpty()
        ? same(chain, without(chain, list(redundant)), inputs, null)
        : matches;
  }

  private static List<Integer> list(BitSet set) {
    return set.stream().boxed().toList();
  }

  private static String matches(Chain chain, BitSet dead, List<Input> inputs) {
    if (dead.isEmpty()) {
      return "";
    }
    World world = new World();
    Evaluator evaluator = Evaluator.of(chain, world);
    for (Input input : inputs) {
      world.next(input.random);
      for (int rule : input.evaluate.apply(evaluator).matchedRules()) {
        if (dead.get(rule)) {
          return "rule " + rule + " is called dead, but matches";
        }
      }
    }
    return "";
  }

  private static String neverAtPolicy(Chain chain, List<Input> inputs, Finding finding) {
    World world = new World();
    Evaluator evaluator = Evaluator.of(chain, world);
    for (Input input : inputs) {
      world.next(input.random);
      if (input.evaluate.apply(evaluator).policyCounted()) {
        return finding.message();
      }
    }
    return "";
  }

  /** What a changed chain does differently, but for the numbers of rules. */
  private static String same(
      Chain chain, Chain changed, List<Input> inputs, @Nullable Finding finding) {
    World world = new World();
    World other = new World();
    Evaluator before = Evaluator.of(chain, world);
    Evaluator after = Evaluator.of(changed, other);
    for (Input input : inputs) {
      world.next(input.random);
      other.next(input.random);
      Evaluation one = input.evaluate.apply(before);
      Evaluation two = input.evaluate.apply(after);
      boolean same =
          one.verdict().equals(two.verdict())
              && one.mark() == two.mark()
              && one.malformed() == two.malformed()
              && one.countedRules().size() == two.countedRules().size()
              && one.log().stream()
                  .map(LogEntry::verdict)
                  .toList()
                  .equals(two.log().stream().map(LogEntry::verdict).toList());
      if (!same) {
        return (finding == null ? "all redundant rules together" : finding.message())
            + ": "
            + one
            + " became "
            + two;
      }
    }
    return "";
  }

  private static Chain without(Chain chain, List<Integer> rules) {
    List<RuleDraft> left = new ArrayList<>();
    List<RuleDraft> drafts = chain.drafts();
    for (int i = 0; i < drafts.size(); i++) {
      if (!rules.contains(i)) {
        left.add(drafts.get(i));
      }
    }
    return chain.withRules(left);
  }

  /** The chain without a matcher, some elements or a mark of the rule that a finding is about. */
  private static Chain simpler(Chain chain, Finding finding) {
    int index = finding.rules().getFirst();
    Rule rule = chain.rules().get(index);
    List<RuleDraft> rules = new ArrayList<>(chain.drafts());
    RuleDraft draft = rules.get(index);
    List<Criterion> criteria = new ArrayList<>();
    for (int i = 0; i < rule.matchers().size(); i++) {
      Criterion criterion = draft.criteria().get(i);
      if (!rule.matchers().get(i).span().equals(finding.span())) {
        criteria.add(criterion);
      } else if (finding.kind() == FindingKind.DEAD_ELEMENTS) {
        criteria.add(withoutDead(chain, (SetMatcher) rule.matchers().get(i), finding));
      }
    }
    Long mark = finding.kind() == FindingKind.LOST_MARK ? null : rule.mark();
    if (criteria.isEmpty()) {
      return chain;
    }
    rules.set(index, new RuleDraft(criteria, rule.log(), rule.counter(), mark, rule.verdict()));
    Chain changed = chain.withRules(rules);
    // Packets that are malformed may be others then, which is no fault.
    return depth(changed) == depth(chain) ? changed : chain;
  }

  private static ParseDepth depth(Chain chain) {
    ParseDepth depth = ParseDepth.NONE;
    for (Rule rule : chain.rules()) {
      depth = chain.isEnabled(rule) ? depth.or(MatcherTests.depth(chain, rule)) : depth;
    }
    return depth;
  }

  private static Criterion withoutDead(Chain chain, SetMatcher matcher, Finding finding) {
    List<String> dead = new ArrayList<>();
    for (Matcher quoted = QUOTED.matcher(finding.message().replaceAll(" of set '.*", ""));
        quoted.find(); ) {
      dead.add(quoted.group(1));
    }
    SetElements elements = chain.set(matcher).elements();
    return new Criterion.InElements(
        elements.minus(SetElements.parse(elements.key(), dead)), matcher.negated());
  }

  private static Chain merged(Chain chain, Finding finding) {
    String text =
        "chain m " + chain.hook().keyword() + " " + chain.policy() + " " + finding.replacement();
    // Named sets can't be in the text of one rule.
    if (finding.replacement() == null || text.contains(" in set_")) {
      return chain;
    }
    RuleDraft merged = Ruleset.parse(text).chains().getFirst().drafts().getFirst();
    List<RuleDraft> rules = new ArrayList<>();
    List<RuleDraft> drafts = chain.drafts();
    for (int i = 0; i < drafts.size(); i++) {
      if (i == finding.rules().getFirst()) {
        rules.add(merged);
      } else if (!finding.rules().contains(i)) {
        rules.add(drafts.get(i));
      }
    }
    return chain.withRules(rules);
  }

  /** A witness of a rule that is hidden is decided by one that hides it. */
  private static String witness(Chain chain, Finding finding) {
    Witness witness = finding.witness();
    if (witness == null || finding.kind() == FindingKind.REDUNDANT_RULE) {
      return "";
    }
    World world = new World();
    world.next(-1);
    Evaluator evaluator = Evaluator.of(chain, world);
    Evaluation evaluation =
        chain.hook().flavor().seesPackets()
            ? evaluator.evaluate(witness.packet().packet(chain))
            : evaluator.evaluate(witness.packet().call(chain.hook()));
    return finding.others().contains(evaluation.matchedRules().getLast())
        ? ""
        : "the witness of: " + finding.message();
  }
}
