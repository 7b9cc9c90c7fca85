   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 34
   5: (2d) if r3 > r4 goto pc+44
   6: (69) r7 = *(u16 *)(r5 +12)
   7: (dc) r7 = be16 r7
   8: (56) if w7 != 0x800 goto pc+33
   9: (71) r4 = *(u8 *)(r5 +14)
  10: (57) r4 &= 15
  11: (a6) if w4 < 0x5 goto pc+28
  12: (71) r5 = *(u8 *)(r5 +23)
; rule 1: if l3.proto = 0x800 and ip4.proto = 0x6 then count, DROP
  13: (56) if w7 != 0x800 goto pc+1
  14: (16) if w5 == 0x6 goto pc+69
; policy
  15: (b7) r7 = 2
; count and return
  16: (b7) r8 = 2
  17: (bf) r1 = r6
  18: (85) call bpf_xdp_get_buff_len#188
  19: (bf) r6 = r0
  20: (bf) r5 = r6
  21: (1f) r5 -= r6
  22: (0f) r7 += r5
  23: (63) *(u32 *)(r10 -8) = r7
  24: (18) r1 = map[name:bf_cmap]
  26: (bf) r2 = r10
  27: (07) r2 += -8
  28: (85) call bpf_map_lookup_elem#1
  29: (15) if r0 == 0x0 goto pc+6
  30: (79) r5 = *(u64 *)(r0 +0)
  31: (07) r5 += 1
  32: (7b) *(u64 *)(r0 +0) = r5
  33: (79) r5 = *(u64 *)(r0 +8)
  34: (0f) r5 += r6
  35: (7b) *(u64 *)(r0 +8) = r5
  36: (bf) r0 = r8
  37: (95) exit
  38: (b7) r8 = 1
  39: (05) goto pc-23
; malformed packet
  40: (b7) r7 = 3
  41: (05) goto pc-26
; parse what is less common
  42: (56) if w7 != 0x86dd goto pc+5
  43: (bf) r3 = r5
  44: (07) r3 += 54
  45: (2d) if r3 > r4 goto pc+4
  46: (71) r5 = *(u8 *)(r5 +20)
  47: (05) goto pc-35
  48: (b7) r5 = 512
  49: (05) goto pc-37
; parse what is not linear
  50: (b7) r2 = 0
  51: (bf) r3 = r10
  52: (07) r3 += -48
  53: (b7) r4 = 14
  54: (bf) r1 = r6
  55: (85) call bpf_xdp_load_bytes#189
  56: (55) if r0 != 0x0 goto pc-17
  57: (69) r7 = *(u16 *)(r10 -36)
  58: (dc) r7 = be16 r7
  59: (56) if w7 != 0x800 goto pc+12
  60: (b7) r2 = 14
  61: (bf) r3 = r10
  62: (07) r3 += -48
  63: (b7) r4 = 20
  64: (bf) r1 = r6
  65: (85) call bpf_xdp_load_bytes#189
  66: (55) if r0 != 0x0 goto pc-27
  67: (71) r5 = *(u8 *)(r10 -48)
  68: (57) r5 &= 15
  69: (a6) if w5 < 0x5 goto pc-30
  70: (71) r5 = *(u8 *)(r10 -39)
  71: (05) goto pc+11
  72: (56) if w7 != 0x86dd goto pc+9
  73: (b7) r2 = 14
  74: (bf) r3 = r10
  75: (07) r3 += -48
  76: (b7) r4 = 40
  77: (bf) r1 = r6
  78: (85) call bpf_xdp_load_bytes#189
  79: (55) if r0 != 0x0 goto pc-40
  80: (71) r5 = *(u8 *)(r10 -42)
  81: (05) goto pc+1
  82: (b7) r5 = 512
  83: (05) goto pc-71
; rule 1: if l3.proto = 0x800 and ip4.proto = 0x6 then count, DROP
  84: (b7) r7 = 1
  85: (05) goto pc-48
