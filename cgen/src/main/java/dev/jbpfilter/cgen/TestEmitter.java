package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Helpers;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import dev.jbpfilter.cgen.RuleTest.Either;
import dev.jbpfilter.cgen.RuleTest.FieldTest;
import dev.jbpfilter.cgen.RuleTest.SetTest;
import java.util.List;

/**
 * Emits tests of fields that lie in registers as branches. Comparisons are of 32 bits but for
 * fields that have more.
 *
 * <p><b>What the verifier must not learn.</b> Whatever a comparison tells of a register, in either
 * outcome, is knowledge that rules behind it are walked with once more. That a value is not some
 * number tells nothing, unless it is the smallest or largest one; that it is in a range or not
 * does. So ranges, masks and extremes are compared in a copy, to which an operation has been
 * applied: that cuts the tie that the verifier knows between copies.
 */
final class TestEmitter {
  private static final long ALL_BITS = -1;

  private final CodeBuilder code;
  private final FieldRegisters fields;
  private final SetLookup sets;
  private final boolean headersParsed;

  /** Emits tests of a program's rules. */
  TestEmitter(CodeBuilder code, FieldRegisters fields, FilterProgram program) {
    this.code = code;
    this.fields = fields;
    this.sets = new SetLookup(code, this::register, program.rules());
    // Without transport headers, transport values are plain protocol numbers.
    this.headersParsed = program.depth().includes(ParseDepth.TRANSPORT);
  }

  /** Emits what is better done once for some rules and for those behind them. */
  void prepare(List<FilterRule> rules) {
    for (FilterRule rule : rules) {
      for (RuleTest test : rule.tests()) {
        if (test instanceof SetTest set) {
          sets.keep(set);
        }
      }
    }
  }

  /** Branches if a test holds, else goes on. */
  void branchIf(RuleTest test, Label target) {
    branch(test, true, target);
  }

  /** Branches if a test fails, else goes on. */
  void branchUnless(RuleTest test, Label target) {
    branch(test, false, target);
  }

  private void branch(RuleTest test, boolean wanted, Label target) {
    switch (test) {
      case FieldTest(Field field, ValueSet values) ->
          branch(register(field), field, values, wanted, target);
      case Either(FieldTest first, FieldTest second) -> {
        if (wanted) {
          branchApart(first, true, target);
          branchApart(second, true, target);
        } else {
          Label holds = code.label("holds");
          branchApart(first, true, holds);
          branchApart(second, false, target);
          code.bind(holds);
        }
      }
      case SetTest set -> sets.branch(set, wanted, target);
    }
  }

  /** Of two alternatives, the second is tested where the first is known not to hold. */
  private void branchApart(FieldTest test, boolean wanted, Label target) {
    branch(apart(test.field()), test.field(), test.values(), wanted, target);
  }

  /** A register that holds a field's value. */
  Virt register(Field field) {
    if (field == Field.RANDOM) {
      return code.call(Helpers.GET_PRANDOM_U32);
    }
    Virt register = fields.get(field);
    boolean numberAlone = field == Field.L4_PROTO || field == Field.IP4_PROTO;
    if (numberAlone && headersParsed) {
      return masked(register, ~TransportValue.NO_HEADER);
    }
    return register;
  }

  /** Branches if the register's value being in the set is what is wanted. */
  private void branch(Virt value, Field field, ValueSet values, boolean wanted, Label target) {
    switch (values) {
      case ValueSet.Complement(ValueSet of) -> branch(value, field, of, !wanted, target);
      case ValueSet.Exact(long exact) -> exact(value, field, exact, wanted, target);
      case ValueSet.OneOf oneOf -> oneOf(value, field, oneOf, wanted, target);
      case ValueSet.Masked masked -> masked(value, field, masked, wanted, target);
      case ValueSet.Range(long low, long high) -> range(value, field, low, high, wanted, target);
    }
  }

  private void exact(Virt value, Field field, long exact, boolean wanted, Label target) {
    Virt compared = isExtreme(field, exact) ? apart(value, field) : value;
    compare(field, wanted ? Condition.EQ : Condition.NE, compared, exact, target);
  }

  /** Whether a number is the smallest or largest one of a field, be it signed or unsigned. */
  private static boolean isExtreme(Field field, long value) {
    long sign = 1L << (Math.max(Integer.SIZE, field.bits()) - 1);
    return value == 0 || value == field.max() || value == sign || value == sign - 1;
  }

  /**
   * A register that holds a field's value and is nobody else's: what a comparison tells of it, the
   * verifier need not walk the rules behind with once more.
   */
  Virt apart(Field field) {
    return apart(register(field), field);
  }

  /**
   * A copy with all bits: a transport value that is no number has some above those of the field.
   */
  private Virt apart(Virt value, Field field) {
    if (field.bits() <= Integer.SIZE) {
      return masked(value, ALL_BITS);
    }
    Virt copy = code.copy(value);
    code.alu(AluOp.AND, copy, -1);
    return copy;
  }

  private void oneOf(Virt value, Field field, ValueSet.OneOf oneOf, boolean wanted, Label target) {
    if (wanted) {
      for (long each : oneOf.values()) {
        exact(value, field, each, true, target);
      }
      return;
    }
    Label found = code.label("found");
    int last = oneOf.values().size() - 1;
    for (long each : oneOf.values().subList(0, last)) {
      exact(value, field, each, true, found);
    }
    exact(value, field, oneOf.values().get(last), false, target);
    code.bind(found);
  }

  private void masked(Virt value, Field field, ValueSet.Masked set, boolean wanted, Label target) {
    Condition equality = wanted ? Condition.EQ : Condition.NE;
    if (field.bits() > Integer.SIZE) {
      prefix(value, set, equality, target);
    } else {
      compare(field, equality, masked(value, set.mask()), set.value(), target);
    }
  }

  /** Wide fields are addresses, whose masks are those of prefixes: what is not masked goes. */
  private void prefix(Virt value, ValueSet.Masked set, Condition equality, Label target) {
    int rest = Long.numberOfTrailingZeros(set.mask());
    if (rest == Long.SIZE) {
      wide(equality, code.constant(0), 0, target);
      return;
    }
    Virt bits = code.copy(value);
    code.alu(AluOp.RSH, bits, rest);
    wide(equality, bits, set.value() >>> rest, target);
  }

  private void range(Virt value, Field field, long low, long high, boolean wanted, Label target) {
    Virt distance = masked(value, field.max());
    if (low > 0) {
      code.alu(AluOp.SUB, Width.W32, distance, Operand.imm((int) low));
    }
    compare(field, wanted ? Condition.LE : Condition.GT, distance, high - low, target);
  }

  private Virt masked(Virt value, long mask) {
    Virt bits = code.fresh();
    code.with(new Element.Move<>(Width.W32, 0, bits, Operand.reg(value)));
    code.with(new Element.Alu<>(AluOp.AND, Width.W32, bits, Operand.imm((int) mask)));
    return bits;
  }

  private void compare(Field field, Condition condition, Virt left, long right, Label target) {
    if (field.bits() > Integer.SIZE) {
      wide(condition, left, right, target);
    } else {
      code.branch(condition, Width.W32, left, (int) right, target);
    }
  }

  private void wide(Condition condition, Virt left, long right, Label target) {
    if (right == (int) right) {
      code.branch(condition, Width.W64, left, (int) right, target);
    } else {
      code.branch(condition, left, code.constant(right), target);
    }
  }
}
