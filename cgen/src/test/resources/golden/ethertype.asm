   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 14
   5: (2d) if r3 > r4 goto pc+26
   6: (69) r5 = *(u16 *)(r5 +12)
   7: (dc) r5 = be16 r5
; rule 0: if l3.proto not = 0x806 then DROP
   8: (56) if w5 != 0x806 goto pc+19
; policy
   9: (b7) r5 = 1
; log, count and return
  10: (63) *(u32 *)(r10 -4) = r5
  11: (bf) r1 = r6
  12: (85) call bpf_xdp_get_buff_len#188
  13: (bf) r6 = r0
  14: (18) r1 = map[name:bf_cmap]
  16: (bf) r2 = r10
  17: (07) r2 += -4
  18: (85) call bpf_map_lookup_elem#1
  19: (15) if r0 == 0x0 goto pc+6
  20: (79) r5 = *(u64 *)(r0 +0)
  21: (07) r5 += 1
  22: (7b) *(u64 *)(r0 +0) = r5
  23: (79) r5 = *(u64 *)(r0 +8)
  24: (0f) r5 += r6
  25: (7b) *(u64 *)(r0 +8) = r5
  26: (b7) r0 = 1
  27: (95) exit
  28: (b7) r0 = 1
  29: (95) exit
; malformed packet
  30: (b7) r5 = 2
  31: (05) goto pc-22
; parse what is not linear
  32: (b7) r2 = 0
  33: (bf) r3 = r10
  34: (07) r3 += -56
  35: (b7) r4 = 14
  36: (bf) r1 = r6
  37: (85) call bpf_xdp_load_bytes#189
  38: (55) if r0 != 0x0 goto pc-9
  39: (69) r5 = *(u16 *)(r10 -44)
  40: (dc) r5 = be16 r5
  41: (05) goto pc-34
