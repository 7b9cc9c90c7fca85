package dev.jbpfilter.loader.kernel;

/** Commands of bpf(2) ({@code enum bpf_cmd}). */
enum BpfCommand {
  MAP_CREATE(0, 76, 16),
  MAP_LOOKUP_ELEM(1),
  MAP_UPDATE_ELEM(2),
  PROG_LOAD(5, 144, 44),
  OBJ_PIN(6),
  OBJ_GET(7),
  PROG_TEST_RUN(10),
  PROG_GET_FD_BY_ID(13),
  OBJ_GET_INFO_BY_FD(15),
  PROG_QUERY(16),
  BTF_LOAD(18, 36, 32),
  MAP_FREEZE(22),
  MAP_LOOKUP_BATCH(24),
  MAP_UPDATE_BATCH(26),
  LINK_CREATE(28),
  LINK_UPDATE(29),
  ENABLE_STATS(32),
  LINK_DETACH(34),
  TOKEN_CREATE(36);

  private static final int NO_FIELD = -1;

  /** Flag of the commands that carry a token. */
  private static final int BPF_F_TOKEN_FD = 1 << 16;

  private final int number;
  private final int tokenField;
  private final int flagsField;

  BpfCommand(int number) {
    this(number, NO_FIELD, NO_FIELD);
  }

  /** A command that may carry a token, with the offsets of its descriptor and of the flags. */
  BpfCommand(int number, int tokenField, int flagsField) {
    this.number = number;
    this.tokenField = tokenField;
    this.flagsField = flagsField;
  }

  int number() {
    return number;
  }

  /** The name as the kernel's header has it. */
  String label() {
    return "BPF_" + name();
  }

  /** Makes a request carry a token, if the command is one of those that can. */
  void addToken(Attributes attributes, Fd token) {
    if (tokenField != NO_FIELD) {
      attributes
          .set(tokenField, token.number())
          .set(flagsField, attributes.get(flagsField) | BPF_F_TOKEN_FD);
    }
  }
}
