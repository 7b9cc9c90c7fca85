   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +76)
   2: (61) r4 = *(u32 *)(r6 +80)
   3: (61) r3 = *(u32 *)(r6 +16)
   4: (dc) r3 = be16 r3
   5: (56) if w3 != 0x800 goto pc+102
   6: (bf) r2 = r5
   7: (07) r2 += 20
   8: (2d) if r2 > r4 goto pc+160
   9: (71) r2 = *(u8 *)(r5 +0)
  10: (57) r2 &= 15
  11: (a6) if w2 < 0x5 goto pc+76
  12: (61) r7 = *(u32 *)(r5 +12)
  13: (dc) r7 = be32 r7
  14: (b7) r1 = 0
  15: (b7) r0 = 0
  16: (71) r8 = *(u8 *)(r5 +9)
  17: (69) r0 = *(u16 *)(r5 +6)
  18: (46) if w0 & 0xff1f goto pc+86
  19: (67) r2 <<= 2
  20: (56) if w8 != 0x6 goto pc+69
  21: (0f) r5 += r2
  22: (bf) r2 = r5
  23: (07) r2 += 20
  24: (2d) if r2 > r4 goto pc+144
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
  54: (46) if w5 & 0x2 goto pc+247
; rule 1: if l3.proto = 0x86dd and (ip6.dnet) in bf_set_0001[0] then DROP
  55: (56) if w3 != 0x86dd goto pc+9
  56: (b4) w5 = -1
  57: (77) r1 >>= 56
  58: (a4) w1 ^= 253
  59: (17) r1 -= 1
  60: (77) r1 >>= 63
  61: (24) w1 *= -1
  62: (ac) w5 ^= w1
  63: (54) w5 &= 1
  64: (16) if w5 == 0x0 goto pc+19
; policy
  65: (b7) r5 = 2
; log, count and return
  66: (b7) r7 = 1
  67: (63) *(u32 *)(r10 -4) = r5
  68: (61) r6 = *(u32 *)(r6 +0)
  69: (07) r6 += 14
  70: (18) r1 = map[name:bf_cmap]
  72: (bf) r2 = r10
  73: (07) r2 += -4
  74: (85) call bpf_map_lookup_elem#1
  75: (15) if r0 == 0x0 goto pc+6
  76: (79) r5 = *(u64 *)(r0 +0)
  77: (07) r5 += 1
  78: (7b) *(u64 *)(r0 +0) = r5
  79: (79) r5 = *(u64 *)(r0 +8)
  80: (0f) r5 += r6
  81: (7b) *(u64 *)(r0 +8) = r5
  82: (bf) r0 = r7
  83: (95) exit
  84: (b7) r0 = 0
  85: (95) exit
  86: (b7) r7 = 0
  87: (05) goto pc-21
; malformed packet
  88: (b7) r5 = 3
  89: (05) goto pc-24
; parse what is less common
  90: (56) if w8 != 0x11 goto pc+7
  91: (0f) r5 += r2
  92: (bf) r2 = r5
  93: (07) r2 += 8
  94: (2d) if r2 > r4 goto pc+74
  95: (69) r5 = *(u16 *)(r5 +2)
  96: (dc) r5 = be16 r5
  97: (05) goto pc-71
  98: (16) if w8 == 0x1 goto pc+1
  99: (56) if w8 != 0x3a goto pc+5
 100: (0f) r5 += r2
 101: (07) r5 += 8
 102: (2d) if r5 > r4 goto pc+66
 103: (b7) r5 = 0
 104: (05) goto pc-78
 105: (47) r8 |= 256
 106: (b7) r5 = 0
 107: (05) goto pc-81
 108: (56) if w3 != 0x86dd goto pc+53
 109: (bf) r2 = r5
 110: (07) r2 += 40
 111: (2d) if r2 > r4 goto pc+57
 112: (79) r1 = *(u64 *)(r5 +24)
 113: (dc) r1 = be64 r1
 114: (79) r0 = *(u64 *)(r5 +32)
 115: (dc) r0 = be64 r0
 116: (71) r8 = *(u8 *)(r5 +6)
 117: (b7) r2 = 40
 118: (b7) r0 = 0
 119: (16) if w8 == 0x0 goto pc+6
 120: (16) if w8 == 0x2b goto pc+5
 121: (16) if w8 == 0x2c goto pc+4
 122: (16) if w8 == 0x33 goto pc+3
 123: (16) if w8 == 0x3c goto pc+2
 124: (16) if w8 == 0x87 goto pc+1
 125: (05) goto pc+32
 126: (16) if w0 == 0x6 goto pc+33
 127: (16) if w8 == 0x2c goto pc+14
 128: (bf) r9 = r5
 129: (0f) r9 += r2
 130: (bf) r7 = r9
 131: (07) r7 += 2
 132: (2d) if r7 > r4 goto pc+36
 133: (71) r7 = *(u8 *)(r9 +0)
 134: (71) r9 = *(u8 *)(r9 +1)
 135: (16) if w8 == 0x33 goto pc+3
 136: (67) r9 <<= 3
 137: (07) r9 += 8
 138: (05) goto pc+15
 139: (67) r9 <<= 2
 140: (07) r9 += 8
 141: (05) goto pc+12
 142: (bf) r9 = r5
 143: (0f) r9 += r2
 144: (bf) r8 = r9
 145: (07) r8 += 8
 146: (2d) if r8 > r4 goto pc+22
 147: (71) r7 = *(u8 *)(r9 +0)
 148: (69) r9 = *(u16 *)(r9 +2)
 149: (46) if w9 & 0xf8ff goto pc+2
 150: (b7) r9 = 8
 151: (05) goto pc+2
 152: (bf) r8 = r7
 153: (05) goto pc+6
 154: (0f) r2 += r9
 155: (bf) r8 = r7
 156: (07) r0 += 1
 157: (05) goto pc-39
 158: (b7) r7 = 0
 159: (05) goto pc-140
 160: (b7) r7 = 0
 161: (05) goto pc-57
 162: (b7) r7 = 0
 163: (b7) r1 = 0
 164: (b7) r1 = 0
 165: (b7) r0 = 0
 166: (b7) r8 = 512
 167: (b7) r5 = 0
 168: (05) goto pc-142
; parse what is not linear
 169: (61) r5 = *(u32 *)(r6 +16)
 170: (dc) r5 = be16 r5
 171: (7b) *(u64 *)(r10 -64) = r5
 172: (56) if w5 != 0x800 goto pc+55
 173: (b7) r2 = 0
 174: (bf) r3 = r10
 175: (07) r3 += -56
 176: (b7) r4 = 20
 177: (bf) r1 = r6
 178: (85) call bpf_skb_load_bytes#26
 179: (55) if r0 != 0x0 goto pc-92
 180: (71) r9 = *(u8 *)(r10 -56)
 181: (57) r9 &= 15
 182: (a6) if w9 < 0x5 goto pc-95
 183: (61) r7 = *(u32 *)(r10 -44)
 184: (dc) r7 = be32 r7
 185: (b7) r5 = 0
 186: (7b) *(u64 *)(r10 -72) = r5
 187: (b7) r5 = 0
 188: (71) r8 = *(u8 *)(r10 -47)
 189: (69) r5 = *(u16 *)(r10 -50)
 190: (46) if w5 & 0xff1f goto pc+34
 191: (67) r9 <<= 2
 192: (56) if w8 != 0x6 goto pc+10
 193: (bf) r3 = r10
 194: (07) r3 += -56
 195: (b7) r4 = 20
 196: (bf) r1 = r6
 197: (bf) r2 = r9
 198: (85) call bpf_skb_load_bytes#26
 199: (55) if r0 != 0x0 goto pc-112
 200: (69) r5 = *(u16 *)(r10 -54)
 201: (dc) r5 = be16 r5
 202: (05) goto pc+96
 203: (56) if w8 != 0x11 goto pc+10
 204: (bf) r3 = r10
 205: (07) r3 += -56
 206: (b7) r4 = 8
 207: (bf) r1 = r6
 208: (bf) r2 = r9
 209: (85) call bpf_skb_load_bytes#26
 210: (55) if r0 != 0x0 goto pc-123
 211: (69) r5 = *(u16 *)(r10 -54)
 212: (dc) r5 = be16 r5
 213: (05) goto pc+85
 214: (16) if w8 == 0x1 goto pc+1
 215: (56) if w8 != 0x3a goto pc+9
 216: (bf) r3 = r10
 217: (07) r3 += -56
 218: (b7) r4 = 8
 219: (bf) r1 = r6
 220: (bf) r2 = r9
 221: (85) call bpf_skb_load_bytes#26
 222: (55) if r0 != 0x0 goto pc-135
 223: (b7) r5 = 0
 224: (05) goto pc+74
 225: (47) r8 |= 256
 226: (b7) r5 = 0
 227: (05) goto pc+71
 228: (79) r5 = *(u64 *)(r10 -64)
 229: (56) if w5 != 0x86dd goto pc+62
 230: (b7) r2 = 0
 231: (bf) r3 = r10
 232: (07) r3 += -56
 233: (b7) r4 = 40
 234: (bf) r1 = r6
 235: (85) call bpf_skb_load_bytes#26
 236: (55) if r0 != 0x0 goto pc-149
 237: (79) r5 = *(u64 *)(r10 -32)
 238: (dc) r5 = be64 r5
 239: (7b) *(u64 *)(r10 -72) = r5
 240: (79) r5 = *(u64 *)(r10 -24)
 241: (dc) r5 = be64 r5
 242: (71) r8 = *(u8 *)(r10 -50)
 243: (b7) r9 = 40
 244: (b7) r7 = 0
 245: (16) if w8 == 0x0 goto pc+6
 246: (16) if w8 == 0x2b goto pc+5
 247: (16) if w8 == 0x2c goto pc+4
 248: (16) if w8 == 0x33 goto pc+3
 249: (16) if w8 == 0x3c goto pc+2
 250: (16) if w8 == 0x87 goto pc+1
 251: (05) goto pc+36
 252: (16) if w7 == 0x6 goto pc+37
 253: (16) if w8 == 0x2c goto pc+16
 254: (bf) r3 = r10
 255: (07) r3 += -56
 256: (b7) r4 = 2
 257: (bf) r1 = r6
 258: (bf) r2 = r9
 259: (85) call bpf_skb_load_bytes#26
 260: (55) if r0 != 0x0 goto pc-173
 261: (71) r5 = *(u8 *)(r10 -56)
 262: (71) r4 = *(u8 *)(r10 -55)
 263: (16) if w8 == 0x33 goto pc+3
 264: (67) r4 <<= 3
 265: (07) r4 += 8
 266: (05) goto pc+17
 267: (67) r4 <<= 2
 268: (07) r4 += 8
 269: (05) goto pc+14
 270: (bf) r3 = r10
 271: (07) r3 += -56
 272: (b7) r4 = 8
 273: (bf) r1 = r6
 274: (bf) r2 = r9
 275: (85) call bpf_skb_load_bytes#26
 276: (55) if r0 != 0x0 goto pc-189
 277: (71) r5 = *(u8 *)(r10 -56)
 278: (69) r4 = *(u16 *)(r10 -54)
 279: (46) if w4 & 0xf8ff goto pc+2
 280: (b7) r4 = 8
 281: (05) goto pc+2
 282: (bf) r8 = r5
 283: (05) goto pc+6
 284: (0f) r9 += r4
 285: (bf) r8 = r5
 286: (07) r7 += 1
 287: (05) goto pc-43
 288: (b7) r7 = 0
 289: (05) goto pc-98
 290: (b7) r7 = 0
 291: (05) goto pc-67
 292: (b7) r7 = 0
 293: (b7) r5 = 0
 294: (b7) r5 = 0
 295: (7b) *(u64 *)(r10 -72) = r5
 296: (b7) r5 = 0
 297: (b7) r8 = 512
 298: (b7) r5 = 0
 299: (79) r3 = *(u64 *)(r10 -64)
 300: (79) r1 = *(u64 *)(r10 -72)
 301: (05) goto pc-275
; rule 0: if l3.proto = 0x800 and l4.header = 0x6 and (ip4.saddr, tcp.dport, ip4.proto) not in bf_set_0000[1] then count, DROP
 302: (b7) r5 = 0
 303: (05) goto pc-218
