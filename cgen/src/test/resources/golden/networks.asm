   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 34
   5: (2d) if r3 > r4 goto pc+46
   6: (69) r7 = *(u16 *)(r5 +12)
   7: (dc) r7 = be16 r7
   8: (56) if w7 != 0x800 goto pc+34
   9: (71) r4 = *(u8 *)(r5 +14)
  10: (57) r4 &= 15
  11: (a6) if w4 < 0x5 goto pc+29
  12: (61) r4 = *(u32 *)(r5 +26)
  13: (dc) r4 = be32 r4
  14: (61) r5 = *(u32 *)(r5 +30)
  15: (dc) r5 = be32 r5
; rule 0: if l3.proto = 0x800 and ip4.saddr & 0xff000000 = 0xa000000 and ip4.daddr not & 0x0 = 0x0 then DROP
  16: (56) if w7 != 0x800 goto pc+3
  17: (bc) w4 = w4
  18: (54) w4 &= -16777216
  19: (16) if w4 == 0xa000000 goto pc+71
; policy
  20: (b7) r5 = 1
; log, count and return
  21: (63) *(u32 *)(r10 -4) = r5
  22: (bf) r1 = r6
  23: (85) call bpf_xdp_get_buff_len#188
  24: (bf) r6 = r0
  25: (18) r1 = map[name:bf_cmap]
  27: (bf) r2 = r10
  28: (07) r2 += -4
  29: (85) call bpf_map_lookup_elem#1
  30: (15) if r0 == 0x0 goto pc+6
  31: (79) r5 = *(u64 *)(r0 +0)
  32: (07) r5 += 1
  33: (7b) *(u64 *)(r0 +0) = r5
  34: (79) r5 = *(u64 *)(r0 +8)
  35: (0f) r5 += r6
  36: (7b) *(u64 *)(r0 +8) = r5
  37: (b7) r0 = 2
  38: (95) exit
  39: (b7) r0 = 1
  40: (95) exit
; malformed packet
  41: (b7) r5 = 2
  42: (05) goto pc-22
; parse what is less common
  43: (56) if w7 != 0x86dd goto pc+5
  44: (07) r5 += 54
  45: (2d) if r5 > r4 goto pc+6
  46: (b7) r4 = 0
  47: (b7) r5 = 0
  48: (05) goto pc-33
  49: (b7) r4 = 0
  50: (b7) r5 = 0
  51: (05) goto pc-36
; parse what is not linear
  52: (b7) r2 = 0
  53: (bf) r3 = r10
  54: (07) r3 += -56
  55: (b7) r4 = 14
  56: (bf) r1 = r6
  57: (85) call bpf_xdp_load_bytes#189
  58: (55) if r0 != 0x0 goto pc-18
  59: (69) r7 = *(u16 *)(r10 -44)
  60: (dc) r7 = be16 r7
  61: (56) if w7 != 0x800 goto pc+15
  62: (b7) r2 = 14
  63: (bf) r3 = r10
  64: (07) r3 += -56
  65: (b7) r4 = 20
  66: (bf) r1 = r6
  67: (85) call bpf_xdp_load_bytes#189
  68: (55) if r0 != 0x0 goto pc-28
  69: (71) r5 = *(u8 *)(r10 -56)
  70: (57) r5 &= 15
  71: (a6) if w5 < 0x5 goto pc-31
  72: (61) r4 = *(u32 *)(r10 -44)
  73: (dc) r4 = be32 r4
  74: (61) r5 = *(u32 *)(r10 -40)
  75: (dc) r5 = be32 r5
  76: (05) goto pc+13
  77: (56) if w7 != 0x86dd goto pc+10
  78: (b7) r2 = 14
  79: (bf) r3 = r10
  80: (07) r3 += -56
  81: (b7) r4 = 40
  82: (bf) r1 = r6
  83: (85) call bpf_xdp_load_bytes#189
  84: (55) if r0 != 0x0 goto pc-44
  85: (b7) r4 = 0
  86: (b7) r5 = 0
  87: (05) goto pc+2
  88: (b7) r4 = 0
  89: (b7) r5 = 0
  90: (05) goto pc-75
; if ip4.saddr & 0xff000000 = 0xa000000
  91: (bc) w5 = w5
  92: (54) w5 &= 0
  93: (56) if w5 != 0x0 goto pc-55
  94: (05) goto pc-75
