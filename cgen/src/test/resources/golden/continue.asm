   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 34
   5: (2d) if r3 > r4 goto pc+151
   6: (69) r3 = *(u16 *)(r5 +12)
   7: (dc) r3 = be16 r3
   8: (56) if w3 != 0x800 goto pc+97
   9: (71) r3 = *(u8 *)(r5 +14)
  10: (57) r3 &= 15
  11: (a6) if w3 < 0x5 goto pc+58
  12: (71) r2 = *(u8 *)(r5 +23)
  13: (69) r1 = *(u16 *)(r5 +20)
  14: (46) if w1 & 0xff1f goto pc+88
  15: (67) r3 <<= 2
  16: (07) r3 += 14
  17: (56) if w2 != 0x6 goto pc+71
  18: (0f) r5 += r3
  19: (07) r5 += 20
  20: (2d) if r5 > r4 goto pc+136
  21: (b7) r5 = 0
  22: (61) r4 = *(u32 *)(r6 +16)
  23: (27) r4 *= -1640531535
  24: (bf) r7 = r4
  25: (1f) r7 -= r4
; rule 0: if l4.header = 0x1 and icmp.type = 0x8 then count, CONTINUE
  26: (56) if w2 != 0x1 goto pc+1
  27: (16) if w5 == 0x8 goto pc+248
; rule 2: if l4.proto = 0x2f then DROP
  28: (bc) w5 = w2
  29: (54) w5 &= -257
  30: (16) if w5 == 0x2f goto pc+36
; policy
  31: (b7) r5 = 3
; log, count and return
  32: (b7) r8 = 2
  33: (63) *(u32 *)(r10 -4) = r5
  34: (bf) r1 = r6
  35: (85) call bpf_xdp_get_buff_len#188
  36: (bf) r6 = r0
  37: (15) if r7 == 0x0 goto pc+15
  38: (57) r7 &= 1
  39: (16) if w7 == 0x0 goto pc+13
  40: (62) *(u32 *)(r10 -12) = 0
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
  67: (b7) r5 = -1
  68: (b7) r8 = 1
  69: (05) goto pc-37
; malformed packet
  70: (b7) r5 = 4
; log, count and return
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
  92: (2d) if r5 > r4 goto pc+64
  93: (b7) r5 = 0
  94: (05) goto pc-73
  95: (16) if w2 == 0x1 goto pc+1
  96: (56) if w2 != 0x3a goto pc+6
  97: (0f) r5 += r3
  98: (bf) r3 = r5
  99: (07) r3 += 8
 100: (2d) if r3 > r4 goto pc+56
 101: (71) r5 = *(u8 *)(r5 +0)
 102: (05) goto pc-81
 103: (47) r2 |= 256
 104: (b7) r5 = 0
 105: (05) goto pc-84
 106: (56) if w3 != 0x86dd goto pc+47
 107: (bf) r3 = r5
 108: (07) r3 += 54
 109: (2d) if r3 > r4 goto pc+47
 110: (71) r2 = *(u8 *)(r5 +20)
 111: (b7) r3 = 54
 112: (b7) r1 = 0
 113: (16) if w2 == 0x0 goto pc+6
 114: (16) if w2 == 0x2b goto pc+5
 115: (16) if w2 == 0x2c goto pc+4
 116: (16) if w2 == 0x33 goto pc+3
 117: (16) if w2 == 0x3c goto pc+2
 118: (16) if w2 == 0x87 goto pc+1
 119: (05) goto pc+32
 120: (16) if w1 == 0x6 goto pc+32
 121: (16) if w2 == 0x2c goto pc+14
 122: (bf) r0 = r5
 123: (0f) r0 += r3
 124: (bf) r9 = r0
 125: (07) r9 += 2
 126: (2d) if r9 > r4 goto pc+30
 127: (71) r9 = *(u8 *)(r0 +0)
 128: (71) r0 = *(u8 *)(r0 +1)
 129: (16) if w2 == 0x33 goto pc+3
 130: (67) r0 <<= 3
 131: (07) r0 += 8
 132: (05) goto pc+15
 133: (67) r0 <<= 2
 134: (07) r0 += 8
 135: (05) goto pc+12
 136: (bf) r2 = r5
 137: (0f) r2 += r3
 138: (bf) r0 = r2
 139: (07) r0 += 8
 140: (2d) if r0 > r4 goto pc+16
 141: (71) r9 = *(u8 *)(r2 +0)
 142: (69) r0 = *(u16 *)(r2 +2)
 143: (46) if w0 & 0xf8ff goto pc+2
 144: (b7) r0 = 8
 145: (05) goto pc+2
 146: (bf) r2 = r9
 147: (05) goto pc+5
 148: (0f) r3 += r0
 149: (bf) r2 = r9
 150: (07) r1 += 1
 151: (05) goto pc-39
 152: (05) goto pc-136
 153: (05) goto pc-51
 154: (b7) r2 = 512
 155: (b7) r5 = 0
 156: (05) goto pc-135
; parse what is not linear
 157: (b7) r2 = 0
 158: (bf) r3 = r10
 159: (07) r3 += -56
 160: (b7) r4 = 14
 161: (bf) r1 = r6
 162: (85) call bpf_xdp_load_bytes#189
 163: (55) if r0 != 0x0 goto pc-94
 164: (69) r5 = *(u16 *)(r10 -44)
 165: (dc) r5 = be16 r5
 166: (56) if w5 != 0x800 goto pc+49
 167: (b7) r2 = 14
 168: (bf) r3 = r10
 169: (07) r3 += -56
 170: (b7) r4 = 20
 171: (bf) r1 = r6
 172: (85) call bpf_xdp_load_bytes#189
 173: (55) if r0 != 0x0 goto pc-104
 174: (71) r8 = *(u8 *)(r10 -56)
 175: (57) r8 &= 15
 176: (a6) if w8 < 0x5 goto pc-107
 177: (71) r7 = *(u8 *)(r10 -47)
 178: (69) r5 = *(u16 *)(r10 -50)
 179: (46) if w5 & 0xff1f goto pc+33
 180: (67) r8 <<= 2
 181: (07) r8 += 14
 182: (56) if w7 != 0x6 goto pc+9
 183: (bf) r3 = r10
 184: (07) r3 += -56
 185: (b7) r4 = 20
 186: (bf) r1 = r6
 187: (bf) r2 = r8
 188: (85) call bpf_xdp_load_bytes#189
 189: (55) if r0 != 0x0 goto pc-120
 190: (b7) r5 = 0
 191: (05) goto pc+82
 192: (56) if w7 != 0x11 goto pc+9
 193: (bf) r3 = r10
 194: (07) r3 += -56
 195: (b7) r4 = 8
 196: (bf) r1 = r6
 197: (bf) r2 = r8
 198: (85) call bpf_xdp_load_bytes#189
 199: (55) if r0 != 0x0 goto pc-130
 200: (b7) r5 = 0
 201: (05) goto pc+72
 202: (16) if w7 == 0x1 goto pc+1
 203: (56) if w7 != 0x3a goto pc+9
 204: (bf) r3 = r10
 205: (07) r3 += -56
 206: (b7) r4 = 8
 207: (bf) r1 = r6
 208: (bf) r2 = r8
 209: (85) call bpf_xdp_load_bytes#189
 210: (55) if r0 != 0x0 goto pc-141
 211: (71) r5 = *(u8 *)(r10 -56)
 212: (05) goto pc+61
 213: (47) r7 |= 256
 214: (b7) r5 = 0
 215: (05) goto pc+58
 216: (56) if w5 != 0x86dd goto pc+55
 217: (b7) r2 = 14
 218: (bf) r3 = r10
 219: (07) r3 += -56
 220: (b7) r4 = 40
 221: (bf) r1 = r6
 222: (85) call bpf_xdp_load_bytes#189
 223: (55) if r0 != 0x0 goto pc-154
 224: (71) r7 = *(u8 *)(r10 -50)
 225: (b7) r8 = 54
 226: (b7) r9 = 0
 227: (16) if w7 == 0x0 goto pc+6
 228: (16) if w7 == 0x2b goto pc+5
 229: (16) if w7 == 0x2c goto pc+4
 230: (16) if w7 == 0x33 goto pc+3
 231: (16) if w7 == 0x3c goto pc+2
 232: (16) if w7 == 0x87 goto pc+1
 233: (05) goto pc+36
 234: (16) if w9 == 0x6 goto pc+36
 235: (16) if w7 == 0x2c goto pc+16
 236: (bf) r3 = r10
 237: (07) r3 += -56
 238: (b7) r4 = 2
 239: (bf) r1 = r6
 240: (bf) r2 = r8
 241: (85) call bpf_xdp_load_bytes#189
 242: (55) if r0 != 0x0 goto pc-173
 243: (71) r5 = *(u8 *)(r10 -56)
 244: (71) r4 = *(u8 *)(r10 -55)
 245: (16) if w7 == 0x33 goto pc+3
 246: (67) r4 <<= 3
 247: (07) r4 += 8
 248: (05) goto pc+17
 249: (67) r4 <<= 2
 250: (07) r4 += 8
 251: (05) goto pc+14
 252: (bf) r3 = r10
 253: (07) r3 += -56
 254: (b7) r4 = 8
 255: (bf) r1 = r6
 256: (bf) r2 = r8
 257: (85) call bpf_xdp_load_bytes#189
 258: (55) if r0 != 0x0 goto pc-189
 259: (71) r5 = *(u8 *)(r10 -56)
 260: (69) r4 = *(u16 *)(r10 -54)
 261: (46) if w4 & 0xf8ff goto pc+2
 262: (b7) r4 = 8
 263: (05) goto pc+2
 264: (bf) r7 = r5
 265: (05) goto pc+5
 266: (0f) r8 += r4
 267: (bf) r7 = r5
 268: (07) r9 += 1
 269: (05) goto pc-43
 270: (05) goto pc-89
 271: (05) goto pc-59
 272: (b7) r7 = 512
 273: (b7) r5 = 0
 274: (bf) r2 = r7
 275: (05) goto pc-254
; if icmp.type = 0x8
 276: (07) r7 += 1
 277: (05) goto pc-250
