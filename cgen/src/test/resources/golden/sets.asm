   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +76)
   2: (61) r4 = *(u32 *)(r6 +80)
   3: (61) r3 = *(u32 *)(r6 +16)
   4: (dc) r3 = be16 r3
   5: (56) if w3 != 0x800 goto pc+103
   6: (bf) r2 = r5
   7: (07) r2 += 20
   8: (2d) if r2 > r4 goto pc+161
   9: (71) r2 = *(u8 *)(r5 +0)
  10: (57) r2 &= 15
  11: (a6) if w2 < 0x5 goto pc+77
  12: (61) r7 = *(u32 *)(r5 +12)
  13: (dc) r7 = be32 r7
  14: (b7) r1 = 0
  15: (b7) r0 = 0
  16: (71) r8 = *(u8 *)(r5 +9)
  17: (69) r0 = *(u16 *)(r5 +6)
  18: (46) if w0 & 0xff1f goto pc+87
  19: (67) r2 <<= 2
  20: (56) if w8 != 0x6 goto pc+70
  21: (0f) r5 += r2
  22: (bf) r2 = r5
  23: (07) r2 += 20
  24: (2d) if r2 > r4 goto pc+145
  25: (69) r5 = *(u16 *)(r5 +2)
  26: (dc) r5 = be16 r5
; rule 0: if l3.proto = 0x800 and l4.header = 0x6 and (ip4.saddr, tcp.dport, ip4.proto) not in bf_set_0000[1] then count, DROP
  27: (56) if w3 != 0x800 goto pc+27
  28: (56) if w8 != 0x6 goto pc+26
  29: (67) r5 <<= 32
  30: (4f) r7 |= r5
  31: (bc) w5 = w8
  32: (54) w5 &= -257
  33: (67) r5 <<= 48
  34: (4f) r7 |= r5
  35: (bf) r5 = r7
  36: (07) r5 += 424045292
  37: (18) r4 = 0x8077dc8ad85169a5
  39: (2f) r5 *= r4
  40: (77) r5 >>= 63
  41: (18) r4 = map[name:bf_set_0000][0]+0
  43: (67) r5 <<= 4
  44: (0f) r4 += r5
  45: (79) r5 = *(u64 *)(r4 +0)
  46: (af) r5 ^= r7
  47: (bf) r2 = r5
  48: (87) r2 = -r2
  49: (4f) r2 |= r5
  50: (c7) r2 s>>= 63
  51: (bc) w5 = w2
  52: (61) r4 = *(u32 *)(r4 +8)
  53: (4c) w5 |= w4
  54: (46) if w5 & 0x2 goto pc+248
; rule 1: if l3.proto = 0x86dd and (ip6.dnet) in bf_set_0001[0] then DROP
  55: (56) if w3 != 0x86dd goto pc+10
  56: (77) r1 >>= 56
  57: (67) r1 <<= 2
  58: (54) w1 &= 1020
  59: (18) r5 = map[name:bf_set_0001][0]+0
  61: (0f) r5 += r1
  62: (61) r5 = *(u32 *)(r5 +0)
  63: (04) w5 += -1
  64: (54) w5 &= 1
  65: (16) if w5 == 0x0 goto pc+19
; policy
  66: (b7) r5 = 2
; log, count and return
  67: (b7) r7 = 1
  68: (63) *(u32 *)(r10 -4) = r5
  69: (61) r6 = *(u32 *)(r6 +0)
  70: (07) r6 += 14
  71: (18) r1 = map[name:bf_cmap]
  73: (bf) r2 = r10
  74: (07) r2 += -4
  75: (85) call bpf_map_lookup_elem#1
  76: (15) if r0 == 0x0 goto pc+6
  77: (79) r5 = *(u64 *)(r0 +0)
  78: (07) r5 += 1
  79: (7b) *(u64 *)(r0 +0) = r5
  80: (79) r5 = *(u64 *)(r0 +8)
  81: (0f) r5 += r6
  82: (7b) *(u64 *)(r0 +8) = r5
  83: (bf) r0 = r7
  84: (95) exit
  85: (b7) r0 = 0
  86: (95) exit
  87: (b7) r7 = 0
  88: (05) goto pc-21
; malformed packet
  89: (b7) r5 = 3
  90: (05) goto pc-24
; parse what is less common
  91: (56) if w8 != 0x11 goto pc+7
  92: (0f) r5 += r2
  93: (bf) r2 = r5
  94: (07) r2 += 8
  95: (2d) if r2 > r4 goto pc+74
  96: (69) r5 = *(u16 *)(r5 +2)
  97: (dc) r5 = be16 r5
  98: (05) goto pc-72
  99: (16) if w8 == 0x1 goto pc+1
 100: (56) if w8 != 0x3a goto pc+5
 101: (0f) r5 += r2
 102: (07) r5 += 8
 103: (2d) if r5 > r4 goto pc+66
 104: (b7) r5 = 0
 105: (05) goto pc-79
 106: (47) r8 |= 256
 107: (b7) r5 = 0
 108: (05) goto pc-82
 109: (56) if w3 != 0x86dd goto pc+53
 110: (bf) r2 = r5
 111: (07) r2 += 40
 112: (2d) if r2 > r4 goto pc+57
 113: (79) r1 = *(u64 *)(r5 +24)
 114: (dc) r1 = be64 r1
 115: (79) r0 = *(u64 *)(r5 +32)
 116: (dc) r0 = be64 r0
 117: (71) r8 = *(u8 *)(r5 +6)
 118: (b7) r2 = 40
 119: (b7) r0 = 0
 120: (16) if w8 == 0x0 goto pc+6
 121: (16) if w8 == 0x2b goto pc+5
 122: (16) if w8 == 0x2c goto pc+4
 123: (16) if w8 == 0x33 goto pc+3
 124: (16) if w8 == 0x3c goto pc+2
 125: (16) if w8 == 0x87 goto pc+1
 126: (05) goto pc+32
 127: (16) if w0 == 0x6 goto pc+33
 128: (16) if w8 == 0x2c goto pc+14
 129: (bf) r9 = r5
 130: (0f) r9 += r2
 131: (bf) r7 = r9
 132: (07) r7 += 2
 133: (2d) if r7 > r4 goto pc+36
 134: (71) r7 = *(u8 *)(r9 +0)
 135: (71) r9 = *(u8 *)(r9 +1)
 136: (16) if w8 == 0x33 goto pc+3
 137: (67) r9 <<= 3
 138: (07) r9 += 8
 139: (05) goto pc+15
 140: (67) r9 <<= 2
 141: (07) r9 += 8
 142: (05) goto pc+12
 143: (bf) r9 = r5
 144: (0f) r9 += r2
 145: (bf) r8 = r9
 146: (07) r8 += 8
 147: (2d) if r8 > r4 goto pc+22
 148: (71) r7 = *(u8 *)(r9 +0)
 149: (69) r9 = *(u16 *)(r9 +2)
 150: (46) if w9 & 0xf8ff goto pc+2
 151: (b7) r9 = 8
 152: (05) goto pc+2
 153: (bf) r8 = r7
 154: (05) goto pc+6
 155: (0f) r2 += r9
 156: (bf) r8 = r7
 157: (07) r0 += 1
 158: (05) goto pc-39
 159: (b7) r7 = 0
 160: (05) goto pc-141
 161: (b7) r7 = 0
 162: (05) goto pc-57
 163: (b7) r7 = 0
 164: (b7) r1 = 0
 165: (b7) r1 = 0
 166: (b7) r0 = 0
 167: (b7) r8 = 512
 168: (b7) r5 = 0
 169: (05) goto pc-143
; parse what is not linear
 170: (61) r5 = *(u32 *)(r6 +16)
 171: (dc) r5 = be16 r5
 172: (7b) *(u64 *)(r10 -64) = r5
 173: (56) if w5 != 0x800 goto pc+55
 174: (b7) r2 = 0
 175: (bf) r3 = r10
 176: (07) r3 += -56
 177: (b7) r4 = 20
 178: (bf) r1 = r6
 179: (85) call bpf_skb_load_bytes#26
 180: (55) if r0 != 0x0 goto pc-92
 181: (71) r9 = *(u8 *)(r10 -56)
 182: (57) r9 &= 15
 183: (a6) if w9 < 0x5 goto pc-95
 184: (61) r7 = *(u32 *)(r10 -44)
 185: (dc) r7 = be32 r7
 186: (b7) r5 = 0
 187: (7b) *(u64 *)(r10 -72) = r5
 188: (b7) r5 = 0
 189: (71) r8 = *(u8 *)(r10 -47)
 190: (69) r5 = *(u16 *)(r10 -50)
 191: (46) if w5 & 0xff1f goto pc+34
 192: (67) r9 <<= 2
 193: (56) if w8 != 0x6 goto pc+10
 194: (bf) r3 = r10
 195: (07) r3 += -56
 196: (b7) r4 = 20
 197: (bf) r1 = r6
 198: (bf) r2 = r9
 199: (85) call bpf_skb_load_bytes#26
 200: (55) if r0 != 0x0 goto pc-112
 201: (69) r5 = *(u16 *)(r10 -54)
 202: (dc) r5 = be16 r5
 203: (05) goto pc+96
 204: (56) if w8 != 0x11 goto pc+10
 205: (bf) r3 = r10
 206: (07) r3 += -56
 207: (b7) r4 = 8
 208: (bf) r1 = r6
 209: (bf) r2 = r9
 210: (85) call bpf_skb_load_bytes#26
 211: (55) if r0 != 0x0 goto pc-123
 212: (69) r5 = *(u16 *)(r10 -54)
 213: (dc) r5 = be16 r5
 214: (05) goto pc+85
 215: (16) if w8 == 0x1 goto pc+1
 216: (56) if w8 != 0x3a goto pc+9
 217: (bf) r3 = r10
 218: (07) r3 += -56
 219: (b7) r4 = 8
 220: (bf) r1 = r6
 221: (bf) r2 = r9
 222: (85) call bpf_skb_load_bytes#26
 223: (55) if r0 != 0x0 goto pc-135
 224: (b7) r5 = 0
 225: (05) goto pc+74
 226: (47) r8 |= 256
 227: (b7) r5 = 0
 228: (05) goto pc+71
 229: (79) r5 = *(u64 *)(r10 -64)
 230: (56) if w5 != 0x86dd goto pc+62
 231: (b7) r2 = 0
 232: (bf) r3 = r10
 233: (07) r3 += -56
 234: (b7) r4 = 40
 235: (bf) r1 = r6
 236: (85) call bpf_skb_load_bytes#26
 237: (55) if r0 != 0x0 goto pc-149
 238: (79) r5 = *(u64 *)(r10 -32)
 239: (dc) r5 = be64 r5
 240: (7b) *(u64 *)(r10 -72) = r5
 241: (79) r5 = *(u64 *)(r10 -24)
 242: (dc) r5 = be64 r5
 243: (71) r8 = *(u8 *)(r10 -50)
 244: (b7) r9 = 40
 245: (b7) r7 = 0
 246: (16) if w8 == 0x0 goto pc+6
 247: (16) if w8 == 0x2b goto pc+5
 248: (16) if w8 == 0x2c goto pc+4
 249: (16) if w8 == 0x33 goto pc+3
 250: (16) if w8 == 0x3c goto pc+2
 251: (16) if w8 == 0x87 goto pc+1
 252: (05) goto pc+36
 253: (16) if w7 == 0x6 goto pc+37
 254: (16) if w8 == 0x2c goto pc+16
 255: (bf) r3 = r10
 256: (07) r3 += -56
 257: (b7) r4 = 2
 258: (bf) r1 = r6
 259: (bf) r2 = r9
 260: (85) call bpf_skb_load_bytes#26
 261: (55) if r0 != 0x0 goto pc-173
 262: (71) r5 = *(u8 *)(r10 -56)
 263: (71) r4 = *(u8 *)(r10 -55)
 264: (16) if w8 == 0x33 goto pc+3
 265: (67) r4 <<= 3
 266: (07) r4 += 8
 267: (05) goto pc+17
 268: (67) r4 <<= 2
 269: (07) r4 += 8
 270: (05) goto pc+14
 271: (bf) r3 = r10
 272: (07) r3 += -56
 273: (b7) r4 = 8
 274: (bf) r1 = r6
 275: (bf) r2 = r9
 276: (85) call bpf_skb_load_bytes#26
 277: (55) if r0 != 0x0 goto pc-189
 278: (71) r5 = *(u8 *)(r10 -56)
 279: (69) r4 = *(u16 *)(r10 -54)
 280: (46) if w4 & 0xf8ff goto pc+2
 281: (b7) r4 = 8
 282: (05) goto pc+2
 283: (bf) r8 = r5
 284: (05) goto pc+6
 285: (0f) r9 += r4
 286: (bf) r8 = r5
 287: (07) r7 += 1
 288: (05) goto pc-43
 289: (b7) r7 = 0
 290: (05) goto pc-98
 291: (b7) r7 = 0
 292: (05) goto pc-67
 293: (b7) r7 = 0
 294: (b7) r5 = 0
 295: (b7) r5 = 0
 296: (7b) *(u64 *)(r10 -72) = r5
 297: (b7) r5 = 0
 298: (b7) r8 = 512
 299: (b7) r5 = 0
 300: (79) r3 = *(u64 *)(r10 -64)
 301: (79) r1 = *(u64 *)(r10 -72)
 302: (05) goto pc-276
; rule 0: if l3.proto = 0x800 and l4.header = 0x6 and (ip4.saddr, tcp.dport, ip4.proto) not in bf_set_0000[1] then count, DROP
 303: (b7) r5 = 0
 304: (05) goto pc-218
