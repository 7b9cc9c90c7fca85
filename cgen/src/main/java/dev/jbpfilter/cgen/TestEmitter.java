package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;

/** Emits tests of fields that lie in registers as branches. All comparisons are of 32 bits. */
final class TestEmitter {
  private final CodeBuilder code;
  private final FieldRegisters fields;
  private final boolean headersParsed;

  /**
   * @param depth how far packets are parsed: without transport headers, transport values are plain
   *     protocol numbers
   */
  TestEmitter(CodeBuilder code, FieldRegisters fields, ParseDepth depth) {
    this.code = code;
    this.fields = fields;
    this.headersParsed = depth.includes(ParseDepth.TRANSPORT);
  }

  /** Branches if a test holds, else goes on. */
  void branchIf(FieldTest test, Label target) {
    branch(register(test.field()), test.field(), test.values(), true, target);
  }

  /** Branches if a test fails, else goes on. */
  void branchUnless(FieldTest test, Label target) {
    branch(register(test.field()), test.field(), test.values(), false, target);
  }

  private Virt register(Field field) {
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
      case ValueSet.Exact(long exact) ->
          compare(wanted ? Condition.EQ : Condition.NE, value, exact, target);
      case ValueSet.OneOf oneOf -> oneOf(value, oneOf, wanted, target);
      case ValueSet.Masked(long mask, long bits) -> masked(value, mask, bits, wanted, target);
      case ValueSet.Range(long low, long high) ->
          range(value, low, high, field.max(), wanted, target);
    }
  }

  private void oneOf(Virt value, ValueSet.OneOf oneOf, boolean wanted, Label target) {
    if (wanted) {
      for (long each : oneOf.values()) {
        compare(Condition.EQ, value, each, target);
      }
      return;
    }
    Label found = code.label("found");
    int last = oneOf.values().size() - 1;
    for (long each : oneOf.values().subList(0, last)) {
      compare(Condition.EQ, value, each, found);
    }
    compare(Condition.NE, value, oneOf.values().get(last), target);
    code.bind(found);
  }

  private void masked(Virt value, long mask, long bits, boolean wanted, Label target) {
    if (bits == 0 && !wanted) {
      compare(Condition.SET, value, mask, target);
    } else {
      compare(wanted ? Condition.EQ : Condition.NE, masked(value, mask), bits, target);
    }
  }

  private void range(Virt value, long low, long high, long max, boolean wanted, Label target) {
    if (!wanted) {
      if (low > 0) {
        compare(Condition.LT, value, low, target);
      }
      if (high < max) {
        compare(Condition.GT, value, high, target);
      }
    } else if (low == 0) {
      compare(Condition.LE, value, high, target);
    } else if (high == max) {
      compare(Condition.GE, value, low, target);
    } else {
      Label below = code.label("below");
      compare(Condition.LT, value, low, below);
      compare(Condition.LE, value, high, target);
      code.bind(below);
    }
  }

  private Virt masked(Virt value, long mask) {
    Virt bits = code.fresh();
    code.with(new Element.Move<>(Width.W32, 0, bits, Operand.reg(value)));
    code.with(new Element.Alu<>(AluOp.AND, Width.W32, bits, Operand.imm((int) mask)));
    return bits;
  }

  private void compare(Condition condition, Virt left, long right, Label target) {
    code.branch(condition, Width.W32, left, (int) right, target);
  }
}
