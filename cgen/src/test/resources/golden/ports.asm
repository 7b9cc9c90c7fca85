   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 34
   5: (2d) if r3 > r4 goto pc+126
   6: (69) r3 = *(u16 *)(r5 +12)
   7: (dc) r3 = be16 r3
   8: (56) if w3 != 0x800 goto pc+72
   9: (71) r3 = *(u8 *)(r5 +14)
  10: (57) r3 &= 15
  11: (a6) if w3 < 0x5 goto pc+44
  12: (71) r7 = *(u8 *)(r5 +23)
  13: (69) r2 = *(u16 *)(r5 +20)
  14: (46) if w2 & 0xff1f goto pc+62
  15: (67) r3 <<= 2
  16: (07) r3 += 14
  17: (56) if w7 != 0x6 goto pc+40
  18: (0f) r5 += r3
  19: (bf) r3 = r5
  20: (07) r3 += 20
  21: (2d) if r3 > r4 goto pc+110
  22: (69) r4 = *(u16 *)(r5 +0)
  23: (dc) r4 = be16 r4
  24: (69) r5 = *(u16 *)(r5 +2)
  25: (dc) r5 = be16 r5
; rule 0: if l4.header = 0x6 and l4.dport not in 80-90 then count, ACCEPT
  26: (56) if w7 != 0x6 goto pc+2
  27: (a6) if w5 < 0x50 goto pc+230
  28: (26) if w5 > 0x5a goto pc+229
; rule 1: if l4.header in {0x6, 0x11} and l4.sport = 0x35 then ACCEPT
  29: (16) if w7 == 0x6 goto pc+1
  30: (56) if w7 != 0x11 goto pc+1
  31: (16) if w4 == 0x35 goto pc+20
; policy
  32: (b7) r5 = 2
; count and return
  33: (b7) r7 = 1
  34: (63) *(u32 *)(r10 -4) = r5
  35: (bf) r1 = r6
  36: (85) call bpf_xdp_get_buff_len#188
  37: (bf) r6 = r0
  38: (18) r1 = map[name:bf_cmap]
  40: (bf) r2 = r10
  41: (07) r2 += -4
  42: (85) call bpf_map_lookup_elem#1
  43: (15) if r0 == 0x0 goto pc+6
  44: (79) r5 = *(u64 *)(r0 +0)
  45: (07) r5 += 1
  46: (7b) *(u64 *)(r0 +0) = r5
  47: (79) r5 = *(u64 *)(r0 +8)
  48: (0f) r5 += r6
  49: (7b) *(u64 *)(r0 +8) = r5
  50: (bf) r0 = r7
  51: (95) exit
  52: (b7) r0 = 2
  53: (95) exit
  54: (b7) r7 = 2
  55: (05) goto pc-22
; malformed packet
  56: (b7) r5 = 3
  57: (05) goto pc-25
; parse what is less common
  58: (56) if w7 != 0x11 goto pc+9
  59: (0f) r5 += r3
  60: (bf) r3 = r5
  61: (07) r3 += 8
  62: (2d) if r3 > r4 goto pc+69
  63: (69) r4 = *(u16 *)(r5 +0)
  64: (dc) r4 = be16 r4
  65: (69) r5 = *(u16 *)(r5 +2)
  66: (dc) r5 = be16 r5
  67: (05) goto pc-42
  68: (16) if w7 == 0x1 goto pc+1
  69: (56) if w7 != 0x3a goto pc+7
  70: (0f) r5 += r3
  71: (bf) r3 = r5
  72: (07) r3 += 8
  73: (2d) if r3 > r4 goto pc+58
  74: (71) r4 = *(u8 *)(r5 +0)
  75: (71) r5 = *(u8 *)(r5 +1)
  76: (05) goto pc-51
  77: (47) r7 |= 256
  78: (b7) r4 = 0
  79: (b7) r5 = 0
  80: (05) goto pc-55
  81: (56) if w3 != 0x86dd goto pc+46
  82: (bf) r3 = r5
  83: (07) r3 += 54
  84: (2d) if r3 > r4 goto pc+47
  85: (71) r7 = *(u8 *)(r5 +20)
  86: (b7) r3 = 54
  87: (b7) r2 = 0
  88: (16) if w7 == 0x0 goto pc+6
  89: (16) if w7 == 0x2b goto pc+5
  90: (16) if w7 == 0x2c goto pc+4
  91: (16) if w7 == 0x33 goto pc+3
  92: (16) if w7 == 0x3c goto pc+2
  93: (16) if w7 == 0x87 goto pc+1
  94: (05) goto pc+31
  95: (16) if w2 == 0x6 goto pc+31
  96: (16) if w7 == 0x2c goto pc+17
  97: (bf) r1 = r5
  98: (0f) r1 += r3
  99: (bf) r0 = r1
 100: (07) r0 += 2
 101: (2d) if r0 > r4 goto pc+30
 102: (71) r0 = *(u8 *)(r1 +0)
 103: (71) r1 = *(u8 *)(r1 +1)
 104: (16) if w7 == 0x33 goto pc+6
 105: (67) r1 <<= 3
 106: (07) r1 += 8
 107: (0f) r3 += r1
 108: (bf) r7 = r0
 109: (07) r2 += 1
 110: (05) goto pc-23
 111: (67) r1 <<= 2
 112: (07) r1 += 8
 113: (05) goto pc-7
 114: (bf) r1 = r5
 115: (0f) r1 += r3
 116: (bf) r0 = r1
 117: (07) r0 += 8
 118: (2d) if r0 > r4 goto pc+13
 119: (71) r0 = *(u8 *)(r1 +0)
 120: (69) r1 = *(u16 *)(r1 +2)
 121: (46) if w1 & 0xf8ff goto pc+2
 122: (b7) r1 = 8
 123: (05) goto pc-17
 124: (bf) r7 = r0
 125: (05) goto pc+1
 126: (05) goto pc-110
 127: (05) goto pc-51
 128: (b7) r7 = 512
 129: (b7) r4 = 0
 130: (b7) r5 = 0
 131: (05) goto pc-106
; parse what is not linear
 132: (b7) r2 = 0
 133: (bf) r3 = r10
 134: (07) r3 += -56
 135: (b7) r4 = 14
 136: (bf) r1 = r6
 137: (85) call bpf_xdp_load_bytes#189
 138: (55) if r0 != 0x0 goto pc-83
 139: (69) r5 = *(u16 *)(r10 -44)
 140: (dc) r5 = be16 r5
 141: (56) if w5 != 0x800 goto pc+57
 142: (b7) r2 = 14
 143: (bf) r3 = r10
 144: (07) r3 += -56
 145: (b7) r4 = 20
 146: (bf) r1 = r6
 147: (85) call bpf_xdp_load_bytes#189
 148: (55) if r0 != 0x0 goto pc-93
 149: (71) r8 = *(u8 *)(r10 -56)
 150: (57) r8 &= 15
 151: (a6) if w8 < 0x5 goto pc-96
 152: (71) r7 = *(u8 *)(r10 -47)
 153: (69) r5 = *(u16 *)(r10 -50)
 154: (46) if w5 & 0xff1f goto pc+40
 155: (67) r8 <<= 2
 156: (07) r8 += 14
 157: (56) if w7 != 0x6 goto pc+12
 158: (bf) r3 = r10
 159: (07) r3 += -56
 160: (b7) r4 = 20
 161: (bf) r1 = r6
 162: (bf) r2 = r8
 163: (85) call bpf_xdp_load_bytes#189
 164: (55) if r0 != 0x0 goto pc-109
 165: (69) r4 = *(u16 *)(r10 -56)
 166: (dc) r4 = be16 r4
 167: (69) r5 = *(u16 *)(r10 -54)
 168: (dc) r5 = be16 r5
 169: (05) goto pc+87
 170: (56) if w7 != 0x11 goto pc+12
 171: (bf) r3 = r10
 172: (07) r3 += -56
 173: (b7) r4 = 8
 174: (bf) r1 = r6
 175: (bf) r2 = r8
 176: (85) call bpf_xdp_load_bytes#189
 177: (55) if r0 != 0x0 goto pc-122
 178: (69) r4 = *(u16 *)(r10 -56)
 179: (dc) r4 = be16 r4
 180: (69) r5 = *(u16 *)(r10 -54)
 181: (dc) r5 = be16 r5
 182: (05) goto pc+74
 183: (16) if w7 == 0x1 goto pc+1
 184: (56) if w7 != 0x3a goto pc+10
 185: (bf) r3 = r10
 186: (07) r3 += -56
 187: (b7) r4 = 8
 188: (bf) r1 = r6
 189: (bf) r2 = r8
 190: (85) call bpf_xdp_load_bytes#189
 191: (55) if r0 != 0x0 goto pc-136
 192: (71) r4 = *(u8 *)(r10 -56)
 193: (71) r5 = *(u8 *)(r10 -55)
 194: (05) goto pc+62
 195: (47) r7 |= 256
 196: (b7) r4 = 0
 197: (b7) r5 = 0
 198: (05) goto pc+58
 199: (56) if w5 != 0x86dd goto pc+54
 200: (b7) r2 = 14
 201: (bf) r3 = r10
 202: (07) r3 += -56
 203: (b7) r4 = 40
 204: (bf) r1 = r6
 205: (85) call bpf_xdp_load_bytes#189
 206: (55) if r0 != 0x0 goto pc-151
 207: (71) r7 = *(u8 *)(r10 -50)
 208: (b7) r8 = 54
 209: (b7) r9 = 0
 210: (16) if w7 == 0x0 goto pc+6
 211: (16) if w7 == 0x2b goto pc+5
 212: (16) if w7 == 0x2c goto pc+4
 213: (16) if w7 == 0x33 goto pc+3
 214: (16) if w7 == 0x3c goto pc+2
 215: (16) if w7 == 0x87 goto pc+1
 216: (05) goto pc+35
 217: (16) if w9 == 0x6 goto pc+35
 218: (16) if w7 == 0x2c goto pc+19
 219: (bf) r3 = r10
 220: (07) r3 += -56
 221: (b7) r4 = 2
 222: (bf) r1 = r6
 223: (bf) r2 = r8
 224: (85) call bpf_xdp_load_bytes#189
 225: (55) if r0 != 0x0 goto pc-170
 226: (71) r5 = *(u8 *)(r10 -56)
 227: (71) r4 = *(u8 *)(r10 -55)
 228: (16) if w7 == 0x33 goto pc+6
 229: (67) r4 <<= 3
 230: (07) r4 += 8
 231: (0f) r8 += r4
 232: (bf) r7 = r5
 233: (07) r9 += 1
 234: (05) goto pc-25
 235: (67) r4 <<= 2
 236: (07) r4 += 8
 237: (05) goto pc-7
 238: (bf) r3 = r10
 239: (07) r3 += -56
 240: (b7) r4 = 8
 241: (bf) r1 = r6
 242: (bf) r2 = r8
 243: (85) call bpf_xdp_load_bytes#189
 244: (55) if r0 != 0x0 goto pc-189
 245: (71) r5 = *(u8 *)(r10 -56)
 246: (69) r4 = *(u16 *)(r10 -54)
 247: (46) if w4 & 0xf8ff goto pc+2
 248: (b7) r4 = 8
 249: (05) goto pc-19
 250: (bf) r7 = r5
 251: (05) goto pc+1
 252: (05) goto pc-96
 253: (05) goto pc-59
 254: (b7) r7 = 512
 255: (b7) r4 = 0
 256: (b7) r5 = 0
 257: (05) goto pc-232
; rule 0: if l4.header = 0x6 and l4.dport not in 80-90 then count, ACCEPT
 258: (b7) r5 = 0
 259: (05) goto pc-206
