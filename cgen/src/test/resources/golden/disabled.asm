   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 34
   5: (2d) if r3 > r4 goto pc+41
   6: (69) r7 = *(u16 *)(r5 +12)
   7: (dc) r7 = be16 r7
   8: (56) if w7 != 0x800 goto pc+30
   9: (71) r4 = *(u8 *)(r5 +14)
  10: (57) r4 &= 15
  11: (a6) if w4 < 0x5 goto pc+25
  12: (71) r5 = *(u8 *)(r5 +23)
; rule 1: if l3.proto = 0x800 and ip4.proto = 0x6 then count, DROP
  13: (56) if w7 != 0x800 goto pc+1
  14: (16) if w5 == 0x6 goto pc+66
; policy
  15: (b7) r5 = 2
; log, count and return
  16: (b7) r7 = 2
  17: (63) *(u32 *)(r10 -4) = r5
  18: (bf) r1 = r6
  19: (85) call bpf_xdp_get_buff_len#188
  20: (bf) r6 = r0
  21: (18) r1 = map[name:bf_cmap]
  23: (bf) r2 = r10
  24: (07) r2 += -4
  25: (85) call bpf_map_lookup_elem#1
  26: (15) if r0 == 0x0 goto pc+6
  27: (79) r5 = *(u64 *)(r0 +0)
  28: (07) r5 += 1
  29: (7b) *(u64 *)(r0 +0) = r5
  30: (79) r5 = *(u64 *)(r0 +8)
  31: (0f) r5 += r6
  32: (7b) *(u64 *)(r0 +8) = r5
  33: (bf) r0 = r7
  34: (95) exit
  35: (b7) r7 = 1
  36: (05) goto pc-20
; malformed packet
  37: (b7) r5 = 3
  38: (05) goto pc-23
; parse what is less common
  39: (56) if w7 != 0x86dd goto pc+5
  40: (bf) r3 = r5
  41: (07) r3 += 54
  42: (2d) if r3 > r4 goto pc+4
  43: (71) r5 = *(u8 *)(r5 +20)
  44: (05) goto pc-32
  45: (b7) r5 = 512
  46: (05) goto pc-34
; parse what is not linear
  47: (b7) r2 = 0
  48: (bf) r3 = r10
  49: (07) r3 += -56
  50: (b7) r4 = 14
  51: (bf) r1 = r6
  52: (85) call bpf_xdp_load_bytes#189
  53: (55) if r0 != 0x0 goto pc-17
  54: (69) r7 = *(u16 *)(r10 -44)
  55: (dc) r7 = be16 r7
  56: (56) if w7 != 0x800 goto pc+12
  57: (b7) r2 = 14
  58: (bf) r3 = r10
  59: (07) r3 += -56
  60: (b7) r4 = 20
  61: (bf) r1 = r6
  62: (85) call bpf_xdp_load_bytes#189
  63: (55) if r0 != 0x0 goto pc-27
  64: (71) r5 = *(u8 *)(r10 -56)
  65: (57) r5 &= 15
  66: (a6) if w5 < 0x5 goto pc-30
  67: (71) r5 = *(u8 *)(r10 -47)
  68: (05) goto pc+11
  69: (56) if w7 != 0x86dd goto pc+9
  70: (b7) r2 = 14
  71: (bf) r3 = r10
  72: (07) r3 += -56
  73: (b7) r4 = 40
  74: (bf) r1 = r6
  75: (85) call bpf_xdp_load_bytes#189
  76: (55) if r0 != 0x0 goto pc-40
  77: (71) r5 = *(u8 *)(r10 -50)
  78: (05) goto pc+1
  79: (b7) r5 = 512
  80: (05) goto pc-68
; rule 1: if l3.proto = 0x800 and ip4.proto = 0x6 then count, DROP
  81: (b7) r5 = 1
  82: (05) goto pc-48
