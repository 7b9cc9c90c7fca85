// Two programs that load: maps, variables, functions, kernel functions and fields of the kernel.
//   clang -target bpf -mcpu=v3 -g -O2 -fdebug-compilation-dir=. -c counting.bpf.c -o counting.bpf.o
//   llvm-strip -g counting.bpf.o
#define SEC(name) __attribute__((section(name), used))
#define __uint(name, val) int(*name)[val]
#define __type(name, val) typeof(val) *name

typedef unsigned int u32;
typedef unsigned long long u64;

struct xdp_md {
  u32 data, data_end;
};

struct counters {
  u64 count, size;
};

struct {
  __uint(type, 6);
  __uint(max_entries, 4);
  __type(key, u32);
  __type(value, struct counters);
} totals SEC(".maps");

struct {
  __uint(type, 1);
  __uint(max_entries, 128);
  __uint(map_flags, 1);
  __uint(key_size, 8);
  __uint(value_size, 4);
} seen SEC(".maps");

static void *(*map_lookup_elem)(void *map, const void *key) = (void *)1;

const volatile u32 limit = 7;
u32 packets = 3;
u64 total;

static __attribute__((noinline)) u64 add(struct counters *c, u64 size) {
  c->count++;
  c->size += size;
  return c->size;
}

__attribute__((noinline)) int verdict(u32 n) { return n > limit ? 1 : 2; }

struct net_device {
  int ifindex;
} __attribute__((preserve_access_index));

struct sk_buff {
  struct net_device *dev;
  u32 len;
} __attribute__((preserve_access_index));

extern void bpf_rcu_read_lock(void) SEC(".ksyms");
extern void bpf_rcu_read_unlock(void) SEC(".ksyms");

SEC("xdp") int count(struct xdp_md *ctx) {
  u32 key = 0;
  u64 other = 1;
  struct counters *c = map_lookup_elem(&totals, &key);
  if (c)
    total = add(c, ctx->data_end - ctx->data);
  if (map_lookup_elem(&seen, &other))
    packets += 2;
  return verdict(packets);
}

SEC("tp_btf/kfree_skb") int freed(u64 *ctx) {
  struct sk_buff *skb = (struct sk_buff *)ctx[0];
  bpf_rcu_read_lock();
  u32 n = skb->len;
  bpf_rcu_read_unlock();
  if (n)
    packets = skb->dev->ifindex;
  return 0;
}

char _license[] SEC("license") = "GPL";
