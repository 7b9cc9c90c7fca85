package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.assembler.Assembler;
import dev.jbpfilter.bytecode.testing.Golden;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LlvmDisassemblerTest {
  /** What LLVM's text tells too little of to be read back: calls, loads of addresses, an offset. */
  static boolean isAmbiguous(Element<Phys> element) {
    return switch (element) {
      case Element.Call<Phys> call -> !(call.function() instanceof CallTarget.Helper);
      case Element.LoadImm64<Phys> load ->
          load.value() instanceof Constant.Resolved(var kind, int number, int offset)
              && offset != 0;
      case LoadPacket<Phys> load -> load.index() != null && load.offset() != 0;
      default -> false;
    };
  }

  @Test
  void eachForm() {
    StringBuilder table = new StringBuilder();
    for (Sample sample : Samples.ALL) {
      table.append(sample.text()).append("\n  ").append(text(sample)).append('\n');
    }
    Golden.check("samples.llvm", table.toString());
  }

  @Test
  void functionsNotesAndRelocations() {
    ProgramSpec program =
        Assembler.assemble(
                """
                main(r1):
                ; rule 0
                ; of two
                  r1 = map[name:flat][0]+8
                  r1 = map[name:counters]
                  r1 = *(u64 *)(r6 +sk_buff.dev)
                  call bpf_dynptr_from_xdp
                  if r0 != 0 goto pc-7
                  gotol pc-2
                sub(r1):
                  call pc-1
                  exit
                """)
            .program();
    assertThat(LlvmDisassembler.disassemble(program))
        .isEqualTo(
            """
            0000000000000000 <main>:
            ; rule 0
            ; of two
                   0:\tld_pseudo\tr1, 0x2, 0x0
            \t\t0000000000000000:  R_BPF_64_64\tflat+0x8
                   2:\tld_pseudo\tr1, 0x1, 0x0
            \t\t0000000000000010:  R_BPF_64_64\tcounters
                   4:\tr1 = *(u64 *)(r6 + 0x0)
            \t\t0000000000000020:  CO-RE <byte_off> struct sk_buff::dev
                   5:\tcall 0x0
            \t\t0000000000000028:  R_BPF_64_32\tbpf_dynptr_from_xdp
                   6:\tif r0 != 0x0 goto -0x7 <main>
                   7:\tgotol -0x2 <main+0x30>

            0000000000000040 <sub>:
                   8:\tcall -0x1
                   9:\texit
            """);
  }

  @Test
  void textIsThatOfLlvm(@TempDir Path folder) throws IOException, InterruptedException {
    LlvmTools tools = LlvmTools.in(folder);
    List<String> ours = new ArrayList<>();
    List<Long> slots = new ArrayList<>();
    for (Sample sample : Samples.ALL) {
      ours.add(withoutPlace(text(sample)));
      for (long slot : Samples.encode(sample)) {
        slots.add(slot);
      }
    }
    Instructions all = Instructions.of(slots.stream().mapToLong(Long::longValue).toArray());
    List<String> theirs = tools.disassemble(all.toBytes(), "bpfel");
    theirs.replaceAll(LlvmDisassemblerTest::withoutPlace);
    assertThat(ours).isEqualTo(theirs);
    List<String> big = tools.disassemble(all.toBytes(ByteOrder.BIG_ENDIAN), "bpfeb");
    big.replaceAll(LlvmDisassemblerTest::withoutPlace);
    assertThat(ours).isEqualTo(big);
  }

  @Test
  void llvmAssemblesTheTextToTheSameBytes(@TempDir Path folder)
      throws IOException, InterruptedException {
    LlvmTools tools = LlvmTools.in(folder);
    StringBuilder source = new StringBuilder();
    List<Long> slots = new ArrayList<>();
    for (Sample sample : Samples.ALL) {
      if (!isAmbiguous(sample.element())) {
        source.append(withoutPlace(text(sample))).append('\n');
        for (long slot : Samples.encode(sample)) {
          slots.add(slot);
        }
      }
    }
    Instructions all = Instructions.of(slots.stream().mapToLong(Long::longValue).toArray());
    assertThat(Instructions.ofBytes(tools.assemble(source.toString(), "bpfel"))).isEqualTo(all);
    byte[] big = tools.assemble(source.toString(), "bpfeb");
    assertThat(Instructions.ofBytes(big, ByteOrder.BIG_ENDIAN)).isEqualTo(all);
  }

  private static String withoutPlace(String text) {
    return text.endsWith(">") ? text.substring(0, text.lastIndexOf(" <")) : text;
  }

  static String text(Sample sample) {
    ProgramSpec program =
        Encoder.program("main", ProgramType.XDP, AttachType.XDP, 0, "GPL", Samples.around(sample));
    String line = LlvmDisassembler.disassemble(program).lines().toList().get(2);
    return line.substring(line.indexOf('\t') + 1);
  }
}
