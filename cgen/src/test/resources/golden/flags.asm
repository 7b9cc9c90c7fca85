   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 34
   5: (2d) if r3 > r4 goto pc+156
   6: (69) r3 = *(u16 *)(r5 +12)
   7: (dc) r3 = be16 r3
   8: (56) if w3 != 0x800 goto pc+105
   9: (71) r3 = *(u8 *)(r5 +14)
  10: (57) r3 &= 15
  11: (a6) if w3 < 0x5 goto pc+63
  12: (71) r2 = *(u8 *)(r5 +23)
  13: (69) r1 = *(u16 *)(r5 +20)
  14: (46) if w1 & 0xff1f goto pc+96
  15: (67) r3 <<= 2
  16: (07) r3 += 14
  17: (56) if w2 != 0x6 goto pc+80
  18: (0f) r5 += r3
  19: (bf) r3 = r5
  20: (07) r3 += 20
  21: (2d) if r3 > r4 goto pc+140
  22: (71) r5 = *(u8 *)(r5 +13)
  23: (61) r4 = *(u32 *)(r6 +16)
  24: (bf) r7 = r4
  25: (1f) r7 -= r4
; rule 0: if l4.header = 0x6 and tcp.flags not & 0x3 = 0x0 then count, DROP
  26: (56) if w2 != 0x6 goto pc+1
  27: (46) if w5 & 0x3 goto pc+250
; rule 1: if l4.header = 0x6 and tcp.flags not & 0x10 = 0x10 then count, CONTINUE
  28: (56) if w2 != 0x6 goto pc+4
  29: (bc) w5 = w5
  30: (54) w5 &= 16
  31: (16) if w5 == 0x10 goto pc+1
  32: (07) r7 += 1
; policy
  33: (b7) r8 = 2
; count and return
  34: (b7) r9 = 2
  35: (bf) r1 = r6
  36: (85) call bpf_xdp_get_buff_len#188
  37: (bf) r6 = r0
  38: (15) if r7 == 0x0 goto pc+16
  39: (57) r7 &= 1
  40: (16) if w7 == 0x0 goto pc+14
  41: (b7) r5 = 1
  42: (63) *(u32 *)(r10 -8) = r5
  43: (18) r1 = map[name:bf_cmap]
  45: (bf) r2 = r10
  46: (07) r2 += -8
  47: (85) call bpf_map_lookup_elem#1
  48: (15) if r0 == 0x0 goto pc+6
  49: (79) r5 = *(u64 *)(r0 +0)
  50: (07) r5 += 1
  51: (7b) *(u64 *)(r0 +0) = r5
  52: (79) r5 = *(u64 *)(r0 +8)
  53: (0f) r5 += r6
  54: (7b) *(u64 *)(r0 +8) = r5
  55: (bf) r5 = r6
  56: (1f) r5 -= r6
  57: (0f) r8 += r5
  58: (63) *(u32 *)(r10 -8) = r8
  59: (18) r1 = map[name:bf_cmap]
  61: (bf) r2 = r10
  62: (07) r2 += -8
  63: (85) call bpf_map_lookup_elem#1
  64: (15) if r0 == 0x0 goto pc+6
  65: (79) r5 = *(u64 *)(r0 +0)
  66: (07) r5 += 1
  67: (7b) *(u64 *)(r0 +0) = r5
  68: (79) r5 = *(u64 *)(r0 +8)
  69: (0f) r5 += r6
  70: (7b) *(u64 *)(r0 +8) = r5
  71: (bf) r0 = r9
  72: (95) exit
  73: (b7) r9 = 1
  74: (05) goto pc-40
; malformed packet
  75: (b7) r7 = 3
; count and return
  76: (b7) r8 = 2
  77: (bf) r1 = r6
  78: (85) call bpf_xdp_get_buff_len#188
  79: (bf) r6 = r0
  80: (bf) r5 = r6
  81: (1f) r5 -= r6
  82: (0f) r7 += r5
  83: (63) *(u32 *)(r10 -8) = r7
  84: (18) r1 = map[name:bf_cmap]
  86: (bf) r2 = r10
  87: (07) r2 += -8
  88: (85) call bpf_map_lookup_elem#1
  89: (15) if r0 == 0x0 goto pc+6
  90: (79) r5 = *(u64 *)(r0 +0)
  91: (07) r5 += 1
  92: (7b) *(u64 *)(r0 +0) = r5
  93: (79) r5 = *(u64 *)(r0 +8)
  94: (0f) r5 += r6
  95: (7b) *(u64 *)(r0 +8) = r5
  96: (bf) r0 = r8
  97: (95) exit
; parse what is less common
  98: (56) if w2 != 0x11 goto pc+5
  99: (0f) r5 += r3
 100: (07) r5 += 8
 101: (2d) if r5 > r4 goto pc+60
 102: (b7) r5 = 0
 103: (05) goto pc-81
 104: (16) if w2 == 0x1 goto pc+1
 105: (56) if w2 != 0x3a goto pc+5
 106: (0f) r5 += r3
 107: (07) r5 += 8
 108: (2d) if r5 > r4 goto pc+53
 109: (b7) r5 = 0
 110: (05) goto pc-88
 111: (47) r2 |= 256
 112: (b7) r5 = 0
 113: (05) goto pc-91
 114: (56) if w3 != 0x86dd goto pc+44
 115: (bf) r3 = r5
 116: (07) r3 += 54
 117: (2d) if r3 > r4 goto pc+44
 118: (71) r2 = *(u8 *)(r5 +20)
 119: (b7) r3 = 54
 120: (b7) r1 = 0
 121: (16) if w2 == 0x0 goto pc+6
 122: (16) if w2 == 0x2b goto pc+5
 123: (16) if w2 == 0x2c goto pc+4
 124: (16) if w2 == 0x33 goto pc+3
 125: (16) if w2 == 0x3c goto pc+2
 126: (16) if w2 == 0x87 goto pc+1
 127: (05) goto pc-111
 128: (16) if w1 == 0x6 goto pc-18
 129: (16) if w2 == 0x2c goto pc+17
 130: (bf) r0 = r5
 131: (0f) r0 += r3
 132: (bf) r9 = r0
 133: (07) r9 += 2
 134: (2d) if r9 > r4 goto pc+27
 135: (71) r9 = *(u8 *)(r0 +0)
 136: (71) r0 = *(u8 *)(r0 +1)
 137: (16) if w2 == 0x33 goto pc+6
 138: (67) r0 <<= 3
 139: (07) r0 += 8
 140: (0f) r3 += r0
 141: (bf) r2 = r9
 142: (07) r1 += 1
 143: (05) goto pc-23
 144: (67) r0 <<= 2
 145: (07) r0 += 8
 146: (05) goto pc-7
 147: (bf) r2 = r5
 148: (0f) r2 += r3
 149: (bf) r0 = r2
 150: (07) r0 += 8
 151: (2d) if r0 > r4 goto pc+10
 152: (71) r9 = *(u8 *)(r2 +0)
 153: (69) r0 = *(u16 *)(r2 +2)
 154: (46) if w0 & 0xf8ff goto pc+2
 155: (b7) r0 = 8
 156: (05) goto pc-17
 157: (bf) r2 = r9
 158: (05) goto pc-48
 159: (b7) r2 = 512
 160: (b7) r5 = 0
 161: (05) goto pc-139
; parse what is not linear
 162: (b7) r2 = 0
 163: (bf) r3 = r10
 164: (07) r3 += -48
 165: (b7) r4 = 14
 166: (bf) r1 = r6
 167: (85) call bpf_xdp_load_bytes#189
 168: (55) if r0 != 0x0 goto pc-94
 169: (69) r5 = *(u16 *)(r10 -36)
 170: (dc) r5 = be16 r5
 171: (56) if w5 != 0x800 goto pc+49
 172: (b7) r2 = 14
 173: (bf) r3 = r10
 174: (07) r3 += -48
 175: (b7) r4 = 20
 176: (bf) r1 = r6
 177: (85) call bpf_xdp_load_bytes#189
 178: (55) if r0 != 0x0 goto pc-104
 179: (71) r8 = *(u8 *)(r10 -48)
 180: (57) r8 &= 15
 181: (a6) if w8 < 0x5 goto pc-107
 182: (71) r7 = *(u8 *)(r10 -39)
 183: (69) r5 = *(u16 *)(r10 -42)
 184: (46) if w5 & 0xff1f goto pc+33
 185: (67) r8 <<= 2
 186: (07) r8 += 14
 187: (56) if w7 != 0x6 goto pc+9
 188: (bf) r3 = r10
 189: (07) r3 += -48
 190: (b7) r4 = 20
 191: (bf) r1 = r6
 192: (bf) r2 = r8
 193: (85) call bpf_xdp_load_bytes#189
 194: (55) if r0 != 0x0 goto pc-120
 195: (71) r5 = *(u8 *)(r10 -35)
 196: (05) goto pc+79
 197: (56) if w7 != 0x11 goto pc+9
 198: (bf) r3 = r10
 199: (07) r3 += -48
 200: (b7) r4 = 8
 201: (bf) r1 = r6
 202: (bf) r2 = r8
 203: (85) call bpf_xdp_load_bytes#189
 204: (55) if r0 != 0x0 goto pc-130
 205: (b7) r5 = 0
 206: (05) goto pc+69
 207: (16) if w7 == 0x1 goto pc+1
 208: (56) if w7 != 0x3a goto pc+9
 209: (bf) r3 = r10
 210: (07) r3 += -48
 211: (b7) r4 = 8
 212: (bf) r1 = r6
 213: (bf) r2 = r8
 214: (85) call bpf_xdp_load_bytes#189
 215: (55) if r0 != 0x0 goto pc-141
 216: (b7) r5 = 0
 217: (05) goto pc+58
 218: (47) r7 |= 256
 219: (b7) r5 = 0
 220: (05) goto pc+55
 221: (56) if w5 != 0x86dd goto pc+52
 222: (b7) r2 = 14
 223: (bf) r3 = r10
 224: (07) r3 += -48
 225: (b7) r4 = 40
 226: (bf) r1 = r6
 227: (85) call bpf_xdp_load_bytes#189
 228: (55) if r0 != 0x0 goto pc-154
 229: (71) r7 = *(u8 *)(r10 -42)
 230: (b7) r8 = 54
 231: (b7) r9 = 0
 232: (16) if w7 == 0x0 goto pc+6
 233: (16) if w7 == 0x2b goto pc+5
 234: (16) if w7 == 0x2c goto pc+4
 235: (16) if w7 == 0x33 goto pc+3
 236: (16) if w7 == 0x3c goto pc+2
 237: (16) if w7 == 0x87 goto pc+1
 238: (05) goto pc-52
 239: (16) if w9 == 0x6 goto pc-22
 240: (16) if w7 == 0x2c goto pc+19
 241: (bf) r3 = r10
 242: (07) r3 += -48
 243: (b7) r4 = 2
 244: (bf) r1 = r6
 245: (bf) r2 = r8
 246: (85) call bpf_xdp_load_bytes#189
 247: (55) if r0 != 0x0 goto pc-173
 248: (71) r5 = *(u8 *)(r10 -48)
 249: (71) r4 = *(u8 *)(r10 -47)
 250: (16) if w7 == 0x33 goto pc+6
 251: (67) r4 <<= 3
 252: (07) r4 += 8
 253: (0f) r8 += r4
 254: (bf) r7 = r5
 255: (07) r9 += 1
 256: (05) goto pc-25
 257: (67) r4 <<= 2
 258: (07) r4 += 8
 259: (05) goto pc-7
 260: (bf) r3 = r10
 261: (07) r3 += -48
 262: (b7) r4 = 8
 263: (bf) r1 = r6
 264: (bf) r2 = r8
 265: (85) call bpf_xdp_load_bytes#189
 266: (55) if r0 != 0x0 goto pc-192
 267: (71) r5 = *(u8 *)(r10 -48)
 268: (69) r4 = *(u16 *)(r10 -46)
 269: (46) if w4 & 0xf8ff goto pc+2
 270: (b7) r4 = 8
 271: (05) goto pc-19
 272: (bf) r7 = r5
 273: (05) goto pc-56
 274: (b7) r7 = 512
 275: (b7) r5 = 0
 276: (bf) r2 = r7
 277: (05) goto pc-255
; rule 0: if l4.header = 0x6 and tcp.flags not & 0x3 = 0x0 then count, DROP
 278: (b7) r8 = 0
 279: (05) goto pc-207
