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
  14: (56) if w5 != 0x86dd goto pc+13
  15: (56) if w4 != 0x11 goto pc+12
  16: (18) r1 = map[name:bf_set_0000]
  18: (dc) r2 = be64 r2
  19: (7b) *(u64 *)(r10 -80) = r2
  20: (dc) r0 = be64 r0
  21: (7b) *(u64 *)(r10 -72) = r0
  22: (dc) r3 = be16 r3
  23: (7b) *(u64 *)(r10 -64) = r3
  24: (bf) r2 = r10
  25: (07) r2 += -80
  26: (85) call bpf_map_lookup_elem#1
  27: (55) if r0 != 0x0 goto pc+20
; policy
  28: (b7) r5 = 1
; log, count and return
  29: (b7) r6 = 0
  30: (63) *(u32 *)(r10 -4) = r5
  31: (b7) r7 = 0
  32: (18) r1 = map[name:bf_cmap]
  34: (bf) r2 = r10
  35: (07) r2 += -4
  36: (85) call bpf_map_lookup_elem#1
  37: (15) if r0 == 0x0 goto pc+6
  38: (79) r5 = *(u64 *)(r0 +0)
  39: (07) r5 += 1
  40: (7b) *(u64 *)(r0 +0) = r5
  41: (79) r5 = *(u64 *)(r0 +8)
  42: (0f) r5 += r7
  43: (7b) *(u64 *)(r0 +8) = r5
  44: (bf) r0 = r6
  45: (95) exit
  46: (b7) r6 = 1
  47: (05) goto pc-18
; rule 0: if l3.proto = 0x86dd and l4.header = 0x11 and (ip6.saddr, udp.dport) in bf_set_0000[0] then count, ACCEPT
  48: (b7) r5 = 0
  49: (05) goto pc-4
