package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.ProgramSpec;
import java.util.List;
import java.util.Locale;

/**
 * Something that a BPF file system may delegate to the user name space that owns it, and so to
 * tokens of it.
 *
 * @param kind what the mount option and the token's description call its kind
 * @param number its own; the bit of a token's mask
 * @param name its own, as the mount option has it
 */
record Delegation(Kind kind, int number, String name) {

  /** The mount options there are. */
  enum Kind {
    CMDS,
    MAPS,
    PROGS,
    ATTACHS;

    /** The mount option, such as {@code delegate_cmds}. */
    String option() {
      return "delegate_" + name().toLowerCase(Locale.ROOT);
    }

    /** What begins the line about it of a token's {@code /proc/PID/fdinfo}. */
    String field() {
      return "allowed_" + name().toLowerCase(Locale.ROOT) + ":";
    }
  }

  private static Delegation of(Kind kind, int number, Enum<?> constant) {
    return new Delegation(kind, number, constant.name().toLowerCase(Locale.ROOT));
  }

  static Delegation of(BpfCommand command) {
    return of(Kind.CMDS, command.number(), command);
  }

  /** What it takes to create a map. */
  static List<Delegation> of(MapSpec map) {
    return List.of(of(BpfCommand.MAP_CREATE), of(Kind.MAPS, map.type().number(), map.type()));
  }

  /** What it takes to load a program; its maps and types not counted. */
  static List<Delegation> of(ProgramSpec program) {
    return List.of(
        of(BpfCommand.PROG_LOAD),
        of(Kind.PROGS, program.type().number(), program.type()),
        of(Kind.ATTACHS, program.attachType().number(), program.attachType()));
  }

  /** As a mount option, such as {@code delegate_progs=xdp}. */
  @Override
  public String toString() {
    return kind.option() + "=" + name;
  }
}
