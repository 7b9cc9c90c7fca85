   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +76)
   2: (61) r4 = *(u32 *)(r6 +80)
   3: (61) r3 = *(u32 *)(r6 +16)
   4: (dc) r3 = be16 r3
   5: (56) if w3 != 0x800 goto pc+104
   6: (bf) r2 = r5
   7: (07) r2 += 20
   8: (2d) if r2 > r4 goto pc+162
   9: (71) r2 = *(u8 *)(r5 +0)
  10: (57) r2 &= 15
  11: (a6) if w2 < 0x5 goto pc+78
  12: (61) r7 = *(u32 *)(r5 +12)
  13: (dc) r7 = be32 r7
  14: (b7) r1 = 0
  15: (b7) r0 = 0
  16: (71) r8 = *(u8 *)(r5 +9)
  17: (69) r0 = *(u16 *)(r5 +6)
  18: (46) if w0 & 0xff1f goto pc+88
  19: (67) r2 <<= 2
  20: (56) if w8 != 0x6 goto pc+71
  21: (0f) r5 += r2
  22: (bf) r2 = r5
  23: (07) r2 += 20
  24: (2d) if r2 > r4 goto pc+146
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
  54: (46) if w5 & 0x2 goto pc+249
; rule 1: if l3.proto = 0x86dd and (ip6.dnet) in bf_set_0001[0] then DROP
  55: (56) if w3 != 0x86dd goto pc+11
  56: (18) r5 = 0xfd00000000000000
  58: (1f) r1 -= r5
  59: (18) r5 = 0xffffffffffffff
  61: (2d) if r1 > r5 goto pc+2
  62: (b7) r5 = 0
  63: (05) goto pc+1
  64: (b7) r5 = -1
  65: (54) w5 &= 1
  66: (16) if w5 == 0x0 goto pc+19
; policy
  67: (b7) r5 = 2
; log, count and return
  68: (b7) r7 = 1
  69: (63) *(u32 *)(r10 -4) = r5
  70: (61) r6 = *(u32 *)(r6 +0)
  71: (07) r6 += 14
  72: (18) r1 = map[name:bf_cmap]
  74: (bf) r2 = r10
  75: (07) r2 += -4
  76: (85) call bpf_map_lookup_elem#1
  77: (15) if r0 == 0x0 goto pc+6
  78: (79) r5 = *(u64 *)(r0 +0)
  79: (07) r5 += 1
  80: (7b) *(u64 *)(r0 +0) = r5
  81: (79) r5 = *(u64 *)(r0 +8)
  82: (0f) r5 += r6
  83: (7b) *(u64 *)(r0 +8) = r5
  84: (bf) r0 = r7
  85: (95) exit
  86: (b7) r0 = 0
  87: (95) exit
  88: (b7) r7 = 0
  89: (05) goto pc-21
; malformed packet
  90: (b7) r5 = 3
  91: (05) goto pc-24
; parse what is less common
  92: (56) if w8 != 0x11 goto pc+7
  93: (0f) r5 += r2
  94: (bf) r2 = r5
  95: (07) r2 += 8
  96: (2d) if r2 > r4 goto pc+74
  97: (69) r5 = *(u16 *)(r5 +2)
  98: (dc) r5 = be16 r5
  99: (05) goto pc-73
 100: (16) if w8 == 0x1 goto pc+1
 101: (56) if w8 != 0x3a goto pc+5
 102: (0f) r5 += r2
 103: (07) r5 += 8
 104: (2d) if r5 > r4 goto pc+66
 105: (b7) r5 = 0
 106: (05) goto pc-80
 107: (47) r8 |= 256
 108: (b7) r5 = 0
 109: (05) goto pc-83
 110: (56) if w3 != 0x86dd goto pc+53
 111: (bf) r2 = r5
 112: (07) r2 += 40
 113: (2d) if r2 > r4 goto pc+57
 114: (79) r1 = *(u64 *)(r5 +24)
 115: (dc) r1 = be64 r1
 116: (79) r0 = *(u64 *)(r5 +32)
 117: (dc) r0 = be64 r0
 118: (71) r8 = *(u8 *)(r5 +6)
 119: (b7) r2 = 40
 120: (b7) r0 = 0
 121: (16) if w8 == 0x0 goto pc+6
 122: (16) if w8 == 0x2b goto pc+5
 123: (16) if w8 == 0x2c goto pc+4
 124: (16) if w8 == 0x33 goto pc+3
 125: (16) if w8 == 0x3c goto pc+2
 126: (16) if w8 == 0x87 goto pc+1
 127: (05) goto pc+32
 128: (16) if w0 == 0x6 goto pc+33
 129: (16) if w8 == 0x2c goto pc+14
 130: (bf) r9 = r5
 131: (0f) r9 += r2
 132: (bf) r7 = r9
 133: (07) r7 += 2
 134: (2d) if r7 > r4 goto pc+36
 135: (71) r7 = *(u8 *)(r9 +0)
 136: (71) r9 = *(u8 *)(r9 +1)
 137: (16) if w8 == 0x33 goto pc+3
 138: (67) r9 <<= 3
 139: (07) r9 += 8
 140: (05) goto pc+15
 141: (67) r9 <<= 2
 142: (07) r9 += 8
 143: (05) goto pc+12
 144: (bf) r9 = r5
 145: (0f) r9 += r2
 146: (bf) r8 = r9
 147: (07) r8 += 8
 148: (2d) if r8 > r4 goto pc+22
 149: (71) r7 = *(u8 *)(r9 +0)
 150: (69) r9 = *(u16 *)(r9 +2)
 151: (46) if w9 & 0xf8ff goto pc+2
 152: (b7) r9 = 8
 153: (05) goto pc+2
 154: (bf) r8 = r7
 155: (05) goto pc+6
 156: (0f) r2 += r9
 157: (bf) r8 = r7
 158: (07) r0 += 1
 159: (05) goto pc-39
 160: (b7) r7 = 0
 161: (05) goto pc-142
 162: (b7) r7 = 0
 163: (05) goto pc-57
 164: (b7) r7 = 0
 165: (b7) r1 = 0
 166: (b7) r1 = 0
 167: (b7) r0 = 0
 168: (b7) r8 = 512
 169: (b7) r5 = 0
 170: (05) goto pc-144
; parse what is not linear
 171: (61) r5 = *(u32 *)(r6 +16)
 172: (dc) r5 = be16 r5
 173: (7b) *(u64 *)(r10 -64) = r5
 174: (56) if w5 != 0x800 goto pc+55
 175: (b7) r2 = 0
 176: (bf) r3 = r10
 177: (07) r3 += -56
 178: (b7) r4 = 20
 179: (bf) r1 = r6
 180: (85) call bpf_skb_load_bytes#26
 181: (55) if r0 != 0x0 goto pc-92
 182: (71) r9 = *(u8 *)(r10 -56)
 183: (57) r9 &= 15
 184: (a6) if w9 < 0x5 goto pc-95
 185: (61) r7 = *(u32 *)(r10 -44)
 186: (dc) r7 = be32 r7
 187: (b7) r5 = 0
 188: (7b) *(u64 *)(r10 -72) = r5
 189: (b7) r5 = 0
 190: (71) r8 = *(u8 *)(r10 -47)
 191: (69) r5 = *(u16 *)(r10 -50)
 192: (46) if w5 & 0xff1f goto pc+34
 193: (67) r9 <<= 2
 194: (56) if w8 != 0x6 goto pc+10
 195: (bf) r3 = r10
 196: (07) r3 += -56
 197: (b7) r4 = 20
 198: (bf) r1 = r6
 199: (bf) r2 = r9
 200: (85) call bpf_skb_load_bytes#26
 201: (55) if r0 != 0x0 goto pc-112
 202: (69) r5 = *(u16 *)(r10 -54)
 203: (dc) r5 = be16 r5
 204: (05) goto pc+96
 205: (56) if w8 != 0x11 goto pc+10
 206: (bf) r3 = r10
 207: (07) r3 += -56
 208: (b7) r4 = 8
 209: (bf) r1 = r6
 210: (bf) r2 = r9
 211: (85) call bpf_skb_load_bytes#26
 212: (55) if r0 != 0x0 goto pc-123
 213: (69) r5 = *(u16 *)(r10 -54)
 214: (dc) r5 = be16 r5
 215: (05) goto pc+85
 216: (16) if w8 == 0x1 goto pc+1
 217: (56) if w8 != 0x3a goto pc+9
 218: (bf) r3 = r10
 219: (07) r3 += -56
 220: (b7) r4 = 8
 221: (bf) r1 = r6
 222: (bf) r2 = r9
 223: (85) call bpf_skb_load_bytes#26
 224: (55) if r0 != 0x0 goto pc-135
 225: (b7) r5 = 0
 226: (05) goto pc+74
 227: (47) r8 |= 256
 228: (b7) r5 = 0
 229: (05) goto pc+71
 230: (79) r5 = *(u64 *)(r10 -64)
 231: (56) if w5 != 0x86dd goto pc+62
 232: (b7) r2 = 0
 233: (bf) r3 = r10
 234: (07) r3 += -56
 235: (b7) r4 = 40
 236: (bf) r1 = r6
 237: (85) call bpf_skb_load_bytes#26
 238: (55) if r0 != 0x0 goto pc-149
 239: (79) r5 = *(u64 *)(r10 -32)
 240: (dc) r5 = be64 r5
 241: (7b) *(u64 *)(r10 -72) = r5
 242: (79) r5 = *(u64 *)(r10 -24)
 243: (dc) r5 = be64 r5
 244: (71) r8 = *(u8 *)(r10 -50)
 245: (b7) r9 = 40
 246: (b7) r7 = 0
 247: (16) if w8 == 0x0 goto pc+6
 248: (16) if w8 == 0x2b goto pc+5
 249: (16) if w8 == 0x2c goto pc+4
 250: (16) if w8 == 0x33 goto pc+3
 251: (16) if w8 == 0x3c goto pc+2
 252: (16) if w8 == 0x87 goto pc+1
 253: (05) goto pc+36
 254: (16) if w7 == 0x6 goto pc+37
 255: (16) if w8 == 0x2c goto pc+16
 256: (bf) r3 = r10
 257: (07) r3 += -56
 258: (b7) r4 = 2
 259: (bf) r1 = r6
 260: (bf) r2 = r9
 261: (85) call bpf_skb_load_bytes#26
 262: (55) if r0 != 0x0 goto pc-173
 263: (71) r5 = *(u8 *)(r10 -56)
 264: (71) r4 = *(u8 *)(r10 -55)
 265: (16) if w8 == 0x33 goto pc+3
 266: (67) r4 <<= 3
 267: (07) r4 += 8
 268: (05) goto pc+17
 269: (67) r4 <<= 2
 270: (07) r4 += 8
 271: (05) goto pc+14
 272: (bf) r3 = r10
 273: (07) r3 += -56
 274: (b7) r4 = 8
 275: (bf) r1 = r6
 276: (bf) r2 = r9
 277: (85) call bpf_skb_load_bytes#26
 278: (55) if r0 != 0x0 goto pc-189
 279: (71) r5 = *(u8 *)(r10 -56)
 280: (69) r4 = *(u16 *)(r10 -54)
 281: (46) if w4 & 0xf8ff goto pc+2
 282: (b7) r4 = 8
 283: (05) goto pc+2
 284: (bf) r8 = r5
 285: (05) goto pc+6
 286: (0f) r9 += r4
 287: (bf) r8 = r5
 288: (07) r7 += 1
 289: (05) goto pc-43
 290: (b7) r7 = 0
 291: (05) goto pc-98
 292: (b7) r7 = 0
 293: (05) goto pc-67
 294: (b7) r7 = 0
 295: (b7) r5 = 0
 296: (b7) r5 = 0
 297: (7b) *(u64 *)(r10 -72) = r5
 298: (b7) r5 = 0
 299: (b7) r8 = 512
 300: (b7) r5 = 0
 301: (79) r3 = *(u64 *)(r10 -64)
 302: (79) r1 = *(u64 *)(r10 -72)
 303: (05) goto pc-277
; rule 0: if l3.proto = 0x800 and l4.header = 0x6 and (ip4.saddr, tcp.dport, ip4.proto) not in bf_set_0000[1] then count, DROP
 304: (b7) r5 = 0
 305: (05) goto pc-218
