   0: (bf) r6 = r1
; parse
   1: (61) r5 = *(u32 *)(r6 +0)
   2: (61) r4 = *(u32 *)(r6 +4)
   3: (bf) r3 = r5
   4: (07) r3 += 34
   5: (2d) if r3 > r4 goto pc+150
   6: (69) r3 = *(u16 *)(r5 +12)
   7: (dc) r3 = be16 r3
   8: (56) if w3 != 0x800 goto pc+96
   9: (71) r3 = *(u8 *)(r5 +14)
  10: (57) r3 &= 15
  11: (a6) if w3 < 0x5 goto pc+57
  12: (71) r2 = *(u8 *)(r5 +23)
  13: (69) r1 = *(u16 *)(r5 +20)
  14: (46) if w1 & 0xff1f goto pc+87
  15: (67) r3 <<= 2
  16: (07) r3 += 14
  17: (56) if w2 != 0x6 goto pc+70
  18: (0f) r5 += r3
  19: (07) r5 += 20
  20: (2d) if r5 > r4 goto pc+135
  21: (b7) r5 = 0
  22: (61) r4 = *(u32 *)(r6 +16)
  23: (bf) r7 = r4
  24: (1f) r7 -= r4
; rule 0: if l4.header = 0x1 and icmp.type = 0x8 then count, CONTINUE
  25: (56) if w2 != 0x1 goto pc+1
  26: (16) if w5 == 0x8 goto pc+248
; rule 2: if l4.proto = 0x2f then DROP
  27: (bc) w5 = w2
  28: (54) w5 &= -257
  29: (16) if w5 == 0x2f goto pc+36
; policy
  30: (b7) r5 = 3
; log, count and return
  31: (b7) r8 = 2
  32: (63) *(u32 *)(r10 -4) = r5
  33: (bf) r1 = r6
  34: (85) call bpf_xdp_get_buff_len#188
  35: (bf) r6 = r0
  36: (15) if r7 == 0x0 goto pc+15
  37: (57) r7 &= 1
  38: (16) if w7 == 0x0 goto pc+13
  39: (62) *(u32 *)(r10 -12) = 0
  40: (18) r1 = map[name:bf_cmap]
  42: (bf) r2 = r10
  43: (07) r2 += -12
  44: (85) call bpf_map_lookup_elem#1
  45: (15) if r0 == 0x0 goto pc+6
  46: (79) r5 = *(u64 *)(r0 +0)
  47: (07) r5 += 1
  48: (7b) *(u64 *)(r0 +0) = r5
  49: (79) r5 = *(u64 *)(r0 +8)
  50: (0f) r5 += r6
  51: (7b) *(u64 *)(r0 +8) = r5
  52: (18) r1 = map[name:bf_cmap]
  54: (bf) r2 = r10
  55: (07) r2 += -4
  56: (85) call bpf_map_lookup_elem#1
  57: (15) if r0 == 0x0 goto pc+6
  58: (79) r5 = *(u64 *)(r0 +0)
  59: (07) r5 += 1
  60: (7b) *(u64 *)(r0 +0) = r5
  61: (79) r5 = *(u64 *)(r0 +8)
  62: (0f) r5 += r6
  63: (7b) *(u64 *)(r0 +8) = r5
  64: (bf) r0 = r8
  65: (95) exit
  66: (b7) r5 = -1
  67: (b7) r8 = 1
  68: (05) goto pc-37
; malformed packet
  69: (b7) r5 = 4
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
  91: (2d) if r5 > r4 goto pc+64
  92: (b7) r5 = 0
  93: (05) goto pc-72
  94: (16) if w2 == 0x1 goto pc+1
  95: (56) if w2 != 0x3a goto pc+6
  96: (0f) r5 += r3
  97: (bf) r3 = r5
  98: (07) r3 += 8
  99: (2d) if r3 > r4 goto pc+56
 100: (71) r5 = *(u8 *)(r5 +0)
 101: (05) goto pc-80
 102: (47) r2 |= 256
 103: (b7) r5 = 0
 104: (05) goto pc-83
 105: (56) if w3 != 0x86dd goto pc+47
 106: (bf) r3 = r5
 107: (07) r3 += 54
 108: (2d) if r3 > r4 goto pc+47
 109: (71) r2 = *(u8 *)(r5 +20)
 110: (b7) r3 = 54
 111: (b7) r1 = 0
 112: (16) if w2 == 0x0 goto pc+6
 113: (16) if w2 == 0x2b goto pc+5
 114: (16) if w2 == 0x2c goto pc+4
 115: (16) if w2 == 0x33 goto pc+3
 116: (16) if w2 == 0x3c goto pc+2
 117: (16) if w2 == 0x87 goto pc+1
 118: (05) goto pc+32
 119: (16) if w1 == 0x6 goto pc+32
 120: (16) if w2 == 0x2c goto pc+14
 121: (bf) r0 = r5
 122: (0f) r0 += r3
 123: (bf) r9 = r0
 124: (07) r9 += 2
 125: (2d) if r9 > r4 goto pc+30
 126: (71) r9 = *(u8 *)(r0 +0)
 127: (71) r0 = *(u8 *)(r0 +1)
 128: (16) if w2 == 0x33 goto pc+3
 129: (67) r0 <<= 3
 130: (07) r0 += 8
 131: (05) goto pc+15
 132: (67) r0 <<= 2
 133: (07) r0 += 8
 134: (05) goto pc+12
 135: (bf) r2 = r5
 136: (0f) r2 += r3
 137: (bf) r0 = r2
 138: (07) r0 += 8
 139: (2d) if r0 > r4 goto pc+16
 140: (71) r9 = *(u8 *)(r2 +0)
 141: (69) r0 = *(u16 *)(r2 +2)
 142: (46) if w0 & 0xf8ff goto pc+2
 143: (b7) r0 = 8
 144: (05) goto pc+2
 145: (bf) r2 = r9
 146: (05) goto pc+5
 147: (0f) r3 += r0
 148: (bf) r2 = r9
 149: (07) r1 += 1
 150: (05) goto pc-39
 151: (05) goto pc-135
 152: (05) goto pc-51
 153: (b7) r2 = 512
 154: (b7) r5 = 0
 155: (05) goto pc-134
; parse what is not linear
 156: (b7) r2 = 0
 157: (bf) r3 = r10
 158: (07) r3 += -56
 159: (b7) r4 = 14
 160: (bf) r1 = r6
 161: (85) call bpf_xdp_load_bytes#189
 162: (55) if r0 != 0x0 goto pc-94
 163: (69) r5 = *(u16 *)(r10 -44)
 164: (dc) r5 = be16 r5
 165: (56) if w5 != 0x800 goto pc+49
 166: (b7) r2 = 14
 167: (bf) r3 = r10
 168: (07) r3 += -56
 169: (b7) r4 = 20
 170: (bf) r1 = r6
 171: (85) call bpf_xdp_load_bytes#189
 172: (55) if r0 != 0x0 goto pc-104
 173: (71) r8 = *(u8 *)(r10 -56)
 174: (57) r8 &= 15
 175: (a6) if w8 < 0x5 goto pc-107
 176: (71) r7 = *(u8 *)(r10 -47)
 177: (69) r5 = *(u16 *)(r10 -50)
 178: (46) if w5 & 0xff1f goto pc+33
 179: (67) r8 <<= 2
 180: (07) r8 += 14
 181: (56) if w7 != 0x6 goto pc+9
 182: (bf) r3 = r10
 183: (07) r3 += -56
 184: (b7) r4 = 20
 185: (bf) r1 = r6
 186: (bf) r2 = r8
 187: (85) call bpf_xdp_load_bytes#189
 188: (55) if r0 != 0x0 goto pc-120
 189: (b7) r5 = 0
 190: (05) goto pc+82
 191: (56) if w7 != 0x11 goto pc+9
 192: (bf) r3 = r10
 193: (07) r3 += -56
 194: (b7) r4 = 8
 195: (bf) r1 = r6
 196: (bf) r2 = r8
 197: (85) call bpf_xdp_load_bytes#189
 198: (55) if r0 != 0x0 goto pc-130
 199: (b7) r5 = 0
 200: (05) goto pc+72
 201: (16) if w7 == 0x1 goto pc+1
 202: (56) if w7 != 0x3a goto pc+9
 203: (bf) r3 = r10
 204: (07) r3 += -56
 205: (b7) r4 = 8
 206: (bf) r1 = r6
 207: (bf) r2 = r8
 208: (85) call bpf_xdp_load_bytes#189
 209: (55) if r0 != 0x0 goto pc-141
 210: (71) r5 = *(u8 *)(r10 -56)
 211: (05) goto pc+61
 212: (47) r7 |= 256
 213: (b7) r5 = 0
 214: (05) goto pc+58
 215: (56) if w5 != 0x86dd goto pc+55
 216: (b7) r2 = 14
 217: (bf) r3 = r10
 218: (07) r3 += -56
 219: (b7) r4 = 40
 220: (bf) r1 = r6
 221: (85) call bpf_xdp_load_bytes#189
 222: (55) if r0 != 0x0 goto pc-154
 223: (71) r7 = *(u8 *)(r10 -50)
 224: (b7) r8 = 54
 225: (b7) r9 = 0
 226: (16) if w7 == 0x0 goto pc+6
 227: (16) if w7 == 0x2b goto pc+5
 228: (16) if w7 == 0x2c goto pc+4
 229: (16) if w7 == 0x33 goto pc+3
 230: (16) if w7 == 0x3c goto pc+2
 231: (16) if w7 == 0x87 goto pc+1
 232: (05) goto pc+36
 233: (16) if w9 == 0x6 goto pc+36
 234: (16) if w7 == 0x2c goto pc+16
 235: (bf) r3 = r10
 236: (07) r3 += -56
 237: (b7) r4 = 2
 238: (bf) r1 = r6
 239: (bf) r2 = r8
 240: (85) call bpf_xdp_load_bytes#189
 241: (55) if r0 != 0x0 goto pc-173
 242: (71) r5 = *(u8 *)(r10 -56)
 243: (71) r4 = *(u8 *)(r10 -55)
 244: (16) if w7 == 0x33 goto pc+3
 245: (67) r4 <<= 3
 246: (07) r4 += 8
 247: (05) goto pc+17
 248: (67) r4 <<= 2
 249: (07) r4 += 8
 250: (05) goto pc+14
 251: (bf) r3 = r10
 252: (07) r3 += -56
 253: (b7) r4 = 8
 254: (bf) r1 = r6
 255: (bf) r2 = r8
 256: (85) call bpf_xdp_load_bytes#189
 257: (55) if r0 != 0x0 goto pc-189
 258: (71) r5 = *(u8 *)(r10 -56)
 259: (69) r4 = *(u16 *)(r10 -54)
 260: (46) if w4 & 0xf8ff goto pc+2
 261: (b7) r4 = 8
 262: (05) goto pc+2
 263: (bf) r7 = r5
 264: (05) goto pc+5
 265: (0f) r8 += r4
 266: (bf) r7 = r5
 267: (07) r9 += 1
 268: (05) goto pc-43
 269: (05) goto pc-89
 270: (05) goto pc-59
 271: (b7) r7 = 512
 272: (b7) r5 = 0
 273: (bf) r2 = r7
 274: (05) goto pc-253
; if icmp.type = 0x8
 275: (07) r7 += 1
 276: (05) goto pc-250
