   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 34
   5: (2d) if r3 > r4 goto pc+153
   6: (69) r3 = *(u16 *)(r5 +12)
   7: (dc) r3 = be16 r3
   8: (56) if w3 != 0x800 goto pc+99
   9: (71) r3 = *(u8 *)(r5 +14)
  10: (57) r3 &= 15
  11: (a6) if w3 < 0x5 goto pc+61
  12: (71) r2 = *(u8 *)(r5 +23)
  13: (69) r1 = *(u16 *)(r5 +20)
  14: (46) if w1 & 0xff1f goto pc+90
  15: (67) r3 <<= 2
  16: (07) r3 += 14
  17: (56) if w2 != 0x6 goto pc+74
  18: (0f) r5 += r3
  19: (bf) r3 = r5
  20: (07) r3 += 20
  21: (2d) if r3 > r4 goto pc+137
  22: (71) r5 = *(u8 *)(r5 +13)
  23: (61) r4 = *(u32 *)(r6 +16)
  24: (27) r4 *= -1640531535
  25: (bf) r7 = r4
  26: (1f) r7 -= r4
  27: (56) if w2 != 0x6 goto pc+7
; rule 0: if l4.header = 0x6 and tcp.flags not & 0x3 = 0x0 then count, DROP
  28: (bc) w4 = w5
  29: (54) w4 &= 3
  30: (56) if w4 != 0x0 goto pc+247
; rule 1: if l4.header = 0x6 and tcp.flags not & 0x10 = 0x10 then count, CONTINUE
  31: (bc) w5 = w5
  32: (54) w5 &= 16
  33: (16) if w5 == 0x10 goto pc+1
  34: (07) r7 += 1
; policy
  35: (b7) r5 = 2
; log, count and return
  36: (b7) r8 = 2
  37: (63) *(u32 *)(r10 -4) = r5
  38: (bf) r1 = r6
  39: (85) call bpf_xdp_get_buff_len#188
  40: (bf) r6 = r0
  41: (15) if r7 == 0x0 goto pc+15
  42: (57) r7 &= 1
  43: (16) if w7 == 0x0 goto pc+13
  44: (62) *(u32 *)(r10 -12) = 1
  45: (18) r1 = map[name:bf_cmap]
  47: (bf) r2 = r10
  48: (07) r2 += -12
  49: (85) call bpf_map_lookup_elem#1
  50: (15) if r0 == 0x0 goto pc+6
  51: (79) r5 = *(u64 *)(r0 +0)
  52: (07) r5 += 1
  53: (7b) *(u64 *)(r0 +0) = r5
  54: (79) r5 = *(u64 *)(r0 +8)
  55: (0f) r5 += r6
  56: (7b) *(u64 *)(r0 +8) = r5
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
  69: (bf) r0 = r8
  70: (95) exit
  71: (b7) r8 = 1
  72: (05) goto pc-36
; malformed packet
  73: (b7) r5 = 3
; log, count and return
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
  90: (b7) r0 = 2
  91: (95) exit
; parse what is less common
  92: (56) if w2 != 0x11 goto pc+5
  93: (0f) r5 += r3
  94: (07) r5 += 8
  95: (2d) if r5 > r4 goto pc+63
  96: (b7) r5 = 0
  97: (05) goto pc-75
  98: (16) if w2 == 0x1 goto pc+1
  99: (56) if w2 != 0x3a goto pc+5
 100: (0f) r5 += r3
 101: (07) r5 += 8
 102: (2d) if r5 > r4 goto pc+56
 103: (b7) r5 = 0
 104: (05) goto pc-82
 105: (47) r2 |= 256
 106: (b7) r5 = 0
 107: (05) goto pc-85
 108: (56) if w3 != 0x86dd goto pc+47
 109: (bf) r3 = r5
 110: (07) r3 += 54
 111: (2d) if r3 > r4 goto pc+47
 112: (71) r2 = *(u8 *)(r5 +20)
 113: (b7) r3 = 54
 114: (b7) r1 = 0
 115: (16) if w2 == 0x0 goto pc+6
 116: (16) if w2 == 0x2b goto pc+5
 117: (16) if w2 == 0x2c goto pc+4
 118: (16) if w2 == 0x33 goto pc+3
 119: (16) if w2 == 0x3c goto pc+2
 120: (16) if w2 == 0x87 goto pc+1
 121: (05) goto pc+32
 122: (16) if w1 == 0x6 goto pc+32
 123: (16) if w2 == 0x2c goto pc+14
 124: (bf) r0 = r5
 125: (0f) r0 += r3
 126: (bf) r9 = r0
 127: (07) r9 += 2
 128: (2d) if r9 > r4 goto pc+30
 129: (71) r9 = *(u8 *)(r0 +0)
 130: (71) r0 = *(u8 *)(r0 +1)
 131: (16) if w2 == 0x33 goto pc+3
 132: (67) r0 <<= 3
 133: (07) r0 += 8
 134: (05) goto pc+15
 135: (67) r0 <<= 2
 136: (07) r0 += 8
 137: (05) goto pc+12
 138: (bf) r2 = r5
 139: (0f) r2 += r3
 140: (bf) r0 = r2
 141: (07) r0 += 8
 142: (2d) if r0 > r4 goto pc+16
 143: (71) r9 = *(u8 *)(r2 +0)
 144: (69) r0 = *(u16 *)(r2 +2)
 145: (46) if w0 & 0xf8ff goto pc+2
 146: (b7) r0 = 8
 147: (05) goto pc+2
 148: (bf) r2 = r9
 149: (05) goto pc+5
 150: (0f) r3 += r0
 151: (bf) r2 = r9
 152: (07) r1 += 1
 153: (05) goto pc-39
 154: (05) goto pc-138
 155: (05) goto pc-51
 156: (b7) r2 = 512
 157: (b7) r5 = 0
 158: (05) goto pc-136
; parse what is not linear
 159: (b7) r2 = 0
 160: (bf) r3 = r10
 161: (07) r3 += -56
 162: (b7) r4 = 14
 163: (bf) r1 = r6
 164: (85) call bpf_xdp_load_bytes#189
 165: (55) if r0 != 0x0 goto pc-93
 166: (69) r5 = *(u16 *)(r10 -44)
 167: (dc) r5 = be16 r5
 168: (56) if w5 != 0x800 goto pc+49
 169: (b7) r2 = 14
 170: (bf) r3 = r10
 171: (07) r3 += -56
 172: (b7) r4 = 20
 173: (bf) r1 = r6
 174: (85) call bpf_xdp_load_bytes#189
 175: (55) if r0 != 0x0 goto pc-103
 176: (71) r8 = *(u8 *)(r10 -56)
 177: (57) r8 &= 15
 178: (a6) if w8 < 0x5 goto pc-106
 179: (71) r7 = *(u8 *)(r10 -47)
 180: (69) r5 = *(u16 *)(r10 -50)
 181: (46) if w5 & 0xff1f goto pc+33
 182: (67) r8 <<= 2
 183: (07) r8 += 14
 184: (56) if w7 != 0x6 goto pc+9
 185: (bf) r3 = r10
 186: (07) r3 += -56
 187: (b7) r4 = 20
 188: (bf) r1 = r6
 189: (bf) r2 = r8
 190: (85) call bpf_xdp_load_bytes#189
 191: (55) if r0 != 0x0 goto pc-119
 192: (71) r5 = *(u8 *)(r10 -43)
 193: (05) goto pc+82
 194: (56) if w7 != 0x11 goto pc+9
 195: (bf) r3 = r10
 196: (07) r3 += -56
 197: (b7) r4 = 8
 198: (bf) r1 = r6
 199: (bf) r2 = r8
 200: (85) call bpf_xdp_load_bytes#189
 201: (55) if r0 != 0x0 goto pc-129
 202: (b7) r5 = 0
 203: (05) goto pc+72
 204: (16) if w7 == 0x1 goto pc+1
 205: (56) if w7 != 0x3a goto pc+9
 206: (bf) r3 = r10
 207: (07) r3 += -56
 208: (b7) r4 = 8
 209: (bf) r1 = r6
 210: (bf) r2 = r8
 211: (85) call bpf_xdp_load_bytes#189
 212: (55) if r0 != 0x0 goto pc-140
 213: (b7) r5 = 0
 214: (05) goto pc+61
 215: (47) r7 |= 256
 216: (b7) r5 = 0
 217: (05) goto pc+58
 218: (56) if w5 != 0x86dd goto pc+55
 219: (b7) r2 = 14
 220: (bf) r3 = r10
 221: (07) r3 += -56
 222: (b7) r4 = 40
 223: (bf) r1 = r6
 224: (85) call bpf_xdp_load_bytes#189
 225: (55) if r0 != 0x0 goto pc-153
 226: (71) r7 = *(u8 *)(r10 -50)
 227: (b7) r8 = 54
 228: (b7) r9 = 0
 229: (16) if w7 == 0x0 goto pc+6
 230: (16) if w7 == 0x2b goto pc+5
 231: (16) if w7 == 0x2c goto pc+4
 232: (16) if w7 == 0x33 goto pc+3
 233: (16) if w7 == 0x3c goto pc+2
 234: (16) if w7 == 0x87 goto pc+1
 235: (05) goto pc+36
 236: (16) if w9 == 0x6 goto pc+36
 237: (16) if w7 == 0x2c goto pc+16
 238: (bf) r3 = r10
 239: (07) r3 += -56
 240: (b7) r4 = 2
 241: (bf) r1 = r6
 242: (bf) r2 = r8
 243: (85) call bpf_xdp_load_bytes#189
 244: (55) if r0 != 0x0 goto pc-172
 245: (71) r5 = *(u8 *)(r10 -56)
 246: (71) r4 = *(u8 *)(r10 -55)
 247: (16) if w7 == 0x33 goto pc+3
 248: (67) r4 <<= 3
 249: (07) r4 += 8
 250: (05) goto pc+17
 251: (67) r4 <<= 2
 252: (07) r4 += 8
 253: (05) goto pc+14
 254: (bf) r3 = r10
 255: (07) r3 += -56
 256: (b7) r4 = 8
 257: (bf) r1 = r6
 258: (bf) r2 = r8
 259: (85) call bpf_xdp_load_bytes#189
 260: (55) if r0 != 0x0 goto pc-188
 261: (71) r5 = *(u8 *)(r10 -56)
 262: (69) r4 = *(u16 *)(r10 -54)
 263: (46) if w4 & 0xf8ff goto pc+2
 264: (b7) r4 = 8
 265: (05) goto pc+2
 266: (bf) r7 = r5
 267: (05) goto pc+5
 268: (0f) r8 += r4
 269: (bf) r7 = r5
 270: (07) r9 += 1
 271: (05) goto pc-43
 272: (05) goto pc-89
 273: (05) goto pc-59
 274: (b7) r7 = 512
 275: (b7) r5 = 0
 276: (bf) r2 = r7
 277: (05) goto pc-255
; rule 0: if l4.header = 0x6 and tcp.flags not & 0x3 = 0x0 then count, DROP
 278: (b7) r5 = 0
 279: (05) goto pc-209
