; policy
   0: (b7) r5 = 0
; log, count and return
   1: (63) *(u32 *)(r10 -4) = r5
   2: (85) call bpf_xdp_get_buff_len#188
   3: (bf) r6 = r0
   4: (18) r1 = map[name:bf_cmap]
   6: (bf) r2 = r10
   7: (07) r2 += -4
   8: (85) call bpf_map_lookup_elem#1
   9: (15) if r0 == 0x0 goto pc+6
  10: (79) r5 = *(u64 *)(r0 +0)
  11: (07) r5 += 1
  12: (7b) *(u64 *)(r0 +0) = r5
  13: (79) r5 = *(u64 *)(r0 +8)
  14: (0f) r5 += r6
  15: (7b) *(u64 *)(r0 +8) = r5
  16: (b7) r0 = 1
  17: (95) exit
