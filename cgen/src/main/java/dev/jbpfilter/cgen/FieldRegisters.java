package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Virt;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The registers that hold packet fields while rules run: one for each field that some rule tests.
 *
 * <p>Fields of different headers of one layer never meet in one packet and share registers; so do
 * the three fields that are about the transport protocol, in the encoding of {@link
 * TransportValue}.
 */
final class FieldRegisters {
  private final Map<Field, Virt> registers = new EnumMap<>(Field.class);
  private final Set<Field> tested = EnumSet.noneOf(Field.class);

  private FieldRegisters() {}

  /** Registers for the fields that a program tests. */
  static FieldRegisters of(FilterProgram program, CodeBuilder code) {
    FieldRegisters result = new FieldRegisters();
    for (FilterRule rule : program.rules()) {
      for (RuleTest test : rule.tests()) {
        for (Field field : test.fields()) {
          if (field != Field.RANDOM) {
            result.tested.add(field);
            result.registers.computeIfAbsent(keeper(field), f -> code.fresh());
          }
        }
      }
    }
    return result;
  }

  /** The same fields with fresh registers for those that are in the packet's bytes. */
  FieldRegisters freshForParsed(CodeBuilder code) {
    FieldRegisters result = new FieldRegisters();
    result.tested.addAll(tested);
    registers.forEach((field, register) ->
        result.registers.put(field, isParsed(field) ? code.fresh() : register));
    return result;
  }

  /** Copies the fields that are in the packet's bytes to other registers for the same fields. */
  void moveParsedTo(FieldRegisters target, CodeBuilder code) {
    registers.forEach((field, register) -> {
      if (isParsed(field)) {
        code.move(target.get(field), register);
      }
    });
  }

  private static boolean isParsed(Field field) {
    return field.depth() != ParseDepth.NONE;
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

  /** Loads a field, if something tests it. */
  void load(Field field, Consumer<Virt> load) {
    if (tested.contains(field)) {
      load.accept(get(field));
    }
  }

  /** Sets the register of fields that a packet does not have, unless others have it that it has. */
  void clear(CodeBuilder code, Set<Field> absent, Set<Field> present) {
    Set<Field> taken = EnumSet.noneOf(Field.class);
    for (Field field : present) {
      if (tested.contains(field)) {
        taken.add(keeper(field));
      }
    }
    for (Field field : absent) {
      Virt register = find(field);
      if (register != null && taken.add(keeper(field))) {
        code.move(register, 0);
      }
    }
  }

  private static Field keeper(Field field) {
    return switch (field) {
      case ICMP_TYPE -> Field.SPORT;
      case ICMP_CODE -> Field.DPORT;
      case L4_HEADER, IP4_PROTO -> Field.L4_PROTO;
      case IP6_SADDR_HIGH -> Field.IP4_SADDR;
      case IP6_DADDR_HIGH -> Field.IP4_DADDR;
      case IP6_DSCP -> Field.IP4_DSCP;
      case IFACE,
          MARK,
          FLOW_HASH,
          RANDOM,
          L3_PROTO,
          L4_PROTO,
          IP4_SADDR,
          IP4_DADDR,
          IP4_DSCP,
          IP6_SADDR_LOW,
          IP6_DADDR_LOW,
          IP6_NEXTHDR,
          IP6_EXTENSIONS,
          SPORT,
          DPORT,
          TCP_FLAGS,
          FLOW_DIGEST ->
          field;
    };
  }
}
