   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 34
   5: (2d) if r3 > r4 goto pc+128
   6: (69) r3 = *(u16 *)(r5 +12)
   7: (dc) r3 = be16 r3
   8: (56) if w3 != 0x800 goto pc+73
   9: (71) r3 = *(u8 *)(r5 +14)
  10: (57) r3 &= 15
  11: (a6) if w3 < 0x5 goto pc+46
  12: (71) r7 = *(u8 *)(r5 +23)
  13: (69) r2 = *(u16 *)(r5 +20)
  14: (46) if w2 & 0xff1f goto pc+63
  15: (67) r3 <<= 2
  16: (07) r3 += 14
  17: (56) if w7 != 0x6 goto pc+42
  18: (0f) r5 += r3
  19: (bf) r3 = r5
  20: (07) r3 += 20
  21: (2d) if r3 > r4 goto pc+112
  22: (69) r4 = *(u16 *)(r5 +0)
  23: (dc) r4 = be16 r4
  24: (69) r5 = *(u16 *)(r5 +2)
  25: (dc) r5 = be16 r5
; rule 0: if l4.header = 0x6 and l4.dport not in 80-90 then count, ACCEPT
  26: (56) if w7 != 0x6 goto pc+4
  27: (bc) w5 = w5
  28: (54) w5 &= 65535
  29: (14) w5 -= 80
  30: (26) if w5 > 0xa goto pc+230
; rule 1: if l4.header in {0x6, 0x11} and l4.sport = 0x35 then ACCEPT
  31: (16) if w7 == 0x6 goto pc+1
  32: (56) if w7 != 0x11 goto pc+1
  33: (16) if w4 == 0x35 goto pc+20
; policy
  34: (b7) r5 = 2
; log, count and return
  35: (b7) r7 = 1
  36: (63) *(u32 *)(r10 -4) = r5
  37: (bf) r1 = r6
  38: (85) call bpf_xdp_get_buff_len#188
  39: (bf) r6 = r0
  40: (18) r1 = map[name:bf_cmap]
  42: (bf) r2 = r10
  43: (07) r2 += -4
  44: (85) call bpf_map_lookup_elem#1
  45: (15) if r0 == 0x0 goto pc+6
  46: (79) r5 = *(u64 *)(r0 +0)
  47: (07) r5 += 1
  48: (7b) *(u64 *)(r0 +0) = r5
  49: (79) r5 = *(u64 *)(r0 +8)
  50: (0f) r5 += r6
  51: (7b) *(u64 *)(r0 +8) = r5
  52: (bf) r0 = r7
  53: (95) exit
  54: (b7) r0 = 2
  55: (95) exit
  56: (b7) r7 = 2
  57: (05) goto pc-22
; malformed packet
  58: (b7) r5 = 3
  59: (05) goto pc-25
; parse what is less common
  60: (56) if w7 != 0x11 goto pc+9
  61: (0f) r5 += r3
  62: (bf) r3 = r5
  63: (07) r3 += 8
  64: (2d) if r3 > r4 goto pc+69
  65: (69) r4 = *(u16 *)(r5 +0)
  66: (dc) r4 = be16 r4
  67: (69) r5 = *(u16 *)(r5 +2)
  68: (dc) r5 = be16 r5
  69: (05) goto pc-44
  70: (16) if w7 == 0x1 goto pc+1
  71: (56) if w7 != 0x3a goto pc+6
  72: (0f) r5 += r3
  73: (07) r5 += 8
  74: (2d) if r5 > r4 goto pc+59
  75: (b7) r4 = 0
  76: (b7) r5 = 0
  77: (05) goto pc-52
  78: (47) r7 |= 256
  79: (b7) r4 = 0
  80: (b7) r5 = 0
  81: (05) goto pc-56
  82: (56) if w3 != 0x86dd goto pc+47
  83: (bf) r3 = r5
  84: (07) r3 += 54
  85: (2d) if r3 > r4 goto pc+48
  86: (71) r7 = *(u8 *)(r5 +20)
  87: (b7) r3 = 54
  88: (b7) r2 = 0
  89: (16) if w7 == 0x0 goto pc+6
  90: (16) if w7 == 0x2b goto pc+5
  91: (16) if w7 == 0x2c goto pc+4
  92: (16) if w7 == 0x33 goto pc+3
  93: (16) if w7 == 0x3c goto pc+2
  94: (16) if w7 == 0x87 goto pc+1
  95: (05) goto pc+32
  96: (16) if w2 == 0x6 goto pc+32
  97: (16) if w7 == 0x2c goto pc+14
  98: (bf) r1 = r5
  99: (0f) r1 += r3
 100: (bf) r0 = r1
 101: (07) r0 += 2
 102: (2d) if r0 > r4 goto pc+31
 103: (71) r0 = *(u8 *)(r1 +0)
 104: (71) r1 = *(u8 *)(r1 +1)
 105: (16) if w7 == 0x33 goto pc+3
 106: (67) r1 <<= 3
 107: (07) r1 += 8
 108: (05) goto pc+15
 109: (67) r1 <<= 2
 110: (07) r1 += 8
 111: (05) goto pc+12
 112: (bf) r1 = r5
 113: (0f) r1 += r3
 114: (bf) r0 = r1
 115: (07) r0 += 8
 116: (2d) if r0 > r4 goto pc+17
 117: (71) r0 = *(u8 *)(r1 +0)
 118: (69) r1 = *(u16 *)(r1 +2)
 119: (46) if w1 & 0xf8ff goto pc+2
 120: (b7) r1 = 8
 121: (05) goto pc+2
 122: (bf) r7 = r0
 123: (05) goto pc+5
 124: (0f) r3 += r1
 125: (bf) r7 = r0
 126: (07) r2 += 1
 127: (05) goto pc-39
 128: (05) goto pc-112
 129: (05) goto pc-52
 130: (b7) r7 = 512
 131: (b7) r4 = 0
 132: (b7) r5 = 0
 133: (05) goto pc-108
; parse what is not linear
 134: (b7) r2 = 0
 135: (bf) r3 = r10
 136: (07) r3 += -56
 137: (b7) r4 = 14
 138: (bf) r1 = r6
 139: (85) call bpf_xdp_load_bytes#189
 140: (55) if r0 != 0x0 goto pc-83
 141: (69) r5 = *(u16 *)(r10 -44)
 142: (dc) r5 = be16 r5
 143: (56) if w5 != 0x800 goto pc+57
 144: (b7) r2 = 14
 145: (bf) r3 = r10
 146: (07) r3 += -56
 147: (b7) r4 = 20
 148: (bf) r1 = r6
 149: (85) call bpf_xdp_load_bytes#189
 150: (55) if r0 != 0x0 goto pc-93
 151: (71) r8 = *(u8 *)(r10 -56)
 152: (57) r8 &= 15
 153: (a6) if w8 < 0x5 goto pc-96
 154: (71) r7 = *(u8 *)(r10 -47)
 155: (69) r5 = *(u16 *)(r10 -50)
 156: (46) if w5 & 0xff1f goto pc+40
 157: (67) r8 <<= 2
 158: (07) r8 += 14
 159: (56) if w7 != 0x6 goto pc+12
 160: (bf) r3 = r10
 161: (07) r3 += -56
 162: (b7) r4 = 20
 163: (bf) r1 = r6
 164: (bf) r2 = r8
 165: (85) call bpf_xdp_load_bytes#189
 166: (55) if r0 != 0x0 goto pc-109
 167: (69) r4 = *(u16 *)(r10 -56)
 168: (dc) r4 = be16 r4
 169: (69) r5 = *(u16 *)(r10 -54)
 170: (dc) r5 = be16 r5
 171: (05) goto pc+88
 172: (56) if w7 != 0x11 goto pc+12
 173: (bf) r3 = r10
 174: (07) r3 += -56
 175: (b7) r4 = 8
 176: (bf) r1 = r6
 177: (bf) r2 = r8
 178: (85) call bpf_xdp_load_bytes#189
 179: (55) if r0 != 0x0 goto pc-122
 180: (69) r4 = *(u16 *)(r10 -56)
 181: (dc) r4 = be16 r4
 182: (69) r5 = *(u16 *)(r10 -54)
 183: (dc) r5 = be16 r5
 184: (05) goto pc+75
 185: (16) if w7 == 0x1 goto pc+1
 186: (56) if w7 != 0x3a goto pc+10
 187: (bf) r3 = r10
 188: (07) r3 += -56
 189: (b7) r4 = 8
 190: (bf) r1 = r6
 191: (bf) r2 = r8
 192: (85) call bpf_xdp_load_bytes#189
 193: (55) if r0 != 0x0 goto pc-136
 194: (b7) r4 = 0
 195: (b7) r5 = 0
 196: (05) goto pc+63
 197: (47) r7 |= 256
 198: (b7) r4 = 0
 199: (b7) r5 = 0
 200: (05) goto pc+59
 201: (56) if w5 != 0x86dd goto pc+55
 202: (b7) r2 = 14
 203: (bf) r3 = r10
 204: (07) r3 += -56
 205: (b7) r4 = 40
 206: (bf) r1 = r6
 207: (85) call bpf_xdp_load_bytes#189
 208: (55) if r0 != 0x0 goto pc-151
 209: (71) r7 = *(u8 *)(r10 -50)
 210: (b7) r8 = 54
 211: (b7) r9 = 0
 212: (16) if w7 == 0x0 goto pc+6
 213: (16) if w7 == 0x2b goto pc+5
 214: (16) if w7 == 0x2c goto pc+4
 215: (16) if w7 == 0x33 goto pc+3
 216: (16) if w7 == 0x3c goto pc+2
 217: (16) if w7 == 0x87 goto pc+1
 218: (05) goto pc+36
 219: (16) if w9 == 0x6 goto pc+36
 220: (16) if w7 == 0x2c goto pc+16
 221: (bf) r3 = r10
 222: (07) r3 += -56
 223: (b7) r4 = 2
 224: (bf) r1 = r6
 225: (bf) r2 = r8
 226: (85) call bpf_xdp_load_bytes#189
 227: (55) if r0 != 0x0 goto pc-170
 228: (71) r5 = *(u8 *)(r10 -56)
 229: (71) r4 = *(u8 *)(r10 -55)
 230: (16) if w7 == 0x33 goto pc+3
 231: (67) r4 <<= 3
 232: (07) r4 += 8
 233: (05) goto pc+17
 234: (67) r4 <<= 2
 235: (07) r4 += 8
 236: (05) goto pc+14
 237: (bf) r3 = r10
 238: (07) r3 += -56
 239: (b7) r4 = 8
 240: (bf) r1 = r6
 241: (bf) r2 = r8
 242: (85) call bpf_xdp_load_bytes#189
 243: (55) if r0 != 0x0 goto pc-186
 244: (71) r5 = *(u8 *)(r10 -56)
 245: (69) r4 = *(u16 *)(r10 -54)
 246: (46) if w4 & 0xf8ff goto pc+2
 247: (b7) r4 = 8
 248: (05) goto pc+2
 249: (bf) r7 = r5
 250: (05) goto pc+5
 251: (0f) r8 += r4
 252: (bf) r7 = r5
 253: (07) r9 += 1
 254: (05) goto pc-43
 255: (05) goto pc-97
 256: (05) goto pc-60
 257: (b7) r7 = 512
 258: (b7) r4 = 0
 259: (b7) r5 = 0
 260: (05) goto pc-235
; rule 0: if l4.header = 0x6 and l4.dport not in 80-90 then count, ACCEPT
 261: (b7) r5 = 0
 262: (05) goto pc-207
