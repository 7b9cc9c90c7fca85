package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import dev.jbpfilter.cgen.RuleTest.SetTest;
import dev.jbpfilter.cgen.lookup.LookupCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Emits lookups in the tables of sets, and tests of what they find. What several tests ask is
 * looked up once.
 */
final class SetLookup {
  /** More registers would be spilled, and reading them back is no faster than a lookup. */
  private static final int MOST_KEPT = 4;

  private final CodeBuilder code;
  private final Function<Field, Virt> values;

  /** How many tests ask for sets that are looked up together. */
  private final Map<Group, Integer> uses = new HashMap<>();

  private final Map<Group, Virt> kept = new HashMap<>();

  /** Sets that are looked up together. */
  private record Group(SetTable table, int number) {
    static Group of(SetTest test) {
      return new Group(test.table(), test.member() / SetTable.GROUP);
    }
  }

  /**
   * @param values the values of fields, in host order
   * @param rules which are to be tested
   */
  SetLookup(CodeBuilder code, Function<Field, Virt> values, List<FilterRule> rules) {
    this.code = code;
    this.values = values;
    for (FilterRule rule : rules) {
      for (RuleTest test : rule.tests()) {
        if (test instanceof SetTest set) {
          uses.merge(Group.of(set), 1, Integer::sum);
        }
      }
    }
  }

  /**
   * Looks a set up for all tests from here on, if there are several. Control gets to them through
   * here.
   */
  void keep(SetTest test) {
    Group group = Group.of(test);
    if (uses.getOrDefault(group, 0) > 1 && kept.size() < MOST_KEPT && !kept.containsKey(group)) {
      kept.put(group, find(test));
    }
  }

  /** A fresh register that says which of the sets of the group hold the values. */
  private Virt find(SetTest test) {
    SetTable table = test.table();
    List<Field> fields = test.fields();
    LookupCode out =
        new LookupCode(code, table.map(), dimension -> values.apply(fields.get(dimension)));
    Virt found = code.fresh();
    table.group(test.member()).emit(out, found);
    return found;
  }

  /** Branches if membership is what is wanted, else goes on. */
  void branch(SetTest test, boolean wanted, Label target) {
    Virt before = kept.get(Group.of(test));
    Virt found = before == null ? find(test) : before;
    int bit = 1 << (test.member() % SetTable.GROUP);
    boolean member = wanted != test.negated();
    if (member) {
      Virt outside = code.compute(Width.W32, found, AluOp.AND, bit);
      code.branch(Condition.EQ, Width.W32, outside, 0, target);
    } else {
      code.branch(Condition.SET, Width.W32, found, bit, target);
    }
  }
}
