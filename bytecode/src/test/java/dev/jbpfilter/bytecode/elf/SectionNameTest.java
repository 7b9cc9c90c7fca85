package dev.jbpfilter.bytecode.elf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.Instructions;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramType;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SectionNameTest {
  private static final AttachType NONE = AttachType.CGROUP_INET_INGRESS;

  /** The sections of the hooks that filters have. */
  @Test
  void programsHaveSections() {
    Object[][] table = {
      {"xdp", ProgramType.XDP, AttachType.XDP, 0},
      {"xdp.frags", ProgramType.XDP, AttachType.XDP, ProgramSpec.XDP_HAS_FRAGS},
      {"xdp.frags/devmap", ProgramType.XDP, AttachType.XDP_DEVMAP, ProgramSpec.XDP_HAS_FRAGS},
      {"tcx/ingress", ProgramType.SCHED_CLS, AttachType.TCX_INGRESS, 0},
      {"tcx/egress", ProgramType.SCHED_CLS, AttachType.TCX_EGRESS, 0},
      {"tc", ProgramType.SCHED_CLS, NONE, 0},
      {"netfilter", ProgramType.NETFILTER, AttachType.NETFILTER, 0},
      {"cgroup_skb/ingress", ProgramType.CGROUP_SKB, AttachType.CGROUP_INET_INGRESS, 0},
      {"cgroup_skb/egress", ProgramType.CGROUP_SKB, AttachType.CGROUP_INET_EGRESS, 0},
      {"cgroup/connect4", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET4_CONNECT, 0},
      {"cgroup/sendmsg6", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UDP6_SENDMSG, 0},
      {"socket", ProgramType.SOCKET_FILTER, NONE, 0},
      {"syscall", ProgramType.SYSCALL, NONE, 1 << 4},
    };
    for (Object[] row : table) {
      ProgramType type = (ProgramType) row[1];
      AttachType attachType = (AttachType) row[2];
      int flags = (Integer) row[3];
      ProgramSpec program =
          new ProgramSpec(
              "p", type, attachType, flags, "GPL", Instructions.of(), List.of(), List.of());
      assertThat(SectionName.of(program)).isEqualTo(row[0]);
      SectionName parsed = SectionName.parse((String) row[0]);
      assertThat(parsed).isEqualTo(new SectionName((String) row[0], type, attachType, flags));
    }
    ProgramSpec none =
        new ProgramSpec(
            "p", ProgramType.XDP, NONE, 0, "GPL", Instructions.of(), List.of(), List.of());
    assertThat(SectionName.of(none)).isNull();
  }

  @Test
  void namesMayGoOnAfterASlash() {
    assertThat(SectionName.parse("kprobe/do_exit").type()).isEqualTo(ProgramType.KPROBE);
    assertThat(SectionName.parse("xdp/devmap/x").attachType()).isEqualTo(AttachType.XDP_DEVMAP);
    assertThat(SectionName.parse("fentry.s/f").flags()).isEqualTo(1 << 4);
    for (String unknown : List.of("", ".text", "xdpx", "xdp.fragsx", "maps", "tc_x")) {
      assertThat(SectionName.parse(unknown).type()).as(unknown).isEqualTo(ProgramType.UNSPEC);
    }
  }
}
