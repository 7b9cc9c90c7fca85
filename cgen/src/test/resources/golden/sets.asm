   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +76)
   2: (7b) *(u64 *)(r10 -128) = r5
   3: (61) r4 = *(u32 *)(r6 +80)
   4: (7b) *(u64 *)(r10 -136) = r4
   5: (61) r7 = *(u32 *)(r6 +16)
   6: (dc) r7 = be16 r7
   7: (56) if w7 != 0x800 goto pc+106
   8: (bf) r3 = r5
   9: (07) r3 += 20
  10: (2d) if r3 > r4 goto pc+167
  11: (71) r3 = *(u8 *)(r5 +0)
  12: (57) r3 &= 15
  13: (a6) if w3 < 0x5 goto pc+80
  14: (61) r2 = *(u32 *)(r5 +12)
  15: (dc) r2 = be32 r2
  16: (b7) r8 = 0
  17: (b7) r9 = 0
  18: (71) r1 = *(u8 *)(r5 +9)
  19: (69) r0 = *(u16 *)(r5 +6)
  20: (46) if w0 & 0xff1f goto pc+90
  21: (67) r3 <<= 2
  22: (56) if w1 != 0x6 goto pc+73
  23: (0f) r5 += r3
  24: (bf) r3 = r5
  25: (07) r3 += 20
  26: (2d) if r3 > r4 goto pc+151
  27: (69) r5 = *(u16 *)(r5 +2)
  28: (dc) r5 = be16 r5
; rule 0: if l3.proto = 0x800 and l4.header = 0x6 and (ip4.saddr, tcp.dport, ip4.proto) not in bf_set_0000[1] then count, DROP
  29: (56) if w7 != 0x800 goto pc+20
  30: (56) if w1 != 0x6 goto pc+19
  31: (18) r4 = map[name:bf_set_0000]
  33: (dc) r2 = be32 r2
  34: (dc) r5 = be16 r5
  35: (67) r5 <<= 32
  36: (4f) r2 |= r5
  37: (bc) w5 = w1
  38: (54) w5 &= -257
  39: (67) r5 <<= 48
  40: (4f) r2 |= r5
  41: (7b) *(u64 *)(r10 -80) = r2
  42: (bf) r2 = r10
  43: (07) r2 += -80
  44: (bf) r1 = r4
  45: (85) call bpf_map_lookup_elem#1
  46: (15) if r0 == 0x0 goto pc+270
  47: (71) r5 = *(u8 *)(r0 +0)
  48: (57) r5 &= 2
  49: (16) if w5 == 0x0 goto pc+267
; rule 1: if l3.proto = 0x86dd and (ip6.dnet) in bf_set_0001[0] then DROP
  50: (56) if w7 != 0x86dd goto pc+20
  51: (18) r1 = map[name:bf_set_0001]
  53: (b7) r5 = 128
  54: (dc) r8 = be64 r8
  55: (bf) r4 = r8
  56: (67) r4 <<= 32
  57: (4f) r5 |= r4
  58: (7b) *(u64 *)(r10 -80) = r5
  59: (77) r8 >>= 32
  60: (dc) r9 = be64 r9
  61: (bf) r5 = r9
  62: (67) r5 <<= 32
  63: (4f) r8 |= r5
  64: (7b) *(u64 *)(r10 -72) = r8
  65: (77) r9 >>= 32
  66: (7b) *(u64 *)(r10 -64) = r9
  67: (bf) r2 = r10
  68: (07) r2 += -80
  69: (85) call bpf_map_lookup_elem#1
  70: (55) if r0 != 0x0 goto pc+19
; policy
  71: (b7) r5 = 2
; log, count and return
  72: (b7) r7 = 1
  73: (63) *(u32 *)(r10 -4) = r5
  74: (61) r6 = *(u32 *)(r6 +0)
  75: (07) r6 += 14
  76: (18) r1 = map[name:bf_cmap]
  78: (bf) r2 = r10
  79: (07) r2 += -4
  80: (85) call bpf_map_lookup_elem#1
  81: (15) if r0 == 0x0 goto pc+6
  82: (79) r5 = *(u64 *)(r0 +0)
  83: (07) r5 += 1
  84: (7b) *(u64 *)(r0 +0) = r5
  85: (79) r5 = *(u64 *)(r0 +8)
  86: (0f) r5 += r6
  87: (7b) *(u64 *)(r0 +8) = r5
  88: (bf) r0 = r7
  89: (95) exit
  90: (b7) r0 = 0
  91: (95) exit
  92: (b7) r7 = 0
  93: (05) goto pc-21
; malformed packet
  94: (b7) r5 = 3
  95: (05) goto pc-24
; parse what is less common
  96: (56) if w1 != 0x11 goto pc+7
  97: (0f) r5 += r3
  98: (bf) r3 = r5
  99: (07) r3 += 8
 100: (2d) if r3 > r4 goto pc+77
 101: (69) r5 = *(u16 *)(r5 +2)
 102: (dc) r5 = be16 r5
 103: (05) goto pc-75
 104: (16) if w1 == 0x1 goto pc+1
 105: (56) if w1 != 0x3a goto pc+5
 106: (0f) r5 += r3
 107: (07) r5 += 8
 108: (2d) if r5 > r4 goto pc+69
 109: (b7) r5 = 0
 110: (05) goto pc-82
 111: (47) r1 |= 256
 112: (b7) r5 = 0
 113: (05) goto pc-85
 114: (56) if w7 != 0x86dd goto pc+56
 115: (bf) r3 = r5
 116: (07) r3 += 40
 117: (2d) if r3 > r4 goto pc+60
 118: (79) r8 = *(u64 *)(r5 +24)
 119: (dc) r8 = be64 r8
 120: (79) r9 = *(u64 *)(r5 +32)
 121: (dc) r9 = be64 r9
 122: (71) r1 = *(u8 *)(r5 +6)
 123: (b7) r3 = 40
 124: (b7) r2 = 0
 125: (79) r4 = *(u64 *)(r10 -136)
 126: (16) if w1 == 0x0 goto pc+6
 127: (16) if w1 == 0x2b goto pc+5
 128: (16) if w1 == 0x2c goto pc+4
 129: (16) if w1 == 0x33 goto pc+3
 130: (16) if w1 == 0x3c goto pc+2
 131: (16) if w1 == 0x87 goto pc+1
 132: (05) goto pc+34
 133: (16) if w2 == 0x6 goto pc+35
 134: (16) if w1 == 0x2c goto pc+16
 135: (79) r4 = *(u64 *)(r10 -128)
 136: (0f) r4 += r3
 137: (bf) r5 = r4
 138: (07) r5 += 2
 139: (79) r0 = *(u64 *)(r10 -136)
 140: (2d) if r5 > r0 goto pc+37
 141: (79) r5 = *(u64 *)(r10 -128)
 142: (71) r0 = *(u8 *)(r4 +0)
 143: (71) r4 = *(u8 *)(r4 +1)
 144: (16) if w1 == 0x33 goto pc+3
 145: (67) r4 <<= 3
 146: (07) r4 += 8
 147: (05) goto pc+15
 148: (67) r4 <<= 2
 149: (07) r4 += 8
 150: (05) goto pc+12
 151: (bf) r1 = r5
 152: (0f) r1 += r3
 153: (bf) r0 = r1
 154: (07) r0 += 8
 155: (2d) if r0 > r4 goto pc+22
 156: (71) r0 = *(u8 *)(r1 +0)
 157: (69) r4 = *(u16 *)(r1 +2)
 158: (46) if w4 & 0xf8ff goto pc+2
 159: (b7) r4 = 8
 160: (05) goto pc+2
 161: (bf) r1 = r0
 162: (05) goto pc+6
 163: (0f) r3 += r4
 164: (bf) r1 = r0
 165: (07) r2 += 1
 166: (05) goto pc-42
 167: (b7) r2 = 0
 168: (05) goto pc-147
 169: (b7) r2 = 0
 170: (05) goto pc-60
 171: (b7) r2 = 0
 172: (b7) r8 = 0
 173: (b7) r8 = 0
 174: (b7) r9 = 0
 175: (b7) r1 = 512
 176: (b7) r5 = 0
 177: (05) goto pc-149
; parse what is not linear
 178: (61) r5 = *(u32 *)(r6 +16)
 179: (dc) r5 = be16 r5
 180: (7b) *(u64 *)(r10 -128) = r5
 181: (56) if w5 != 0x800 goto pc+56
 182: (b7) r2 = 0
 183: (bf) r3 = r10
 184: (07) r3 += -120
 185: (b7) r4 = 20
 186: (bf) r1 = r6
 187: (85) call bpf_skb_load_bytes#26
 188: (55) if r0 != 0x0 goto pc-95
 189: (71) r7 = *(u8 *)(r10 -120)
 190: (57) r7 &= 15
 191: (a6) if w7 < 0x5 goto pc-98
 192: (61) r8 = *(u32 *)(r10 -108)
 193: (dc) r8 = be32 r8
 194: (b7) r5 = 0
 195: (7b) *(u64 *)(r10 -136) = r5
 196: (b7) r5 = 0
 197: (7b) *(u64 *)(r10 -144) = r5
 198: (71) r9 = *(u8 *)(r10 -111)
 199: (69) r5 = *(u16 *)(r10 -114)
 200: (46) if w5 & 0xff1f goto pc+34
 201: (67) r7 <<= 2
 202: (56) if w9 != 0x6 goto pc+10
 203: (bf) r3 = r10
 204: (07) r3 += -120
 205: (b7) r4 = 20
 206: (bf) r1 = r6
 207: (bf) r2 = r7
 208: (85) call bpf_skb_load_bytes#26
 209: (55) if r0 != 0x0 goto pc-116
 210: (69) r5 = *(u16 *)(r10 -118)
 211: (dc) r5 = be16 r5
 212: (05) goto pc+98
 213: (56) if w9 != 0x11 goto pc+10
 214: (bf) r3 = r10
 215: (07) r3 += -120
 216: (b7) r4 = 8
 217: (bf) r1 = r6
 218: (bf) r2 = r7
 219: (85) call bpf_skb_load_bytes#26
 220: (55) if r0 != 0x0 goto pc-127
 221: (69) r5 = *(u16 *)(r10 -118)
 222: (dc) r5 = be16 r5
 223: (05) goto pc+87
 224: (16) if w9 == 0x1 goto pc+1
 225: (56) if w9 != 0x3a goto pc+9
 226: (bf) r3 = r10
 227: (07) r3 += -120
 228: (b7) r4 = 8
 229: (bf) r1 = r6
 230: (bf) r2 = r7
 231: (85) call bpf_skb_load_bytes#26
 232: (55) if r0 != 0x0 goto pc-139
 233: (b7) r5 = 0
 234: (05) goto pc+76
 235: (47) r9 |= 256
 236: (b7) r5 = 0
 237: (05) goto pc+73
 238: (79) r5 = *(u64 *)(r10 -128)
 239: (56) if w5 != 0x86dd goto pc+63
 240: (b7) r2 = 0
 241: (bf) r3 = r10
 242: (07) r3 += -120
 243: (b7) r4 = 40
 244: (bf) r1 = r6
 245: (85) call bpf_skb_load_bytes#26
 246: (55) if r0 != 0x0 goto pc-153
 247: (79) r5 = *(u64 *)(r10 -96)
 248: (dc) r5 = be64 r5
 249: (7b) *(u64 *)(r10 -136) = r5
 250: (79) r5 = *(u64 *)(r10 -88)
 251: (dc) r5 = be64 r5
 252: (7b) *(u64 *)(r10 -144) = r5
 253: (71) r9 = *(u8 *)(r10 -114)
 254: (b7) r7 = 40
 255: (b7) r8 = 0
 256: (16) if w9 == 0x0 goto pc+6
 257: (16) if w9 == 0x2b goto pc+5
 258: (16) if w9 == 0x2c goto pc+4
 259: (16) if w9 == 0x33 goto pc+3
 260: (16) if w9 == 0x3c goto pc+2
 261: (16) if w9 == 0x87 goto pc+1
 262: (05) goto pc+36
 263: (16) if w8 == 0x6 goto pc+37
 264: (16) if w9 == 0x2c goto pc+16
 265: (bf) r3 = r10
 266: (07) r3 += -120
 267: (b7) r4 = 2
 268: (bf) r1 = r6
 269: (bf) r2 = r7
 270: (85) call bpf_skb_load_bytes#26
 271: (55) if r0 != 0x0 goto pc-178
 272: (71) r5 = *(u8 *)(r10 -120)
 273: (71) r4 = *(u8 *)(r10 -119)
 274: (16) if w9 == 0x33 goto pc+3
 275: (67) r4 <<= 3
 276: (07) r4 += 8
 277: (05) goto pc+17
 278: (67) r4 <<= 2
 279: (07) r4 += 8
 280: (05) goto pc+14
 281: (bf) r3 = r10
 282: (07) r3 += -120
 283: (b7) r4 = 8
 284: (bf) r1 = r6
 285: (bf) r2 = r7
 286: (85) call bpf_skb_load_bytes#26
 287: (55) if r0 != 0x0 goto pc-194
 288: (71) r5 = *(u8 *)(r10 -120)
 289: (69) r4 = *(u16 *)(r10 -118)
 290: (46) if w4 & 0xf8ff goto pc+2
 291: (b7) r4 = 8
 292: (05) goto pc+2
 293: (bf) r9 = r5
 294: (05) goto pc+6
 295: (0f) r7 += r4
 296: (bf) r9 = r5
 297: (07) r8 += 1
 298: (05) goto pc-43
 299: (b7) r8 = 0
 300: (05) goto pc-99
 301: (b7) r8 = 0
 302: (05) goto pc-68
 303: (b7) r8 = 0
 304: (b7) r5 = 0
 305: (b7) r5 = 0
 306: (7b) *(u64 *)(r10 -136) = r5
 307: (b7) r5 = 0
 308: (7b) *(u64 *)(r10 -144) = r5
 309: (b7) r9 = 512
 310: (b7) r5 = 0
 311: (79) r7 = *(u64 *)(r10 -128)
 312: (bf) r1 = r9
 313: (bf) r2 = r8
 314: (79) r8 = *(u64 *)(r10 -136)
 315: (79) r9 = *(u64 *)(r10 -144)
 316: (05) goto pc-288
; rule 0: if l3.proto = 0x800 and l4.header = 0x6 and (ip4.saddr, tcp.dport, ip4.proto) not in bf_set_0000[1] then count, DROP
 317: (b7) r5 = 0
 318: (05) goto pc-227
