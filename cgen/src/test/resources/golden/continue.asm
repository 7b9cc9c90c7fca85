   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 34
   5: (2d) if r3 > r4 goto pc+154
   6: (69) r3 = *(u16 *)(r5 +12)
   7: (dc) r3 = be16 r3
   8: (56) if w3 != 0x800 goto pc+103
   9: (71) r3 = *(u8 *)(r5 +14)
  10: (57) r3 &= 15
  11: (a6) if w3 < 0x5 goto pc+61
  12: (71) r2 = *(u8 *)(r5 +23)
  13: (69) r1 = *(u16 *)(r5 +20)
  14: (46) if w1 & 0xff1f goto pc+94
  15: (67) r3 <<= 2
  16: (07) r3 += 14
  17: (56) if w2 != 0x6 goto pc+75
  18: (0f) r5 += r3
  19: (bf) r3 = r5
  20: (07) r3 += 20
  21: (2d) if r3 > r4 goto pc+138
  22: (69) r5 = *(u16 *)(r5 +0)
  23: (dc) r5 = be16 r5
  24: (b7) r7 = 0
; rule 0: if l4.header = 0x1 and icmp.type = 0x8 then count, CONTINUE
  25: (56) if w2 != 0x1 goto pc+2
  26: (56) if w5 != 0x8 goto pc+1
  27: (47) r7 |= 1
; rule 2: if l4.proto = 0x2f then DROP
  28: (bc) w5 = w2
  29: (54) w5 &= -257
  30: (16) if w5 == 0x2f goto pc+39
; policy
  31: (b7) r8 = 3
; count and return
  32: (b7) r9 = 2
  33: (bf) r1 = r6
  34: (85) call bpf_xdp_get_buff_len#188
  35: (bf) r6 = r0
  36: (15) if r7 == 0x0 goto pc+17
  37: (77) r7 >>= 0
  38: (57) r7 &= 1
  39: (16) if w7 == 0x0 goto pc+14
  40: (b7) r5 = 0
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
  54: (16) if w8 == 0xffffffff goto pc+13
  55: (63) *(u32 *)(r10 -8) = r8
  56: (18) r1 = map[name:bf_cmap]
  58: (bf) r2 = r10
  59: (07) r2 += -8
  60: (85) call bpf_map_lookup_elem#1
  61: (15) if r0 == 0x0 goto pc+6
  62: (79) r5 = *(u64 *)(r0 +0)
  63: (07) r5 += 1
  64: (7b) *(u64 *)(r0 +0) = r5
  65: (79) r5 = *(u64 *)(r0 +8)
  66: (0f) r5 += r6
  67: (7b) *(u64 *)(r0 +8) = r5
  68: (bf) r0 = r9
  69: (95) exit
  70: (b7) r8 = -1
  71: (b7) r9 = 1
  72: (05) goto pc-40
; malformed packet
  73: (b7) r7 = 4
; count and return
  74: (b7) r8 = 2
  75: (bf) r1 = r6
  76: (85) call bpf_xdp_get_buff_len#188
  77: (bf) r6 = r0
  78: (63) *(u32 *)(r10 -8) = r7
  79: (18) r1 = map[name:bf_cmap]
  81: (bf) r2 = r10
  82: (07) r2 += -8
  83: (85) call bpf_map_lookup_elem#1
  84: (15) if r0 == 0x0 goto pc+6
  85: (79) r5 = *(u64 *)(r0 +0)
  86: (07) r5 += 1
  87: (7b) *(u64 *)(r0 +0) = r5
  88: (79) r5 = *(u64 *)(r0 +8)
  89: (0f) r5 += r6
  90: (7b) *(u64 *)(r0 +8) = r5
  91: (bf) r0 = r8
  92: (95) exit
; parse what is less common
  93: (56) if w2 != 0x11 goto pc+7
  94: (0f) r5 += r3
  95: (bf) r3 = r5
  96: (07) r3 += 8
  97: (2d) if r3 > r4 goto pc+62
  98: (69) r5 = *(u16 *)(r5 +0)
  99: (dc) r5 = be16 r5
 100: (05) goto pc-77
 101: (16) if w2 == 0x1 goto pc+1
 102: (56) if w2 != 0x3a goto pc+6
 103: (0f) r5 += r3
 104: (bf) r3 = r5
 105: (07) r3 += 8
 106: (2d) if r3 > r4 goto pc+53
 107: (71) r5 = *(u8 *)(r5 +0)
 108: (05) goto pc-85
 109: (47) r2 |= 256
 110: (b7) r5 = 0
 111: (05) goto pc-88
 112: (56) if w3 != 0x86dd goto pc+44
 113: (bf) r3 = r5
 114: (07) r3 += 54
 115: (2d) if r3 > r4 goto pc+44
 116: (71) r2 = *(u8 *)(r5 +20)
 117: (b7) r3 = 54
 118: (b7) r1 = 0
 119: (16) if w2 == 0x0 goto pc+6
 120: (16) if w2 == 0x2b goto pc+5
 121: (16) if w2 == 0x2c goto pc+4
 122: (16) if w2 == 0x33 goto pc+3
 123: (16) if w2 == 0x3c goto pc+2
 124: (16) if w2 == 0x87 goto pc+1
 125: (05) goto pc-109
 126: (16) if w1 == 0x6 goto pc-18
 127: (16) if w2 == 0x2c goto pc+17
 128: (bf) r0 = r5
 129: (0f) r0 += r3
 130: (bf) r9 = r0
 131: (07) r9 += 2
 132: (2d) if r9 > r4 goto pc+27
 133: (71) r9 = *(u8 *)(r0 +0)
 134: (71) r0 = *(u8 *)(r0 +1)
 135: (16) if w2 == 0x33 goto pc+6
 136: (67) r0 <<= 3
 137: (07) r0 += 8
 138: (0f) r3 += r0
 139: (bf) r2 = r9
 140: (07) r1 += 1
 141: (05) goto pc-23
 142: (67) r0 <<= 2
 143: (07) r0 += 8
 144: (05) goto pc-7
 145: (bf) r2 = r5
 146: (0f) r2 += r3
 147: (bf) r0 = r2
 148: (07) r0 += 8
 149: (2d) if r0 > r4 goto pc+10
 150: (71) r9 = *(u8 *)(r2 +0)
 151: (69) r0 = *(u16 *)(r2 +2)
 152: (46) if w0 & 0xf8ff goto pc+2
 153: (b7) r0 = 8
 154: (05) goto pc-17
 155: (bf) r2 = r9
 156: (05) goto pc-48
 157: (b7) r2 = 512
 158: (b7) r5 = 0
 159: (05) goto pc-136
; parse what is not linear
 160: (b7) r2 = 0
 161: (bf) r3 = r10
 162: (07) r3 += -48
 163: (b7) r4 = 14
 164: (bf) r1 = r6
 165: (85) call bpf_xdp_load_bytes#189
 166: (55) if r0 != 0x0 goto pc-94
 167: (69) r5 = *(u16 *)(r10 -36)
 168: (dc) r5 = be16 r5
 169: (56) if w5 != 0x800 goto pc+51
 170: (b7) r2 = 14
 171: (bf) r3 = r10
 172: (07) r3 += -48
 173: (b7) r4 = 20
 174: (bf) r1 = r6
 175: (85) call bpf_xdp_load_bytes#189
 176: (55) if r0 != 0x0 goto pc-104
 177: (71) r8 = *(u8 *)(r10 -48)
 178: (57) r8 &= 15
 179: (a6) if w8 < 0x5 goto pc-107
 180: (71) r7 = *(u8 *)(r10 -39)
 181: (69) r5 = *(u16 *)(r10 -42)
 182: (46) if w5 & 0xff1f goto pc+35
 183: (67) r8 <<= 2
 184: (07) r8 += 14
 185: (56) if w7 != 0x6 goto pc+10
 186: (bf) r3 = r10
 187: (07) r3 += -48
 188: (b7) r4 = 20
 189: (bf) r1 = r6
 190: (bf) r2 = r8
 191: (85) call bpf_xdp_load_bytes#189
 192: (55) if r0 != 0x0 goto pc-120
 193: (69) r5 = *(u16 *)(r10 -48)
 194: (dc) r5 = be16 r5
 195: (05) goto pc+80
 196: (56) if w7 != 0x11 goto pc+10
 197: (bf) r3 = r10
 198: (07) r3 += -48
 199: (b7) r4 = 8
 200: (bf) r1 = r6
 201: (bf) r2 = r8
 202: (85) call bpf_xdp_load_bytes#189
 203: (55) if r0 != 0x0 goto pc-131
 204: (69) r5 = *(u16 *)(r10 -48)
 205: (dc) r5 = be16 r5
 206: (05) goto pc+69
 207: (16) if w7 == 0x1 goto pc+1
 208: (56) if w7 != 0x3a goto pc+9
 209: (bf) r3 = r10
 210: (07) r3 += -48
 211: (b7) r4 = 8
 212: (bf) r1 = r6
 213: (bf) r2 = r8
 214: (85) call bpf_xdp_load_bytes#189
 215: (55) if r0 != 0x0 goto pc-143
 216: (71) r5 = *(u8 *)(r10 -48)
 217: (05) goto pc+58
 218: (47) r7 |= 256
 219: (b7) r5 = 0
 220: (05) goto pc+55
 221: (56) if w5 != 0x86dd goto pc+52
 222: (b7) r2 = 14
 223: (bf) r3 = r10
 224: (07) r3 += -48
 225: (b7) r4 = 40
 226: (bf) r1 = r6
 227: (85) call bpf_xdp_load_bytes#189
 228: (55) if r0 != 0x0 goto pc-156
 229: (71) r7 = *(u8 *)(r10 -42)
 230: (b7) r8 = 54
 231: (b7) r9 = 0
 232: (16) if w7 == 0x0 goto pc+6
 233: (16) if w7 == 0x2b goto pc+5
 234: (16) if w7 == 0x2c goto pc+4
 235: (16) if w7 == 0x33 goto pc+3
 236: (16) if w7 == 0x3c goto pc+2
 237: (16) if w7 == 0x87 goto pc+1
 238: (05) goto pc-54
 239: (16) if w9 == 0x6 goto pc-22
 240: (16) if w7 == 0x2c goto pc+19
 241: (bf) r3 = r10
 242: (07) r3 += -48
 243: (b7) r4 = 2
 244: (bf) r1 = r6
 245: (bf) r2 = r8
 246: (85) call bpf_xdp_load_bytes#189
 247: (55) if r0 != 0x0 goto pc-175
 248: (71) r5 = *(u8 *)(r10 -48)
 249: (71) r4 = *(u8 *)(r10 -47)
 250: (16) if w7 == 0x33 goto pc+6
 251: (67) r4 <<= 3
 252: (07) r4 += 8
 253: (0f) r8 += r4
 254: (bf) r7 = r5
 255: (07) r9 += 1
 256: (05) goto pc-25
 257: (67) r4 <<= 2
 258: (07) r4 += 8
 259: (05) goto pc-7
 260: (bf) r3 = r10
 261: (07) r3 += -48
 262: (b7) r4 = 8
 263: (bf) r1 = r6
 264: (bf) r2 = r8
 265: (85) call bpf_xdp_load_bytes#189
 266: (55) if r0 != 0x0 goto pc-194
 267: (71) r5 = *(u8 *)(r10 -48)
 268: (69) r4 = *(u16 *)(r10 -46)
 269: (46) if w4 & 0xf8ff goto pc+2
 270: (b7) r4 = 8
 271: (05) goto pc-19
 272: (bf) r7 = r5
 273: (05) goto pc-56
 274: (b7) r7 = 512
 275: (b7) r5 = 0
 276: (bf) r2 = r7
 277: (05) goto pc-254
