package dev.jbpfilter.cli;

import dev.jbpfilter.loader.Counter;
import dev.jbpfilter.loader.LoadedChain;
import dev.jbpfilter.loader.MapMemory;
import dev.jbpfilter.loader.Observation;
import dev.jbpfilter.loader.ObservedChain;
import dev.jbpfilter.loader.kernel.ProgramInfo;
import dev.jbpfilter.ruleset.Chain;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What an observer may see. */
final class Observations {
  static final String RULES =
      """
      chain web BF_HOOK_XDP{ifindex=1} DROP
        set office (ip4.saddr, tcp.dport) in { 192.0.2.7, 22; 192.0.2.8, 22 }
        rule tcp.dport 443 tcp.flags not all syn,fin counter ACCEPT
        rule (ip4.saddr, tcp.dport) not in office log link every 1s counter CONTINUE
        rule (ip4.proto) in {} counter DROP
        rule (ip4.saddr) in {192.0.2.1} (ip4.saddr) not in {192.0.2.2; 192.0.2.3} DROP
        rule meta.dport range 1-1023 counter REDIRECT lo out
      chain calls BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4 ACCEPT
        rule meta.dport 80 counter DROP
      """;

  private Observations() {}

  /** One chain that has seen nothing. */
  static ObservedChain idle(Chain chain) {
    return new ObservedChain(
        LoadedChains.idle(chain),
        !chain.options().isEmpty(),
        10,
        OptionalLong.empty(),
        program(5, 0, 0),
        List.of());
  }

  static ProgramInfo program(int id, long nanos, long runs) {
    return new ProgramInfo(6, id, 100, "bf_prog", nanos, runs, 30);
  }

  /**
   * The same chain with counters.
   *
   * @param packets of each rule, the policy and errors; each has 100 bytes
   */
  static ObservedChain counting(ObservedChain chain, long... packets) {
    int count = packets.length - 2;
    List<Counter> rules = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rules.add(counter(packets[i]));
    }
    return new ObservedChain(
        new LoadedChain(
            chain.loaded().chain(), rules, counter(packets[count]), counter(packets[count + 1])),
        chain.attached(),
        chain.counters(),
        chain.lostRecords(),
        chain.program(),
        chain.maps());
  }

  private static Counter counter(long packets) {
    return new Counter(packets, 100 * packets);
  }

  /** The same chain with other counters, as after an update. */
  static ObservedChain updated(ObservedChain chain) {
    return new ObservedChain(
        chain.loaded(), chain.attached(), 11, chain.lostRecords(), program(6, 0, 0), chain.maps());
  }

  /** The same chain, of which the kernel tells more. */
  static ObservedChain measured(ObservedChain chain, long nanos, long runs, long lost) {
    return new ObservedChain(
        chain.loaded(),
        chain.attached(),
        chain.counters(),
        OptionalLong.of(lost),
        program(chain.program().id(), nanos, runs),
        List.of(new MapMemory("bf_cmap", 552), new MapMemory("bf_lmap", 144_200)));
  }

  static Observation of(ObservedChain... chains) {
    return new Observation(List.of(chains), List.of());
  }

  static ObservedChain web() {
    return idle(LoadedChains.parse(RULES).get(0));
  }

  static ObservedChain calls() {
    return idle(LoadedChains.parse(RULES).get(1));
  }
}
