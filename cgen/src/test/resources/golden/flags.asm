   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 34
   5: (2d) if r3 > r4 goto pc+149
   6: (69) r3 = *(u16 *)(r5 +12)
   7: (dc) r3 = be16 r3
   8: (56) if w3 != 0x800 goto pc+96
   9: (71) r3 = *(u8 *)(r5 +14)
  10: (57) r3 &= 15
  11: (a6) if w3 < 0x5 goto pc+58
  12: (71) r2 = *(u8 *)(r5 +23)
  13: (69) r1 = *(u16 *)(r5 +20)
  14: (46) if w1 & 0xff1f goto pc+87
  15: (67) r3 <<= 2
  16: (07) r3 += 14
  17: (56) if w2 != 0x6 goto pc+71
  18: (0f) r5 += r3
  19: (bf) r3 = r5
  20: (07) r3 += 20
  21: (2d) if r3 > r4 goto pc+133
  22: (71) r5 = *(u8 *)(r5 +13)
  23: (61) r4 = *(u32 *)(r6 +16)
  24: (bf) r7 = r4
  25: (1f) r7 -= r4
  26: (56) if w2 != 0x6 goto pc+5
; rule 0: if l4.header = 0x6 and tcp.flags not & 0x3 = 0x0 then count, DROP
  27: (46) if w5 & 0x3 goto pc+245
; rule 1: if l4.header = 0x6 and tcp.flags not & 0x10 = 0x10 then count, CONTINUE
  28: (bc) w5 = w5
  29: (54) w5 &= 16
  30: (16) if w5 == 0x10 goto pc+1
  31: (07) r7 += 1
; policy
  32: (b7) r5 = 2
; count and return
  33: (b7) r8 = 2
  34: (63) *(u32 *)(r10 -4) = r5
  35: (bf) r1 = r6
  36: (85) call bpf_xdp_get_buff_len#188
  37: (bf) r6 = r0
  38: (15) if r7 == 0x0 goto pc+15
  39: (57) r7 &= 1
  40: (16) if w7 == 0x0 goto pc+13
  41: (62) *(u32 *)(r10 -12) = 1
  42: (18) r1 = map[name:bf_cmap]
  44: (bf) r2 = r10
  45: (07) r2 += -12
  46: (85) call bpf_map_lookup_elem#1
  47: (15) if r0 == 0x0 goto pc+6
  48: (79) r5 = *(u64 *)(r0 +0)
  49: (07) r5 += 1
  50: (7b) *(u64 *)(r0 +0) = r5
  51: (79) r5 = *(u64 *)(r0 +8)
  52: (0f) r5 += r6
  53: (7b) *(u64 *)(r0 +8) = r5
  54: (18) r1 = map[name:bf_cmap]
  56: (bf) r2 = r10
  57: (07) r2 += -4
  58: (85) call bpf_map_lookup_elem#1
  59: (15) if r0 == 0x0 goto pc+6
  60: (79) r5 = *(u64 *)(r0 +0)
  61: (07) r5 += 1
  62: (7b) *(u64 *)(r0 +0) = r5
  63: (79) r5 = *(u64 *)(r0 +8)
  64: (0f) r5 += r6
  65: (7b) *(u64 *)(r0 +8) = r5
  66: (bf) r0 = r8
  67: (95) exit
  68: (b7) r8 = 1
  69: (05) goto pc-36
; malformed packet
  70: (b7) r5 = 3
; count and return
  71: (63) *(u32 *)(r10 -4) = r5
  72: (bf) r1 = r6
  73: (85) call bpf_xdp_get_buff_len#188
  74: (bf) r6 = r0
  75: (18) r1 = map[name:bf_cmap]
  77: (bf) r2 = r10
  78: (07) r2 += -4
  79: (85) call bpf_map_lookup_elem#1
  80: (15) if r0 == 0x0 goto pc+6
  81: (79) r5 = *(u64 *)(r0 +0)
  82: (07) r5 += 1
  83: (7b) *(u64 *)(r0 +0) = r5
  84: (79) r5 = *(u64 *)(r0 +8)
  85: (0f) r5 += r6
  86: (7b) *(u64 *)(r0 +8) = r5
  87: (b7) r0 = 2
  88: (95) exit
; parse what is less common
  89: (56) if w2 != 0x11 goto pc+5
  90: (0f) r5 += r3
  91: (07) r5 += 8
  92: (2d) if r5 > r4 goto pc+62
  93: (b7) r5 = 0
  94: (05) goto pc-72
  95: (16) if w2 == 0x1 goto pc+1
  96: (56) if w2 != 0x3a goto pc+5
  97: (0f) r5 += r3
  98: (07) r5 += 8
  99: (2d) if r5 > r4 goto pc+55
 100: (b7) r5 = 0
 101: (05) goto pc-79
 102: (47) r2 |= 256
 103: (b7) r5 = 0
 104: (05) goto pc-82
 105: (56) if w3 != 0x86dd goto pc+46
 106: (bf) r3 = r5
 107: (07) r3 += 54
 108: (2d) if r3 > r4 goto pc+46
 109: (71) r2 = *(u8 *)(r5 +20)
 110: (b7) r3 = 54
 111: (b7) r1 = 0
 112: (16) if w2 == 0x0 goto pc+6
 113: (16) if w2 == 0x2b goto pc+5
 114: (16) if w2 == 0x2c goto pc+4
 115: (16) if w2 == 0x33 goto pc+3
 116: (16) if w2 == 0x3c goto pc+2
 117: (16) if w2 == 0x87 goto pc+1
 118: (05) goto pc+31
 119: (16) if w1 == 0x6 goto pc+31
 120: (16) if w2 == 0x2c goto pc+17
 121: (bf) r0 = r5
 122: (0f) r0 += r3
 123: (bf) r9 = r0
 124: (07) r9 += 2
 125: (2d) if r9 > r4 goto pc+29
 126: (71) r9 = *(u8 *)(r0 +0)
 127: (71) r0 = *(u8 *)(r0 +1)
 128: (16) if w2 == 0x33 goto pc+6
 129: (67) r0 <<= 3
 130: (07) r0 += 8
 131: (0f) r3 += r0
 132: (bf) r2 = r9
 133: (07) r1 += 1
 134: (05) goto pc-23
 135: (67) r0 <<= 2
 136: (07) r0 += 8
 137: (05) goto pc-7
 138: (bf) r2 = r5
 139: (0f) r2 += r3
 140: (bf) r0 = r2
 141: (07) r0 += 8
 142: (2d) if r0 > r4 goto pc+12
 143: (71) r9 = *(u8 *)(r2 +0)
 144: (69) r0 = *(u16 *)(r2 +2)
 145: (46) if w0 & 0xf8ff goto pc+2
 146: (b7) r0 = 8
 147: (05) goto pc-17
 148: (bf) r2 = r9
 149: (05) goto pc+1
 150: (05) goto pc-134
 151: (05) goto pc-50
 152: (b7) r2 = 512
 153: (b7) r5 = 0
 154: (05) goto pc-132
; parse what is not linear
 155: (b7) r2 = 0
 156: (bf) r3 = r10
 157: (07) r3 += -56
 158: (b7) r4 = 14
 159: (bf) r1 = r6
 160: (85) call bpf_xdp_load_bytes#189
 161: (55) if r0 != 0x0 goto pc-92
 162: (69) r5 = *(u16 *)(r10 -44)
 163: (dc) r5 = be16 r5
 164: (56) if w5 != 0x800 goto pc+49
 165: (b7) r2 = 14
 166: (bf) r3 = r10
 167: (07) r3 += -56
 168: (b7) r4 = 20
 169: (bf) r1 = r6
 170: (85) call bpf_xdp_load_bytes#189
 171: (55) if r0 != 0x0 goto pc-102
 172: (71) r8 = *(u8 *)(r10 -56)
 173: (57) r8 &= 15
 174: (a6) if w8 < 0x5 goto pc-105
 175: (71) r7 = *(u8 *)(r10 -47)
 176: (69) r5 = *(u16 *)(r10 -50)
 177: (46) if w5 & 0xff1f goto pc+33
 178: (67) r8 <<= 2
 179: (07) r8 += 14
 180: (56) if w7 != 0x6 goto pc+9
 181: (bf) r3 = r10
 182: (07) r3 += -56
 183: (b7) r4 = 20
 184: (bf) r1 = r6
 185: (bf) r2 = r8
 186: (85) call bpf_xdp_load_bytes#189
 187: (55) if r0 != 0x0 goto pc-118
 188: (71) r5 = *(u8 *)(r10 -43)
 189: (05) goto pc+81
 190: (56) if w7 != 0x11 goto pc+9
 191: (bf) r3 = r10
 192: (07) r3 += -56
 193: (b7) r4 = 8
 194: (bf) r1 = r6
 195: (bf) r2 = r8
 196: (85) call bpf_xdp_load_bytes#189
 197: (55) if r0 != 0x0 goto pc-128
 198: (b7) r5 = 0
 199: (05) goto pc+71
 200: (16) if w7 == 0x1 goto pc+1
 201: (56) if w7 != 0x3a goto pc+9
 202: (bf) r3 = r10
 203: (07) r3 += -56
 204: (b7) r4 = 8
 205: (bf) r1 = r6
 206: (bf) r2 = r8
 207: (85) call bpf_xdp_load_bytes#189
 208: (55) if r0 != 0x0 goto pc-139
 209: (b7) r5 = 0
 210: (05) goto pc+60
 211: (47) r7 |= 256
 212: (b7) r5 = 0
 213: (05) goto pc+57
 214: (56) if w5 != 0x86dd goto pc+54
 215: (b7) r2 = 14
 216: (bf) r3 = r10
 217: (07) r3 += -56
 218: (b7) r4 = 40
 219: (bf) r1 = r6
 220: (85) call bpf_xdp_load_bytes#189
 221: (55) if r0 != 0x0 goto pc-152
 222: (71) r7 = *(u8 *)(r10 -50)
 223: (b7) r8 = 54
 224: (b7) r9 = 0
 225: (16) if w7 == 0x0 goto pc+6
 226: (16) if w7 == 0x2b goto pc+5
 227: (16) if w7 == 0x2c goto pc+4
 228: (16) if w7 == 0x33 goto pc+3
 229: (16) if w7 == 0x3c goto pc+2
 230: (16) if w7 == 0x87 goto pc+1
 231: (05) goto pc+35
 232: (16) if w9 == 0x6 goto pc+35
 233: (16) if w7 == 0x2c goto pc+19
 234: (bf) r3 = r10
 235: (07) r3 += -56
 236: (b7) r4 = 2
 237: (bf) r1 = r6
 238: (bf) r2 = r8
 239: (85) call bpf_xdp_load_bytes#189
 240: (55) if r0 != 0x0 goto pc-171
 241: (71) r5 = *(u8 *)(r10 -56)
 242: (71) r4 = *(u8 *)(r10 -55)
 243: (16) if w7 == 0x33 goto pc+6
 244: (67) r4 <<= 3
 245: (07) r4 += 8
 246: (0f) r8 += r4
 247: (bf) r7 = r5
 248: (07) r9 += 1
 249: (05) goto pc-25
 250: (67) r4 <<= 2
 251: (07) r4 += 8
 252: (05) goto pc-7
 253: (bf) r3 = r10
 254: (07) r3 += -56
 255: (b7) r4 = 8
 256: (bf) r1 = r6
 257: (bf) r2 = r8
 258: (85) call bpf_xdp_load_bytes#189
 259: (55) if r0 != 0x0 goto pc-190
 260: (71) r5 = *(u8 *)(r10 -56)
 261: (69) r4 = *(u16 *)(r10 -54)
 262: (46) if w4 & 0xf8ff goto pc+2
 263: (b7) r4 = 8
 264: (05) goto pc-19
 265: (bf) r7 = r5
 266: (05) goto pc+1
 267: (05) goto pc-88
 268: (05) goto pc-58
 269: (b7) r7 = 512
 270: (b7) r5 = 0
 271: (bf) r2 = r7
 272: (05) goto pc-250
; rule 0: if l4.header = 0x6 and tcp.flags not & 0x3 = 0x0 then count, DROP
 273: (b7) r5 = 0
 274: (05) goto pc-207
