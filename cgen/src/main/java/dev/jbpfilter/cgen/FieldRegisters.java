package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Virt;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The registers that hold packet fields while rules run: one for each field that some rule tests.
 *
 * <p>Fields of different transport headers never meet in one packet and share registers; so do the
 * three fields that are about the transport protocol, in the encoding of {@link TransportValue}. A
 * chain that tests everything thus keeps seven fields in registers.
 */
final class FieldRegisters {
  private final Map<Field, Virt> registers = new EnumMap<>(Field.class);

  private FieldRegisters() {}

  /** Registers for the fields that a program tests. */
  static FieldRegisters of(FilterProgram program, CodeBuilder code) {
    FieldRegisters result = new FieldRegisters();
    for (FilterRule rule : program.rules()) {
      for (FieldTest test : rule.tests()) {
        result.registers.computeIfAbsent(keeper(test.field()), f -> code.fresh());
      }
    }
    return result;
  }

  /** As many fresh registers for the same fields. */
  FieldRegisters fresh(CodeBuilder code) {
    FieldRegisters result = new FieldRegisters();
    registers.forEach((field, register) -> result.registers.put(field, code.fresh()));
    return result;
  }

  /** Copies all fields to other registers for the same fields. */
  void moveTo(FieldRegisters target, CodeBuilder code) {
    registers.forEach((field, register) -> code.move(target.get(field), register));
  }

  /** The register of a field that is tested. */
  Virt get(Field field) {
    Virt register = find(field);
    if (register == null) {
      throw new IllegalArgumentException(field + " is tested nowhere");
    }
    return register;
  }

  /** The register of a field, or null if nothing tests it. */
  @Nullable Virt find(Field field) {
    return registers.get(keeper(field));
  }

  private static Field keeper(Field field) {
    return switch (field) {
      case ICMP_TYPE -> Field.SPORT;
      case ICMP_CODE -> Field.DPORT;
      case L4_HEADER, IP4_PROTO -> Field.L4_PROTO;
      case L3_PROTO, L4_PROTO, IP4_SADDR, IP4_DADDR, SPORT, DPORT, TCP_FLAGS -> field;
    };
  }
}
