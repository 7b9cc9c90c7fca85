   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 14
   5: (2d) if r3 > r4 goto pc+27
   6: (69) r5 = *(u16 *)(r5 +12)
   7: (dc) r5 = be16 r5
; rule 0: if l3.proto not = 0x806 then DROP
   8: (56) if w5 != 0x806 goto pc+20
; policy
   9: (b7) r5 = 1
; count and return
  10: (b7) r7 = 1
  11: (63) *(u32 *)(r10 -4) = r5
  12: (bf) r1 = r6
  13: (85) call bpf_xdp_get_buff_len#188
  14: (bf) r6 = r0
  15: (18) r1 = map[name:bf_cmap]
  17: (bf) r2 = r10
  18: (07) r2 += -4
  19: (85) call bpf_map_lookup_elem#1
  20: (15) if r0 == 0x0 goto pc+6
  21: (79) r5 = *(u64 *)(r0 +0)
  22: (07) r5 += 1
  23: (7b) *(u64 *)(r0 +0) = r5
  24: (79) r5 = *(u64 *)(r0 +8)
  25: (0f) r5 += r6
  26: (7b) *(u64 *)(r0 +8) = r5
  27: (bf) r0 = r7
  28: (95) exit
  29: (b7) r0 = 1
  30: (95) exit
; malformed packet
  31: (b7) r5 = 2
  32: (05) goto pc-23
; parse what is not linear
  33: (b7) r2 = 0
  34: (bf) r3 = r10
  35: (07) r3 += -56
  36: (b7) r4 = 14
  37: (bf) r1 = r6
  38: (85) call bpf_xdp_load_bytes#189
  39: (55) if r0 != 0x0 goto pc-9
  40: (69) r5 = *(u16 *)(r10 -44)
  41: (dc) r5 = be16 r5
  42: (05) goto pc-35
