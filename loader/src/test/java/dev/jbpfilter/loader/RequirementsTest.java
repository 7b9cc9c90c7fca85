package dev.jbpfilter.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramSpec.Relocation;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.loader.kernel.Feature;
import dev.jbpfilter.ruleset.Flavor;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.MatcherType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequirementsTest {
  private static final int CALL = 0x85;

  private final Requirements requirements = new Requirements();

  private static Requirement of(List<Requirement> all, String subject) {
    return all.stream().filter(each -> each.subject().equals(subject)).findFirst().orElseThrow();
  }

  @Test
  void everyHookNeedsItsProgramAndItsLink() {
    List<Requirement> hooks = requirements.hooks();

    List<String> subjects = new ArrayList<>();
    for (Requirement hook : hooks) {
      subjects.add(hook.subject());
      assertThat(hook.needs())
          .contains(Feature.PATH_FD, Feature.PERCPU_ARRAY_MAP, Feature.HELPER_MAP_LOOKUP_ELEM);
    }
    List<String> keywords = new ArrayList<>();
    for (Hook hook : Hook.values()) {
      keywords.add(hook.keyword());
    }
    assertThat(subjects).isEqualTo(keywords);
    assertThat(of(hooks, "BF_HOOK_XDP").needs())
        .contains(
            Feature.XDP_PROGRAM,
            Feature.XDP_FRAGMENTS,
            Feature.XDP_LINK,
            Feature.HELPER_XDP_LOAD_BYTES)
        .doesNotContain(Feature.TC_PROGRAM, Feature.KERNEL_TYPES);
    assertThat(of(hooks, "BF_HOOK_TC_EGRESS").needs())
        .contains(Feature.TC_PROGRAM, Feature.TCX_LINK);
    assertThat(of(hooks, "BF_HOOK_TC_EGRESS").since()).hasToString("6.6");
    assertThat(of(hooks, "BF_HOOK_NF_FORWARD").needs())
        .contains(
            Feature.NETFILTER_PROGRAM,
            Feature.NETFILTER_LINK,
            Feature.KERNEL_TYPES,
            Feature.DYNPTR_FROM_SKB,
            Feature.HELPER_DYNPTR_READ,
            Feature.RDONLY_CAST)
        .doesNotContain(Feature.LINK_UPDATE);
    assertThat(of(hooks, "BF_HOOK_CGROUP_SOCK_ADDR_CONNECT6").needs())
        .contains(Feature.CONNECT_PROGRAM, Feature.CGROUP_LINK)
        .doesNotContain(Feature.SENDMSG_PROGRAM, Feature.KERNEL_TYPES);
    assertThat(of(hooks, "BF_HOOK_CGROUP_SOCK_ADDR_SENDMSG6").needs())
        .contains(Feature.SENDMSG_PROGRAM)
        .doesNotContain(Feature.CONNECT_PROGRAM);
  }

  @Test
  void fewMatchersNeedMoreThanTheirHook() {
    List<Requirement> matchers = requirements.matchers();

    assertThat(matchers).hasSize(MatcherType.values().length);
    assertThat(of(matchers, "meta.probability").needs()).contains(Feature.HELPER_GET_PRANDOM_U32);
    assertThat(of(matchers, "meta.flow_hash").needs()).contains(Feature.HELPER_GET_HASH_RECALC);
    assertThat(of(matchers, "tcp.dport").needs()).isEmpty();
    assertThat(of(matchers, "tcp.dport").since()).hasToString("0.0");
  }

  @Test
  void setsAndActions() {
    List<Requirement> others = requirements.others();

    assertThat(of(others, "set").needs()).containsExactly(Feature.CONSTANT_MAP);
    assertThat(of(others, "set of networks").needs()).containsExactly(Feature.CONSTANT_MAP);
    assertThat(of(others, "counter").needs()).isEmpty();
    assertThat(of(others, "mark").needs()).isEmpty();
    assertThat(of(others, "log").needs())
        .contains(
            Feature.RING_BUFFER_MAP, Feature.HELPER_RINGBUF_OUTPUT, Feature.HELPER_KTIME_GET_NS);
    assertThat(of(others, "log of socket calls").needs())
        .contains(Feature.HELPER_GET_CURRENT_COMM, Feature.HELPER_GET_CURRENT_PID_TGID);
    assertThat(of(others, "REDIRECT").needs()).containsExactly(Feature.HELPER_REDIRECT);
    assertThat(of(others, "--with-bpf-token").since()).hasToString("6.9");
  }

  @Test
  void whateverProgramsCallIsInTheTable() {
    for (Hook hook : Hook.values()) {
      String matchers =
          hook.flavor() == Flavor.CGROUP_SOCK_ADDR
              ? "meta.probability 50% meta.dport 80"
              : "meta.probability 50% ip6.nexthdr tcp tcp.dport 80";
      ProgramSpec program =
          Compiler.compile(
                  Installation.parse(
                      "chain a "
                          + hook.keyword()
                          + " ACCEPT rule "
                          + matchers
                          + " log every 1s counter DROP"))
              .program();
      for (int i = 0; i < program.instructions().count(); i++) {
        long slot = program.instructions().slot(i);
        if ((slot & 0xf0ff) == CALL) {
          assertThat(Feature.helper((int) (slot >> Integer.SIZE))).as(program.name()).isPresent();
        }
      }
      for (Relocation relocation : program.relocations()) {
        if (relocation.target() instanceof Target.KernelFunction(String name)) {
          assertThat(Feature.function(name)).as(name).isPresent();
        }
      }
    }
  }

  @Test
  void nothingInTheTableIsForNothing() {
    Set<Feature> unused = EnumSet.allOf(Feature.class);
    for (List<Requirement> all :
        List.of(requirements.hooks(), requirements.matchers(), requirements.others())) {
      for (Requirement requirement : all) {
        requirement.needs().forEach(unused::remove);
      }
    }
    // What is used if it is there, or only on request.
    assertThat(unused)
        .isSubsetOf(
            Feature.MAP_UPDATE_BATCH,
            Feature.HELPER_TRACE_PRINTK,
            Feature.ATOMICS,
            Feature.INSTRUCTIONS_V4);
  }
}
