; policy
   0: (b7) r5 = 0
; count and return
   1: (b7) r6 = 1
   2: (63) *(u32 *)(r10 -4) = r5
   3: (85) call bpf_xdp_get_buff_len#188
   4: (bf) r7 = r0
   5: (18) r1 = map[name:bf_cmap]
   7: (bf) r2 = r10
   8: (07) r2 += -4
   9: (85) call bpf_map_lookup_elem#1
  10: (15) if r0 == 0x0 goto pc+6
  11: (79) r5 = *(u64 *)(r0 +0)
  12: (07) r5 += 1
  13: (7b) *(u64 *)(r0 +0) = r5
  14: (79) r5 = *(u64 *)(r0 +8)
  15: (0f) r5 += r7
  16: (7b) *(u64 *)(r0 +8) = r5
  17: (bf) r0 = r6
  18: (95) exit
