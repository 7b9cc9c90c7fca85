   0: (bf) r6 = r1
; load what is known of the packet
   1: (79) r5 = *(u64 *)(r6 +0)
   2: (79) r5 = *(u64 *)(r5 +8)
   3: (61) r5 = *(u32 *)(r5 +net_device.ifindex)
   4: (7b) *(u64 *)(r10 -80) = r5
   5: (79) r5 = *(u64 *)(r6 +8)
   6: (61) r5 = *(u32 *)(r5 +sk_buff.mark)
   7: (7b) *(u64 *)(r10 -88) = r5
; parse
   8: (79) r1 = *(u64 *)(r6 +8)
   9: (b7) r2 = 0
  10: (bf) r3 = r10
  11: (07) r3 += -32
  12: (85) call bpf_dynptr_from_skb
  13: (56) if w0 != 0x0 goto pc+62
  14: (79) r5 = *(u64 *)(r6 +0)
  15: (71) r5 = *(u8 *)(r5 +1)
  16: (b7) r4 = 2048
  17: (16) if w5 == 0x2 goto pc+3
  18: (b7) r4 = 34525
  19: (16) if w5 == 0xa goto pc+1
  20: (b7) r4 = 0
  21: (56) if w4 != 0x800 goto pc+83
  22: (b7) r2 = 0
  23: (bf) r1 = r10
  24: (07) r1 += -32
  25: (bf) r3 = r10
  26: (07) r3 += -72
  27: (b7) r4 = 20
  28: (85) call bpf_dynptr_slice
  29: (15) if r0 == 0x0 goto pc+46
  30: (71) r8 = *(u8 *)(r0 +0)
  31: (57) r8 &= 15
  32: (a6) if w8 < 0x5 goto pc+43
  33: (71) r7 = *(u8 *)(r0 +9)
  34: (69) r5 = *(u16 *)(r0 +6)
  35: (46) if w5 & 0xff1f goto pc+66
  36: (67) r8 <<= 2
  37: (56) if w7 != 0x6 goto pc+40
  38: (bf) r1 = r10
  39: (07) r1 += -32
  40: (bf) r3 = r10
  41: (07) r3 += -72
  42: (b7) r4 = 20
  43: (bf) r2 = r8
  44: (85) call bpf_dynptr_slice
  45: (15) if r0 == 0x0 goto pc+30
  46: (69) r5 = *(u16 *)(r0 +2)
  47: (dc) r5 = be16 r5
; rule 0: if l4.header = 0x6 and iface = 0x2 and mark = 0x1 and l4.dport = 0x16 then count, ACCEPT
  48: (56) if w7 != 0x6 goto pc+5
  49: (79) r4 = *(u64 *)(r10 -80)
  50: (56) if w4 != 0x2 goto pc+3
  51: (79) r4 = *(u64 *)(r10 -88)
  52: (56) if w4 != 0x1 goto pc+1
  53: (16) if w5 == 0x16 goto pc+113
; policy
  54: (b7) r5 = 1
; log, count and return
  55: (b7) r7 = 0
  56: (63) *(u32 *)(r10 -4) = r5
  57: (79) r5 = *(u64 *)(r6 +8)
  58: (61) r6 = *(u32 *)(r5 +sk_buff.len)
  59: (07) r6 += 14
  60: (18) r1 = map[name:bf_cmap]
  62: (bf) r2 = r10
  63: (07) r2 += -4
  64: (85) call bpf_map_lookup_elem#1
  65: (15) if r0 == 0x0 goto pc+6
  66: (79) r5 = *(u64 *)(r0 +0)
  67: (07) r5 += 1
  68: (7b) *(u64 *)(r0 +0) = r5
  69: (79) r5 = *(u64 *)(r0 +8)
  70: (0f) r5 += r6
  71: (7b) *(u64 *)(r0 +8) = r5
  72: (bf) r0 = r7
  73: (95) exit
  74: (b7) r7 = 1
  75: (05) goto pc-20
; malformed packet
  76: (b7) r5 = 2
  77: (05) goto pc-23
; parse what is less common
  78: (56) if w7 != 0x11 goto pc+11
  79: (bf) r1 = r10
  80: (07) r1 += -32
  81: (bf) r3 = r10
  82: (07) r3 += -72
  83: (b7) r4 = 8
  84: (bf) r2 = r8
  85: (85) call bpf_dynptr_slice
  86: (15) if r0 == 0x0 goto pc-11
  87: (69) r5 = *(u16 *)(r0 +2)
  88: (dc) r5 = be16 r5
  89: (05) goto pc-42
  90: (16) if w7 == 0x1 goto pc+1
  91: (56) if w7 != 0x3a goto pc+10
  92: (bf) r1 = r10
  93: (07) r1 += -32
  94: (bf) r3 = r10
  95: (07) r3 += -72
  96: (b7) r4 = 8
  97: (bf) r2 = r8
  98: (85) call bpf_dynptr_slice
  99: (15) if r0 == 0x0 goto pc-24
 100: (b7) r5 = 0
 101: (05) goto pc-54
 102: (47) r7 |= 256
 103: (b7) r5 = 0
 104: (05) goto pc-57
 105: (56) if w4 != 0x86dd goto pc+58
 106: (b7) r2 = 0
 107: (bf) r1 = r10
 108: (07) r1 += -32
 109: (bf) r3 = r10
 110: (07) r3 += -72
 111: (b7) r4 = 40
 112: (85) call bpf_dynptr_slice
 113: (15) if r0 == 0x0 goto pc-38
 114: (71) r7 = *(u8 *)(r0 +6)
 115: (b7) r8 = 40
 116: (b7) r9 = 0
 117: (16) if w7 == 0x0 goto pc+6
 118: (16) if w7 == 0x2b goto pc+5
 119: (16) if w7 == 0x2c goto pc+4
 120: (16) if w7 == 0x33 goto pc+3
 121: (16) if w7 == 0x3c goto pc+2
 122: (16) if w7 == 0x87 goto pc+1
 123: (05) goto pc+38
 124: (16) if w9 == 0x6 goto pc+38
 125: (16) if w7 == 0x2c goto pc+17
 126: (bf) r1 = r10
 127: (07) r1 += -32
 128: (bf) r3 = r10
 129: (07) r3 += -72
 130: (b7) r4 = 2
 131: (bf) r2 = r8
 132: (85) call bpf_dynptr_slice
 133: (15) if r0 == 0x0 goto pc-58
 134: (71) r5 = *(u8 *)(r0 +0)
 135: (71) r4 = *(u8 *)(r0 +1)
 136: (16) if w7 == 0x33 goto pc+3
 137: (67) r4 <<= 3
 138: (07) r4 += 8
 139: (05) goto pc+18
 140: (67) r4 <<= 2
 141: (07) r4 += 8
 142: (05) goto pc+15
 143: (bf) r1 = r10
 144: (07) r1 += -32
 145: (bf) r3 = r10
 146: (07) r3 += -72
 147: (b7) r4 = 8
 148: (bf) r2 = r8
 149: (85) call bpf_dynptr_slice
 150: (15) if r0 == 0x0 goto pc-75
 151: (71) r5 = *(u8 *)(r0 +0)
 152: (69) r4 = *(u16 *)(r0 +2)
 153: (46) if w4 & 0xf8ff goto pc+2
 154: (b7) r4 = 8
 155: (05) goto pc+2
 156: (bf) r7 = r5
 157: (05) goto pc+5
 158: (0f) r8 += r4
 159: (bf) r7 = r5
 160: (07) r9 += 1
 161: (05) goto pc-45
 162: (05) goto pc-126
 163: (05) goto pc-62
 164: (b7) r7 = 512
 165: (b7) r5 = 0
 166: (05) goto pc-119
; rule 0: if l4.header = 0x6 and iface = 0x2 and mark = 0x1 and l4.dport = 0x16 then count, ACCEPT
 167: (b7) r5 = 0
 168: (05) goto pc-95
