package dev.jbpfilter.loader.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.loader.testing.ControlGroup;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.loader.testing.NetworkNamespace;
import dev.jbpfilter.loader.testing.PrivateBpffs;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What links of every kind have in common, and where they differ. */
@RequiresBpf
class LinkContractTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int PRIORITY = -7;
  private static final int IPV4 = 2;
  private static final int IPV6 = 10;

  private final Kernel kernel = Kernel.system();
  private List<String> before = List.of();
  private NetworkNamespace namespace;
  private ControlGroup group;
  private Place place;

  /** Where links are attached to. */
  record Place(Kernel kernel, int device, Directory cgroup) {}

  /** How a link is made. */
  @FunctionalInterface
  interface Creation {
    BpfLink create(Place place, BpfProgram program);
  }

  /** What the kernel tells of a link. */
  @FunctionalInterface
  interface Expectation {
    LinkInfo.Target of(Place place);
  }

  /** Whether a second link fits beside the first. */
  enum Company {
    ALONE,
    AMONG_OTHERS
  }

  /** What becomes of an attempt to run another program. */
  enum Update {
    DONE,
    REFUSED
  }

  record Kind(
      String name,
      ProgramSpec program,
      Creation creation,
      Expectation attached,
      Expectation detached,
      Company company,
      Update update) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    for (XdpMode mode : XdpMode.values()) {
      kinds.add(
          new Kind(
              "XDP " + mode,
              program(ProgramType.XDP, AttachType.XDP),
              (place, program) -> place.kernel.attachXdp(program, place.device, mode),
              place -> new LinkInfo.Target.Xdp(place.device),
              place -> new LinkInfo.Target.Xdp(0),
              Company.ALONE,
              Update.DONE));
    }
    for (AttachType direction : List.of(AttachType.TCX_INGRESS, AttachType.TCX_EGRESS)) {
      kinds.add(
          new Kind(
              direction.name(),
              program(ProgramType.SCHED_CLS, direction),
              (place, program) -> place.kernel.attachTcx(program, place.device, direction),
              place -> new LinkInfo.Target.Tcx(place.device, direction),
              place -> new LinkInfo.Target.Tcx(0, direction),
              Company.AMONG_OTHERS,
              Update.DONE));
    }
    for (int family : new int[] {IPV4, IPV6}) {
      for (int hook = 0; hook < 5; hook++) {
        kinds.add(netfilter(family, hook));
      }
    }
    ProgramType packets = ProgramType.CGROUP_SKB;
    ProgramType addresses = ProgramType.CGROUP_SOCK_ADDR;
    kinds.add(cgroup(packets, AttachType.CGROUP_INET_INGRESS));
    kinds.add(cgroup(packets, AttachType.CGROUP_INET_EGRESS));
    kinds.add(cgroup(addresses, AttachType.CGROUP_INET4_CONNECT));
    kinds.add(cgroup(addresses, AttachType.CGROUP_INET6_CONNECT));
    kinds.add(cgroup(addresses, AttachType.CGROUP_UDP4_SENDMSG));
    kinds.add(cgroup(addresses, AttachType.CGROUP_UDP6_SENDMSG));
    return kinds;
  }

  private static Kind netfilter(int family, int hook) {
    Expectation told = place -> new LinkInfo.Target.Netfilter(family, hook, PRIORITY);
    return new Kind(
        "NETFILTER " + family + " " + hook,
        program(ProgramType.NETFILTER, AttachType.NETFILTER),
        (place, program) -> place.kernel.attachNetfilter(program, family, hook, PRIORITY),
        told,
        told,
        Company.ALONE,
        Update.REFUSED);
  }

  private static Kind cgroup(ProgramType type, AttachType attachType) {
    return new Kind(
        attachType.name(),
        program(type, attachType),
        (place, program) -> place.kernel.attachCgroup(program, place.cgroup, attachType),
        place -> new LinkInfo.Target.Cgroup(place.cgroup.identity().inode(), attachType),
        place -> new LinkInfo.Target.Cgroup(0, attachType),
        Company.AMONG_OTHERS,
        Update.DONE);
  }

  private static ProgramSpec program(ProgramType type, AttachType attachType) {
    return Specs.returning(type, attachType, 1);
  }

  @BeforeEach
  void create() throws IOException {
    before = Descriptors.open();
    namespace = new NetworkNamespace();
    group = new ControlGroup();
    int device = namespace.call(() -> kernel.interfaceIndex("v0"));
    place = new Place(kernel, device, kernel.openDirectory(group.path()));
  }

  @AfterEach
  void delete() throws IOException {
    place.cgroup.close();
    group.close();
    namespace.close();
    assertThat(Descriptors.open()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aLinkIsMadeDescribedAndDetached(Kind kind) {
    inside(() -> {
      try (BpfProgram program = kernel.loadProgram(kind.program, Map.of());
          BpfLink link = kind.creation.create(place, program)) {
        int id = link.info().id();
        assertThat(link.info())
            .isEqualTo(new LinkInfo(id, program.info().id(), kind.attached.of(place)));
        link.detach();
        assertThat(link.info())
            .isEqualTo(new LinkInfo(id, program.info().id(), kind.detached.of(place)));
        kind.creation.create(place, program).close();
      }
    });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aLinkRunsAnotherProgram(Kind kind) {
    inside(() -> {
      try (BpfProgram first = kernel.loadProgram(kind.program, Map.of());
          BpfProgram second = kernel.loadProgram(kind.program, Map.of());
          BpfLink link = kind.creation.create(place, first)) {
        switch (kind.update) {
          case DONE -> {
            assertFails(() -> link.update(first, second), Errno.EPERM);
            link.update(second, first);
            assertThat(link.info().programId()).isEqualTo(second.info().id());
            link.detach();
            assertFails(() -> link.update(first), Errno.ENOLINK);
          }
          case REFUSED -> {
            assertFails(() -> link.update(second, first), Errno.EOPNOTSUPP);
            assertFails(() -> link.update(second), Errno.EOPNOTSUPP);
            assertThat(link.info().programId()).isEqualTo(first.info().id());
          }
        }
      }
    });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aPinnedLinkOutlivesItsDescriptor(Kind kind) throws IOException {
    try (PrivateBpffs bpffs = new PrivateBpffs();
        Directory root = kernel.openDirectory(bpffs.path())) {
      inside(() -> {
        try (BpfProgram program = kernel.loadProgram(kind.program, Map.of());
            BpfProgram other = kernel.loadProgram(kind.program, Map.of())) {
          try (BpfLink link = kind.creation.create(place, program)) {
            root.pin(link, "bf_link");
          }
          switch (kind.company) {
            case ALONE -> assertFails(() -> kind.creation.create(place, other), Errno.EBUSY);
            case AMONG_OTHERS -> kind.creation.create(place, other).close();
          }
          try (BpfLink link = root.openLink("bf_link")) {
            assertThat(link.info().target()).isEqualTo(kind.attached.of(place));
            assertThat(link.info().programId()).isEqualTo(program.info().id());
          }
          root.unlink("bf_link");
          eventually(() -> kind.creation.create(place, program).close());
        }
      });
    }
  }

  @Test
  void aCgroupMustBeOneOfTheSecondVersion() throws IOException {
    try (BpfProgram program =
            kernel.loadProgram(
                program(ProgramType.CGROUP_SKB, AttachType.CGROUP_INET_EGRESS), Map.of());
        Directory plain = kernel.openDirectory("/proc")) {
      assertThatThrownBy(() -> kernel.attachCgroup(program, plain, AttachType.CGROUP_INET_EGRESS))
          .hasMessage("cgroup link on /proc: BPF_LINK_CREATE: Bad file descriptor");
    }
  }

  @Test
  void aLinkOfARemovedCgroupIsDefunct() {
    try (BpfProgram program =
            kernel.loadProgram(
                program(ProgramType.CGROUP_SKB, AttachType.CGROUP_INET_EGRESS), Map.of());
        BpfLink link = kernel.attachCgroup(program, place.cgroup, AttachType.CGROUP_INET_EGRESS)) {
      group.remove();
      eventually(() ->
          assertThat(link.info().target())
              .isEqualTo(new LinkInfo.Target.Cgroup(0, AttachType.CGROUP_INET_EGRESS)));
      assertFails(() -> link.update(program), Errno.ENOLINK);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theOutermostPrioritiesAreTheKernels() {
    inside(() -> {
      try (BpfProgram program =
          kernel.loadProgram(program(ProgramType.NETFILTER, AttachType.NETFILTER), Map.of())) {
        for (int priority : new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE}) {
          assertFails(() -> kernel.attachNetfilter(program, IPV4, 1, priority), Errno.ERANGE);
        }
      }
    });
  }

  /** The kernel lets go of what has no owner any more when it finds the time. */
  private static void eventually(Runnable check) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        check.run();
        return;
      } catch (BpfException | AssertionError e) {
        if (System.nanoTime() - deadline >= 0) {
          throw e;
        }
        Thread.onSpinWait();
      }
    }
  }

  private void inside(Runnable test) {
    namespace.run(test);
  }

  private static void assertFails(Runnable step, int errno) {
    assertThatThrownBy(step::run)
        .isInstanceOfSatisfying(BpfException.class, e -> assertThat(e.errno()).isEqualTo(errno));
  }
}
