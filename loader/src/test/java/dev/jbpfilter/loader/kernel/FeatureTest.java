package dev.jbpfilter.loader.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jbpfilter.bytecode.KernelVersion;
import dev.jbpfilter.loader.kernel.internal.Libc;
import dev.jbpfilter.loader.kernel.internal.Syscall;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@RequiresBpf
class FeatureTest {
  private final List<String> before = Descriptors.open();

  @AfterEach
  void nothingStaysOpen() {
    assertThat(Descriptors.open()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void whatOldKernelsHaveIsFound(Feature feature) {
    Kernel kernel = Kernel.system();
    KernelVersion here = KernelVersion.parse(kernel.release());

    FeatureStatus status = kernel.probe(feature);

    assertThat(status).isNotInstanceOf(FeatureStatus.Unknown.class);
    if (here.isAtLeast(feature.since())) {
      assertThat(status).isEqualTo(new FeatureStatus.Available());
    }
  }

  @Test
  void namesAndVersions() {
    Set<String> texts = new HashSet<>();
    for (Feature feature : Feature.values()) {
      assertThat(texts.add(feature.text())).as(feature.text()).isTrue();
      assertThat(feature.id()).matches("[a-z0-9_]+");
      assertThat(new KernelVersion(7, 0).isAtLeast(feature.since())).isTrue();
    }
    assertThat(Feature.helper(188)).hasValue(Feature.HELPER_XDP_GET_BUFF_LEN);
    assertThat(Feature.helper(0)).isEmpty();
    assertThat(Feature.function("bpf_rdonly_cast")).hasValue(Feature.RDONLY_CAST);
  }

  /** The kernel, but every bpf(2) call fails. */
  private static Kernel refusing(int errno) {
    Libc libc = new Libc();
    return new Kernel(
        (call, arguments) -> call == Syscall.BPF ? -errno : libc.invoke(call, arguments));
  }

  @ParameterizedTest
  @EnumSource
  void whatAKernelDoesNotKnowIsMissing(Feature feature) {
    boolean needsNoCall =
        feature.probe() instanceof Probe.Types || feature.probe() instanceof Probe.Function;
    assertThat(refusing(Errno.EINVAL).probe(feature))
        .isEqualTo(needsNoCall ? new FeatureStatus.Available() : new FeatureStatus.Missing());
  }

  @ParameterizedTest
  @EnumSource
  void withoutPrivilegesItIsNotKnown(Feature feature) {
    FeatureStatus status = refusing(Errno.EPERM).probe(feature);
    if (status instanceof FeatureStatus.Unknown(String reason)) {
      assertThat(reason).contains("BPF_").endsWith(": Operation not permitted");
    } else {
      assertThat(feature.probe()).isInstanceOfAny(Probe.Types.class, Probe.Function.class);
    }
  }

  @Test
  void nothingIsLeft() {
    List<Kernels.Call> calls = new ArrayList<>();
    Kernel kernel = Kernels.recording(calls);
    for (Feature feature : Feature.values()) {
      kernel.probe(feature);
    }
    for (Kernels.Call call : calls) {
      boolean links = call.argument() == BpfCommand.LINK_CREATE.number();
      boolean pins = call.argument() == BpfCommand.OBJ_PIN.number();
      if (call.name().equals("bpf") && (links || pins)) {
        assertThat(call.result()).isNegative();
      }
    }
  }

  @Test
  void aFailureNamesWhatIsMissing() {
    Kernel oldKernel = refusing(Errno.EINVAL);
    assertThat(
            catchThrowableOfType(
                BpfException.class, () -> oldKernel.createMap(Specs.ring(1 << 16))))
        .hasMessage(
            "this kernel lacks ring buffers, which Linux 5.8 and later have:"
                + " map bf_lmap: BPF_MAP_CREATE: Invalid argument")
        .returns(Errno.EINVAL, BpfException::errno);
    assertThat(
            catchThrowableOfType(
                BpfException.class, () -> oldKernel.loadProgram(Specs.returning(2), Map.of())))
        .hasMessage(
            "this kernel lacks XDP programs, which Linux 4.8 and later have:"
                + " program bf_prog (2 instructions): BPF_PROG_LOAD: Invalid argument");
    try (BpfProgram program = Kernel.system().loadProgram(Specs.returning(2), Map.of())) {
      Kernel withoutLinks = Kernels.refusing("BPF_LINK_CREATE", Errno.EINVAL, 0);
      assertThat(
              catchThrowableOfType(
                  BpfException.class, () -> withoutLinks.attachXdp(program, 1, XdpMode.GENERIC)))
          .hasMessage(
              "this kernel lacks XDP links, which Linux 5.9 and later have:"
                  + " XDP link on interface 1: BPF_LINK_CREATE: Invalid argument");
    }
  }

  @Test
  void aFailureForAnotherReasonIsLeftAlone() {
    assertThat(
            catchThrowableOfType(
                BpfException.class, () -> Kernel.system().createMap(Specs.ring(1000))))
        .hasMessage("map bf_lmap: BPF_MAP_CREATE: Invalid argument");
    // Helper 999, which no kernel has, is none that we know.
    long unknown = 0x85L | 999L << Integer.SIZE;
    assertThat(
            catchThrowableOfType(
                BpfException.class,
                () ->
                    Kernel.system()
                        .loadProgram(Specs.program(List.of(), unknown, Specs.EXIT), Map.of())))
        .hasMessageStartingWith("program bf_prog (2 instructions): BPF_PROG_LOAD: rejected at");
  }
}
