; load what is known of the packet
   0: (79) r5 = *(u64 *)(r1 +0)
   1: (7b) *(u64 *)(r10 -80) = r1
   2: (79) r5 = *(u64 *)(r5 +8)
   3: (61) r5 = *(u32 *)(r5 +net_device.ifindex)
   4: (7b) *(u64 *)(r10 -88) = r5
   5: (79) r5 = *(u64 *)(r10 -80)
   6: (79) r5 = *(u64 *)(r5 +8)
   7: (61) r5 = *(u32 *)(r5 +sk_buff.mark)
   8: (7b) *(u64 *)(r10 -96) = r5
; parse
   9: (79) r5 = *(u64 *)(r10 -80)
  10: (79) r5 = *(u64 *)(r5 +8)
  11: (79) r1 = *(u64 *)(r5 +sk_buff.data)
  12: (7b) *(u64 *)(r10 -104) = r1
  13: (61) r6 = *(u32 *)(r5 +sk_buff.len)
  14: (61) r5 = *(u32 *)(r5 +sk_buff.data_len)
  15: (1f) r6 -= r5
  16: (79) r5 = *(u64 *)(r10 -80)
  17: (79) r5 = *(u64 *)(r5 +0)
  18: (71) r5 = *(u8 *)(r5 +1)
  19: (b7) r4 = 2048
  20: (16) if w5 == 0x2 goto pc+3
  21: (b7) r4 = 34525
  22: (16) if w5 == 0xa goto pc+1
  23: (b7) r4 = 0
  24: (56) if w4 != 0x800 goto pc+77
  25: (a5) if r6 < 0x14 goto pc+135
  26: (18) r2 = struct[name:iphdr]
  28: (85) call bpf_rdonly_cast
  29: (71) r8 = *(u8 *)(r0 +0)
  30: (57) r8 &= 15
  31: (a6) if w8 < 0x5 goto pc+41
  32: (71) r7 = *(u8 *)(r0 +9)
  33: (69) r5 = *(u16 *)(r0 +6)
  34: (46) if w5 & 0xff1f goto pc+64
  35: (67) r8 <<= 2
  36: (56) if w7 != 0x6 goto pc+38
  37: (bf) r5 = r8
  38: (07) r5 += 20
  39: (ad) if r6 < r5 goto pc+121
  40: (79) r1 = *(u64 *)(r10 -104)
  41: (0f) r1 += r8
  42: (18) r2 = struct[name:tcphdr]
  44: (85) call bpf_rdonly_cast
  45: (69) r5 = *(u16 *)(r0 +2)
  46: (dc) r5 = be16 r5
; rule 0: if l4.header = 0x6 and iface = 0x2 and mark = 0x1 and l4.dport = 0x16 then count, ACCEPT
  47: (56) if w7 != 0x6 goto pc+2
  48: (79) r4 = *(u64 *)(r10 -88)
  49: (16) if w4 == 0x2 goto pc+250
; policy
  50: (b7) r5 = 1
; log, count and return
  51: (b7) r6 = 0
  52: (63) *(u32 *)(r10 -4) = r5
  53: (79) r5 = *(u64 *)(r10 -80)
  54: (79) r5 = *(u64 *)(r5 +8)
  55: (61) r7 = *(u32 *)(r5 +sk_buff.len)
  56: (07) r7 += 14
  57: (18) r1 = map[name:bf_cmap]
  59: (bf) r2 = r10
  60: (07) r2 += -4
  61: (85) call bpf_map_lookup_elem#1
  62: (15) if r0 == 0x0 goto pc+6
  63: (79) r5 = *(u64 *)(r0 +0)
  64: (07) r5 += 1
  65: (7b) *(u64 *)(r0 +0) = r5
  66: (79) r5 = *(u64 *)(r0 +8)
  67: (0f) r5 += r7
  68: (7b) *(u64 *)(r0 +8) = r5
  69: (bf) r0 = r6
  70: (95) exit
  71: (b7) r6 = 1
  72: (05) goto pc-21
; malformed packet
  73: (b7) r5 = 2
  74: (05) goto pc-24
; parse what is less common
  75: (56) if w7 != 0x11 goto pc+11
  76: (bf) r5 = r8
  77: (07) r5 += 8
  78: (ad) if r6 < r5 goto pc+82
  79: (79) r1 = *(u64 *)(r10 -104)
  80: (0f) r1 += r8
  81: (18) r2 = struct[name:udphdr]
  83: (85) call bpf_rdonly_cast
  84: (69) r5 = *(u16 *)(r0 +2)
  85: (dc) r5 = be16 r5
  86: (05) goto pc-40
  87: (16) if w7 == 0x1 goto pc+1
  88: (56) if w7 != 0x3a goto pc+10
  89: (bf) r5 = r8
  90: (07) r5 += 8
  91: (ad) if r6 < r5 goto pc+69
  92: (79) r1 = *(u64 *)(r10 -104)
  93: (0f) r1 += r8
  94: (18) r2 = struct[name:icmphdr]
  96: (85) call bpf_rdonly_cast
  97: (b7) r5 = 0
  98: (05) goto pc-52
  99: (47) r7 |= 256
 100: (b7) r5 = 0
 101: (05) goto pc-55
 102: (56) if w4 != 0x86dd goto pc+55
 103: (a5) if r6 < 0x28 goto pc+57
 104: (18) r2 = struct[name:ipv6hdr]
 106: (79) r1 = *(u64 *)(r10 -104)
 107: (85) call bpf_rdonly_cast
 108: (71) r7 = *(u8 *)(r0 +6)
 109: (b7) r8 = 40
 110: (b7) r9 = 0
 111: (16) if w7 == 0x0 goto pc+6
 112: (16) if w7 == 0x2b goto pc+5
 113: (16) if w7 == 0x2c goto pc+4
 114: (16) if w7 == 0x33 goto pc+3
 115: (16) if w7 == 0x3c goto pc+2
 116: (16) if w7 == 0x87 goto pc+1
 117: (05) goto pc+38
 118: (16) if w9 == 0x6 goto pc+38
 119: (16) if w7 == 0x2c goto pc+17
 120: (bf) r5 = r8
 121: (07) r5 += 2
 122: (ad) if r6 < r5 goto pc+38
 123: (79) r1 = *(u64 *)(r10 -104)
 124: (0f) r1 += r8
 125: (18) r2 = struct[name:ipv6_opt_hdr]
 127: (85) call bpf_rdonly_cast
 128: (71) r5 = *(u8 *)(r0 +0)
 129: (71) r4 = *(u8 *)(r0 +1)
 130: (16) if w7 == 0x33 goto pc+3
 131: (67) r4 <<= 3
 132: (07) r4 += 8
 133: (05) goto pc+18
 134: (67) r4 <<= 2
 135: (07) r4 += 8
 136: (05) goto pc+15
 137: (bf) r5 = r8
 138: (07) r5 += 8
 139: (ad) if r6 < r5 goto pc+21
 140: (79) r1 = *(u64 *)(r10 -104)
 141: (0f) r1 += r8
 142: (18) r2 = struct[name:frag_hdr]
 144: (85) call bpf_rdonly_cast
 145: (71) r5 = *(u8 *)(r0 +0)
 146: (69) r4 = *(u16 *)(r0 +2)
 147: (46) if w4 & 0xf8ff goto pc+2
 148: (b7) r4 = 8
 149: (05) goto pc+2
 150: (bf) r7 = r5
 151: (05) goto pc+5
 152: (0f) r8 += r4
 153: (bf) r7 = r5
 154: (07) r9 += 1
 155: (05) goto pc-45
 156: (05) goto pc-121
 157: (05) goto pc-59
 158: (b7) r7 = 512
 159: (b7) r5 = 0
 160: (05) goto pc-114
; parse what is not linear
 161: (79) r5 = *(u64 *)(r10 -80)
 162: (79) r1 = *(u64 *)(r5 +8)
 163: (b7) r2 = 0
 164: (bf) r3 = r10
 165: (07) r3 += -32
 166: (85) call bpf_dynptr_from_skb
 167: (56) if w0 != 0x0 goto pc-95
 168: (79) r5 = *(u64 *)(r10 -80)
 169: (79) r5 = *(u64 *)(r5 +0)
 170: (71) r5 = *(u8 *)(r5 +1)
 171: (b7) r4 = 2048
 172: (16) if w5 == 0x2 goto pc+3
 173: (b7) r4 = 34525
 174: (16) if w5 == 0xa goto pc+1
 175: (b7) r4 = 0
 176: (56) if w4 != 0x800 goto pc+58
 177: (b7) r4 = 0
 178: (bf) r1 = r10
 179: (07) r1 += -72
 180: (b7) r2 = 20
 181: (bf) r3 = r10
 182: (07) r3 += -32
 183: (b7) r5 = 0
 184: (85) call bpf_dynptr_read#201
 185: (55) if r0 != 0x0 goto pc-113
 186: (71) r6 = *(u8 *)(r10 -72)
 187: (57) r6 &= 15
 188: (a6) if w6 < 0x5 goto pc-116
 189: (71) r7 = *(u8 *)(r10 -63)
 190: (69) r5 = *(u16 *)(r10 -66)
 191: (46) if w5 & 0xff1f goto pc+40
 192: (67) r6 <<= 2
 193: (56) if w7 != 0x6 goto pc+12
 194: (bf) r1 = r10
 195: (07) r1 += -72
 196: (b7) r2 = 20
 197: (bf) r3 = r10
 198: (07) r3 += -32
 199: (b7) r5 = 0
 200: (bf) r4 = r6
 201: (85) call bpf_dynptr_read#201
 202: (55) if r0 != 0x0 goto pc-130
 203: (69) r5 = *(u16 *)(r10 -70)
 204: (dc) r5 = be16 r5
 205: (05) goto pc+93
 206: (56) if w7 != 0x11 goto pc+12
 207: (bf) r1 = r10
 208: (07) r1 += -72
 209: (b7) r2 = 8
 210: (bf) r3 = r10
 211: (07) r3 += -32
 212: (b7) r5 = 0
 213: (bf) r4 = r6
 214: (85) call bpf_dynptr_read#201
 215: (55) if r0 != 0x0 goto pc-143
 216: (69) r5 = *(u16 *)(r10 -70)
 217: (dc) r5 = be16 r5
 218: (05) goto pc+80
 219: (16) if w7 == 0x1 goto pc+1
 220: (56) if w7 != 0x3a goto pc+11
 221: (bf) r1 = r10
 222: (07) r1 += -72
 223: (b7) r2 = 8
 224: (bf) r3 = r10
 225: (07) r3 += -32
 226: (b7) r5 = 0
 227: (bf) r4 = r6
 228: (85) call bpf_dynptr_read#201
 229: (55) if r0 != 0x0 goto pc-157
 230: (b7) r5 = 0
 231: (05) goto pc+67
 232: (47) r7 |= 256
 233: (b7) r5 = 0
 234: (05) goto pc+64
 235: (56) if w4 != 0x86dd goto pc+61
 236: (b7) r4 = 0
 237: (bf) r1 = r10
 238: (07) r1 += -72
 239: (b7) r2 = 40
 240: (bf) r3 = r10
 241: (07) r3 += -32
 242: (b7) r5 = 0
 243: (85) call bpf_dynptr_read#201
 244: (55) if r0 != 0x0 goto pc-172
 245: (71) r7 = *(u8 *)(r10 -66)
 246: (b7) r6 = 40
 247: (b7) r8 = 0
 248: (16) if w7 == 0x0 goto pc+6
 249: (16) if w7 == 0x2b goto pc+5
 250: (16) if w7 == 0x2c goto pc+4
 251: (16) if w7 == 0x33 goto pc+3
 252: (16) if w7 == 0x3c goto pc+2
 253: (16) if w7 == 0x87 goto pc+1
 254: (05) goto pc+40
 255: (16) if w8 == 0x6 goto pc+40
 256: (16) if w7 == 0x2c goto pc+18
 257: (bf) r1 = r10
 258: (07) r1 += -72
 259: (b7) r2 = 2
 260: (bf) r3 = r10
 261: (07) r3 += -32
 262: (b7) r5 = 0
 263: (bf) r4 = r6
 264: (85) call bpf_dynptr_read#201
 265: (55) if r0 != 0x0 goto pc-193
 266: (71) r5 = *(u8 *)(r10 -72)
 267: (71) r4 = *(u8 *)(r10 -71)
 268: (16) if w7 == 0x33 goto pc+3
 269: (67) r4 <<= 3
 270: (07) r4 += 8
 271: (05) goto pc+19
 272: (67) r4 <<= 2
 273: (07) r4 += 8
 274: (05) goto pc+16
 275: (bf) r1 = r10
 276: (07) r1 += -72
 277: (b7) r2 = 8
 278: (bf) r3 = r10
 279: (07) r3 += -32
 280: (b7) r5 = 0
 281: (bf) r4 = r6
 282: (85) call bpf_dynptr_read#201
 283: (55) if r0 != 0x0 goto pc-211
 284: (71) r5 = *(u8 *)(r10 -72)
 285: (69) r4 = *(u16 *)(r10 -70)
 286: (46) if w4 & 0xf8ff goto pc+2
 287: (b7) r4 = 8
 288: (05) goto pc+2
 289: (bf) r7 = r5
 290: (05) goto pc+5
 291: (0f) r6 += r4
 292: (bf) r7 = r5
 293: (07) r8 += 1
 294: (05) goto pc-47
 295: (05) goto pc-103
 296: (05) goto pc-65
 297: (b7) r7 = 512
 298: (b7) r5 = 0
 299: (05) goto pc-253
; if iface = 0x2
 300: (79) r4 = *(u64 *)(r10 -96)
 301: (16) if w4 == 0x1 goto pc+1
 302: (05) goto pc-253
; if mark = 0x1
 303: (16) if w5 == 0x16 goto pc+1
 304: (05) goto pc-3
; rule 0: if l4.header = 0x6 and iface = 0x2 and mark = 0x1 and l4.dport = 0x16 then count, ACCEPT
 305: (b7) r5 = 0
 306: (05) goto pc-236
