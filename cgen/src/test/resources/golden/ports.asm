   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 34
   5: (2d) if r3 > r4 goto pc+124
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
  21: (2d) if r3 > r4 goto pc+108
  22: (69) r4 = *(u16 *)(r5 +0)
  23: (dc) r4 = be16 r4
  24: (69) r5 = *(u16 *)(r5 +2)
  25: (dc) r5 = be16 r5
; rule 0: if l4.header = 0x6 and l4.dport not in 80-90 then count, ACCEPT
  26: (56) if w7 != 0x6 goto pc+2
  27: (a6) if w5 < 0x50 goto pc+226
  28: (26) if w5 > 0x5a goto pc+225
; rule 1: if l4.header in {0x6, 0x11} and l4.sport = 0x35 then ACCEPT
  29: (16) if w7 == 0x6 goto pc+1
  30: (56) if w7 != 0x11 goto pc+1
  31: (16) if w4 == 0x35 goto pc+20
; policy
  32: (b7) r7 = 2
; count and return
  33: (b7) r8 = 1
  34: (bf) r1 = r6
  35: (85) call bpf_xdp_get_buff_len#188
  36: (bf) r6 = r0
  37: (63) *(u32 *)(r10 -8) = r7
  38: (18) r1 = map[name:bf_cmap]
  40: (bf) r2 = r10
  41: (07) r2 += -8
  42: (85) call bpf_map_lookup_elem#1
  43: (15) if r0 == 0x0 goto pc+6
  44: (79) r5 = *(u64 *)(r0 +0)
  45: (07) r5 += 1
  46: (7b) *(u64 *)(r0 +0) = r5
  47: (79) r5 = *(u64 *)(r0 +8)
  48: (0f) r5 += r6
  49: (7b) *(u64 *)(r0 +8) = r5
  50: (bf) r0 = r8
  51: (95) exit
  52: (b7) r0 = 2
  53: (95) exit
  54: (b7) r8 = 2
  55: (05) goto pc-22
; malformed packet
  56: (b7) r7 = 3
  57: (05) goto pc-25
; parse what is less common
  58: (56) if w7 != 0x11 goto pc+9
  59: (0f) r5 += r3
  60: (bf) r3 = r5
  61: (07) r3 += 8
  62: (2d) if r3 > r4 goto pc+67
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
  73: (2d) if r3 > r4 goto pc+56
  74: (71) r4 = *(u8 *)(r5 +0)
  75: (71) r5 = *(u8 *)(r5 +1)
  76: (05) goto pc-51
  77: (47) r7 |= 256
  78: (b7) r4 = 0
  79: (b7) r5 = 0
  80: (05) goto pc-55
  81: (56) if w3 != 0x86dd goto pc+44
  82: (bf) r3 = r5
  83: (07) r3 += 54
  84: (2d) if r3 > r4 goto pc+45
  85: (71) r7 = *(u8 *)(r5 +20)
  86: (b7) r3 = 54
  87: (b7) r2 = 0
  88: (16) if w7 == 0x0 goto pc+6
  89: (16) if w7 == 0x2b goto pc+5
  90: (16) if w7 == 0x2c goto pc+4
  91: (16) if w7 == 0x33 goto pc+3
  92: (16) if w7 == 0x3c goto pc+2
  93: (16) if w7 == 0x87 goto pc+1
  94: (05) goto pc-78
  95: (16) if w2 == 0x6 goto pc-19
  96: (16) if w7 == 0x2c goto pc+17
  97: (bf) r1 = r5
  98: (0f) r1 += r3
  99: (bf) r0 = r1
 100: (07) r0 += 2
 101: (2d) if r0 > r4 goto pc+28
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
 118: (2d) if r0 > r4 goto pc+11
 119: (71) r0 = *(u8 *)(r1 +0)
 120: (69) r1 = *(u16 *)(r1 +2)
 121: (46) if w1 & 0xf8ff goto pc+2
 122: (b7) r1 = 8
 123: (05) goto pc-17
 124: (bf) r7 = r0
 125: (05) goto pc-49
 126: (b7) r7 = 512
 127: (b7) r4 = 0
 128: (b7) r5 = 0
 129: (05) goto pc-104
; parse what is not linear
 130: (b7) r2 = 0
 131: (bf) r3 = r10
 132: (07) r3 += -48
 133: (b7) r4 = 14
 134: (bf) r1 = r6
 135: (85) call bpf_xdp_load_bytes#189
 136: (55) if r0 != 0x0 goto pc-81
 137: (69) r5 = *(u16 *)(r10 -36)
 138: (dc) r5 = be16 r5
 139: (56) if w5 != 0x800 goto pc+57
 140: (b7) r2 = 14
 141: (bf) r3 = r10
 142: (07) r3 += -48
 143: (b7) r4 = 20
 144: (bf) r1 = r6
 145: (85) call bpf_xdp_load_bytes#189
 146: (55) if r0 != 0x0 goto pc-91
 147: (71) r8 = *(u8 *)(r10 -48)
 148: (57) r8 &= 15
 149: (a6) if w8 < 0x5 goto pc-94
 150: (71) r7 = *(u8 *)(r10 -39)
 151: (69) r5 = *(u16 *)(r10 -42)
 152: (46) if w5 & 0xff1f goto pc+40
 153: (67) r8 <<= 2
 154: (07) r8 += 14
 155: (56) if w7 != 0x6 goto pc+12
 156: (bf) r3 = r10
 157: (07) r3 += -48
 158: (b7) r4 = 20
 159: (bf) r1 = r6
 160: (bf) r2 = r8
 161: (85) call bpf_xdp_load_bytes#189
 162: (55) if r0 != 0x0 goto pc-107
 163: (69) r4 = *(u16 *)(r10 -48)
 164: (dc) r4 = be16 r4
 165: (69) r5 = *(u16 *)(r10 -46)
 166: (dc) r5 = be16 r5
 167: (05) goto pc+85
 168: (56) if w7 != 0x11 goto pc+12
 169: (bf) r3 = r10
 170: (07) r3 += -48
 171: (b7) r4 = 8
 172: (bf) r1 = r6
 173: (bf) r2 = r8
 174: (85) call bpf_xdp_load_bytes#189
 175: (55) if r0 != 0x0 goto pc-120
 176: (69) r4 = *(u16 *)(r10 -48)
 177: (dc) r4 = be16 r4
 178: (69) r5 = *(u16 *)(r10 -46)
 179: (dc) r5 = be16 r5
 180: (05) goto pc+72
 181: (16) if w7 == 0x1 goto pc+1
 182: (56) if w7 != 0x3a goto pc+10
 183: (bf) r3 = r10
 184: (07) r3 += -48
 185: (b7) r4 = 8
 186: (bf) r1 = r6
 187: (bf) r2 = r8
 188: (85) call bpf_xdp_load_bytes#189
 189: (55) if r0 != 0x0 goto pc-134
 190: (71) r4 = *(u8 *)(r10 -48)
 191: (71) r5 = *(u8 *)(r10 -47)
 192: (05) goto pc+60
 193: (47) r7 |= 256
 194: (b7) r4 = 0
 195: (b7) r5 = 0
 196: (05) goto pc+56
 197: (56) if w5 != 0x86dd goto pc+52
 198: (b7) r2 = 14
 199: (bf) r3 = r10
 200: (07) r3 += -48
 201: (b7) r4 = 40
 202: (bf) r1 = r6
 203: (85) call bpf_xdp_load_bytes#189
 204: (55) if r0 != 0x0 goto pc-149
 205: (71) r7 = *(u8 *)(r10 -42)
 206: (b7) r8 = 54
 207: (b7) r9 = 0
 208: (16) if w7 == 0x0 goto pc+6
 209: (16) if w7 == 0x2b goto pc+5
 210: (16) if w7 == 0x2c goto pc+4
 211: (16) if w7 == 0x33 goto pc+3
 212: (16) if w7 == 0x3c goto pc+2
 213: (16) if w7 == 0x87 goto pc+1
 214: (05) goto pc-60
 215: (16) if w9 == 0x6 goto pc-23
 216: (16) if w7 == 0x2c goto pc+19
 217: (bf) r3 = r10
 218: (07) r3 += -48
 219: (b7) r4 = 2
 220: (bf) r1 = r6
 221: (bf) r2 = r8
 222: (85) call bpf_xdp_load_bytes#189
 223: (55) if r0 != 0x0 goto pc-168
 224: (71) r5 = *(u8 *)(r10 -48)
 225: (71) r4 = *(u8 *)(r10 -47)
 226: (16) if w7 == 0x33 goto pc+6
 227: (67) r4 <<= 3
 228: (07) r4 += 8
 229: (0f) r8 += r4
 230: (bf) r7 = r5
 231: (07) r9 += 1
 232: (05) goto pc-25
 233: (67) r4 <<= 2
 234: (07) r4 += 8
 235: (05) goto pc-7
 236: (bf) r3 = r10
 237: (07) r3 += -48
 238: (b7) r4 = 8
 239: (bf) r1 = r6
 240: (bf) r2 = r8
 241: (85) call bpf_xdp_load_bytes#189
 242: (55) if r0 != 0x0 goto pc-187
 243: (71) r5 = *(u8 *)(r10 -48)
 244: (69) r4 = *(u16 *)(r10 -46)
 245: (46) if w4 & 0xf8ff goto pc+2
 246: (b7) r4 = 8
 247: (05) goto pc-19
 248: (bf) r7 = r5
 249: (05) goto pc-57
 250: (b7) r7 = 512
 251: (b7) r4 = 0
 252: (b7) r5 = 0
 253: (05) goto pc-228
; rule 0: if l4.header = 0x6 and l4.dport not in 80-90 then count, ACCEPT
 254: (b7) r7 = 0
 255: (05) goto pc-202
