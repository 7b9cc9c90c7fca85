   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 34
   5: (2d) if r3 > r4 goto pc+48
   6: (69) r7 = *(u16 *)(r5 +12)
   7: (dc) r7 = be16 r7
   8: (56) if w7 != 0x800 goto pc+36
   9: (71) r4 = *(u8 *)(r5 +14)
  10: (57) r4 &= 15
  11: (a6) if w4 < 0x5 goto pc+31
  12: (61) r4 = *(u32 *)(r5 +26)
  13: (dc) r4 = be32 r4
  14: (61) r5 = *(u32 *)(r5 +30)
  15: (dc) r5 = be32 r5
; rule 0: if l3.proto = 0x800 and ip4.saddr & 0xff000000 = 0xa000000 and ip4.daddr not & 0x0 = 0x0 then DROP
  16: (56) if w7 != 0x800 goto pc+4
  17: (bc) w4 = w4
  18: (54) w4 &= -16777216
  19: (56) if w4 != 0xa000000 goto pc+1
  20: (46) if w5 & 0x0 goto pc+20
; policy
  21: (b7) r5 = 1
; count and return
  22: (b7) r7 = 2
  23: (63) *(u32 *)(r10 -4) = r5
  24: (bf) r1 = r6
  25: (85) call bpf_xdp_get_buff_len#188
  26: (bf) r6 = r0
  27: (18) r1 = map[name:bf_cmap]
  29: (bf) r2 = r10
  30: (07) r2 += -4
  31: (85) call bpf_map_lookup_elem#1
  32: (15) if r0 == 0x0 goto pc+6
  33: (79) r5 = *(u64 *)(r0 +0)
  34: (07) r5 += 1
  35: (7b) *(u64 *)(r0 +0) = r5
  36: (79) r5 = *(u64 *)(r0 +8)
  37: (0f) r5 += r6
  38: (7b) *(u64 *)(r0 +8) = r5
  39: (bf) r0 = r7
  40: (95) exit
  41: (b7) r0 = 1
  42: (95) exit
; malformed packet
  43: (b7) r5 = 2
  44: (05) goto pc-23
; parse what is less common
  45: (56) if w7 != 0x86dd goto pc+5
  46: (07) r5 += 54
  47: (2d) if r5 > r4 goto pc+6
  48: (b7) r4 = 0
  49: (b7) r5 = 0
  50: (05) goto pc-35
  51: (b7) r4 = 0
  52: (b7) r5 = 0
  53: (05) goto pc-38
; parse what is not linear
  54: (b7) r2 = 0
  55: (bf) r3 = r10
  56: (07) r3 += -56
  57: (b7) r4 = 14
  58: (bf) r1 = r6
  59: (85) call bpf_xdp_load_bytes#189
  60: (55) if r0 != 0x0 goto pc-18
  61: (69) r7 = *(u16 *)(r10 -44)
  62: (dc) r7 = be16 r7
  63: (56) if w7 != 0x800 goto pc+15
  64: (b7) r2 = 14
  65: (bf) r3 = r10
  66: (07) r3 += -56
  67: (b7) r4 = 20
  68: (bf) r1 = r6
  69: (85) call bpf_xdp_load_bytes#189
  70: (55) if r0 != 0x0 goto pc-28
  71: (71) r5 = *(u8 *)(r10 -56)
  72: (57) r5 &= 15
  73: (a6) if w5 < 0x5 goto pc-31
  74: (61) r4 = *(u32 *)(r10 -44)
  75: (dc) r4 = be32 r4
  76: (61) r5 = *(u32 *)(r10 -40)
  77: (dc) r5 = be32 r5
  78: (05) goto pc+13
  79: (56) if w7 != 0x86dd goto pc+10
  80: (b7) r2 = 14
  81: (bf) r3 = r10
  82: (07) r3 += -56
  83: (b7) r4 = 40
  84: (bf) r1 = r6
  85: (85) call bpf_xdp_load_bytes#189
  86: (55) if r0 != 0x0 goto pc-44
  87: (b7) r4 = 0
  88: (b7) r5 = 0
  89: (05) goto pc+2
  90: (b7) r4 = 0
  91: (b7) r5 = 0
  92: (05) goto pc-77
