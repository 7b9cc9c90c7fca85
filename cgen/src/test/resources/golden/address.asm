   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 34
   5: (2d) if r3 > r4 goto pc+44
   6: (69) r7 = *(u16 *)(r5 +12)
   7: (dc) r7 = be16 r7
   8: (56) if w7 != 0x800 goto pc+34
   9: (71) r4 = *(u8 *)(r5 +14)
  10: (57) r4 &= 15
  11: (a6) if w4 < 0x5 goto pc+29
  12: (61) r5 = *(u32 *)(r5 +26)
  13: (dc) r5 = be32 r5
; rule 0: if l3.proto = 0x800 and ip4.saddr = 0xc0000201 then count, DROP
  14: (56) if w7 != 0x800 goto pc+1
  15: (16) if w5 == 0xc0000201 goto pc+69
; policy
  16: (b7) r7 = 1
; count and return
  17: (b7) r8 = 2
  18: (bf) r1 = r6
  19: (85) call bpf_xdp_get_buff_len#188
  20: (bf) r6 = r0
  21: (bf) r5 = r6
  22: (1f) r5 -= r6
  23: (0f) r7 += r5
  24: (63) *(u32 *)(r10 -8) = r7
  25: (18) r1 = map[name:bf_cmap]
  27: (bf) r2 = r10
  28: (07) r2 += -8
  29: (85) call bpf_map_lookup_elem#1
  30: (15) if r0 == 0x0 goto pc+6
  31: (79) r5 = *(u64 *)(r0 +0)
  32: (07) r5 += 1
  33: (7b) *(u64 *)(r0 +0) = r5
  34: (79) r5 = *(u64 *)(r0 +8)
  35: (0f) r5 += r6
  36: (7b) *(u64 *)(r0 +8) = r5
  37: (bf) r0 = r8
  38: (95) exit
  39: (b7) r8 = 1
  40: (05) goto pc-23
; malformed packet
  41: (b7) r7 = 2
  42: (05) goto pc-26
; parse what is less common
  43: (56) if w7 != 0x86dd goto pc+4
  44: (07) r5 += 54
  45: (2d) if r5 > r4 goto pc+4
  46: (b7) r5 = 0
  47: (05) goto pc-34
  48: (b7) r5 = 0
  49: (05) goto pc-36
; parse what is not linear
  50: (b7) r2 = 0
  51: (bf) r3 = r10
  52: (07) r3 += -48
  53: (b7) r4 = 14
  54: (bf) r1 = r6
  55: (85) call bpf_xdp_load_bytes#189
  56: (55) if r0 != 0x0 goto pc-16
  57: (69) r7 = *(u16 *)(r10 -36)
  58: (dc) r7 = be16 r7
  59: (56) if w7 != 0x800 goto pc+13
  60: (b7) r2 = 14
  61: (bf) r3 = r10
  62: (07) r3 += -48
  63: (b7) r4 = 20
  64: (bf) r1 = r6
  65: (85) call bpf_xdp_load_bytes#189
  66: (55) if r0 != 0x0 goto pc-26
  67: (71) r5 = *(u8 *)(r10 -48)
  68: (57) r5 &= 15
  69: (a6) if w5 < 0x5 goto pc-29
  70: (61) r5 = *(u32 *)(r10 -36)
  71: (dc) r5 = be32 r5
  72: (05) goto pc+11
  73: (56) if w7 != 0x86dd goto pc+9
  74: (b7) r2 = 14
  75: (bf) r3 = r10
  76: (07) r3 += -48
  77: (b7) r4 = 40
  78: (bf) r1 = r6
  79: (85) call bpf_xdp_load_bytes#189
  80: (55) if r0 != 0x0 goto pc-40
  81: (b7) r5 = 0
  82: (05) goto pc+1
  83: (b7) r5 = 0
  84: (05) goto pc-71
; rule 0: if l3.proto = 0x800 and ip4.saddr = 0xc0000201 then count, DROP
  85: (b7) r7 = 0
  86: (05) goto pc-48
