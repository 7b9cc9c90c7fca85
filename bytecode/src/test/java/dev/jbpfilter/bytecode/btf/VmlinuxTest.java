package dev.jbpfilter.bytecode.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The types of the running kernel: a hundred thousand, by another encoder. */
final class VmlinuxTest {
  private static final Path KERNEL = Path.of("/sys/kernel/btf/vmlinux");

  @Test
  void everyTypeDecodesAndEncodesToTheSameBytes() throws IOException {
    byte[] bytes = kernel();
    BtfView view = BtfView.of(bytes);
    byte[] again = BtfEncoder.encode(view.decode(), view.order(), view.strings());
    assertThat(Arrays.mismatch(bytes, again)).isEqualTo(-1);
  }

  @Test
  void fieldsAreFound() throws IOException {
    BtfView view = BtfView.of(kernel());
    int skBuff = view.find(BtfKind.STRUCT, "sk_buff").orElseThrow();
    assertThat(((BtfType.Struct) view.type(skBuff)).name()).isEqualTo("sk_buff");
    BtfField device = view.field(skBuff, "dev").orElseThrow();
    assertThat(device.bitSize()).isEqualTo(64);
    BtfType pointer = view.type(device.type());
    assertThat(pointer).isInstanceOf(BtfType.Ptr.class);
    assertThat(view.type(((BtfType.Ptr) pointer).type()).name()).isEqualTo("net_device");
    assertThat(view.field(skBuff, "cb[4]").orElseThrow().byteOffset())
        .isEqualTo(view.field(skBuff, "cb").orElseThrow().byteOffset() + 4);
    assertThat(view.find(BtfKind.FUNC, "bpf_dynptr_from_xdp")).isPresent();
    assertThat(view.find(BtfKind.FUNC, "no_such_function")).isEmpty();
  }

  /** The same types in the words of bpftool. */
  @Test
  void bpftoolSeesTheSameTypes() throws Exception {
    byte[] kernel = kernel();
    String[] command = {"bpftool", "btf", "dump", "file", KERNEL.toString(), "format", "raw"};
    assumeTrue(isInstalled("bpftool"), "no bpftool");
    Process process = new ProcessBuilder(command).start();
    String expected = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeTrue(process.waitFor() == 0, "bpftool cannot read the kernel's types");
    assertThat(BpftoolText.of(Btf.decode(kernel)).lines())
        .containsExactlyElementsOf(expected.lines().toList());
  }

  private static boolean isInstalled(String tool) {
    for (String directory : System.getenv("PATH").split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(directory, tool))) {
        return true;
      }
    }
    return false;
  }

  private static byte[] kernel() throws IOException {
    assumeTrue(Files.isReadable(KERNEL), KERNEL + " is not there");
    return Files.readAllBytes(KERNEL);
  }
}
