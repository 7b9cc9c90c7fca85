   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 34
   5: (2d) if r3 > r4 goto pc+149
   6: (69) r3 = *(u16 *)(r5 +12)
   7: (dc) r3 = be16 r3
   8: (56) if w3 != 0x800 goto pc+98
   9: (71) r3 = *(u8 *)(r5 +14)
  10: (57) r3 &= 15
  11: (a6) if w3 < 0x5 goto pc+59
  12: (71) r2 = *(u8 *)(r5 +23)
  13: (69) r1 = *(u16 *)(r5 +20)
  14: (46) if w1 & 0xff1f goto pc+89
  15: (67) r3 <<= 2
  16: (07) r3 += 14
  17: (56) if w2 != 0x6 goto pc+73
  18: (0f) r5 += r3
  19: (bf) r3 = r5
  20: (07) r3 += 20
  21: (2d) if r3 > r4 goto pc+133
  22: (71) r5 = *(u8 *)(r5 +13)
  23: (b7) r7 = 0
; rule 0: if l4.header = 0x6 and tcp.flags not & 0x3 = 0x0 then count, DROP
  24: (56) if w2 != 0x6 goto pc+1
  25: (46) if w5 & 0x3 goto pc+245
; rule 1: if l4.header = 0x6 and tcp.flags not & 0x10 = 0x10 then count, CONTINUE
  26: (56) if w2 != 0x6 goto pc+4
  27: (bc) w5 = w5
  28: (54) w5 &= 16
  29: (16) if w5 == 0x10 goto pc+1
  30: (47) r7 |= 1
; policy
  31: (b7) r8 = 2
; count and return
  32: (b7) r9 = 2
  33: (bf) r1 = r6
  34: (85) call bpf_xdp_get_buff_len#188
  35: (bf) r6 = r0
  36: (15) if r7 == 0x0 goto pc+17
  37: (77) r7 >>= 0
  38: (57) r7 &= 1
  39: (16) if w7 == 0x0 goto pc+14
  40: (b7) r5 = 1
  41: (63) *(u32 *)(r10 -8) = r5
  42: (18) r1 = map[name:bf_cmap]
  44: (bf) r2 = r10
  45: (07) r2 += -8
  46: (85) call bpf_map_lookup_elem#1
  47: (15) if r0 == 0x0 goto pc+6
  48: (79) r5 = *(u64 *)(r0 +0)
  49: (07) r5 += 1
  50: (7b) *(u64 *)(r0 +0) = r5
  51: (79) r5 = *(u64 *)(r0 +8)
  52: (0f) r5 += r6
  53: (7b) *(u64 *)(r0 +8) = r5
  54: (63) *(u32 *)(r10 -8) = r8
  55: (18) r1 = map[name:bf_cmap]
  57: (bf) r2 = r10
  58: (07) r2 += -8
  59: (85) call bpf_map_lookup_elem#1
  60: (15) if r0 == 0x0 goto pc+6
  61: (79) r5 = *(u64 *)(r0 +0)
  62: (07) r5 += 1
  63: (7b) *(u64 *)(r0 +0) = r5
  64: (79) r5 = *(u64 *)(r0 +8)
  65: (0f) r5 += r6
  66: (7b) *(u64 *)(r0 +8) = r5
  67: (bf) r0 = r9
  68: (95) exit
  69: (b7) r9 = 1
  70: (05) goto pc-38
; malformed packet
  71: (b7) r7 = 3
; count and return
  72: (b7) r8 = 2
  73: (bf) r1 = r6
  74: (85) call bpf_xdp_get_buff_len#188
  75: (bf) r6 = r0
  76: (63) *(u32 *)(r10 -8) = r7
  77: (18) r1 = map[name:bf_cmap]
  79: (bf) r2 = r10
  80: (07) r2 += -8
  81: (85) call bpf_map_lookup_elem#1
  82: (15) if r0 == 0x0 goto pc+6
  83: (79) r5 = *(u64 *)(r0 +0)
  84: (07) r5 += 1
  85: (7b) *(u64 *)(r0 +0) = r5
  86: (79) r5 = *(u64 *)(r0 +8)
  87: (0f) r5 += r6
  88: (7b) *(u64 *)(r0 +8) = r5
  89: (bf) r0 = r8
  90: (95) exit
; parse what is less common
  91: (56) if w2 != 0x11 goto pc+5
  92: (0f) r5 += r3
  93: (07) r5 += 8
  94: (2d) if r5 > r4 goto pc+60
  95: (b7) r5 = 0
  96: (05) goto pc-74
  97: (16) if w2 == 0x1 goto pc+1
  98: (56) if w2 != 0x3a goto pc+5
  99: (0f) r5 += r3
 100: (07) r5 += 8
 101: (2d) if r5 > r4 goto pc+53
 102: (b7) r5 = 0
 103: (05) goto pc-81
 104: (47) r2 |= 256
 105: (b7) r5 = 0
 106: (05) goto pc-84
 107: (56) if w3 != 0x86dd goto pc+44
 108: (bf) r3 = r5
 109: (07) r3 += 54
 110: (2d) if r3 > r4 goto pc+44
 111: (71) r2 = *(u8 *)(r5 +20)
 112: (b7) r3 = 54
 113: (b7) r1 = 0
 114: (16) if w2 == 0x0 goto pc+6
 115: (16) if w2 == 0x2b goto pc+5
 116: (16) if w2 == 0x2c goto pc+4
 117: (16) if w2 == 0x33 goto pc+3
 118: (16) if w2 == 0x3c goto pc+2
 119: (16) if w2 == 0x87 goto pc+1
 120: (05) goto pc-104
 121: (16) if w1 == 0x6 goto pc-18
 122: (16) if w2 == 0x2c goto pc+17
 123: (bf) r0 = r5
 124: (0f) r0 += r3
 125: (bf) r9 = r0
 126: (07) r9 += 2
 127: (2d) if r9 > r4 goto pc+27
 128: (71) r9 = *(u8 *)(r0 +0)
 129: (71) r0 = *(u8 *)(r0 +1)
 130: (16) if w2 == 0x33 goto pc+6
 131: (67) r0 <<= 3
 132: (07) r0 += 8
 133: (0f) r3 += r0
 134: (bf) r2 = r9
 135: (07) r1 += 1
 136: (05) goto pc-23
 137: (67) r0 <<= 2
 138: (07) r0 += 8
 139: (05) goto pc-7
 140: (bf) r2 = r5
 141: (0f) r2 += r3
 142: (bf) r0 = r2
 143: (07) r0 += 8
 144: (2d) if r0 > r4 goto pc+10
 145: (71) r9 = *(u8 *)(r2 +0)
 146: (69) r0 = *(u16 *)(r2 +2)
 147: (46) if w0 & 0xf8ff goto pc+2
 148: (b7) r0 = 8
 149: (05) goto pc-17
 150: (bf) r2 = r9
 151: (05) goto pc-48
 152: (b7) r2 = 512
 153: (b7) r5 = 0
 154: (05) goto pc-132
; parse what is not linear
 155: (b7) r2 = 0
 156: (bf) r3 = r10
 157: (07) r3 += -48
 158: (b7) r4 = 14
 159: (bf) r1 = r6
 160: (85) call bpf_xdp_load_bytes#189
 161: (55) if r0 != 0x0 goto pc-91
 162: (69) r5 = *(u16 *)(r10 -36)
 163: (dc) r5 = be16 r5
 164: (56) if w5 != 0x800 goto pc+49
 165: (b7) r2 = 14
 166: (bf) r3 = r10
 167: (07) r3 += -48
 168: (b7) r4 = 20
 169: (bf) r1 = r6
 170: (85) call bpf_xdp_load_bytes#189
 171: (55) if r0 != 0x0 goto pc-101
 172: (71) r8 = *(u8 *)(r10 -48)
 173: (57) r8 &= 15
 174: (a6) if w8 < 0x5 goto pc-104
 175: (71) r7 = *(u8 *)(r10 -39)
 176: (69) r5 = *(u16 *)(r10 -42)
 177: (46) if w5 & 0xff1f goto pc+33
 178: (67) r8 <<= 2
 179: (07) r8 += 14
 180: (56) if w7 != 0x6 goto pc+9
 181: (bf) r3 = r10
 182: (07) r3 += -48
 183: (b7) r4 = 20
 184: (bf) r1 = r6
 185: (bf) r2 = r8
 186: (85) call bpf_xdp_load_bytes#189
 187: (55) if r0 != 0x0 goto pc-117
 188: (71) r5 = *(u8 *)(r10 -35)
 189: (05) goto pc+79
 190: (56) if w7 != 0x11 goto pc+9
 191: (bf) r3 = r10
 192: (07) r3 += -48
 193: (b7) r4 = 8
 194: (bf) r1 = r6
 195: (bf) r2 = r8
 196: (85) call bpf_xdp_load_bytes#189
 197: (55) if r0 != 0x0 goto pc-127
 198: (b7) r5 = 0
 199: (05) goto pc+69
 200: (16) if w7 == 0x1 goto pc+1
 201: (56) if w7 != 0x3a goto pc+9
 202: (bf) r3 = r10
 203: (07) r3 += -48
 204: (b7) r4 = 8
 205: (bf) r1 = r6
 206: (bf) r2 = r8
 207: (85) call bpf_xdp_load_bytes#189
 208: (55) if r0 != 0x0 goto pc-138
 209: (b7) r5 = 0
 210: (05) goto pc+58
 211: (47) r7 |= 256
 212: (b7) r5 = 0
 213: (05) goto pc+55
 214: (56) if w5 != 0x86dd goto pc+52
 215: (b7) r2 = 14
 216: (bf) r3 = r10
 217: (07) r3 += -48
 218: (b7) r4 = 40
 219: (bf) r1 = r6
 220: (85) call bpf_xdp_load_bytes#189
 221: (55) if r0 != 0x0 goto pc-151
 222: (71) r7 = *(u8 *)(r10 -42)
 223: (b7) r8 = 54
 224: (b7) r9 = 0
 225: (16) if w7 == 0x0 goto pc+6
 226: (16) if w7 == 0x2b goto pc+5
 227: (16) if w7 == 0x2c goto pc+4
 228: (16) if w7 == 0x33 goto pc+3
 229: (16) if w7 == 0x3c goto pc+2
 230: (16) if w7 == 0x87 goto pc+1
 231: (05) goto pc-52
 232: (16) if w9 == 0x6 goto pc-22
 233: (16) if w7 == 0x2c goto pc+19
 234: (bf) r3 = r10
 235: (07) r3 += -48
 236: (b7) r4 = 2
 237: (bf) r1 = r6
 238: (bf) r2 = r8
 239: (85) call bpf_xdp_load_bytes#189
 240: (55) if r0 != 0x0 goto pc-170
 241: (71) r5 = *(u8 *)(r10 -48)
 242: (71) r4 = *(u8 *)(r10 -47)
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
 254: (07) r3 += -48
 255: (b7) r4 = 8
 256: (bf) r1 = r6
 257: (bf) r2 = r8
 258: (85) call bpf_xdp_load_bytes#189
 259: (55) if r0 != 0x0 goto pc-189
 260: (71) r5 = *(u8 *)(r10 -48)
 261: (69) r4 = *(u16 *)(r10 -46)
 262: (46) if w4 & 0xf8ff goto pc+2
 263: (b7) r4 = 8
 264: (05) goto pc-19
 265: (bf) r7 = r5
 266: (05) goto pc-56
 267: (b7) r7 = 512
 268: (b7) r5 = 0
 269: (bf) r2 = r7
 270: (05) goto pc-248
; rule 0: if l4.header = 0x6 and tcp.flags not & 0x3 = 0x0 then count, DROP
 271: (b7) r8 = 0
 272: (05) goto pc-204
