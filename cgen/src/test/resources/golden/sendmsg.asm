; load the arguments
   0: (b7) r5 = 34525
   1: (61) r4 = *(u32 *)(r1 +36)
   2: (61) r3 = *(u32 *)(r1 +24)
   3: (dc) r3 = be16 r3
   4: (61) r2 = *(u32 *)(r1 +44)
   5: (61) r0 = *(u32 *)(r1 +48)
   6: (67) r0 <<= 32
   7: (4f) r2 |= r0
   8: (dc) r2 = be64 r2
   9: (61) r0 = *(u32 *)(r1 +52)
  10: (61) r1 = *(u32 *)(r1 +56)
  11: (67) r1 <<= 32
  12: (4f) r0 |= r1
  13: (dc) r0 = be64 r0
; rule 0: if l3.proto = 0x86dd and l4.header = 0x11 and (ip6.saddr, udp.dport) in bf_set_0000[0] then count, ACCEPT
  14: (56) if w5 != 0x86dd goto pc+40
  15: (56) if w4 != 0x11 goto pc+39
  16: (bf) r5 = r2
  17: (07) r5 += -853663978
  18: (18) r4 = 0x9e3779b97f4a7c15
  20: (2f) r5 *= r4
  21: (bf) r4 = r5
  22: (77) r4 >>= 32
  23: (af) r5 ^= r4
  24: (0f) r5 += r0
  25: (18) r4 = 0x687d1d06773cfa55
  27: (2f) r5 *= r4
  28: (bf) r4 = r5
  29: (77) r4 >>= 32
  30: (af) r5 ^= r4
  31: (0f) r5 += r3
  32: (18) r4 = 0x94671ef942332773
  34: (2f) r5 *= r4
  35: (77) r5 >>= 63
  36: (18) r4 = map[name:bf_set_0000][0]+0
  38: (67) r5 <<= 5
  39: (0f) r4 += r5
  40: (79) r5 = *(u64 *)(r4 +0)
  41: (af) r5 ^= r2
  42: (79) r2 = *(u64 *)(r4 +8)
  43: (af) r2 ^= r0
  44: (61) r4 = *(u32 *)(r4 +16)
  45: (af) r4 ^= r3
  46: (4f) r5 |= r2
  47: (4f) r5 |= r4
  48: (bf) r4 = r5
  49: (87) r4 = -r4
  50: (4f) r4 |= r5
  51: (c7) r4 s>>= 63
  52: (bc) w5 = w4
  53: (54) w5 &= 1
  54: (16) if w5 == 0x0 goto pc+20
; policy
  55: (b7) r5 = 1
; log, count and return
  56: (b7) r6 = 0
  57: (63) *(u32 *)(r10 -4) = r5
  58: (b7) r7 = 0
  59: (18) r1 = map[name:bf_cmap]
  61: (bf) r2 = r10
  62: (07) r2 += -4
  63: (85) call bpf_map_lookup_elem#1
  64: (15) if r0 == 0x0 goto pc+6
  65: (79) r5 = *(u64 *)(r0 +0)
  66: (07) r5 += 1
  67: (7b) *(u64 *)(r0 +0) = r5
  68: (79) r5 = *(u64 *)(r0 +8)
  69: (0f) r5 += r7
  70: (7b) *(u64 *)(r0 +8) = r5
  71: (bf) r0 = r6
  72: (95) exit
  73: (b7) r6 = 1
  74: (05) goto pc-18
; rule 0: if l3.proto = 0x86dd and l4.header = 0x11 and (ip6.saddr, udp.dport) in bf_set_0000[0] then count, ACCEPT
  75: (b7) r5 = 0
  76: (05) goto pc-4
