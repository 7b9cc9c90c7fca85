package dev.jbpfilter.bytecode.elf;

import java.util.List;
import java.util.Optional;

/**
 * A number that depends on the types of the kernel that a program is loaded into ("compile once,
 * run everywhere"; Documentation/bpf/llvm_reloc.rst).
 *
 * @param slot index of the instruction slot
 * @param type name of the type, with {@code struct} and the like left out
 * @param path for fields in the notation of {@link dev.jbpfilter.bytecode.btf.FieldPath}, for
 *     values of enumerations their name; empty for types, and for what the notation cannot say
 */
public record CoreRelocation(int slot, Kind kind, String type, String path) {

  /** What the number is ({@code enum bpf_core_relo_kind}), in the order of their numbers. */
  public enum Kind {
    FIELD_BYTE_OFFSET,
    FIELD_BYTE_SIZE,
    FIELD_EXISTS,
    FIELD_SIGNED,
    FIELD_LSHIFT_U64,
    FIELD_RSHIFT_U64,
    TYPE_ID_LOCAL,
    TYPE_ID_TARGET,
    TYPE_EXISTS,
    TYPE_SIZE,
    ENUMVAL_EXISTS,
    ENUMVAL_VALUE,
    TYPE_MATCHES;

    private static final Kind[] BY_NUMBER = values();

    /** The kernel's number. */
    int number() {
      return List.of(BY_NUMBER).indexOf(this);
    }

    static Optional<Kind> of(int number) {
      return number >= 0 && number < BY_NUMBER.length
          ? Optional.of(BY_NUMBER[number])
          : Optional.empty();
    }

    /** Whether it is about a field. */
    public boolean ofField() {
      return switch (this) {
        case FIELD_BYTE_OFFSET,
            FIELD_BYTE_SIZE,
            FIELD_EXISTS,
            FIELD_SIGNED,
            FIELD_LSHIFT_U64,
            FIELD_RSHIFT_U64 ->
            true;
        case TYPE_ID_LOCAL, TYPE_ID_TARGET, TYPE_EXISTS, TYPE_SIZE, TYPE_MATCHES -> false;
        case ENUMVAL_EXISTS, ENUMVAL_VALUE -> false;
      };
    }
  }
}
