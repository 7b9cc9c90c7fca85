   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 34
   5: (2d) if r3 > r4 goto pc+127
   6: (69) r3 = *(u16 *)(r5 +12)
   7: (dc) r3 = be16 r3
   8: (56) if w3 != 0x800 goto pc+75
   9: (71) r3 = *(u8 *)(r5 +14)
  10: (57) r3 &= 15
  11: (a6) if w3 < 0x5 goto pc+47
  12: (71) r7 = *(u8 *)(r5 +23)
  13: (69) r2 = *(u16 *)(r5 +20)
  14: (46) if w2 & 0xff1f goto pc+65
  15: (67) r3 <<= 2
  16: (07) r3 += 14
  17: (56) if w7 != 0x6 goto pc+43
  18: (0f) r5 += r3
  19: (bf) r3 = r5
  20: (07) r3 += 20
  21: (2d) if r3 > r4 goto pc+111
  22: (69) r4 = *(u16 *)(r5 +0)
  23: (dc) r4 = be16 r4
  24: (69) r5 = *(u16 *)(r5 +2)
  25: (dc) r5 = be16 r5
; rule 0: if l4.header = 0x6 and l4.dport not in 80-90 then count, ACCEPT
  26: (56) if w7 != 0x6 goto pc+2
  27: (a6) if w5 < 0x50 goto pc+229
  28: (26) if w5 > 0x5a goto pc+228
; rule 1: if l4.header in {0x6, 0x11} and l4.sport = 0x35 then ACCEPT
  29: (16) if w7 == 0x6 goto pc+1
  30: (56) if w7 != 0x11 goto pc+1
  31: (16) if w4 == 0x35 goto pc+23
; policy
  32: (b7) r7 = 2
; count and return
  33: (b7) r8 = 1
  34: (bf) r1 = r6
  35: (85) call bpf_xdp_get_buff_len#188
  36: (bf) r6 = r0
  37: (bf) r5 = r6
  38: (1f) r5 -= r6
  39: (0f) r7 += r5
  40: (63) *(u32 *)(r10 -8) = r7
  41: (18) r1 = map[name:bf_cmap]
  43: (bf) r2 = r10
  44: (07) r2 += -8
  45: (85) call bpf_map_lookup_elem#1
  46: (15) if r0 == 0x0 goto pc+6
  47: (79) r5 = *(u64 *)(r0 +0)
  48: (07) r5 += 1
  49: (7b) *(u64 *)(r0 +0) = r5
  50: (79) r5 = *(u64 *)(r0 +8)
  51: (0f) r5 += r6
  52: (7b) *(u64 *)(r0 +8) = r5
  53: (bf) r0 = r8
  54: (95) exit
  55: (b7) r0 = 2
  56: (95) exit
  57: (b7) r8 = 2
  58: (05) goto pc-25
; malformed packet
  59: (b7) r7 = 3
  60: (05) goto pc-28
; parse what is less common
  61: (56) if w7 != 0x11 goto pc+9
  62: (0f) r5 += r3
  63: (bf) r3 = r5
  64: (07) r3 += 8
  65: (2d) if r3 > r4 goto pc+67
  66: (69) r4 = *(u16 *)(r5 +0)
  67: (dc) r4 = be16 r4
  68: (69) r5 = *(u16 *)(r5 +2)
  69: (dc) r5 = be16 r5
  70: (05) goto pc-45
  71: (16) if w7 == 0x1 goto pc+1
  72: (56) if w7 != 0x3a goto pc+7
  73: (0f) r5 += r3
  74: (bf) r3 = r5
  75: (07) r3 += 8
  76: (2d) if r3 > r4 goto pc+56
  77: (71) r4 = *(u8 *)(r5 +0)
  78: (71) r5 = *(u8 *)(r5 +1)
  79: (05) goto pc-54
  80: (47) r7 |= 256
  81: (b7) r4 = 0
  82: (b7) r5 = 0
  83: (05) goto pc-58
  84: (56) if w3 != 0x86dd goto pc+44
  85: (bf) r3 = r5
  86: (07) r3 += 54
  87: (2d) if r3 > r4 goto pc+45
  88: (71) r7 = *(u8 *)(r5 +20)
  89: (b7) r3 = 54
  90: (b7) r2 = 0
  91: (16) if w7 == 0x0 goto pc+6
  92: (16) if w7 == 0x2b goto pc+5
  93: (16) if w7 == 0x2c goto pc+4
  94: (16) if w7 == 0x33 goto pc+3
  95: (16) if w7 == 0x3c goto pc+2
  96: (16) if w7 == 0x87 goto pc+1
  97: (05) goto pc-81
  98: (16) if w2 == 0x6 goto pc-19
  99: (16) if w7 == 0x2c goto pc+17
 100: (bf) r1 = r5
 101: (0f) r1 += r3
 102: (bf) r0 = r1
 103: (07) r0 += 2
 104: (2d) if r0 > r4 goto pc+28
 105: (71) r0 = *(u8 *)(r1 +0)
 106: (71) r1 = *(u8 *)(r1 +1)
 107: (16) if w7 == 0x33 goto pc+6
 108: (67) r1 <<= 3
 109: (07) r1 += 8
 110: (0f) r3 += r1
 111: (bf) r7 = r0
 112: (07) r2 += 1
 113: (05) goto pc-23
 114: (67) r1 <<= 2
 115: (07) r1 += 8
 116: (05) goto pc-7
 117: (bf) r1 = r5
 118: (0f) r1 += r3
 119: (bf) r0 = r1
 120: (07) r0 += 8
 121: (2d) if r0 > r4 goto pc+11
 122: (71) r0 = *(u8 *)(r1 +0)
 123: (69) r1 = *(u16 *)(r1 +2)
 124: (46) if w1 & 0xf8ff goto pc+2
 125: (b7) r1 = 8
 126: (05) goto pc-17
 127: (bf) r7 = r0
 128: (05) goto pc-49
 129: (b7) r7 = 512
 130: (b7) r4 = 0
 131: (b7) r5 = 0
 132: (05) goto pc-107
; parse what is not linear
 133: (b7) r2 = 0
 134: (bf) r3 = r10
 135: (07) r3 += -48
 136: (b7) r4 = 14
 137: (bf) r1 = r6
 138: (85) call bpf_xdp_load_bytes#189
 139: (55) if r0 != 0x0 goto pc-81
 140: (69) r5 = *(u16 *)(r10 -36)
 141: (dc) r5 = be16 r5
 142: (56) if w5 != 0x800 goto pc+57
 143: (b7) r2 = 14
 144: (bf) r3 = r10
 145: (07) r3 += -48
 146: (b7) r4 = 20
 147: (bf) r1 = r6
 148: (85) call bpf_xdp_load_bytes#189
 149: (55) if r0 != 0x0 goto pc-91
 150: (71) r8 = *(u8 *)(r10 -48)
 151: (57) r8 &= 15
 152: (a6) if w8 < 0x5 goto pc-94
 153: (71) r7 = *(u8 *)(r10 -39)
 154: (69) r5 = *(u16 *)(r10 -42)
 155: (46) if w5 & 0xff1f goto pc+40
 156: (67) r8 <<= 2
 157: (07) r8 += 14
 158: (56) if w7 != 0x6 goto pc+12
 159: (bf) r3 = r10
 160: (07) r3 += -48
 161: (b7) r4 = 20
 162: (bf) r1 = r6
 163: (bf) r2 = r8
 164: (85) call bpf_xdp_load_bytes#189
 165: (55) if r0 != 0x0 goto pc-107
 166: (69) r4 = *(u16 *)(r10 -48)
 167: (dc) r4 = be16 r4
 168: (69) r5 = *(u16 *)(r10 -46)
 169: (dc) r5 = be16 r5
 170: (05) goto pc+85
 171: (56) if w7 != 0x11 goto pc+12
 172: (bf) r3 = r10
 173: (07) r3 += -48
 174: (b7) r4 = 8
 175: (bf) r1 = r6
 176: (bf) r2 = r8
 177: (85) call bpf_xdp_load_bytes#189
 178: (55) if r0 != 0x0 goto pc-120
 179: (69) r4 = *(u16 *)(r10 -48)
 180: (dc) r4 = be16 r4
 181: (69) r5 = *(u16 *)(r10 -46)
 182: (dc) r5 = be16 r5
 183: (05) goto pc+72
 184: (16) if w7 == 0x1 goto pc+1
 185: (56) if w7 != 0x3a goto pc+10
 186: (bf) r3 = r10
 187: (07) r3 += -48
 188: (b7) r4 = 8
 189: (bf) r1 = r6
 190: (bf) r2 = r8
 191: (85) call bpf_xdp_load_bytes#189
 192: (55) if r0 != 0x0 goto pc-134
 193: (71) r4 = *(u8 *)(r10 -48)
 194: (71) r5 = *(u8 *)(r10 -47)
 195: (05) goto pc+60
 196: (47) r7 |= 256
 197: (b7) r4 = 0
 198: (b7) r5 = 0
 199: (05) goto pc+56
 200: (56) if w5 != 0x86dd goto pc+52
 201: (b7) r2 = 14
 202: (bf) r3 = r10
 203: (07) r3 += -48
 204: (b7) r4 = 40
 205: (bf) r1 = r6
 206: (85) call bpf_xdp_load_bytes#189
 207: (55) if r0 != 0x0 goto pc-149
 208: (71) r7 = *(u8 *)(r10 -42)
 209: (b7) r8 = 54
 210: (b7) r9 = 0
 211: (16) if w7 == 0x0 goto pc+6
 212: (16) if w7 == 0x2b goto pc+5
 213: (16) if w7 == 0x2c goto pc+4
 214: (16) if w7 == 0x33 goto pc+3
 215: (16) if w7 == 0x3c goto pc+2
 216: (16) if w7 == 0x87 goto pc+1
 217: (05) goto pc-60
 218: (16) if w9 == 0x6 goto pc-23
 219: (16) if w7 == 0x2c goto pc+19
 220: (bf) r3 = r10
 221: (07) r3 += -48
 222: (b7) r4 = 2
 223: (bf) r1 = r6
 224: (bf) r2 = r8
 225: (85) call bpf_xdp_load_bytes#189
 226: (55) if r0 != 0x0 goto pc-168
 227: (71) r5 = *(u8 *)(r10 -48)
 228: (71) r4 = *(u8 *)(r10 -47)
 229: (16) if w7 == 0x33 goto pc+6
 230: (67) r4 <<= 3
 231: (07) r4 += 8
 232: (0f) r8 += r4
 233: (bf) r7 = r5
 234: (07) r9 += 1
 235: (05) goto pc-25
 236: (67) r4 <<= 2
 237: (07) r4 += 8
 238: (05) goto pc-7
 239: (bf) r3 = r10
 240: (07) r3 += -48
 241: (b7) r4 = 8
 242: (bf) r1 = r6
 243: (bf) r2 = r8
 244: (85) call bpf_xdp_load_bytes#189
 245: (55) if r0 != 0x0 goto pc-187
 246: (71) r5 = *(u8 *)(r10 -48)
 247: (69) r4 = *(u16 *)(r10 -46)
 248: (46) if w4 & 0xf8ff goto pc+2
 249: (b7) r4 = 8
 250: (05) goto pc-19
 251: (bf) r7 = r5
 252: (05) goto pc-57
 253: (b7) r7 = 512
 254: (b7) r4 = 0
 255: (b7) r5 = 0
 256: (05) goto pc-231
; rule 0: if l4.header = 0x6 and l4.dport not in 80-90 then count, ACCEPT
 257: (b7) r7 = 0
 258: (05) goto pc-202
