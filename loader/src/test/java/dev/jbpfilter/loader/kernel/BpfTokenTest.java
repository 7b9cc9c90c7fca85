package dev.jbpfilter.loader.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.btf.BtfBuilder;
import dev.jbpfilter.bytecode.btf.BtfEncoder;
import dev.jbpfilter.bytecode.btf.BtfType;
import dev.jbpfilter.loader.kernel.internal.Libc;
import dev.jbpfilter.loader.testing.DelegatedBpffs;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.loader.testing.PrivateBpffs;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the kernel makes a token, and what it then allows. */
@RequiresBpf
class BpfTokenTest {
  private static final int TOKEN_FLAG = 1 << 16;

  private static DelegatedBpffs container;

  @TempDir private Path directory;

  @BeforeAll
  static void setUp() throws IOException {
    container = new DelegatedBpffs(DelegatedBpffs.ALL);
  }

  @AfterAll
  static void tearDown() throws IOException {
    if (container != null) {
      container.close();
    }
  }

  private static BpfException refusal(Kernel kernel, String path) {
    List<String> before = Descriptors.open();
    try (Directory bpffs = kernel.openDirectory(path)) {
      return catchThrowableOfType(BpfException.class, () -> kernel.createToken(bpffs));
    } finally {
      assertThat(Descriptors.open()).isEqualTo(before);
    }
  }

  private static void assertRefused(String path, int errno, String reason) {
    assertThat(refusal(Kernel.system(), path))
        .hasMessage(
            "BPF token of %s (%s): BPF_TOKEN_CREATE: %s".formatted(path, reason, Errno.text(errno)))
        .returns(errno, BpfException::errno)
        .returns("BPF_TOKEN_CREATE", BpfException::command);
  }

  @Test
  void theInitialNamespaceHasNone() throws IOException {
    try (PrivateBpffs bpffs = new PrivateBpffs()) {
      assertRefused(bpffs.path(), Errno.EOPNOTSUPP, "the initial user name space has none");
    }
  }

  @Test
  void rootOutsideIsAStranger() {
    String inside = "/proc/" + container.owner() + "/root" + container.path();
    assertRefused(inside, Errno.EPERM, "the file system belongs to another user name space");
  }

  @Test
  void soIsRootOfANamespaceWithin() {
    container.call(
        List.of("unshare", "--user", "--map-root-user"), BpfTokenTest.class, "assertStranger");
  }

  static void assertStranger(String[] arguments) {
    assertRefused(arguments[0], Errno.EPERM, "the file system belongs to another user name space");
  }

  @Test
  void itTakesACapability() {
    container.call(
        DelegatedBpffs.with("sys_admin", "net_admin", "perfmon"),
        BpfTokenTest.class,
        "assertPowerless");
  }

  static void assertPowerless(String[] arguments) {
    assertRefused(arguments[0], Errno.EPERM, "needs CAP_BPF");
  }

  @Test
  void onlyTheRootOfABpffsWillDo() {
    container.call(BpfTokenTest.class, "assertNoRoot");
  }

  static void assertNoRoot(String[] arguments) throws IOException {
    Path below = Files.createDirectory(Path.of(arguments[0], "below"));
    assertRefused(below.toString(), Errno.EINVAL, "not the root of a BPF file system");
    Files.delete(below);
    assertRefused("/tmp", Errno.EINVAL, "not the root of a BPF file system");
  }

  @Test
  void somethingMustBeDelegated() throws IOException {
    try (DelegatedBpffs nothing = new DelegatedBpffs(List.of())) {
      nothing.call(BpfTokenTest.class, "assertNothingDelegated");
    }
  }

  static void assertNothingDelegated(String[] arguments) {
    assertRefused(
        arguments[0],
        Errno.ENOENT,
        "the file system delegates nothing: mount it with delegate_cmds, delegate_maps,"
            + " delegate_progs and delegate_attachs");
  }

  @Test
  void anOldKernelIsNamed() throws IOException {
    BtfBuilder types = new BtfBuilder();
    types.add(new BtfType.Union("bpf_attr", Attributes.SIZE, List.of()));
    Path file = Files.write(directory.resolve("btf"), BtfEncoder.encode(types.build()));
    Linux linux = new Linux(new Libc());
    try (Directory bpffs = Kernel.system().openDirectory(directory.toString())) {
      assertThatThrownBy(
              () -> BpfToken.create(linux, new KernelTypes(linux, file.toString()), bpffs))
          .isInstanceOfSatisfying(
              BpfException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
          .hasMessage(
              "this kernel lacks BPF tokens, which Linux 6.9 and later have:"
                  + " No such file or directory");
    }
  }

  @Test
  void threeCommandsCarryIt() {
    Linux linux = new Linux(new Libc());
    int number = 77;
    Map<BpfCommand, int[]> carriers =
        Map.of(
            BpfCommand.MAP_CREATE, new int[] {76, 16},
            BpfCommand.PROG_LOAD, new int[] {144, 44},
            BpfCommand.BTF_LOAD, new int[] {36, 32});
    for (BpfCommand command : BpfCommand.values()) {
      try (Attributes attributes = new Attributes()) {
        int[] carrier = carriers.getOrDefault(command, new int[0]);
        if (carrier.length > 0) {
          attributes.set(carrier[1], 1);
        }
        command.addToken(attributes, new Fd(linux, number, "token"));
        for (int at = 0; at < Attributes.SIZE; at += Integer.BYTES) {
          int expected = 0;
          if (carrier.length > 0 && at == carrier[0]) {
            expected = number;
          } else if (carrier.length > 0 && at == carrier[1]) {
            expected = TOKEN_FLAG | 1;
          }
          assertThat(attributes.get(at)).as("%s at %d", command, at).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void itAllowsWhatIsForbiddenWithoutIt() {
    container.call(BpfTokenTest.class, "assertAllowed");
  }

  static void assertAllowed(String[] arguments) {
    List<String> before = Descriptors.open();
    List<String> steps = new ArrayList<>();
    Kernel kernel = Kernel.system(steps::add);
    MapSpec map = Specs.array(MapType.ARRAY, 4, 1);
    assertThatThrownBy(() -> kernel.createMap(map))
        .hasMessage(
            "map bf_map (needs CAP_BPF; before Linux 5.11 also RLIMIT_MEMLOCK counts):"
                + " BPF_MAP_CREATE: Operation not permitted");
    try (Directory bpffs = kernel.openDirectory(arguments[0]);
        BpfToken token = kernel.createToken(bpffs)) {
      assertThat(steps).containsExactly("BPF token of " + arguments[0] + ": BPF_TOKEN_CREATE");
      Kernel trusted = kernel.with(token);
      trusted.createMap(map).close();
      try (BpfProgram program = trusted.loadProgram(Specs.returning(2), Map.of())) {
        int id = program.info().id();
        assertThatThrownBy(() -> trusted.openProgram(id))
            .hasMessage("program " + id + ": BPF_PROG_GET_FD_BY_ID: Operation not permitted");
      }
      for (Feature feature : Feature.values()) {
        boolean needsNone =
            feature.probe() instanceof Probe.Types
                || feature.probe() instanceof Probe.Function
                || feature.probe() instanceof Probe.Command
                || feature.probe() instanceof Probe.PathFd;
        assertThat(kernel.probe(feature))
            .as("%s without a token", feature)
            .isInstanceOf(needsNone ? FeatureStatus.Available.class : FeatureStatus.Unknown.class);
        assertThat(trusted.probe(feature))
            .as("%s with a token", feature)
            .isEqualTo(new FeatureStatus.Available());
      }
    }
    assertThat(Descriptors.open()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "delegate_progs=any | map | delegate_cmds=map_create,delegate_maps=array",
        "delegate_cmds=map_create | map | delegate_maps=array",
        "delegate_cmds=map_create,delegate_maps=hash | map | delegate_maps=array",
        "delegate_maps=any | btf | delegate_cmds=btf_load",
        "delegate_maps=any | program |"
            + " delegate_cmds=prog_load,delegate_progs=xdp,delegate_attachs=xdp",
        "delegate_cmds=prog_load,delegate_progs=xdp | program | delegate_attachs=xdp",
        "delegate_cmds=any,delegate_attachs=any | program | delegate_progs=xdp",
      })
  void whatItDoesNotAllowIsNamed(String options, String what, String missing) throws IOException {
    List<String> mounted = List.of(options.split(","));
    try (DelegatedBpffs some = new DelegatedBpffs(mounted)) {
      some.call(BpfTokenTest.class, "assertDenied", what, missing);
    }
    List<String> enough = new ArrayList<>(mounted);
    enough.addAll(List.of(missing.split(",")));
    try (DelegatedBpffs all = new DelegatedBpffs(enough)) {
      all.call(BpfTokenTest.class, "assertMade", what);
    }
  }

  static void assertDenied(String[] arguments) {
    assertThat(catchThrowableOfType(BpfException.class, () -> assertMade(arguments)))
        .returns(Errno.EPERM, BpfException::errno)
        .hasMessageStartingWith(
            "the BPF token does not allow this, its file system is mounted without "
                + arguments[2]
                + ": ")
        .hasMessageEndingWith(": Operation not permitted");
  }

  static void assertMade(String[] arguments) {
    Kernel kernel = Kernel.system();
    try (Directory bpffs = kernel.openDirectory(arguments[0]);
        BpfToken token = kernel.createToken(bpffs)) {
      Kernel trusted = kernel.with(token);
      switch (arguments[1]) {
        case "map" -> trusted.createMap(Specs.array(MapType.ARRAY, 4, 1)).close();
        case "btf" -> {
          BtfBuilder types = new BtfBuilder();
          types.unsigned("u32", Integer.BYTES);
          trusted.loadBtf(BtfEncoder.encode(types.build())).close();
        }
        case "program" -> trusted.loadProgram(Specs.returning(2), Map.of()).close();
        default -> throw new IllegalArgumentException(arguments[1]);
      }
    }
  }
}
