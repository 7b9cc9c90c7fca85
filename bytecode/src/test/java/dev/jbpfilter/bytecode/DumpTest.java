package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jbpfilter.bytecode.btf.Btf;
import dev.jbpfilter.bytecode.btf.BtfBuilder;
import dev.jbpfilter.bytecode.btf.BtfType;
import dev.jbpfilter.bytecode.btf.Member;
import dev.jbpfilter.bytecode.testing.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DumpTest {
  private static final MapSpec COUNTERS =
      new MapSpec(
          "bf_cmap", MapType.PERCPU_ARRAY, 4, 16, 3, 0, new MapSpec.MapBtf(counterTypes(), 2, 3));
  private static final MapSpec TABLES =
      new MapSpec("bf_tables", MapType.ARRAY, 4, 64, 1, 1 << 7, null);

  /** Two chains with nasty names; the first uses all that a dump has to show. */
  static final List<ObjectSpec> CHAINS =
      List.of(
          new ObjectSpec("web-in", counting(), List.of(COUNTERS, TABLES)),
          new ObjectSpec("web_in", accepting(), List.of()));

  private static Btf counterTypes() {
    BtfBuilder types = new BtfBuilder();
    int u64 = types.unsigned("u64", 8);
    types.unsigned("u32", 4);
    List<Member> members = List.of(new Member("count", u64, 0), new Member("size", u64, 64));
    types.add(new BtfType.Struct("bf_counters", 16, members));
    return types.build();
  }

  private static ProgramSpec counting() {
    Label drop = new Label(0, "drop");
    List<Element<Phys>> elements =
        List.of(
            new Element.Note<>("prologue"),
            new Element.Load<>(Size.W, false, Phys.R6, Phys.R1, 4),
            new Element.Note<>("rule 0: \"a\\b\"\n*/ int x; /*"),
            new Element.Branch<>(Condition.SET, Width.W32, Phys.R6, Operand.imm(-2), drop),
            new Element.Store<>(Size.W, Phys.R10, -4, Operand.imm(Integer.MIN_VALUE)),
            new Element.LoadImm64<>(Phys.R1, new Constant.MapFd("bf_cmap")),
            new Element.Move<>(Width.W64, 0, Phys.R2, Operand.reg(Phys.R10)),
            new Element.Alu<>(AluOp.ADD, Width.W64, Phys.R2, Operand.imm(-4)),
            new Element.Call<>(Helpers.MAP_LOOKUP_ELEM, List.of(Phys.R1, Phys.R2), Phys.R0),
            new Element.LoadImm64<>(Phys.R3, new Constant.MapValue("bf_tables", 40)),
            new Element.LoadImm64<>(Phys.R4, new Constant.Value(-1)),
            new Element.Call<>(
                new CallTarget.KernelFunction("bpf_dynptr_from_xdp"), List.of(Phys.R1), Phys.R0),
            new Element.Note<>("drop ü \u0001"),
            new Element.Bind<>(drop),
            new Element.Move<>(Width.W64, 0, Phys.R0, Operand.imm(1)),
            new Element.Exit<>(Phys.R0));
    return program(ProgramSpec.XDP_HAS_FRAGS, elements);
  }

  private static ProgramSpec accepting() {
    return program(
        0,
        List.of(
            new Element.Move<>(Width.W32, 0, Phys.R0, Operand.imm(2)),
            new Element.Exit<>(Phys.R0)));
  }

  private static ProgramSpec program(int flags, List<Element<Phys>> elements) {
    return Encoder.program(
        "bf_prog",
        ProgramType.XDP,
        AttachType.XDP,
        flags,
        "GPL",
        new Code<>("bf_prog", List.of(Phys.R1), elements, 8));
  }

  @Test
  void asm() {
    Golden.check("dump.asm", Dump.asm(CHAINS));
  }

  @Test
  void hex() {
    Golden.check("dump.hex", Dump.hex(CHAINS));
  }

  @Test
  void c() {
    Golden.check("dump.c", Dump.c(CHAINS));
  }

  @Test
  void json() {
    Golden.check("dump.json", Dump.json(CHAINS));
  }

  @Test
  void entries() {
    MapEntries entries = MapEntries.of(2, new byte[] {1, 2, 3, 4}, new byte[] {5, -1});
    MapSpec set = new MapSpec("set", MapType.HASH, 2, 1, 2, 0, null, entries);
    List<ObjectSpec> chains = List.of(new ObjectSpec("c", accepting(), List.of(set)));
    String json =
        """
                "flags": 0,
                "entries": [
                  ["0102", "05"],
                  ["0304", "ff"]
                ]
        """;
    assertThat(Dump.json(chains)).contains(json);
    String summary = "  max_entries 2  flags 0x0  begins with 2 entries\n";
    assertThat(Dump.asm(chains)).contains(summary);
    assertThat(Dump.hex(chains)).contains(summary);
    assertThat(Dump.c(chains)).contains(summary);
    assertThat(Disassembler.disassemble(chains.getFirst()))
        .contains("\n; set begins with 2 entries, which are not here\n");
  }

  @Test
  void nothingIsStillADocument() {
    assertThat(Dump.asm(List.of())).isEmpty();
    assertThat(Dump.hex(List.of())).isEmpty();
    assertThat(Dump.c(List.of())).isEqualTo("#include <linux/bpf.h>\n");
    assertThat(Dump.json(List.of())).isEqualTo("[]\n");
  }

  @Test
  void compiledCHoldsTheBytes(@TempDir Path dir) throws IOException, InterruptedException {
    assumeTrue(run(dir, "gcc", "--version") == 0, "no gcc");
    assumeTrue(Files.exists(Path.of("/usr/include/linux/bpf.h")), "no kernel headers");
    String main =
        """
        #include <stdio.h>
        int main(void) {
          fwrite(web_in_insns, sizeof web_in_insns, 1, stdout);
          return sizeof web_in_relocations / sizeof *web_in_relocations != 3
              || sizeof web_in_maps / sizeof *web_in_maps != 2
              || web_in_maps[1].value_size != 64;
        }
        """;
    Files.writeString(dir.resolve("dump.c"), Dump.c(CHAINS) + main, StandardCharsets.UTF_8);
    int status = run(dir, "gcc", "-std=c99", "-Wall", "-Wextra", "-Werror", "-o", "dump", "dump.c");
    assertThat(status).as(() -> read(dir)).isZero();
    assertThat(run(dir, "./dump")).isZero();
    assertThat(Files.readAllBytes(dir.resolve("out")))
        .isEqualTo(CHAINS.getFirst().program().instructions().toBytes());
  }

  private static String read(Path dir) {
    try {
      return Files.readString(dir.resolve("out"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static int run(Path dir, String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
          .directory(dir.toFile())
          .redirectErrorStream(true)
          .redirectOutput(dir.resolve("out").toFile())
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1;
    }
  }
}
