   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 34
   5: (2d) if r3 > r4 goto pc+154
   6: (69) r3 = *(u16 *)(r5 +12)
   7: (dc) r3 = be16 r3
   8: (56) if w3 != 0x800 goto pc+101
   9: (71) r3 = *(u8 *)(r5 +14)
  10: (57) r3 &= 15
  11: (a6) if w3 < 0x5 goto pc+60
  12: (71) r2 = *(u8 *)(r5 +23)
  13: (69) r1 = *(u16 *)(r5 +20)
  14: (46) if w1 & 0xff1f goto pc+92
  15: (67) r3 <<= 2
  16: (07) r3 += 14
  17: (56) if w2 != 0x6 goto pc+73
  18: (0f) r5 += r3
  19: (bf) r3 = r5
  20: (07) r3 += 20
  21: (2d) if r3 > r4 goto pc+138
  22: (69) r5 = *(u16 *)(r5 +0)
  23: (dc) r5 = be16 r5
  24: (61) r4 = *(u32 *)(r6 +16)
  25: (bf) r7 = r4
  26: (1f) r7 -= r4
; rule 0: if l4.header = 0x1 and icmp.type = 0x8 then count, CONTINUE
  27: (56) if w2 != 0x1 goto pc+2
  28: (56) if w5 != 0x8 goto pc+1
  29: (07) r7 += 1
; rule 2: if l4.proto = 0x2f then DROP
  30: (bc) w5 = w2
  31: (54) w5 &= -257
  32: (16) if w5 == 0x2f goto pc+36
; policy
  33: (b7) r5 = 3
; count and return
  34: (b7) r8 = 2
  35: (63) *(u32 *)(r10 -4) = r5
  36: (bf) r1 = r6
  37: (85) call bpf_xdp_get_buff_len#188
  38: (bf) r6 = r0
  39: (15) if r7 == 0x0 goto pc+15
  40: (57) r7 &= 1
  41: (16) if w7 == 0x0 goto pc+13
  42: (62) *(u32 *)(r10 -12) = 0
  43: (18) r1 = map[name:bf_cmap]
  45: (bf) r2 = r10
  46: (07) r2 += -12
  47: (85) call bpf_map_lookup_elem#1
  48: (15) if r0 == 0x0 goto pc+6
  49: (79) r5 = *(u64 *)(r0 +0)
  50: (07) r5 += 1
  51: (7b) *(u64 *)(r0 +0) = r5
  52: (79) r5 = *(u64 *)(r0 +8)
  53: (0f) r5 += r6
  54: (7b) *(u64 *)(r0 +8) = r5
  55: (18) r1 = map[name:bf_cmap]
  57: (bf) r2 = r10
  58: (07) r2 += -4
  59: (85) call bpf_map_lookup_elem#1
  60: (15) if r0 == 0x0 goto pc+6
  61: (79) r5 = *(u64 *)(r0 +0)
  62: (07) r5 += 1
  63: (7b) *(u64 *)(r0 +0) = r5
  64: (79) r5 = *(u64 *)(r0 +8)
  65: (0f) r5 += r6
  66: (7b) *(u64 *)(r0 +8) = r5
  67: (bf) r0 = r8
  68: (95) exit
  69: (b7) r5 = -1
  70: (b7) r8 = 1
  71: (05) goto pc-37
; malformed packet
  72: (b7) r5 = 4
; count and return
  73: (63) *(u32 *)(r10 -4) = r5
  74: (bf) r1 = r6
  75: (85) call bpf_xdp_get_buff_len#188
  76: (bf) r6 = r0
  77: (18) r1 = map[name:bf_cmap]
  79: (bf) r2 = r10
  80: (07) r2 += -4
  81: (85) call bpf_map_lookup_elem#1
  82: (15) if r0 == 0x0 goto pc+6
  83: (79) r5 = *(u64 *)(r0 +0)
  84: (07) r5 += 1
  85: (7b) *(u64 *)(r0 +0) = r5
  86: (79) r5 = *(u64 *)(r0 +8)
  87: (0f) r5 += r6
  88: (7b) *(u64 *)(r0 +8) = r5
  89: (b7) r0 = 2
  90: (95) exit
; parse what is less common
  91: (56) if w2 != 0x11 goto pc+7
  92: (0f) r5 += r3
  93: (bf) r3 = r5
  94: (07) r3 += 8
  95: (2d) if r3 > r4 goto pc+64
  96: (69) r5 = *(u16 *)(r5 +0)
  97: (dc) r5 = be16 r5
  98: (05) goto pc-75
  99: (16) if w2 == 0x1 goto pc+1
 100: (56) if w2 != 0x3a goto pc+6
 101: (0f) r5 += r3
 102: (bf) r3 = r5
 103: (07) r3 += 8
 104: (2d) if r3 > r4 goto pc+55
 105: (71) r5 = *(u8 *)(r5 +0)
 106: (05) goto pc-83
 107: (47) r2 |= 256
 108: (b7) r5 = 0
 109: (05) goto pc-86
 110: (56) if w3 != 0x86dd goto pc+46
 111: (bf) r3 = r5
 112: (07) r3 += 54
 113: (2d) if r3 > r4 goto pc+46
 114: (71) r2 = *(u8 *)(r5 +20)
 115: (b7) r3 = 54
 116: (b7) r1 = 0
 117: (16) if w2 == 0x0 goto pc+6
 118: (16) if w2 == 0x2b goto pc+5
 119: (16) if w2 == 0x2c goto pc+4
 120: (16) if w2 == 0x33 goto pc+3
 121: (16) if w2 == 0x3c goto pc+2
 122: (16) if w2 == 0x87 goto pc+1
 123: (05) goto pc+31
 124: (16) if w1 == 0x6 goto pc+31
 125: (16) if w2 == 0x2c goto pc+17
 126: (bf) r0 = r5
 127: (0f) r0 += r3
 128: (bf) r9 = r0
 129: (07) r9 += 2
 130: (2d) if r9 > r4 goto pc+29
 131: (71) r9 = *(u8 *)(r0 +0)
 132: (71) r0 = *(u8 *)(r0 +1)
 133: (16) if w2 == 0x33 goto pc+6
 134: (67) r0 <<= 3
 135: (07) r0 += 8
 136: (0f) r3 += r0
 137: (bf) r2 = r9
 138: (07) r1 += 1
 139: (05) goto pc-23
 140: (67) r0 <<= 2
 141: (07) r0 += 8
 142: (05) goto pc-7
 143: (bf) r2 = r5
 144: (0f) r2 += r3
 145: (bf) r0 = r2
 146: (07) r0 += 8
 147: (2d) if r0 > r4 goto pc+12
 148: (71) r9 = *(u8 *)(r2 +0)
 149: (69) r0 = *(u16 *)(r2 +2)
 150: (46) if w0 & 0xf8ff goto pc+2
 151: (b7) r0 = 8
 152: (05) goto pc-17
 153: (bf) r2 = r9
 154: (05) goto pc+1
 155: (05) goto pc-139
 156: (05) goto pc-50
 157: (b7) r2 = 512
 158: (b7) r5 = 0
 159: (05) goto pc-136
; parse what is not linear
 160: (b7) r2 = 0
 161: (bf) r3 = r10
 162: (07) r3 += -56
 163: (b7) r4 = 14
 164: (bf) r1 = r6
 165: (85) call bpf_xdp_load_bytes#189
 166: (55) if r0 != 0x0 goto pc-95
 167: (69) r5 = *(u16 *)(r10 -44)
 168: (dc) r5 = be16 r5
 169: (56) if w5 != 0x800 goto pc+51
 170: (b7) r2 = 14
 171: (bf) r3 = r10
 172: (07) r3 += -56
 173: (b7) r4 = 20
 174: (bf) r1 = r6
 175: (85) call bpf_xdp_load_bytes#189
 176: (55) if r0 != 0x0 goto pc-105
 177: (71) r8 = *(u8 *)(r10 -56)
 178: (57) r8 &= 15
 179: (a6) if w8 < 0x5 goto pc-108
 180: (71) r7 = *(u8 *)(r10 -47)
 181: (69) r5 = *(u16 *)(r10 -50)
 182: (46) if w5 & 0xff1f goto pc+35
 183: (67) r8 <<= 2
 184: (07) r8 += 14
 185: (56) if w7 != 0x6 goto pc+10
 186: (bf) r3 = r10
 187: (07) r3 += -56
 188: (b7) r4 = 20
 189: (bf) r1 = r6
 190: (bf) r2 = r8
 191: (85) call bpf_xdp_load_bytes#189
 192: (55) if r0 != 0x0 goto pc-121
 193: (69) r5 = *(u16 *)(r10 -56)
 194: (dc) r5 = be16 r5
 195: (05) goto pc+82
 196: (56) if w7 != 0x11 goto pc+10
 197: (bf) r3 = r10
 198: (07) r3 += -56
 199: (b7) r4 = 8
 200: (bf) r1 = r6
 201: (bf) r2 = r8
 202: (85) call bpf_xdp_load_bytes#189
 203: (55) if r0 != 0x0 goto pc-132
 204: (69) r5 = *(u16 *)(r10 -56)
 205: (dc) r5 = be16 r5
 206: (05) goto pc+71
 207: (16) if w7 == 0x1 goto pc+1
 208: (56) if w7 != 0x3a goto pc+9
 209: (bf) r3 = r10
 210: (07) r3 += -56
 211: (b7) r4 = 8
 212: (bf) r1 = r6
 213: (bf) r2 = r8
 214: (85) call bpf_xdp_load_bytes#189
 215: (55) if r0 != 0x0 goto pc-144
 216: (71) r5 = *(u8 *)(r10 -56)
 217: (05) goto pc+60
 218: (47) r7 |= 256
 219: (b7) r5 = 0
 220: (05) goto pc+57
 221: (56) if w5 != 0x86dd goto pc+54
 222: (b7) r2 = 14
 223: (bf) r3 = r10
 224: (07) r3 += -56
 225: (b7) r4 = 40
 226: (bf) r1 = r6
 227: (85) call bpf_xdp_load_bytes#189
 228: (55) if r0 != 0x0 goto pc-157
 229: (71) r7 = *(u8 *)(r10 -50)
 230: (b7) r8 = 54
 231: (b7) r9 = 0
 232: (16) if w7 == 0x0 goto pc+6
 233: (16) if w7 == 0x2b goto pc+5
 234: (16) if w7 == 0x2c goto pc+4
 235: (16) if w7 == 0x33 goto pc+3
 236: (16) if w7 == 0x3c goto pc+2
 237: (16) if w7 == 0x87 goto pc+1
 238: (05) goto pc+35
 239: (16) if w9 == 0x6 goto pc+35
 240: (16) if w7 == 0x2c goto pc+19
 241: (bf) r3 = r10
 242: (07) r3 += -56
 243: (b7) r4 = 2
 244: (bf) r1 = r6
 245: (bf) r2 = r8
 246: (85) call bpf_xdp_load_bytes#189
 247: (55) if r0 != 0x0 goto pc-176
 248: (71) r5 = *(u8 *)(r10 -56)
 249: (71) r4 = *(u8 *)(r10 -55)
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
 261: (07) r3 += -56
 262: (b7) r4 = 8
 263: (bf) r1 = r6
 264: (bf) r2 = r8
 265: (85) call bpf_xdp_load_bytes#189
 266: (55) if r0 != 0x0 goto pc-195
 267: (71) r5 = *(u8 *)(r10 -56)
 268: (69) r4 = *(u16 *)(r10 -54)
 269: (46) if w4 & 0xf8ff goto pc+2
 270: (b7) r4 = 8
 271: (05) goto pc-19
 272: (bf) r7 = r5
 273: (05) goto pc+1
 274: (05) goto pc-90
 275: (05) goto pc-58
 276: (b7) r7 = 512
 277: (b7) r5 = 0
 278: (bf) r2 = r7
 279: (05) goto pc-256
