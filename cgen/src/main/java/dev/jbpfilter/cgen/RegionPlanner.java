package dev.jbpfilter.cgen;

import dev.jbpfilter.cgen.lookup.Boxes;
import dev.jbpfilter.cgen.lookup.Choice;
import dev.jbpfilter.cgen.lookup.Limits;
import dev.jbpfilter.cgen.lookup.Planner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a program into regions, and decides for each whether its rules are looked up.
 *
 * <p><b>Why that is right.</b> Let f be the first rule that ends the chain, matches, and reads only
 * what no rule before it can change. Then the chain does what the other rules before f do, in
 * order, and then what f does. So f may be found first, by any means, and the other rules be tried
 * in sequence as far as they come before it. The one thing that rules change and read is the packet
 * mark: rules that read it behind one that sets it are tried in sequence, or begin a region of
 * their own if they are many. A region also ends where a tail has no bits left for rules that log
 * or count and go on.
 */
final class RegionPlanner {
  /** Fewer rules are as fast in sequence, and need no tables. */
  private static final int FEWEST_LOOKED_UP = 16;

  private final FilterProgram program;
  private final CompileOptions options;

  RegionPlanner(FilterProgram program, CompileOptions options) {
    this.program = program;
    this.options = options;
  }

  /** The regions, of which there is one at least. */
  List<Region> plan() {
    List<Region> regions = new ArrayList<>();
    List<FilterRule> rules = program.rules();
    int[] readers = readersAhead(rules);
    int deferred = 0;
    boolean marked = false;
    int start = 0;
    long memory = options.maxTableMemory();
    for (int i = 0; i < rules.size(); i++) {
      FilterRule rule = rules.get(i);
      boolean full = rule.recordsAndContinues() && deferred == Tail.MAX_DEFERRED;
      boolean worthwhile = marked && readers[i] >= FEWEST_LOOKED_UP && options.optimise();
      if (full || worthwhile) {
        Region region = region(rules.subList(start, i), memory);
        memory -= memory(region);
        regions.add(region);
        start = i;
        deferred = 0;
        marked = false;
      }
      deferred += rule.recordsAndContinues() ? 1 : 0;
      marked |= setsMark(rule);
    }
    regions.add(region(rules.subList(start, rules.size()), memory));
    return regions;
  }

  private static boolean setsMark(FilterRule rule) {
    return rule.mark() != null && !rule.verdict().isTerminal();
  }

  /**
   * For each rule that reads the mark, how many do until a rule sets it, itself included; else 0.
   */
  private static int[] readersAhead(List<FilterRule> rules) {
    int[] ahead = new int[rules.size()];
    int readers = 0;
    for (int i = rules.size() - 1; i >= 0; i--) {
      if (setsMark(rules.get(i))) {
        readers = 0;
      }
      if (rules.get(i).reads(Field.MARK)) {
        ahead[i] = ++readers;
      }
    }
    return ahead;
  }

  private static long memory(Region region) {
    long bytes = 0;
    if (region.dispatch() != null) {
      for (Choice choice : region.dispatch().choices().values()) {
        bytes += choice.structure().bytes();
      }
    }
    return bytes;
  }

  private Region region(List<FilterRule> rules, long memory) {
    return new Region(rules, options.optimise() ? dispatch(rules, memory) : null);
  }

  private @Nullable Dispatch dispatch(List<FilterRule> rules, long memory) {
    List<FilterRule> lookedUp = new ArrayList<>();
    List<Dispatch.Run> sequential = new ArrayList<>();
    boolean running = false;
    boolean marked = false;
    for (FilterRule rule : rules) {
      marked |= setsMark(rule);
      if (RuleBoxes.fits(rule) && !(marked && rule.reads(Field.MARK))) {
        lookedUp.add(rule);
        running = false;
        continue;
      }
      if (!running) {
        sequential.add(new Dispatch.Run(!lookedUp.isEmpty(), new ArrayList<>()));
        running = true;
      }
      sequential.getLast().rules().add(rule);
    }
    Endings endings = Endings.of(lookedUp, program.policy());
    boolean few = lookedUp.size() < FEWEST_LOOKED_UP && options.forced() == null;
    if (lookedUp.isEmpty() || few || !endings.fit(program.ruleCount())) {
      return null;
    }
    int none = endings.none(program.policyCounter());
    RuleBoxes boxes = new RuleBoxes(lookedUp, endings, none);
    Map<ProtocolClass, Boxes> classes = new LinkedHashMap<>();
    for (ProtocolClass packets : ProtocolClass.of(lookedUp)) {
      classes.put(packets, boxes.of(packets));
    }
    Set<Boxes> different = new LinkedHashSet<>(classes.values());
    different.removeIf(some -> some.size() == 0);
    Map<Boxes, Choice> choices = choices(different, memory, memory);
    if (choices == null) {
      // What is fastest for some left too little to others.
      choices = choices(different, memory, memory / different.size());
    }
    return choices == null
        ? null
        : new Dispatch(endings, none, boxes.dimensions(), classes, choices, sequential);
  }

  /**
   * A structure for each; null if the memory is not enough.
   *
   * @param most bytes that the tables of each may take
   */
  private @Nullable Map<Boxes, Choice> choices(Set<Boxes> different, long memory, long most) {
    Map<Boxes, Choice> choices = new LinkedHashMap<>();
    long left = memory;
    for (Boxes boxes : different) {
      Limits limits = new Limits(Math.min(left, most), options.forced());
      Optional<Choice> choice = Planner.choose(boxes, limits);
      if (choice.isEmpty()) {
        return null;
      }
      left -= choice.get().structure().bytes();
      choices.put(boxes, choice.get());
    }
    return choices;
  }
}
