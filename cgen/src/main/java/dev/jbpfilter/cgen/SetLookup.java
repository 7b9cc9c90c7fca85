package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import dev.jbpfilter.cgen.RuleTest.SetTest;
import dev.jbpfilter.cgen.lookup.LookupCode;
import dev.jbpfilter.cgen.lookup.Tables;
import java.util.List;
import java.util.function.Function;

/** Emits lookups in the tables of sets, and tests of what they find. */
final class SetLookup {
  private final CodeBuilder code;
  private final Function<Field, Virt> values;

  /**
   * @param values the values of fields, in host order
   */
  SetLookup(CodeBuilder code, Function<Field, Virt> values) {
    this.code = code;
    this.values = values;
  }

  /**
   * Looks a set up, and others of the same {@linkplain #group group}.
   *
   * @return a fresh register that says which of them hold the values, for {@link #branch}
   */
  Virt find(SetTest test) {
    SetTable table = test.table();
    List<Field> fields = test.fields();
    LookupCode out =
        new LookupCode(
            code, new Tables(table.map()), dimension -> values.apply(fields.get(dimension)));
    Virt found = code.fresh();
    table.group(test.member()).emit(out, found);
    return found;
  }

  /** Which sets of a table are looked up together: the same number for those that are. */
  static int group(SetTest test) {
    return test.member() / SetTable.GROUP;
  }

  /** Looks a set up, and branches if membership is what is wanted, else goes on. */
  void branch(SetTest test, boolean wanted, Label target) {
    branch(test, find(test), wanted, target);
  }

  /**
   * Branches if membership is what is wanted, else goes on.
   *
   * @param found by {@link #find}, for this set or one of its group; it stays as it is
   */
  void branch(SetTest test, Virt found, boolean wanted, Label target) {
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
