; policy
   0: (b7) r6 = 0
; count and return
   1: (b7) r7 = 1
   2: (85) call bpf_xdp_get_buff_len#188
   3: (bf) r8 = r0
   4: (bf) r5 = r8
   5: (1f) r5 -= r8
   6: (0f) r6 += r5
   7: (63) *(u32 *)(r10 -8) = r6
   8: (18) r1 = map[name:bf_cmap]
  10: (bf) r2 = r10
  11: (07) r2 += -8
  12: (85) call bpf_map_lookup_elem#1
  13: (15) if r0 == 0x0 goto pc+6
  14: (79) r5 = *(u64 *)(r0 +0)
  15: (07) r5 += 1
  16: (7b) *(u64 *)(r0 +0) = r5
  17: (79) r5 = *(u64 *)(r0 +8)
  18: (0f) r5 += r8
  19: (7b) *(u64 *)(r0 +8) = r5
  20: (bf) r0 = r7
  21: (95) exit
