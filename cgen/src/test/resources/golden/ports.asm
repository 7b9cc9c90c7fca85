   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 34
   5: (2d) if r3 > r4 goto pc+126
   6: (69) r3 = *(u16 *)(r5 +12)
   7: (dc) r3 = be16 r3
   8: (56) if w3 != 0x800 goto pc+71
   9: (71) r3 = *(u8 *)(r5 +14)
  10: (57) r3 &= 15
  11: (a6) if w3 < 0x5 goto pc+44
  12: (71) r7 = *(u8 *)(r5 +23)
  13: (69) r2 = *(u16 *)(r5 +20)
  14: (46) if w2 & 0xff1f goto pc+61
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
  27: (a6) if w5 < 0x50 goto pc+231
  28: (26) if w5 > 0x5a goto pc+230
; rule 1: if l4.header in {0x6, 0x11} and l4.sport = 0x35 then ACCEPT
  29: (16) if w7 == 0x6 goto pc+1
  30: (56) if w7 != 0x11 goto pc+1
  31: (16) if w4 == 0x35 goto pc+20
; policy
  32: (b7) r5 = 2
; log, count and return
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
  69: (56) if w7 != 0x3a goto pc+6
  70: (0f) r5 += r3
  71: (07) r5 += 8
  72: (2d) if r5 > r4 goto pc+59
  73: (b7) r4 = 0
  74: (b7) r5 = 0
  75: (05) goto pc-50
  76: (47) r7 |= 256
  77: (b7) r4 = 0
  78: (b7) r5 = 0
  79: (05) goto pc-54
  80: (56) if w3 != 0x86dd goto pc+47
  81: (bf) r3 = r5
  82: (07) r3 += 54
  83: (2d) if r3 > r4 goto pc+48
  84: (71) r7 = *(u8 *)(r5 +20)
  85: (b7) r3 = 54
  86: (b7) r2 = 0
  87: (16) if w7 == 0x0 goto pc+6
  88: (16) if w7 == 0x2b goto pc+5
  89: (16) if w7 == 0x2c goto pc+4
  90: (16) if w7 == 0x33 goto pc+3
  91: (16) if w7 == 0x3c goto pc+2
  92: (16) if w7 == 0x87 goto pc+1
  93: (05) goto pc+32
  94: (16) if w2 == 0x6 goto pc+32
  95: (16) if w7 == 0x2c goto pc+14
  96: (bf) r1 = r5
  97: (0f) r1 += r3
  98: (bf) r0 = r1
  99: (07) r0 += 2
 100: (2d) if r0 > r4 goto pc+31
 101: (71) r0 = *(u8 *)(r1 +0)
 102: (71) r1 = *(u8 *)(r1 +1)
 103: (16) if w7 == 0x33 goto pc+3
 104: (67) r1 <<= 3
 105: (07) r1 += 8
 106: (05) goto pc+15
 107: (67) r1 <<= 2
 108: (07) r1 += 8
 109: (05) goto pc+12
 110: (bf) r1 = r5
 111: (0f) r1 += r3
 112: (bf) r0 = r1
 113: (07) r0 += 8
 114: (2d) if r0 > r4 goto pc+17
 115: (71) r0 = *(u8 *)(r1 +0)
 116: (69) r1 = *(u16 *)(r1 +2)
 117: (46) if w1 & 0xf8ff goto pc+2
 118: (b7) r1 = 8
 119: (05) goto pc+2
 120: (bf) r7 = r0
 121: (05) goto pc+5
 122: (0f) r3 += r1
 123: (bf) r7 = r0
 124: (07) r2 += 1
 125: (05) goto pc-39
 126: (05) goto pc-110
 127: (05) goto pc-52
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
 169: (05) goto pc+88
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
 182: (05) goto pc+75
 183: (16) if w7 == 0x1 goto pc+1
 184: (56) if w7 != 0x3a goto pc+10
 185: (bf) r3 = r10
 186: (07) r3 += -56
 187: (b7) r4 = 8
 188: (bf) r1 = r6
 189: (bf) r2 = r8
 190: (85) call bpf_xdp_load_bytes#189
 191: (55) if r0 != 0x0 goto pc-136
 192: (b7) r4 = 0
 193: (b7) r5 = 0
 194: (05) goto pc+63
 195: (47) r7 |= 256
 196: (b7) r4 = 0
 197: (b7) r5 = 0
 198: (05) goto pc+59
 199: (56) if w5 != 0x86dd goto pc+55
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
 216: (05) goto pc+36
 217: (16) if w9 == 0x6 goto pc+36
 218: (16) if w7 == 0x2c goto pc+16
 219: (bf) r3 = r10
 220: (07) r3 += -56
 221: (b7) r4 = 2
 222: (bf) r1 = r6
 223: (bf) r2 = r8
 224: (85) call bpf_xdp_load_bytes#189
 225: (55) if r0 != 0x0 goto pc-170
 226: (71) r5 = *(u8 *)(r10 -56)
 227: (71) r4 = *(u8 *)(r10 -55)
 228: (16) if w7 == 0x33 goto pc+3
 229: (67) r4 <<= 3
 230: (07) r4 += 8
 231: (05) goto pc+17
 232: (67) r4 <<= 2
 233: (07) r4 += 8
 234: (05) goto pc+14
 235: (bf) r3 = r10
 236: (07) r3 += -56
 237: (b7) r4 = 8
 238: (bf) r1 = r6
 239: (bf) r2 = r8
 240: (85) call bpf_xdp_load_bytes#189
 241: (55) if r0 != 0x0 goto pc-186
 242: (71) r5 = *(u8 *)(r10 -56)
 243: (69) r4 = *(u16 *)(r10 -54)
 244: (46) if w4 & 0xf8ff goto pc+2
 245: (b7) r4 = 8
 246: (05) goto pc+2
 247: (bf) r7 = r5
 248: (05) goto pc+5
 249: (0f) r8 += r4
 250: (bf) r7 = r5
 251: (07) r9 += 1
 252: (05) goto pc-43
 253: (05) goto pc-97
 254: (05) goto pc-60
 255: (b7) r7 = 512
 256: (b7) r4 = 0
 257: (b7) r5 = 0
 258: (05) goto pc-233
; rule 0: if l4.header = 0x6 and l4.dport not in 80-90 then count, ACCEPT
 259: (b7) r5 = 0
 260: (05) goto pc-207
