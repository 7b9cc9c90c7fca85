// What objects can have besides: maps of maps, pinned maps, callbacks, the kernel's variables and
// configuration, static data, and every kind of CO-RE relocation.
//   clang -target bpf -mcpu=v3 -g -O2 -fdebug-compilation-dir=. -c features.bpf.c -o features.bpf.o
//   llvm-strip -g features.bpf.o
#define SEC(name) __attribute__((section(name), used))
#define __uint(name, val) int(*name)[val]
#define __type(name, val) typeof(val) *name
#define __array(name, val) typeof(val) *name[]

typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;

struct inner {
  __uint(type, 2);
  __uint(max_entries, 8);
  __type(key, u32);
  __type(value, u64);
};

struct {
  __uint(type, 12);
  __uint(max_entries, 2);
  __uint(key_size, 4);
  __array(values, struct inner);
} outer SEC(".maps");

struct {
  __uint(type, 3);
  __uint(max_entries, 3);
  __uint(key_size, 4);
  __array(values, int(void *));
} tails SEC(".maps");

struct {
  __uint(type, 27);
  __uint(max_entries, 4096);
  __uint(pinning, 1);
  __uint(numa_node, 1);
} events SEC(".maps");

struct {
  __uint(type, 30);
  __uint(max_entries, 16);
  __uint(value_size, 4);
  __uint(map_extra, 5);
} filter SEC(".maps");

extern const int bpf_prog_active __attribute__((section(".ksyms")));
extern u8 CONFIG_ONE __attribute__((section(".kconfig")));
extern u64 CONFIG_HZ __attribute__((section(".kconfig")));

static volatile u32 hidden = 5;
static const volatile u32 table[4] SEC(".rodata.table") = {1, 2, 3, 4};

enum color { RED = 1, GREEN = 7 };

struct part {
  u32 a[4];
  u32 low : 3, high : 5;
} __attribute__((preserve_access_index));

struct whole {
  u64 first;
  union {
    struct part parts[2];
    u64 word;
  };
} __attribute__((preserve_access_index));

static long (*loop)(u32 n, void *callback, void *ctx, u64 flags) = (void *)181;

static long step(u32 index, u64 *sum) {
  *sum += index + hidden;
  return 0;
}

SEC("tc/ingress") int look(struct whole *w) {
  u64 sum = table[w->first & 3];
  loop(4, step, &sum, 0);
  sum += w->parts[1].a[2];
  sum += __builtin_preserve_field_info(w->word, 0);
  sum += __builtin_preserve_field_info(w->parts[0].high, 1);
  sum += __builtin_preserve_field_info(w->word, 2);
  sum += __builtin_preserve_field_info(w->first, 3);
  sum += __builtin_preserve_field_info(w->parts[0].high, 4);
  sum += __builtin_preserve_field_info(w->parts[0].high, 5);
  sum += __builtin_btf_type_id(*(struct part *)0, 0);
  sum += __builtin_btf_type_id(*(struct part *)0, 1);
  sum += __builtin_preserve_type_info(*(struct part *)0, 0);
  sum += __builtin_preserve_type_info(*(struct part *)0, 1);
  sum += __builtin_preserve_enum_value(*(enum color *)GREEN, 0);
  sum += __builtin_preserve_enum_value(*(enum color *)GREEN, 1);
  return sum + bpf_prog_active + CONFIG_ONE + CONFIG_HZ;
}

SEC("cgroup/skb") int again(void *ctx) { return hidden; }

char _license[] SEC("license") = "Dual MIT/GPL";
