   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 34
   5: (2d) if r3 > r4 goto pc+149
   6: (69) r3 = *(u16 *)(r5 +12)
   7: (dc) r3 = be16 r3
   8: (56) if w3 != 0x800 goto pc+95
   9: (71) r3 = *(u8 *)(r5 +14)
  10: (57) r3 &= 15
  11: (a6) if w3 < 0x5 goto pc+57
  12: (71) r2 = *(u8 *)(r5 +23)
  13: (69) r1 = *(u16 *)(r5 +20)
  14: (46) if w1 & 0xff1f goto pc+86
  15: (67) r3 <<= 2
  16: (07) r3 += 14
  17: (56) if w2 != 0x6 goto pc+70
  18: (0f) r5 += r3
  19: (bf) r3 = r5
  20: (07) r3 += 20
  21: (2d) if r3 > r4 goto pc+133
  22: (71) r5 = *(u8 *)(r5 +13)
  23: (61) r4 = *(u32 *)(r6 +16)
  24: (bf) r7 = r4
  25: (1f) r7 -= r4
  26: (56) if w2 != 0x6 goto pc+4
; rule 0: if l4.header = 0x6 and tcp.flags not & 0x3 = 0x0 then count, DROP
  27: (46) if w5 & 0x3 goto pc+246
; rule 1: if l4.header = 0x6 and tcp.flags not & 0x10 = 0x10 then count, CONTINUE
  28: (bc) w5 = w5
  29: (54) w5 &= 16
  30: (56) if w5 != 0x10 goto pc+245
; policy
  31: (b7) r5 = 2
; log, count and return
  32: (b7) r8 = 2
  33: (63) *(u32 *)(r10 -4) = r5
  34: (bf) r1 = r6
  35: (85) call bpf_xdp_get_buff_len#188
  36: (bf) r6 = r0
  37: (15) if r7 == 0x0 goto pc+15
  38: (57) r7 &= 1
  39: (16) if w7 == 0x0 goto pc+13
  40: (62) *(u32 *)(r10 -12) = 1
  41: (18) r1 = map[name:bf_cmap]
  43: (bf) r2 = r10
  44: (07) r2 += -12
  45: (85) call bpf_map_lookup_elem#1
  46: (15) if r0 == 0x0 goto pc+6
  47: (79) r5 = *(u64 *)(r0 +0)
  48: (07) r5 += 1
  49: (7b) *(u64 *)(r0 +0) = r5
  50: (79) r5 = *(u64 *)(r0 +8)
  51: (0f) r5 += r6
  52: (7b) *(u64 *)(r0 +8) = r5
  53: (18) r1 = map[name:bf_cmap]
  55: (bf) r2 = r10
  56: (07) r2 += -4
  57: (85) call bpf_map_lookup_elem#1
  58: (15) if r0 == 0x0 goto pc+6
  59: (79) r5 = *(u64 *)(r0 +0)
  60: (07) r5 += 1
  61: (7b) *(u64 *)(r0 +0) = r5
  62: (79) r5 = *(u64 *)(r0 +8)
  63: (0f) r5 += r6
  64: (7b) *(u64 *)(r0 +8) = r5
  65: (bf) r0 = r8
  66: (95) exit
  67: (b7) r8 = 1
  68: (05) goto pc-36
; malformed packet
  69: (b7) r5 = 3
; log, count and return
  70: (63) *(u32 *)(r10 -4) = r5
  71: (bf) r1 = r6
  72: (85) call bpf_xdp_get_buff_len#188
  73: (bf) r6 = r0
  74: (18) r1 = map[name:bf_cmap]
  76: (bf) r2 = r10
  77: (07) r2 += -4
  78: (85) call bpf_map_lookup_elem#1
  79: (15) if r0 == 0x0 goto pc+6
  80: (79) r5 = *(u64 *)(r0 +0)
  81: (07) r5 += 1
  82: (7b) *(u64 *)(r0 +0) = r5
  83: (79) r5 = *(u64 *)(r0 +8)
  84: (0f) r5 += r6
  85: (7b) *(u64 *)(r0 +8) = r5
  86: (b7) r0 = 2
  87: (95) exit
; parse what is less common
  88: (56) if w2 != 0x11 goto pc+5
  89: (0f) r5 += r3
  90: (07) r5 += 8
  91: (2d) if r5 > r4 goto pc+63
  92: (b7) r5 = 0
  93: (05) goto pc-71
  94: (16) if w2 == 0x1 goto pc+1
  95: (56) if w2 != 0x3a goto pc+5
  96: (0f) r5 += r3
  97: (07) r5 += 8
  98: (2d) if r5 > r4 goto pc+56
  99: (b7) r5 = 0
 100: (05) goto pc-78
 101: (47) r2 |= 256
 102: (b7) r5 = 0
 103: (05) goto pc-81
 104: (56) if w3 != 0x86dd goto pc+47
 105: (bf) r3 = r5
 106: (07) r3 += 54
 107: (2d) if r3 > r4 goto pc+47
 108: (71) r2 = *(u8 *)(r5 +20)
 109: (b7) r3 = 54
 110: (b7) r1 = 0
 111: (16) if w2 == 0x0 goto pc+6
 112: (16) if w2 == 0x2b goto pc+5
 113: (16) if w2 == 0x2c goto pc+4
 114: (16) if w2 == 0x33 goto pc+3
 115: (16) if w2 == 0x3c goto pc+2
 116: (16) if w2 == 0x87 goto pc+1
 117: (05) goto pc+32
 118: (16) if w1 == 0x6 goto pc+32
 119: (16) if w2 == 0x2c goto pc+14
 120: (bf) r0 = r5
 121: (0f) r0 += r3
 122: (bf) r9 = r0
 123: (07) r9 += 2
 124: (2d) if r9 > r4 goto pc+30
 125: (71) r9 = *(u8 *)(r0 +0)
 126: (71) r0 = *(u8 *)(r0 +1)
 127: (16) if w2 == 0x33 goto pc+3
 128: (67) r0 <<= 3
 129: (07) r0 += 8
 130: (05) goto pc+15
 131: (67) r0 <<= 2
 132: (07) r0 += 8
 133: (05) goto pc+12
 134: (bf) r2 = r5
 135: (0f) r2 += r3
 136: (bf) r0 = r2
 137: (07) r0 += 8
 138: (2d) if r0 > r4 goto pc+16
 139: (71) r9 = *(u8 *)(r2 +0)
 140: (69) r0 = *(u16 *)(r2 +2)
 141: (46) if w0 & 0xf8ff goto pc+2
 142: (b7) r0 = 8
 143: (05) goto pc+2
 144: (bf) r2 = r9
 145: (05) goto pc+5
 146: (0f) r3 += r0
 147: (bf) r2 = r9
 148: (07) r1 += 1
 149: (05) goto pc-39
 150: (05) goto pc-134
 151: (05) goto pc-51
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
 161: (55) if r0 != 0x0 goto pc-93
 162: (69) r5 = *(u16 *)(r10 -44)
 163: (dc) r5 = be16 r5
 164: (56) if w5 != 0x800 goto pc+49
 165: (b7) r2 = 14
 166: (bf) r3 = r10
 167: (07) r3 += -56
 168: (b7) r4 = 20
 169: (bf) r1 = r6
 170: (85) call bpf_xdp_load_bytes#189
 171: (55) if r0 != 0x0 goto pc-103
 172: (71) r8 = *(u8 *)(r10 -56)
 173: (57) r8 &= 15
 174: (a6) if w8 < 0x5 goto pc-106
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
 187: (55) if r0 != 0x0 goto pc-119
 188: (71) r5 = *(u8 *)(r10 -43)
 189: (05) goto pc+82
 190: (56) if w7 != 0x11 goto pc+9
 191: (bf) r3 = r10
 192: (07) r3 += -56
 193: (b7) r4 = 8
 194: (bf) r1 = r6
 195: (bf) r2 = r8
 196: (85) call bpf_xdp_load_bytes#189
 197: (55) if r0 != 0x0 goto pc-129
 198: (b7) r5 = 0
 199: (05) goto pc+72
 200: (16) if w7 == 0x1 goto pc+1
 201: (56) if w7 != 0x3a goto pc+9
 202: (bf) r3 = r10
 203: (07) r3 += -56
 204: (b7) r4 = 8
 205: (bf) r1 = r6
 206: (bf) r2 = r8
 207: (85) call bpf_xdp_load_bytes#189
 208: (55) if r0 != 0x0 goto pc-140
 209: (b7) r5 = 0
 210: (05) goto pc+61
 211: (47) r7 |= 256
 212: (b7) r5 = 0
 213: (05) goto pc+58
 214: (56) if w5 != 0x86dd goto pc+55
 215: (b7) r2 = 14
 216: (bf) r3 = r10
 217: (07) r3 += -56
 218: (b7) r4 = 40
 219: (bf) r1 = r6
 220: (85) call bpf_xdp_load_bytes#189
 221: (55) if r0 != 0x0 goto pc-153
 222: (71) r7 = *(u8 *)(r10 -50)
 223: (b7) r8 = 54
 224: (b7) r9 = 0
 225: (16) if w7 == 0x0 goto pc+6
 226: (16) if w7 == 0x2b goto pc+5
 227: (16) if w7 == 0x2c goto pc+4
 228: (16) if w7 == 0x33 goto pc+3
 229: (16) if w7 == 0x3c goto pc+2
 230: (16) if w7 == 0x87 goto pc+1
 231: (05) goto pc+36
 232: (16) if w9 == 0x6 goto pc+36
 233: (16) if w7 == 0x2c goto pc+16
 234: (bf) r3 = r10
 235: (07) r3 += -56
 236: (b7) r4 = 2
 237: (bf) r1 = r6
 238: (bf) r2 = r8
 239: (85) call bpf_xdp_load_bytes#189
 240: (55) if r0 != 0x0 goto pc-172
 241: (71) r5 = *(u8 *)(r10 -56)
 242: (71) r4 = *(u8 *)(r10 -55)
 243: (16) if w7 == 0x33 goto pc+3
 244: (67) r4 <<= 3
 245: (07) r4 += 8
 246: (05) goto pc+17
 247: (67) r4 <<= 2
 248: (07) r4 += 8
 249: (05) goto pc+14
 250: (bf) r3 = r10
 251: (07) r3 += -56
 252: (b7) r4 = 8
 253: (bf) r1 = r6
 254: (bf) r2 = r8
 255: (85) call bpf_xdp_load_bytes#189
 256: (55) if r0 != 0x0 goto pc-188
 257: (71) r5 = *(u8 *)(r10 -56)
 258: (69) r4 = *(u16 *)(r10 -54)
 259: (46) if w4 & 0xf8ff goto pc+2
 260: (b7) r4 = 8
 261: (05) goto pc+2
 262: (bf) r7 = r5
 263: (05) goto pc+5
 264: (0f) r8 += r4
 265: (bf) r7 = r5
 266: (07) r9 += 1
 267: (05) goto pc-43
 268: (05) goto pc-89
 269: (05) goto pc-59
 270: (b7) r7 = 512
 271: (b7) r5 = 0
 272: (bf) r2 = r7
 273: (05) goto pc-251
; rule 0: if l4.header = 0x6 and tcp.flags not & 0x3 = 0x0 then count, DROP
 274: (b7) r5 = 0
 275: (05) goto pc-209
; if tcp.flags not & 0x10 = 0x10
 276: (07) r7 += 1
 277: (05) goto pc-247
