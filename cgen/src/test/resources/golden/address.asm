   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 34
   5: (2d) if r3 > r4 goto pc+41
   6: (69) r7 = *(u16 *)(r5 +12)
   7: (dc) r7 = be16 r7
   8: (56) if w7 != 0x800 goto pc+31
   9: (71) r4 = *(u8 *)(r5 +14)
  10: (57) r4 &= 15
  11: (a6) if w4 < 0x5 goto pc+26
  12: (61) r5 = *(u32 *)(r5 +26)
  13: (dc) r5 = be32 r5
; rule 0: if l3.proto = 0x800 and ip4.saddr = 0xc0000201 then count, DROP
  14: (56) if w7 != 0x800 goto pc+1
  15: (16) if w5 == 0xc0000201 goto pc+66
; policy
  16: (b7) r5 = 1
; log, count and return
  17: (b7) r7 = 2
  18: (63) *(u32 *)(r10 -4) = r5
  19: (bf) r1 = r6
  20: (85) call bpf_xdp_get_buff_len#188
  21: (bf) r6 = r0
  22: (18) r1 = map[name:bf_cmap]
  24: (bf) r2 = r10
  25: (07) r2 += -4
  26: (85) call bpf_map_lookup_elem#1
  27: (15) if r0 == 0x0 goto pc+6
  28: (79) r5 = *(u64 *)(r0 +0)
  29: (07) r5 += 1
  30: (7b) *(u64 *)(r0 +0) = r5
  31: (79) r5 = *(u64 *)(r0 +8)
  32: (0f) r5 += r6
  33: (7b) *(u64 *)(r0 +8) = r5
  34: (bf) r0 = r7
  35: (95) exit
  36: (b7) r7 = 1
  37: (05) goto pc-20
; malformed packet
  38: (b7) r5 = 2
  39: (05) goto pc-23
; parse what is less common
  40: (56) if w7 != 0x86dd goto pc+4
  41: (07) r5 += 54
  42: (2d) if r5 > r4 goto pc+4
  43: (b7) r5 = 0
  44: (05) goto pc-31
  45: (b7) r5 = 0
  46: (05) goto pc-33
; parse what is not linear
  47: (b7) r2 = 0
  48: (bf) r3 = r10
  49: (07) r3 += -56
  50: (b7) r4 = 14
  51: (bf) r1 = r6
  52: (85) call bpf_xdp_load_bytes#189
  53: (55) if r0 != 0x0 goto pc-16
  54: (69) r7 = *(u16 *)(r10 -44)
  55: (dc) r7 = be16 r7
  56: (56) if w7 != 0x800 goto pc+13
  57: (b7) r2 = 14
  58: (bf) r3 = r10
  59: (07) r3 += -56
  60: (b7) r4 = 20
  61: (bf) r1 = r6
  62: (85) call bpf_xdp_load_bytes#189
  63: (55) if r0 != 0x0 goto pc-26
  64: (71) r5 = *(u8 *)(r10 -56)
  65: (57) r5 &= 15
  66: (a6) if w5 < 0x5 goto pc-29
  67: (61) r5 = *(u32 *)(r10 -44)
  68: (dc) r5 = be32 r5
  69: (05) goto pc+11
  70: (56) if w7 != 0x86dd goto pc+9
  71: (b7) r2 = 14
  72: (bf) r3 = r10
  73: (07) r3 += -56
  74: (b7) r4 = 40
  75: (bf) r1 = r6
  76: (85) call bpf_xdp_load_bytes#189
  77: (55) if r0 != 0x0 goto pc-40
  78: (b7) r5 = 0
  79: (05) goto pc+1
  80: (b7) r5 = 0
  81: (05) goto pc-68
; rule 0: if l3.proto = 0x800 and ip4.saddr = 0xc0000201 then count, DROP
  82: (b7) r5 = 0
  83: (05) goto pc-48
