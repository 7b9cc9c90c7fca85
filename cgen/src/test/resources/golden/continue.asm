   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 34
   5: (2d) if r3 > r4 goto pc+161
   6: (69) r3 = *(u16 *)(r5 +12)
   7: (dc) r3 = be16 r3
   8: (56) if w3 != 0x800 goto pc+110
   9: (71) r3 = *(u8 *)(r5 +14)
  10: (57) r3 &= 15
  11: (a6) if w3 < 0x5 goto pc+65
  12: (71) r2 = *(u8 *)(r5 +23)
  13: (69) r1 = *(u16 *)(r5 +20)
  14: (46) if w1 & 0xff1f goto pc+101
  15: (67) r3 <<= 2
  16: (07) r3 += 14
  17: (56) if w2 != 0x6 goto pc+82
  18: (0f) r5 += r3
  19: (bf) r3 = r5
  20: (07) r3 += 20
  21: (2d) if r3 > r4 goto pc+145
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
  32: (16) if w5 == 0x2f goto pc+41
; policy
  33: (b7) r8 = 3
; count and return
  34: (b7) r9 = 2
  35: (bf) r1 = r6
  36: (85) call bpf_xdp_get_buff_len#188
  37: (bf) r6 = r0
  38: (15) if r7 == 0x0 goto pc+16
  39: (57) r7 &= 1
  40: (16) if w7 == 0x0 goto pc+14
  41: (b7) r5 = 0
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
  55: (16) if w8 == 0xffffffff goto pc+16
  56: (bf) r5 = r6
  57: (1f) r5 -= r6
  58: (0f) r8 += r5
  59: (63) *(u32 *)(r10 -8) = r8
  60: (18) r1 = map[name:bf_cmap]
  62: (bf) r2 = r10
  63: (07) r2 += -8
  64: (85) call bpf_map_lookup_elem#1
  65: (15) if r0 == 0x0 goto pc+6
  66: (79) r5 = *(u64 *)(r0 +0)
  67: (07) r5 += 1
  68: (7b) *(u64 *)(r0 +0) = r5
  69: (79) r5 = *(u64 *)(r0 +8)
  70: (0f) r5 += r6
  71: (7b) *(u64 *)(r0 +8) = r5
  72: (bf) r0 = r9
  73: (95) exit
  74: (b7) r8 = -1
  75: (b7) r9 = 1
  76: (05) goto pc-42
; malformed packet
  77: (b7) r7 = 4
; count and return
  78: (b7) r8 = 2
  79: (bf) r1 = r6
  80: (85) call bpf_xdp_get_buff_len#188
  81: (bf) r6 = r0
  82: (bf) r5 = r6
  83: (1f) r5 -= r6
  84: (0f) r7 += r5
  85: (63) *(u32 *)(r10 -8) = r7
  86: (18) r1 = map[name:bf_cmap]
  88: (bf) r2 = r10
  89: (07) r2 += -8
  90: (85) call bpf_map_lookup_elem#1
  91: (15) if r0 == 0x0 goto pc+6
  92: (79) r5 = *(u64 *)(r0 +0)
  93: (07) r5 += 1
  94: (7b) *(u64 *)(r0 +0) = r5
  95: (79) r5 = *(u64 *)(r0 +8)
  96: (0f) r5 += r6
  97: (7b) *(u64 *)(r0 +8) = r5
  98: (bf) r0 = r8
  99: (95) exit
; parse what is less common
 100: (56) if w2 != 0x11 goto pc+7
 101: (0f) r5 += r3
 102: (bf) r3 = r5
 103: (07) r3 += 8
 104: (2d) if r3 > r4 goto pc+62
 105: (69) r5 = *(u16 *)(r5 +0)
 106: (dc) r5 = be16 r5
 107: (05) goto pc-84
 108: (16) if w2 == 0x1 goto pc+1
 109: (56) if w2 != 0x3a goto pc+6
 110: (0f) r5 += r3
 111: (bf) r3 = r5
 112: (07) r3 += 8
 113: (2d) if r3 > r4 goto pc+53
 114: (71) r5 = *(u8 *)(r5 +0)
 115: (05) goto pc-92
 116: (47) r2 |= 256
 117: (b7) r5 = 0
 118: (05) goto pc-95
 119: (56) if w3 != 0x86dd goto pc+44
 120: (bf) r3 = r5
 121: (07) r3 += 54
 122: (2d) if r3 > r4 goto pc+44
 123: (71) r2 = *(u8 *)(r5 +20)
 124: (b7) r3 = 54
 125: (b7) r1 = 0
 126: (16) if w2 == 0x0 goto pc+6
 127: (16) if w2 == 0x2b goto pc+5
 128: (16) if w2 == 0x2c goto pc+4
 129: (16) if w2 == 0x33 goto pc+3
 130: (16) if w2 == 0x3c goto pc+2
 131: (16) if w2 == 0x87 goto pc+1
 132: (05) goto pc-116
 133: (16) if w1 == 0x6 goto pc-18
 134: (16) if w2 == 0x2c goto pc+17
 135: (bf) r0 = r5
 136: (0f) r0 += r3
 137: (bf) r9 = r0
 138: (07) r9 += 2
 139: (2d) if r9 > r4 goto pc+27
 140: (71) r9 = *(u8 *)(r0 +0)
 141: (71) r0 = *(u8 *)(r0 +1)
 142: (16) if w2 == 0x33 goto pc+6
 143: (67) r0 <<= 3
 144: (07) r0 += 8
 145: (0f) r3 += r0
 146: (bf) r2 = r9
 147: (07) r1 += 1
 148: (05) goto pc-23
 149: (67) r0 <<= 2
 150: (07) r0 += 8
 151: (05) goto pc-7
 152: (bf) r2 = r5
 153: (0f) r2 += r3
 154: (bf) r0 = r2
 155: (07) r0 += 8
 156: (2d) if r0 > r4 goto pc+10
 157: (71) r9 = *(u8 *)(r2 +0)
 158: (69) r0 = *(u16 *)(r2 +2)
 159: (46) if w0 & 0xf8ff goto pc+2
 160: (b7) r0 = 8
 161: (05) goto pc-17
 162: (bf) r2 = r9
 163: (05) goto pc-48
 164: (b7) r2 = 512
 165: (b7) r5 = 0
 166: (05) goto pc-143
; parse what is not linear
 167: (b7) r2 = 0
 168: (bf) r3 = r10
 169: (07) r3 += -48
 170: (b7) r4 = 14
 171: (bf) r1 = r6
 172: (85) call bpf_xdp_load_bytes#189
 173: (55) if r0 != 0x0 goto pc-97
 174: (69) r5 = *(u16 *)(r10 -36)
 175: (dc) r5 = be16 r5
 176: (56) if w5 != 0x800 goto pc+51
 177: (b7) r2 = 14
 178: (bf) r3 = r10
 179: (07) r3 += -48
 180: (b7) r4 = 20
 181: (bf) r1 = r6
 182: (85) call bpf_xdp_load_bytes#189
 183: (55) if r0 != 0x0 goto pc-107
 184: (71) r8 = *(u8 *)(r10 -48)
 185: (57) r8 &= 15
 186: (a6) if w8 < 0x5 goto pc-110
 187: (71) r7 = *(u8 *)(r10 -39)
 188: (69) r5 = *(u16 *)(r10 -42)
 189: (46) if w5 & 0xff1f goto pc+35
 190: (67) r8 <<= 2
 191: (07) r8 += 14
 192: (56) if w7 != 0x6 goto pc+10
 193: (bf) r3 = r10
 194: (07) r3 += -48
 195: (b7) r4 = 20
 196: (bf) r1 = r6
 197: (bf) r2 = r8
 198: (85) call bpf_xdp_load_bytes#189
 199: (55) if r0 != 0x0 goto pc-123
 200: (69) r5 = *(u16 *)(r10 -48)
 201: (dc) r5 = be16 r5
 202: (05) goto pc+80
 203: (56) if w7 != 0x11 goto pc+10
 204: (bf) r3 = r10
 205: (07) r3 += -48
 206: (b7) r4 = 8
 207: (bf) r1 = r6
 208: (bf) r2 = r8
 209: (85) call bpf_xdp_load_bytes#189
 210: (55) if r0 != 0x0 goto pc-134
 211: (69) r5 = *(u16 *)(r10 -48)
 212: (dc) r5 = be16 r5
 213: (05) goto pc+69
 214: (16) if w7 == 0x1 goto pc+1
 215: (56) if w7 != 0x3a goto pc+9
 216: (bf) r3 = r10
 217: (07) r3 += -48
 218: (b7) r4 = 8
 219: (bf) r1 = r6
 220: (bf) r2 = r8
 221: (85) call bpf_xdp_load_bytes#189
 222: (55) if r0 != 0x0 goto pc-146
 223: (71) r5 = *(u8 *)(r10 -48)
 224: (05) goto pc+58
 225: (47) r7 |= 256
 226: (b7) r5 = 0
 227: (05) goto pc+55
 228: (56) if w5 != 0x86dd goto pc+52
 229: (b7) r2 = 14
 230: (bf) r3 = r10
 231: (07) r3 += -48
 232: (b7) r4 = 40
 233: (bf) r1 = r6
 234: (85) call bpf_xdp_load_bytes#189
 235: (55) if r0 != 0x0 goto pc-159
 236: (71) r7 = *(u8 *)(r10 -42)
 237: (b7) r8 = 54
 238: (b7) r9 = 0
 239: (16) if w7 == 0x0 goto pc+6
 240: (16) if w7 == 0x2b goto pc+5
 241: (16) if w7 == 0x2c goto pc+4
 242: (16) if w7 == 0x33 goto pc+3
 243: (16) if w7 == 0x3c goto pc+2
 244: (16) if w7 == 0x87 goto pc+1
 245: (05) goto pc-54
 246: (16) if w9 == 0x6 goto pc-22
 247: (16) if w7 == 0x2c goto pc+19
 248: (bf) r3 = r10
 249: (07) r3 += -48
 250: (b7) r4 = 2
 251: (bf) r1 = r6
 252: (bf) r2 = r8
 253: (85) call bpf_xdp_load_bytes#189
 254: (55) if r0 != 0x0 goto pc-178
 255: (71) r5 = *(u8 *)(r10 -48)
 256: (71) r4 = *(u8 *)(r10 -47)
 257: (16) if w7 == 0x33 goto pc+6
 258: (67) r4 <<= 3
 259: (07) r4 += 8
 260: (0f) r8 += r4
 261: (bf) r7 = r5
 262: (07) r9 += 1
 263: (05) goto pc-25
 264: (67) r4 <<= 2
 265: (07) r4 += 8
 266: (05) goto pc-7
 267: (bf) r3 = r10
 268: (07) r3 += -48
 269: (b7) r4 = 8
 270: (bf) r1 = r6
 271: (bf) r2 = r8
 272: (85) call bpf_xdp_load_bytes#189
 273: (55) if r0 != 0x0 goto pc-197
 274: (71) r5 = *(u8 *)(r10 -48)
 275: (69) r4 = *(u16 *)(r10 -46)
 276: (46) if w4 & 0xf8ff goto pc+2
 277: (b7) r4 = 8
 278: (05) goto pc-19
 279: (bf) r7 = r5
 280: (05) goto pc-56
 281: (b7) r7 = 512
 282: (b7) r5 = 0
 283: (bf) r2 = r7
 284: (05) goto pc-261
