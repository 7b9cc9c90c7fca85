package dev.jbpfilter.loader.kernel;

/**
 * What the kernel tells of a map ({@code struct bpf_map_info}).
 *
 * @param type {@code enum bpf_map_type}; may be one that this library never creates
 * @param id unique while the map lives
 * @param keySize bytes
 * @param valueSize bytes; of one CPU's value in a per-CPU map
 * @param flags {@code BPF_F_*}
 */
public record MapInfo(
    int type, int id, String name, int keySize, int valueSize, int maxEntries, int flags) {
  static final int SIZE = 128;

  private static final int PERCPU_HASH = 5;
  private static final int PERCPU_ARRAY = 6;
  private static final int LRU_PERCPU_HASH = 10;
  private static final int PERCPU_CGROUP_STORAGE = 21;

  /** Whether every CPU has a value of its own. */
  public boolean isPerCpu() {
    return type == PERCPU_ARRAY
        || type == PERCPU_HASH
        || type == LRU_PERCPU_HASH
        || type == PERCPU_CGROUP_STORAGE;
  }
}
