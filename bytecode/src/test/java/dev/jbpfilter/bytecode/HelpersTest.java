package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jbpfilter.bytecode.HelperInfo.Argument;
import dev.jbpfilter.bytecode.btf.BtfKind;
import dev.jbpfilter.bytecode.btf.BtfType;
import dev.jbpfilter.bytecode.btf.BtfView;
import dev.jbpfilter.bytecode.btf.Enumerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HelpersTest {
  private static final Path HEADER = Path.of("/usr/include/linux/bpf.h");
  private static final Path VMLINUX = Path.of("/sys/kernel/btf/vmlinux");

  private static final String PREFIX = "BPF_FUNC_";

  private static final Set<ArgumentKind> MEMORY =
      EnumSet.of(
          ArgumentKind.MEMORY_READ, ArgumentKind.MEMORY_WRITTEN, ArgumentKind.MEMORY_UPDATED);

  private static final Set<ResultKind> POINTERS =
      EnumSet.complementOf(EnumSet.of(ResultKind.SCALAR, ResultKind.VOID));

  @Test
  void describesHelpers() {
    assertThat(Helpers.of(1))
        .contains(
            new HelperInfo(
                1,
                "map_lookup_elem",
                new KernelVersion(3, 19),
                false,
                ResultKind.MAP_VALUE,
                true,
                List.of(argument(ArgumentKind.MAP), argument(ArgumentKind.MAP_KEY))));
    assertThat(Helpers.named("csum_diff"))
        .contains(
            new HelperInfo(
                28,
                "csum_diff",
                new KernelVersion(4, 6),
                false,
                ResultKind.SCALAR,
                false,
                List.of(
                    new Argument(ArgumentKind.MEMORY_READ, true),
                    new Argument(ArgumentKind.SIZE, true),
                    new Argument(ArgumentKind.MEMORY_READ, true),
                    new Argument(ArgumentKind.SIZE, true),
                    argument(ArgumentKind.ANYTHING))));
    assertThat(Helpers.named("probe_read_kernel").orElseThrow().gplOnly()).isTrue();
    assertThat(Helpers.of(211).orElseThrow().name()).isEqualTo("cgrp_storage_delete");
  }

  @Test
  void hasNoOthers() {
    for (int number : new int[] {0, 212, 999, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      assertThat(Helpers.of(number)).isEmpty();
      assertThat(new CallTarget.Helper(number)).hasToString("unknown#" + number);
    }
    assertThat(Helpers.named("")).isEmpty();
    assertThat(Helpers.named("unknown")).isEmpty();
    assertThat(Helpers.named("bpf_map_lookup_elem")).isEmpty();
  }

  @Test
  void namesTheHelpersThatAreCalled() {
    assertThat(Helpers.MAP_LOOKUP_ELEM).hasToString("map_lookup_elem#1");
    assertThat(Helpers.XDP_GET_BUFF_LEN).hasToString("xdp_get_buff_len#188");
    assertThat(Helpers.XDP_LOAD_BYTES).hasToString("xdp_load_bytes#189");
  }

  @Test
  void findsEachRowByItsNumberAndName() {
    List<HelperInfo> all = Helpers.all();
    assertThat(all).hasSize(211);
    for (int i = 0; i < all.size(); i++) {
      HelperInfo helper = all.get(i);
      assertThat(helper.number()).isEqualTo(i + 1);
      assertThat(Helpers.of(i + 1)).contains(helper);
      assertThat(Helpers.named(helper.name())).contains(helper);
    }
  }

  @Test
  void rowsAreConsistent() {
    KernelVersion last = new KernelVersion(3, 19);
    for (HelperInfo helper : Helpers.all()) {
      assertThat(helper.since()).as(helper.name()).isGreaterThanOrEqualTo(last);
      last = helper.since();
      List<Argument> arguments = helper.arguments();
      assertThat(arguments).as(helper.name()).hasSizeLessThanOrEqualTo(5);
      for (int i = 0; i < arguments.size(); i++) {
        if (arguments.get(i).kind() == ArgumentKind.SIZE) {
          assertThat(MEMORY).as(helper.name()).contains(arguments.get(i - 1).kind());
        }
      }
      if (helper.resultMayBeNull()) {
        assertThat(POINTERS).as(helper.name()).contains(helper.result());
      }
    }
    assertThat(last).isEqualTo(new KernelVersion(6, 2));
  }

  @Test
  void numbersAreTheRunningKernels() throws IOException {
    assumeTrue(Files.isReadable(VMLINUX), "the kernel does not publish its BTF");
    BtfView view = BtfView.of(Files.readAllBytes(VMLINUX));
    int type = view.find(BtfKind.ENUM, "bpf_func_id").orElseThrow();
    int count = 0;
    for (Enumerator helper : ((BtfType.Enum32) view.type(type)).values()) {
      if (helper.value() > 0 && helper.name().startsWith(PREFIX)) {
        assertThat(new CallTarget.Helper((int) helper.value()).name())
            .isEqualTo(helper.name().substring(PREFIX.length()));
        count++;
      }
    }
    assertThat(count).isBetween(1, 211);
  }

  @Test
  void headerAgreesOnArgumentsAndPointers() throws IOException {
    assumeTrue(Files.isReadable(HEADER), HEADER + " is not installed");
    Map<String, MatchResult> prototypes = prototypes();
    assertThat(prototypes).hasSizeGreaterThan(200);
    prototypes.forEach((name, prototype) -> {
      HelperInfo helper = Helpers.named(name).orElseThrow(() -> new AssertionError(name));
      int variadic = name.equals("trace_printk") ? 1 : 0;
      assertThat(helper.arguments().size() + variadic)
          .as(name)
          .isEqualTo(argumentCount(prototype.group("arguments")));
      // The header declares the address that task_pt_regs returns as a number.
      boolean pointer = prototype.group("result").endsWith("*") || name.equals("task_pt_regs");
      assertThat(POINTERS.contains(helper.result())).as(name).isEqualTo(pointer);
    });
  }

  /** The prototypes in the comment that documents the helpers, by name. */
  private static Map<String, MatchResult> prototypes() throws IOException {
    Pattern pattern =
        Pattern.compile(
            "^ \\* (?<result>[a-z]\\w*( \\w+)? \\*?)bpf_(?<name>\\w+)\\((?<arguments>[^();]+)\\)$",
            Pattern.MULTILINE);
    Matcher matcher = pattern.matcher(Files.readString(HEADER));
    Map<String, MatchResult> prototypes = new HashMap<>();
    while (matcher.find()) {
      prototypes.put(matcher.group("name"), matcher.toMatchResult());
    }
    return prototypes;
  }

  private static int argumentCount(String arguments) {
    return arguments.equals("void") ? 0 : arguments.split(",", -1).length;
  }

  private static Argument argument(ArgumentKind kind) {
    return new Argument(kind, false);
  }
}
