#include <linux/bpf.h>

/*
 * chain web-in
 * program bf_prog: type xdp  attach_type xdp  flags 0x20  license GPL
 * map bf_cmap: type percpu_array  key 4B  value 16B  max_entries 3  flags 0x0
 * map bf_tables: type array  key 4B  value 64B  max_entries 1  flags 0x80
 */
const struct bpf_insn web_in_insns[] = {
	/* prologue */
	{.code = 0x61, .dst_reg = 6, .src_reg = 1, .off = 4, .imm = 0}, /*    0: (61) r6 = *(u32 *)(r1 +4) */
	/* rule 0: "a\b"
* / int x; / * */
	{.code = 0x46, .dst_reg = 6, .src_reg = 0, .off = 11, .imm = -2}, /*    1: (46) if w6 & 0xfffffffe goto pc+11 */
	{.code = 0x62, .dst_reg = 10, .src_reg = 0, .off = -4, .imm = -2147483648}, /*    2: (62) *(u32 *)(r10 -4) = -2147483648 */
	{.code = 0x18, .dst_reg = 1, .src_reg = 1, .off = 0, .imm = 0}, /*    3: (18) r1 = map[name:bf_cmap] */
	{.code = 0x0, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 0},
	{.code = 0xbf, .dst_reg = 2, .src_reg = 10, .off = 0, .imm = 0}, /*    5: (bf) r2 = r10 */
	{.code = 0x7, .dst_reg = 2, .src_reg = 0, .off = 0, .imm = -4}, /*    6: (07) r2 += -4 */
	{.code = 0x85, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 1}, /*    7: (85) call bpf_map_lookup_elem#1 */
	{.code = 0x18, .dst_reg = 3, .src_reg = 2, .off = 0, .imm = 0}, /*    8: (18) r3 = map[name:bf_tables][0]+40 */
	{.code = 0x0, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 0},
	{.code = 0x18, .dst_reg = 4, .src_reg = 0, .off = 0, .imm = -1}, /*   10: (18) r4 = 0xffffffffffffffff */
	{.code = 0x0, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = -1},
	{.code = 0x85, .dst_reg = 0, .src_reg = 2, .off = 0, .imm = 0}, /*   12: (85) call bpf_dynptr_from_xdp */
	/* drop ü  */
	{.code = 0xb7, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 1}, /*   13: (b7) r0 = 1 */
	{.code = 0x95, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 0}, /*   14: (95) exit */
};
const struct {
	unsigned int slot;
	const char *kind;
	const char *name;
	unsigned int offset;
} web_in_relocations[] = {
	{3, "map_fd", "bf_cmap", 0},
	{8, "map_value", "bf_tables", 40},
	{12, "kernel_function", "bpf_dynptr_from_xdp", 0},
};
const union bpf_attr web_in_maps[] = {
	{
		.map_type = BPF_MAP_TYPE_PERCPU_ARRAY,
		.key_size = 4,
		.value_size = 16,
		.max_entries = 3,
		.map_flags = 0x0,
		.map_name = "bf_cmap",
	},
	{
		.map_type = BPF_MAP_TYPE_ARRAY,
		.key_size = 4,
		.value_size = 64,
		.max_entries = 1,
		.map_flags = 0x80,
		.map_name = "bf_tables",
	},
};

/*
 * chain web_in
 * program bf_prog: type xdp  attach_type xdp  flags 0x0  license GPL
 */
const struct bpf_insn web_in_2_insns[] = {
	{.code = 0xb4, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 2}, /*    0: (b4) w0 = 2 */
	{.code = 0x95, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 0}, /*    1: (95) exit */
};
