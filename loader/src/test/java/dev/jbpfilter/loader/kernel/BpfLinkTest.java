package dev.jbpfilter.loader.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.loader.testing.NetworkNamespace;
import dev.jbpfilter.loader.testing.PrivateBpffs;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RequiresBpf
class BpfLinkTest {
  private final Kernel kernel = Kernel.system();
  private List<String> before = List.of();
  private NetworkNamespace namespace;

  @BeforeEach
  void create() {
    before = Descriptors.open();
    namespace = new NetworkNamespace();
  }

  @AfterEach
  void delete() {
    namespace.close();
    assertThat(Descriptors.open()).isEqualTo(before);
  }

  @Test
  void aDeviceTakesOneProgram() {
    namespace.run(() -> {
      int index = kernel.interfaceIndex("v0");
      try (BpfProgram program = kernel.loadProgram(Specs.returning(2), Map.of());
          BpfLink link = kernel.attachXdp(program, index, XdpMode.GENERIC)) {
        assertThat(link.info().target()).isEqualTo(new LinkInfo.Target.Xdp(index));
        assertThatThrownBy(() -> kernel.attachXdp(program, index, XdpMode.GENERIC))
            .isInstanceOf(BpfException.class)
            .hasMessage(
                "XDP link on interface " + index + ": BPF_LINK_CREATE: Device or resource busy");
        assertThatThrownBy(() -> kernel.attachXdp(program, 9999, XdpMode.NATIVE))
            .isInstanceOfSatisfying(
                BpfException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));
      }
    });
  }

  @Test
  void aDeviceTellsItsProgram() {
    namespace.run(() -> {
      int index = kernel.interfaceIndex("v0");
      assertThat(kernel.xdpProgram(index)).isEmpty();
      assertThat(kernel.xdpProgram(9999)).isEmpty();
      try (BpfProgram program = kernel.loadProgram(Specs.returning(2), Map.of())) {
        for (XdpMode mode : XdpMode.values()) {
          try (BpfLink link = kernel.attachXdp(program, index, mode)) {
            assertThat(kernel.xdpProgram(index))
                .hasValue(new XdpProgram(link.info().programId(), mode));
          }
        }
      }
    });
  }

  @Test
  void aPinnedLinkKeepsFiltering() throws IOException {
    try (PrivateBpffs bpffs = new PrivateBpffs();
        Directory root = kernel.openDirectory(bpffs.path())) {
      namespace.run(() -> {
        try (BpfProgram program = kernel.loadProgram(Specs.returning(1), Map.of());
            BpfLink link = kernel.attachXdp(program, kernel.interfaceIndex("v0"), XdpMode.NATIVE)) {
          root.pin(link, "bf_link");
        }
      });
      assertThat(Shell.run("ip", "-n", namespace.name(), "link", "show", "v0"))
          .contains("prog/xdp");
      try (BpfLink link = root.openLink("bf_link")) {
        assertThat(link.info().programId()).isPositive();
        link.detach();
      }
      assertThat(Shell.run("ip", "-n", namespace.name(), "link", "show", "v0"))
          .doesNotContain("prog/xdp");
    }
  }

  @Test
  void aLinkOfAVanishedDeviceIsDefunct() {
    namespace.run(() -> {
      try (BpfProgram program = kernel.loadProgram(Specs.returning(2), Map.of());
          BpfLink link = kernel.attachXdp(program, kernel.interfaceIndex("v0"), XdpMode.NATIVE)) {
        Shell.run("ip", "-n", namespace.name(), "link", "delete", "v0");
        assertThat(link.info().target()).isEqualTo(new LinkInfo.Target.Xdp(0));
      }
    });
  }

  @Test
  void aNameSpaceHasAnIdentity() {
    FileIdentity outside = kernel.networkNamespace();
    FileIdentity inside = namespace.call(kernel::networkNamespace);
    assertThat(inside).isNotEqualTo(outside);
    assertThat(namespace.call(kernel::networkNamespace)).isEqualTo(inside);
    assertThat(kernel.networkNamespace()).isEqualTo(outside);
  }
}
