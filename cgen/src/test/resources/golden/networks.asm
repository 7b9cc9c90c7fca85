   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 34
   5: (2d) if r3 > r4 goto pc+47
   6: (69) r7 = *(u16 *)(r5 +12)
   7: (dc) r7 = be16 r7
   8: (56) if w7 != 0x800 goto pc+35
   9: (71) r4 = *(u8 *)(r5 +14)
  10: (57) r4 &= 15
  11: (a6) if w4 < 0x5 goto pc+30
  12: (61) r4 = *(u32 *)(r5 +26)
  13: (dc) r4 = be32 r4
  14: (61) r5 = *(u32 *)(r5 +30)
  15: (dc) r5 = be32 r5
; rule 0: if l3.proto = 0x800 and ip4.saddr & 0xff000000 = 0xa000000 and ip4.daddr not & 0x0 = 0x0 then DROP
  16: (56) if w7 != 0x800 goto pc+4
  17: (bc) w4 = w4
  18: (54) w4 &= -16777216
  19: (56) if w4 != 0xa000000 goto pc+1
  20: (46) if w5 & 0x0 goto pc+19
; policy
  21: (b7) r5 = 1
; log, count and return
  22: (63) *(u32 *)(r10 -4) = r5
  23: (bf) r1 = r6
  24: (85) call bpf_xdp_get_buff_len#188
  25: (bf) r6 = r0
  26: (18) r1 = map[name:bf_cmap]
  28: (bf) r2 = r10
  29: (07) r2 += -4
  30: (85) call bpf_map_lookup_elem#1
  31: (15) if r0 == 0x0 goto pc+6
  32: (79) r5 = *(u64 *)(r0 +0)
  33: (07) r5 += 1
  34: (7b) *(u64 *)(r0 +0) = r5
  35: (79) r5 = *(u64 *)(r0 +8)
  36: (0f) r5 += r6
  37: (7b) *(u64 *)(r0 +8) = r5
  38: (b7) r0 = 2
  39: (95) exit
  40: (b7) r0 = 1
  41: (95) exit
; malformed packet
  42: (b7) r5 = 2
  43: (05) goto pc-22
; parse what is less common
  44: (56) if w7 != 0x86dd goto pc+5
  45: (07) r5 += 54
  46: (2d) if r5 > r4 goto pc+6
  47: (b7) r4 = 0
  48: (b7) r5 = 0
  49: (05) goto pc-34
  50: (b7) r4 = 0
  51: (b7) r5 = 0
  52: (05) goto pc-37
; parse what is not linear
  53: (b7) r2 = 0
  54: (bf) r3 = r10
  55: (07) r3 += -56
  56: (b7) r4 = 14
  57: (bf) r1 = r6
  58: (85) call bpf_xdp_load_bytes#189
  59: (55) if r0 != 0x0 goto pc-18
  60: (69) r7 = *(u16 *)(r10 -44)
  61: (dc) r7 = be16 r7
  62: (56) if w7 != 0x800 goto pc+15
  63: (b7) r2 = 14
  64: (bf) r3 = r10
  65: (07) r3 += -56
  66: (b7) r4 = 20
  67: (bf) r1 = r6
  68: (85) call bpf_xdp_load_bytes#189
  69: (55) if r0 != 0x0 goto pc-28
  70: (71) r5 = *(u8 *)(r10 -56)
  71: (57) r5 &= 15
  72: (a6) if w5 < 0x5 goto pc-31
  73: (61) r4 = *(u32 *)(r10 -44)
  74: (dc) r4 = be32 r4
  75: (61) r5 = *(u32 *)(r10 -40)
  76: (dc) r5 = be32 r5
  77: (05) goto pc+13
  78: (56) if w7 != 0x86dd goto pc+10
  79: (b7) r2 = 14
  80: (bf) r3 = r10
  81: (07) r3 += -56
  82: (b7) r4 = 40
  83: (bf) r1 = r6
  84: (85) call bpf_xdp_load_bytes#189
  85: (55) if r0 != 0x0 goto pc-44
  86: (b7) r4 = 0
  87: (b7) r5 = 0
  88: (05) goto pc+2
  89: (b7) r4 = 0
  90: (b7) r5 = 0
  91: (05) goto pc-76
