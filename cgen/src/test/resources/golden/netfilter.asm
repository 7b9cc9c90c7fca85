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
  13: (56) if w0 != 0x0 goto pc+59
  14: (79) r5 = *(u64 *)(r6 +0)
  15: (71) r5 = *(u8 *)(r5 +1)
  16: (b7) r4 = 2048
  17: (16) if w5 == 0x2 goto pc+3
  18: (b7) r4 = 34525
  19: (16) if w5 == 0xa goto pc+1
  20: (b7) r4 = 0
  21: (56) if w4 != 0x800 goto pc+80
  22: (b7) r2 = 0
  23: (bf) r1 = r10
  24: (07) r1 += -32
  25: (bf) r3 = r10
  26: (07) r3 += -72
  27: (b7) r4 = 20
  28: (85) call bpf_dynptr_slice
  29: (15) if r0 == 0x0 goto pc+43
  30: (71) r8 = *(u8 *)(r0 +0)
  31: (57) r8 &= 15
  32: (a6) if w8 < 0x5 goto pc+40
  33: (71) r7 = *(u8 *)(r0 +9)
  34: (69) r5 = *(u16 *)(r0 +6)
  35: (46) if w5 & 0xff1f goto pc+63
  36: (67) r8 <<= 2
  37: (56) if w7 != 0x6 goto pc+37
  38: (bf) r1 = r10
  39: (07) r1 += -32
  40: (bf) r3 = r10
  41: (07) r3 += -72
  42: (b7) r4 = 20
  43: (bf) r2 = r8
  44: (85) call bpf_dynptr_slice
  45: (15) if r0 == 0x0 goto pc+27
  46: (69) r5 = *(u16 *)(r0 +2)
  47: (dc) r5 = be16 r5
; rule 0: if l4.header = 0x6 and iface = 0x2 and mark = 0x1 and l4.dport = 0x16 then count, ACCEPT
  48: (56) if w7 != 0x6 goto pc+2
  49: (79) r4 = *(u64 *)(r10 -80)
  50: (16) if w4 == 0x2 goto pc+113
; policy
  51: (b7) r5 = 1
; log, count and return
  52: (b7) r7 = 0
  53: (63) *(u32 *)(r10 -4) = r5
  54: (79) r5 = *(u64 *)(r6 +8)
  55: (61) r6 = *(u32 *)(r5 +sk_buff.len)
  56: (07) r6 += 14
  57: (18) r1 = map[name:bf_cmap]
  59: (bf) r2 = r10
  60: (07) r2 += -4
  61: (85) call bpf_map_lookup_elem#1
  62: (15) if r0 == 0x0 goto pc+6
  63: (79) r5 = *(u64 *)(r0 +0)
  64: (07) r5 += 1
  65: (7b) *(u64 *)(r0 +0) = r5
  66: (79) r5 = *(u64 *)(r0 +8)
  67: (0f) r5 += r6
  68: (7b) *(u64 *)(r0 +8) = r5
  69: (bf) r0 = r7
  70: (95) exit
  71: (b7) r7 = 1
  72: (05) goto pc-20
; malformed packet
  73: (b7) r5 = 2
  74: (05) goto pc-23
; parse what is less common
  75: (56) if w7 != 0x11 goto pc+11
  76: (bf) r1 = r10
  77: (07) r1 += -32
  78: (bf) r3 = r10
  79: (07) r3 += -72
  80: (b7) r4 = 8
  81: (bf) r2 = r8
  82: (85) call bpf_dynptr_slice
  83: (15) if r0 == 0x0 goto pc-11
  84: (69) r5 = *(u16 *)(r0 +2)
  85: (dc) r5 = be16 r5
  86: (05) goto pc-39
  87: (16) if w7 == 0x1 goto pc+1
  88: (56) if w7 != 0x3a goto pc+10
  89: (bf) r1 = r10
  90: (07) r1 += -32
  91: (bf) r3 = r10
  92: (07) r3 += -72
  93: (b7) r4 = 8
  94: (bf) r2 = r8
  95: (85) call bpf_dynptr_slice
  96: (15) if r0 == 0x0 goto pc-24
  97: (b7) r5 = 0
  98: (05) goto pc-51
  99: (47) r7 |= 256
 100: (b7) r5 = 0
 101: (05) goto pc-54
 102: (56) if w4 != 0x86dd goto pc+58
 103: (b7) r2 = 0
 104: (bf) r1 = r10
 105: (07) r1 += -32
 106: (bf) r3 = r10
 107: (07) r3 += -72
 108: (b7) r4 = 40
 109: (85) call bpf_dynptr_slice
 110: (15) if r0 == 0x0 goto pc-38
 111: (71) r7 = *(u8 *)(r0 +6)
 112: (b7) r8 = 40
 113: (b7) r9 = 0
 114: (16) if w7 == 0x0 goto pc+6
 115: (16) if w7 == 0x2b goto pc+5
 116: (16) if w7 == 0x2c goto pc+4
 117: (16) if w7 == 0x33 goto pc+3
 118: (16) if w7 == 0x3c goto pc+2
 119: (16) if w7 == 0x87 goto pc+1
 120: (05) goto pc+38
 121: (16) if w9 == 0x6 goto pc+38
 122: (16) if w7 == 0x2c goto pc+17
 123: (bf) r1 = r10
 124: (07) r1 += -32
 125: (bf) r3 = r10
 126: (07) r3 += -72
 127: (b7) r4 = 2
 128: (bf) r2 = r8
 129: (85) call bpf_dynptr_slice
 130: (15) if r0 == 0x0 goto pc-58
 131: (71) r5 = *(u8 *)(r0 +0)
 132: (71) r4 = *(u8 *)(r0 +1)
 133: (16) if w7 == 0x33 goto pc+3
 134: (67) r4 <<= 3
 135: (07) r4 += 8
 136: (05) goto pc+18
 137: (67) r4 <<= 2
 138: (07) r4 += 8
 139: (05) goto pc+15
 140: (bf) r1 = r10
 141: (07) r1 += -32
 142: (bf) r3 = r10
 143: (07) r3 += -72
 144: (b7) r4 = 8
 145: (bf) r2 = r8
 146: (85) call bpf_dynptr_slice
 147: (15) if r0 == 0x0 goto pc-75
 148: (71) r5 = *(u8 *)(r0 +0)
 149: (69) r4 = *(u16 *)(r0 +2)
 150: (46) if w4 & 0xf8ff goto pc+2
 151: (b7) r4 = 8
 152: (05) goto pc+2
 153: (bf) r7 = r5
 154: (05) goto pc+5
 155: (0f) r8 += r4
 156: (bf) r7 = r5
 157: (07) r9 += 1
 158: (05) goto pc-45
 159: (05) goto pc-123
 160: (05) goto pc-62
 161: (b7) r7 = 512
 162: (b7) r5 = 0
 163: (05) goto pc-116
; if iface = 0x2
 164: (79) r4 = *(u64 *)(r10 -88)
 165: (16) if w4 == 0x1 goto pc+1
 166: (05) goto pc-116
; if mark = 0x1
 167: (16) if w5 == 0x16 goto pc+1
 168: (05) goto pc-3
; rule 0: if l4.header = 0x6 and iface = 0x2 and mark = 0x1 and l4.dport = 0x16 then count, ACCEPT
 169: (b7) r5 = 0
 170: (05) goto pc-100
