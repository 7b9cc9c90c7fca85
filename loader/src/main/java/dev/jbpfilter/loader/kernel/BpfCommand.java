package dev.jbpfilter.loader.kernel;

/** Commands of bpf(2) ({@code enum bpf_cmd}). */
enum BpfCommand {
  MAP_CREATE(0),
  MAP_LOOKUP_ELEM(1),
  MAP_UPDATE_ELEM(2),
  PROG_LOAD(5),
  OBJ_PIN(6),
  OBJ_GET(7),
  PROG_TEST_RUN(10),
  PROG_GET_FD_BY_ID(13),
  OBJ_GET_INFO_BY_FD(15),
  PROG_QUERY(16),
  BTF_LOAD(18),
  MAP_FREEZE(22),
  MAP_UPDATE_BATCH(26),
  LINK_CREATE(28),
  LINK_UPDATE(29),
  LINK_DETACH(34),
  TOKEN_CREATE(36);

  private final int number;

  BpfCommand(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** The name as the kernel's header has it. */
  String label() {
    return "BPF_" + name();
  }
}
