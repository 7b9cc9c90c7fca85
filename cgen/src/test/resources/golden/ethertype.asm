   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 14
   5: (2d) if r3 > r4 goto pc+30
   6: (69) r5 = *(u16 *)(r5 +12)
   7: (dc) r5 = be16 r5
; rule 0: if l3.proto not = 0x806 then DROP
   8: (56) if w5 != 0x806 goto pc+23
; policy
   9: (b7) r7 = 1
; count and return
  10: (b7) r8 = 1
  11: (bf) r1 = r6
  12: (85) call bpf_xdp_get_buff_len#188
  13: (bf) r6 = r0
  14: (bf) r5 = r6
  15: (1f) r5 -= r6
  16: (0f) r7 += r5
  17: (63) *(u32 *)(r10 -8) = r7
  18: (18) r1 = map[name:bf_cmap]
  20: (bf) r2 = r10
  21: (07) r2 += -8
  22: (85) call bpf_map_lookup_elem#1
  23: (15) if r0 == 0x0 goto pc+6
  24: (79) r5 = *(u64 *)(r0 +0)
  25: (07) r5 += 1
  26: (7b) *(u64 *)(r0 +0) = r5
  27: (79) r5 = *(u64 *)(r0 +8)
  28: (0f) r5 += r6
  29: (7b) *(u64 *)(r0 +8) = r5
  30: (bf) r0 = r8
  31: (95) exit
  32: (b7) r0 = 1
  33: (95) exit
; malformed packet
  34: (b7) r7 = 2
  35: (05) goto pc-26
; parse what is not linear
  36: (b7) r2 = 0
  37: (bf) r3 = r10
  38: (07) r3 += -48
  39: (b7) r4 = 14
  40: (bf) r1 = r6
  41: (85) call bpf_xdp_load_bytes#189
  42: (55) if r0 != 0x0 goto pc-9
  43: (69) r5 = *(u16 *)(r10 -36)
  44: (dc) r5 = be16 r5
  45: (05) goto pc-38
