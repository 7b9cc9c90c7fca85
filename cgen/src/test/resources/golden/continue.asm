   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 34
   5: (2d) if r3 > r4 goto pc+155
   6: (69) r3 = *(u16 *)(r5 +12)
   7: (dc) r3 = be16 r3
   8: (56) if w3 != 0x800 goto pc+102
   9: (71) r3 = *(u8 *)(r5 +14)
  10: (57) r3 &= 15
  11: (a6) if w3 < 0x5 goto pc+60
  12: (71) r2 = *(u8 *)(r5 +23)
  13: (69) r1 = *(u16 *)(r5 +20)
  14: (46) if w1 & 0xff1f goto pc+93
  15: (67) r3 <<= 2
  16: (07) r3 += 14
  17: (56) if w2 != 0x6 goto pc+74
  18: (0f) r5 += r3
  19: (bf) r3 = r5
  20: (07) r3 += 20
  21: (2d) if r3 > r4 goto pc+139
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
  73: (b7) r7 = 2
  74: (63) *(u32 *)(r10 -4) = r5
  75: (bf) r1 = r6
  76: (85) call bpf_xdp_get_buff_len#188
  77: (bf) r6 = r0
  78: (18) r1 = map[name:bf_cmap]
  80: (bf) r2 = r10
  81: (07) r2 += -4
  82: (85) call bpf_map_lookup_elem#1
  83: (15) if r0 == 0x0 goto pc+6
  84: (79) r5 = *(u64 *)(r0 +0)
  85: (07) r5 += 1
  86: (7b) *(u64 *)(r0 +0) = r5
  87: (79) r5 = *(u64 *)(r0 +8)
  88: (0f) r5 += r6
  89: (7b) *(u64 *)(r0 +8) = r5
  90: (bf) r0 = r7
  91: (95) exit
; parse what is less common
  92: (56) if w2 != 0x11 goto pc+7
  93: (0f) r5 += r3
  94: (bf) r3 = r5
  95: (07) r3 += 8
  96: (2d) if r3 > r4 goto pc+64
  97: (69) r5 = *(u16 *)(r5 +0)
  98: (dc) r5 = be16 r5
  99: (05) goto pc-76
 100: (16) if w2 == 0x1 goto pc+1
 101: (56) if w2 != 0x3a goto pc+6
 102: (0f) r5 += r3
 103: (bf) r3 = r5
 104: (07) r3 += 8
 105: (2d) if r3 > r4 goto pc+55
 106: (71) r5 = *(u8 *)(r5 +0)
 107: (05) goto pc-84
 108: (47) r2 |= 256
 109: (b7) r5 = 0
 110: (05) goto pc-87
 111: (56) if w3 != 0x86dd goto pc+46
 112: (bf) r3 = r5
 113: (07) r3 += 54
 114: (2d) if r3 > r4 goto pc+46
 115: (71) r2 = *(u8 *)(r5 +20)
 116: (b7) r3 = 54
 117: (b7) r1 = 0
 118: (16) if w2 == 0x0 goto pc+6
 119: (16) if w2 == 0x2b goto pc+5
 120: (16) if w2 == 0x2c goto pc+4
 121: (16) if w2 == 0x33 goto pc+3
 122: (16) if w2 == 0x3c goto pc+2
 123: (16) if w2 == 0x87 goto pc+1
 124: (05) goto pc+31
 125: (16) if w1 == 0x6 goto pc+31
 126: (16) if w2 == 0x2c goto pc+17
 127: (bf) r0 = r5
 128: (0f) r0 += r3
 129: (bf) r9 = r0
 130: (07) r9 += 2
 131: (2d) if r9 > r4 goto pc+29
 132: (71) r9 = *(u8 *)(r0 +0)
 133: (71) r0 = *(u8 *)(r0 +1)
 134: (16) if w2 == 0x33 goto pc+6
 135: (67) r0 <<= 3
 136: (07) r0 += 8
 137: (0f) r3 += r0
 138: (bf) r2 = r9
 139: (07) r1 += 1
 140: (05) goto pc-23
 141: (67) r0 <<= 2
 142: (07) r0 += 8
 143: (05) goto pc-7
 144: (bf) r2 = r5
 145: (0f) r2 += r3
 146: (bf) r0 = r2
 147: (07) r0 += 8
 148: (2d) if r0 > r4 goto pc+12
 149: (71) r9 = *(u8 *)(r2 +0)
 150: (69) r0 = *(u16 *)(r2 +2)
 151: (46) if w0 & 0xf8ff goto pc+2
 152: (b7) r0 = 8
 153: (05) goto pc-17
 154: (bf) r2 = r9
 155: (05) goto pc+1
 156: (05) goto pc-140
 157: (05) goto pc-50
 158: (b7) r2 = 512
 159: (b7) r5 = 0
 160: (05) goto pc-137
; parse what is not linear
 161: (b7) r2 = 0
 162: (bf) r3 = r10
 163: (07) r3 += -56
 164: (b7) r4 = 14
 165: (bf) r1 = r6
 166: (85) call bpf_xdp_load_bytes#189
 167: (55) if r0 != 0x0 goto pc-96
 168: (69) r5 = *(u16 *)(r10 -44)
 169: (dc) r5 = be16 r5
 170: (56) if w5 != 0x800 goto pc+51
 171: (b7) r2 = 14
 172: (bf) r3 = r10
 173: (07) r3 += -56
 174: (b7) r4 = 20
 175: (bf) r1 = r6
 176: (85) call bpf_xdp_load_bytes#189
 177: (55) if r0 != 0x0 goto pc-106
 178: (71) r8 = *(u8 *)(r10 -56)
 179: (57) r8 &= 15
 180: (a6) if w8 < 0x5 goto pc-109
 181: (71) r7 = *(u8 *)(r10 -47)
 182: (69) r5 = *(u16 *)(r10 -50)
 183: (46) if w5 & 0xff1f goto pc+35
 184: (67) r8 <<= 2
 185: (07) r8 += 14
 186: (56) if w7 != 0x6 goto pc+10
 187: (bf) r3 = r10
 188: (07) r3 += -56
 189: (b7) r4 = 20
 190: (bf) r1 = r6
 191: (bf) r2 = r8
 192: (85) call bpf_xdp_load_bytes#189
 193: (55) if r0 != 0x0 goto pc-122
 194: (69) r5 = *(u16 *)(r10 -56)
 195: (dc) r5 = be16 r5
 196: (05) goto pc+82
 197: (56) if w7 != 0x11 goto pc+10
 198: (bf) r3 = r10
 199: (07) r3 += -56
 200: (b7) r4 = 8
 201: (bf) r1 = r6
 202: (bf) r2 = r8
 203: (85) call bpf_xdp_load_bytes#189
 204: (55) if r0 != 0x0 goto pc-133
 205: (69) r5 = *(u16 *)(r10 -56)
 206: (dc) r5 = be16 r5
 207: (05) goto pc+71
 208: (16) if w7 == 0x1 goto pc+1
 209: (56) if w7 != 0x3a goto pc+9
 210: (bf) r3 = r10
 211: (07) r3 += -56
 212: (b7) r4 = 8
 213: (bf) r1 = r6
 214: (bf) r2 = r8
 215: (85) call bpf_xdp_load_bytes#189
 216: (55) if r0 != 0x0 goto pc-145
 217: (71) r5 = *(u8 *)(r10 -56)
 218: (05) goto pc+60
 219: (47) r7 |= 256
 220: (b7) r5 = 0
 221: (05) goto pc+57
 222: (56) if w5 != 0x86dd goto pc+54
 223: (b7) r2 = 14
 224: (bf) r3 = r10
 225: (07) r3 += -56
 226: (b7) r4 = 40
 227: (bf) r1 = r6
 228: (85) call bpf_xdp_load_bytes#189
 229: (55) if r0 != 0x0 goto pc-158
 230: (71) r7 = *(u8 *)(r10 -50)
 231: (b7) r8 = 54
 232: (b7) r9 = 0
 233: (16) if w7 == 0x0 goto pc+6
 234: (16) if w7 == 0x2b goto pc+5
 235: (16) if w7 == 0x2c goto pc+4
 236: (16) if w7 == 0x33 goto pc+3
 237: (16) if w7 == 0x3c goto pc+2
 238: (16) if w7 == 0x87 goto pc+1
 239: (05) goto pc+35
 240: (16) if w9 == 0x6 goto pc+35
 241: (16) if w7 == 0x2c goto pc+19
 242: (bf) r3 = r10
 243: (07) r3 += -56
 244: (b7) r4 = 2
 245: (bf) r1 = r6
 246: (bf) r2 = r8
 247: (85) call bpf_xdp_load_bytes#189
 248: (55) if r0 != 0x0 goto pc-177
 249: (71) r5 = *(u8 *)(r10 -56)
 250: (71) r4 = *(u8 *)(r10 -55)
 251: (16) if w7 == 0x33 goto pc+6
 252: (67) r4 <<= 3
 253: (07) r4 += 8
 254: (0f) r8 += r4
 255: (bf) r7 = r5
 256: (07) r9 += 1
 257: (05) goto pc-25
 258: (67) r4 <<= 2
 259: (07) r4 += 8
 260: (05) goto pc-7
 261: (bf) r3 = r10
 262: (07) r3 += -56
 263: (b7) r4 = 8
 264: (bf) r1 = r6
 265: (bf) r2 = r8
 266: (85) call bpf_xdp_load_bytes#189
 267: (55) if r0 != 0x0 goto pc-196
 268: (71) r5 = *(u8 *)(r10 -56)
 269: (69) r4 = *(u16 *)(r10 -54)
 270: (46) if w4 & 0xf8ff goto pc+2
 271: (b7) r4 = 8
 272: (05) goto pc-19
 273: (bf) r7 = r5
 274: (05) goto pc+1
 275: (05) goto pc-90
 276: (05) goto pc-58
 277: (b7) r7 = 512
 278: (b7) r5 = 0
 279: (bf) r2 = r7
 280: (05) goto pc-257
