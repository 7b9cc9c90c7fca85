   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 34
   5: (2d) if r3 > r4 goto pc+51
   6: (69) r7 = *(u16 *)(r5 +12)
   7: (dc) r7 = be16 r7
   8: (56) if w7 != 0x800 goto pc+39
   9: (71) r4 = *(u8 *)(r5 +14)
  10: (57) r4 &= 15
  11: (a6) if w4 < 0x5 goto pc+34
  12: (61) r4 = *(u32 *)(r5 +26)
  13: (dc) r4 = be32 r4
  14: (61) r5 = *(u32 *)(r5 +30)
  15: (dc) r5 = be32 r5
; rule 0: if l3.proto = 0x800 and ip4.saddr & 0xff000000 = 0xa000000 and ip4.daddr not & 0x0 = 0x0 then DROP
  16: (56) if w7 != 0x800 goto pc+4
  17: (bc) w4 = w4
  18: (54) w4 &= -16777216
  19: (56) if w4 != 0xa000000 goto pc+1
  20: (46) if w5 & 0x0 goto pc+23
; policy
  21: (b7) r7 = 1
; count and return
  22: (b7) r8 = 2
  23: (bf) r1 = r6
  24: (85) call bpf_xdp_get_buff_len#188
  25: (bf) r6 = r0
  26: (bf) r5 = r6
  27: (1f) r5 -= r6
  28: (0f) r7 += r5
  29: (63) *(u32 *)(r10 -8) = r7
  30: (18) r1 = map[name:bf_cmap]
  32: (bf) r2 = r10
  33: (07) r2 += -8
  34: (85) call bpf_map_lookup_elem#1
  35: (15) if r0 == 0x0 goto pc+6
  36: (79) r5 = *(u64 *)(r0 +0)
  37: (07) r5 += 1
  38: (7b) *(u64 *)(r0 +0) = r5
  39: (79) r5 = *(u64 *)(r0 +8)
  40: (0f) r5 += r6
  41: (7b) *(u64 *)(r0 +8) = r5
  42: (bf) r0 = r8
  43: (95) exit
  44: (b7) r0 = 1
  45: (95) exit
; malformed packet
  46: (b7) r7 = 2
  47: (05) goto pc-26
; parse what is less common
  48: (56) if w7 != 0x86dd goto pc+5
  49: (07) r5 += 54
  50: (2d) if r5 > r4 goto pc+6
  51: (b7) r4 = 0
  52: (b7) r5 = 0
  53: (05) goto pc-38
  54: (b7) r4 = 0
  55: (b7) r5 = 0
  56: (05) goto pc-41
; parse what is not linear
  57: (b7) r2 = 0
  58: (bf) r3 = r10
  59: (07) r3 += -48
  60: (b7) r4 = 14
  61: (bf) r1 = r6
  62: (85) call bpf_xdp_load_bytes#189
  63: (55) if r0 != 0x0 goto pc-18
  64: (69) r7 = *(u16 *)(r10 -36)
  65: (dc) r7 = be16 r7
  66: (56) if w7 != 0x800 goto pc+15
  67: (b7) r2 = 14
  68: (bf) r3 = r10
  69: (07) r3 += -48
  70: (b7) r4 = 20
  71: (bf) r1 = r6
  72: (85) call bpf_xdp_load_bytes#189
  73: (55) if r0 != 0x0 goto pc-28
  74: (71) r5 = *(u8 *)(r10 -48)
  75: (57) r5 &= 15
  76: (a6) if w5 < 0x5 goto pc-31
  77: (61) r4 = *(u32 *)(r10 -36)
  78: (dc) r4 = be32 r4
  79: (61) r5 = *(u32 *)(r10 -32)
  80: (dc) r5 = be32 r5
  81: (05) goto pc+13
  82: (56) if w7 != 0x86dd goto pc+10
  83: (b7) r2 = 14
  84: (bf) r3 = r10
  85: (07) r3 += -48
  86: (b7) r4 = 40
  87: (bf) r1 = r6
  88: (85) call bpf_xdp_load_bytes#189
  89: (55) if r0 != 0x0 goto pc-44
  90: (b7) r4 = 0
  91: (b7) r5 = 0
  92: (05) goto pc+2
  93: (b7) r4 = 0
  94: (b7) r5 = 0
  95: (05) goto pc-80
