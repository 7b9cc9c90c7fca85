package dev.jbpfilter.tests.benchmarks;

import dev.jbpfilter.ruleset.Hook;
import java.util.List;
import java.util.function.Supplier;

/**
 * A row of the table in doc/performance.md.
 *
 * @param name unique among the rows; the baseline knows the row by it
 * @param rules how many rules or set elements the chain has
 * @param workload made anew at each call: it may be large
 * @param targetNanos what the optimised program may cost, net
 * @param targetLoadMillis what the command that loads it may take; 0 if that is not measured
 * @param series the line of the charts that this row is a point of; empty if of none
 */
record BenchmarkCase(
    Hook hook,
    String name,
    int rules,
    Supplier<Workload> workload,
    double targetNanos,
    double targetLoadMillis,
    String series) {

  /** The line of the charts for rules with one address each. */
  static final String ADDRESSES = "ip4.saddr";

  private BenchmarkCase(
      String name, int rules, Supplier<Workload> workload, double nanos, double millis) {
    this(Hook.XDP, name, rules, workload, nanos, millis, "");
  }

  /** All rows, in the order in which they are printed. */
  static List<BenchmarkCase> all() {
    return List.of(
        new BenchmarkCase("xdp no rule", 0, Workloads::none, 6, 0),
        addresses(1, 8, 0),
        new BenchmarkCase("xdp 1 x ip6.saddr", 1, () -> Workloads.ipv6Addresses(1), 9, 0),
        new BenchmarkCase("xdp 1 x meta.dport range", 1, Workloads::range, 9, 0),
        addresses(32, 12, 0),
        addresses(128, 14, 0),
        new BenchmarkCase("xdp 128 x ip6.saddr", 128, () -> Workloads.ipv6Addresses(128), 18, 0),
        addresses(1_000, 16, 300),
        addresses(4_000, 16, 400),
        addresses(20_000, 20, 700),
        addresses(100_000, 25, 2_000),
        tuples(1_000, 20, 300),
        tuples(10_000, 30, 600),
        new BenchmarkCase("xdp 1000 x ip4.snet", 1_000, () -> Workloads.networks(1_000), 20, 400),
        new BenchmarkCase(
            "xdp 1000 x tcp.dport range", 1_000, () -> Workloads.ranges(1_000), 14, 400),
        new BenchmarkCase(
            "xdp 200 mixed rules, no match", 200, () -> MixedRules.workload(200), 25, 300),
        new BenchmarkCase("xdp 32 x CONTINUE", 32, () -> Workloads.continuing(32), 90, 0),
        set(8, 12, 0),
        set(32_768, 20, 300),
        set(1_000_000, 25, 1_500),
        new BenchmarkCase(
            "xdp set of 32768 networks", 32_768, () -> Workloads.networkSet(32_768), 25, 400),
        none(Hook.TC_INGRESS, "tc", 7),
        address(Hook.TC_INGRESS, "tc", 9),
        none(Hook.CGROUP_SKB_EGRESS, "cgroup_skb", 7),
        address(Hook.CGROUP_SKB_EGRESS, "cgroup_skb", 9),
        none(Hook.NF_FORWARD, "nf", 15),
        address(Hook.NF_FORWARD, "nf", 20));
  }

  private static BenchmarkCase addresses(int rules, double nanos, double millis) {
    return new BenchmarkCase(
        Hook.XDP,
        "xdp " + rules + " x ip4.saddr",
        rules,
        () -> Workloads.addresses(rules),
        nanos,
        millis,
        ADDRESSES);
  }

  private static BenchmarkCase tuples(int rules, double nanos, double millis) {
    return new BenchmarkCase(
        "xdp " + rules + " x ip4.saddr ip4.daddr tcp.dport",
        rules,
        () -> Workloads.tuples(rules),
        nanos,
        millis);
  }

  private static BenchmarkCase set(int elements, double nanos, double millis) {
    return new BenchmarkCase(
        "xdp set of " + elements, elements, () -> Workloads.set(elements), nanos, millis);
  }

  private static BenchmarkCase none(Hook hook, String flavor, double nanos) {
    return new BenchmarkCase(hook, flavor + " no rule", 0, Workloads::none, nanos, 0, "");
  }

  private static BenchmarkCase address(Hook hook, String flavor, double nanos) {
    return new BenchmarkCase(
        hook, flavor + " 1 x ip4.saddr", 1, () -> Workloads.addresses(1), nanos, 0, "");
  }
}
