package dev.jbpfilter.fuzz;

import dev.jbpfilter.bytecode.Disassembler;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.assembler.Assembler;
import dev.jbpfilter.bytecode.elf.ObjectFile;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.RulesPrinter;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;
import dev.jbpfilter.ruleset.packet.capture.CaptureWriter;
import dev.jbpfilter.ruleset.packet.capture.LinkType;
import dev.jbpfilter.ruleset.testing.ConformanceVectors;
import dev.jbpfilter.ruleset.testing.RandomChains;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Inputs that fuzzing starts from. */
final class FuzzSeeds {
  private static final int RANDOM_RULESETS = 60;

  /** Longer inputs are slow, and have nothing that several shorter ones do not have. */
  private static final int LONGEST_TEXT = 1500;

  /** The texts that the reference tool accepts or refuses, whole. */
  static final List<String> VECTORS =
      Stream.of(
              ConformanceVectors.ACCEPTED_TEXTS.stream(),
              ConformanceVectors.REFUSED_TEXTS.stream(),
              Stream.of(ConformanceVectors.ACCEPTED_RULES, ConformanceVectors.REFUSED_RULES)
                  .flatMap(List::stream)
                  .map(rule -> ConformanceVectors.RULE + rule))
          .flatMap(texts -> texts)
          .toList();

  /** What only our language has, and longer texts than the vectors. */
  static final List<String> TEXTS =
      List.of(
          """
          define WEB = 80 # comment
          define HOSTS = 10.0.0.1; define NET = 10.0.0.0/8
          chain web BF_HOOK_XDP{iface=lo} DROP
            set hosts (ip4.saddr, tcp.dport) in {
              $HOSTS, $WEB # in a body }
              10.0.0.2, 443
            }
            rule (ip4.saddr, tcp.dport) in hosts counter ACCEPT
            rule tcp.dport $WEB ip4.snet not $NET log link every 1.5s DROP
          define MARK = 0x10
          chain two BF_HOOK_TC_EGRESS ACCEPT
            rule meta.mark $MARK mark 010 counter REDIRECT lo in
          """,
          """
          include "common.rules"
          chain c BF_HOOK_CGROUP_SKB_INGRESS{cgpath=/sys/fs/cgroup/a} NEXT\r
            rule\r
              meta.iface eth0.1\r
              tcp.flags not any syn,ack\r
              log internet,transport\r
              counter\r
              CONTINUE\r
          """,
          """
          chain n BF_HOOK_NF_FORWARD{family=inet4,priorities=101-102} ACCEPT
            set nets (ip6.snet) in { ::/0; fe80::/10; 2001:db8::1/128 }
            rule (ip6.snet) not in nets ip6.nexthdr routing DROP
            rule (icmpv6.type,icmpv6.code) in {echo-reply,0;3,ff} DROP
            rule meta.flow_probability 33.3% meta.probability not 0.5% CONTINUE
          """);

  /** Every kind of instruction and constant in one notation or another. */
  private static final String ASSEMBLY =
      """
      .license Dual MIT/GPL
      .map counters percpu_array key 4 value 16 entries 0x10
      .map flat array key 4 value 8 entries 1 flags 0x80
      .program one xdp xdp flags 0x20
      ; a note
      ; of two lines
      one(r1):
        r1 = map[name:counters]
        r2 = map[name:flat][0]+4
        r3 = 0x123456789 ll
        w3 s>>= 3          # comment
        r4 = (s16)r3
        r4 = be32 r4
        r4 = -r4
        r0 = *(u8 *)skb[r4 + 6]
        *(u32 *)(r10 -4) = -1
        r5 = *(s8 *)(r10 -4)
        r5 = *(u64 *)(r1 +sk_buff.dev)
        lock *(u64 *)(r2 +0) += r3
        r3 = atomic64_fetch_add((u64 *)(r2 +0), r3)
        r0 = atomic_cmpxchg((u32 *)(r2 +0), r0, r3)
        r3 = load_acquire((u32 *)(r2 +0))
        store_release((u64 *)(r2 +0), r3)
      again:
        if r0 s< -5 goto out
        if w0 & 0x10 goto pc+1
        may_goto again
        call bpf_ktime_get_ns
        call two
        call bpf_dynptr_from_xdp
        r1 = subprog[name:two]
        r1 = var[name:bpf_prog_active]
        gotol out
      out:
        r0 = 2
        exit
      two():
        99: (b7) r0 = 1
        exit
      .program other sched_cls tcx_ingress
        r0 = -1 // all bits
        exit
      """;

  private FuzzSeeds() {}

  /** A text of rules: one of the above, or a random chain. */
  static String rules(RandomGenerator random) {
    return switch (random.nextInt(8)) {
      case 0, 1, 2, 3 -> VECTORS.get(random.nextInt(VECTORS.size()));
      case 4 -> TEXTS.get(random.nextInt(TEXTS.size()));
      default -> RulesPrinter.print(new RandomChains(random).chain());
    };
  }

  private static List<String> allRules() {
    List<String> texts = new ArrayList<>(VECTORS);
    texts.addAll(TEXTS);
    TEXTS.forEach(text -> texts.add(RulesFuzzer.STRICT + text));
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < RANDOM_RULESETS; i++) {
      texts.add(RulesPrinter.print(new RandomChains(random).ruleset()));
    }
    texts.removeIf(text -> text.length() > LONGEST_TEXT);
    return texts;
  }

  /** Assembler sources: many notations, and compiled programs. */
  static List<String> assembly() {
    List<String> sources = new ArrayList<>();
    sources.add(ASSEMBLY);
    for (ObjectSpec object : objects()) {
      sources.add(Disassembler.disassemble(object));
    }
    return sources;
  }

  /** The bytes of instructions. */
  static List<byte[]> instructions() {
    List<byte[]> bytes = new ArrayList<>();
    bytes.add(Assembler.assemble(ASSEMBLY).programs().getFirst().instructions().toBytes());
    for (ObjectSpec object : objects()) {
      bytes.add(object.program().instructions().toBytes());
    }
    return bytes;
  }

  /** Object files: ours and clang's. */
  static List<byte[]> objectFiles() {
    List<byte[]> files = new ArrayList<>();
    for (ObjectSpec object : objects()) {
      files.add(ObjectFile.write(List.of(object)));
    }
    for (String name : List.of("counting.bpf.o", "counting.bpfeb.o", "features.bpf.o")) {
      Path objects = Path.of(System.getProperty("jbpfilter.root"), "bytecode/src/test/resources");
      try {
        files.add(Files.readAllBytes(objects.resolve("objects").resolve(name)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  /** Captures of both formats and of every link type. */
  static List<byte[]> captures() {
    List<byte[]> captures = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(1);
    for (int link : new int[] {0, 1, 12, 101, 108, 113, 147, 228, 229, 276}) {
      for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
        ByteBuffer file = ByteBuffer.allocate(1 << 12).order(order);
        file.putInt(link % 2 == 0 ? 0xa1b2c3d4 : 0xa1b23c4d)
            .putShort((short) 2)
            .putShort((short) 4);
        file.putInt(0).putInt(0).putInt(1 << 16).putInt(link);
        for (int i = 0; i < 3; i++) {
          byte[] frame = TestPacket.random(random, Hook.XDP).frame();
          int length = Math.min(frame.length, 200);
          file.putInt(i).putInt(i).putInt(length).putInt(frame.length).put(frame, 0, length);
        }
        captures.add(Arrays.copyOf(file.array(), file.position()));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CaptureWriter writer = CaptureWriter.of(out, LinkType.ETHERNET)) {
      for (LinkType type : List.of(LinkType.ETHERNET, LinkType.RAW, LinkType.LINUX_SLL)) {
        byte[] frame = TestPacket.random(random, Hook.XDP).frame();
        writer.write(type, 1_800_000_000_000_000_000L, frame, frame.length, "a comment");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    captures.add(out.toByteArray());
    return captures;
  }

  private static List<ObjectSpec> objects() {
    List<ObjectSpec> objects = new ArrayList<>();
    for (String rules :
        List.of(
            "",
            "rule ip4.proto tcp counter DROP",
            "rule tcp.dport range 80-90 ip4.saddr 10.0.0.1 CONTINUE rule udp.sport 53 NEXT",
            "rule icmp.type echo-request counter ACCEPT rule tcp.flags any syn counter CONTINUE")) {
      String text = "chain seed BF_HOOK_XDP ACCEPT " + rules;
      Chain chain =
          RulesetParser.parse(new Source("seed", text), InterfaceResolver.none())
              .ruleset()
              .orElseThrow()
              .chains()
              .getFirst();
      CompiledChain compiled = Compiler.compile(chain);
      objects.add(new ObjectSpec(chain.name(), compiled.program(), compiled.maps()));
    }
    return objects;
  }

  /**
   * Writes seeds and dictionaries for Jazzer.
   *
   * @param arguments the folder to write to, which gets one for each fuzzer
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    write(folder.resolve("RulesFuzzer"), bytes(allRules()), bytes(Dictionary.RULES));
    write(folder.resolve("AssemblyFuzzer"), bytes(assembly()), bytes(Dictionary.ASSEMBLY));
    write(folder.resolve("InstructionsFuzzer"), instructions(), slots());
    write(
        folder.resolve("ObjectFileFuzzer"),
        objectFiles(),
        bytes(List.of(".maps", ".BTF", ".BTF.ext")));
    write(
        folder.resolve("CaptureFuzzer"), captures(), List.of(new byte[] {0x0a, 0x0d, 0x0d, 0x0a}));
  }

  /** The instructions that the seeds begin with. */
  private static List<byte[]> slots() {
    byte[] program = instructions().getFirst();
    List<byte[]> slots = new ArrayList<>();
    for (int at = 0; at < program.length; at += Long.BYTES) {
      slots.add(Arrays.copyOfRange(program, at, at + Long.BYTES));
    }
    return slots;
  }

  private static List<byte[]> bytes(List<String> texts) {
    return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  private static void write(Path folder, List<byte[]> seeds, List<byte[]> words)
      throws IOException {
    Path seedFolder = Files.createDirectories(folder.resolve("seeds"));
    // Where Jazzer keeps what it finds.
    Files.createDirectories(folder.resolve("corpus"));
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(seedFolder.resolve("seed-" + i), seeds.get(i));
    }
    StringBuilder dictionary = new StringBuilder();
    for (byte[] word : words) {
      dictionary.append('"');
      for (byte b : word) {
        boolean plain = b >= ' ' && b < 0x7f && b != '"' && b != '\\';
        dictionary.append(plain ? (char) b : "\\x" + HexFormat.of().toHexDigits(b));
      }
      dictionary.append("\"\n");
    }
    Files.writeString(folder.resolve("dictionary"), dictionary);
  }
}
