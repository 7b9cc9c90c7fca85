   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 14
   5: (2d) if r3 > r4 goto pc+28
   6: (69) r5 = *(u16 *)(r5 +12)
   7: (dc) r5 = be16 r5
; rule 0: if l3.proto not = 0x806 then DROP
   8: (16) if w5 == 0x806 goto pc+2
   9: (b7) r5 = 0
  10: (05) goto pc+19
; policy
  11: (b7) r5 = 1
; log, count and return
  12: (63) *(u32 *)(r10 -4) = r5
  13: (bf) r1 = r6
  14: (85) call bpf_xdp_get_buff_len#188
  15: (bf) r6 = r0
  16: (18) r1 = map[name:bf_cmap]
  18: (bf) r2 = r10
  19: (07) r2 += -4
  20: (85) call bpf_map_lookup_elem#1
  21: (15) if r0 == 0x0 goto pc+6
  22: (79) r5 = *(u64 *)(r0 +0)
  23: (07) r5 += 1
  24: (7b) *(u64 *)(r0 +0) = r5
  25: (79) r5 = *(u64 *)(r0 +8)
  26: (0f) r5 += r6
  27: (7b) *(u64 *)(r0 +8) = r5
  28: (b7) r0 = 1
  29: (95) exit
  30: (b7) r0 = 1
  31: (95) exit
; malformed packet
  32: (b7) r5 = 2
  33: (05) goto pc-22
; parse what is not linear
  34: (b7) r2 = 0
  35: (bf) r3 = r10
  36: (07) r3 += -56
  37: (b7) r4 = 14
  38: (bf) r1 = r6
  39: (85) call bpf_xdp_load_bytes#189
  40: (55) if r0 != 0x0 goto pc-9
  41: (69) r5 = *(u16 *)(r10 -44)
  42: (dc) r5 = be16 r5
  43: (05) goto pc-36
