bf_prog(r1):
; load the arguments
   0: (b7) r5 = 2048
   1: (61) r4 = *(u32 *)(r1 +36)
   2: (61) r3 = *(u32 *)(r1 +24)
   3: (dc) r3 = be16 r3
   4: (61) r2 = *(u32 *)(r1 +4)
   5: (dc) r2 = be32 r2
; rule 0: if l3.proto = 0x800 and l4.header = 0x6 and ip4.daddr = 0xc0000201 and l4.dport = 0x1bb then log, count, DROP
   6: (56) if w5 != 0x800 goto pc+2
   7: (56) if w4 != 0x6 goto pc+1
   8: (16) if w2 == 0xc0000201 goto pc+28
; policy
   9: (b7) r5 = 1
; log, count and return
  10: (b7) r3 = 0
  11: (b7) r2 = 0
  12: (b7) r4 = 0
  13: (b7) r6 = 1
  14: (63) *(u32 *)(r10 -4) = r5
  15: (b7) r7 = 0
  16: (16) if w3 == 0x0 goto pc+1
  17: (85) call pc+23#bf_log
  18: (18) r1 = map[name:bf_cmap]
  20: (bf) r2 = r10
  21: (07) r2 += -4
  22: (85) call bpf_map_lookup_elem#1
  23: (15) if r0 == 0x0 goto pc+6
  24: (79) r5 = *(u64 *)(r0 +0)
  25: (07) r5 += 1
  26: (7b) *(u64 *)(r0 +0) = r5
  27: (79) r5 = *(u64 *)(r0 +8)
  28: (0f) r5 += r7
  29: (7b) *(u64 *)(r0 +8) = r5
  30: (bf) r0 = r6
  31: (95) exit
  32: (b7) r3 = 65281
  33: (bf) r2 = r5
  34: (b7) r4 = 0
  35: (b7) r6 = 0
  36: (05) goto pc-23
; if ip4.daddr = 0xc0000201
  37: (16) if w3 == 0x1bb goto pc+1
  38: (05) goto pc-30
; rule 0: if l3.proto = 0x800 and l4.header = 0x6 and ip4.daddr = 0xc0000201 and l4.dport = 0x1bb then log, count, DROP
  39: (b7) r5 = 0
  40: (05) goto pc-9
bf_log(r1, r2, r3):
  41: (bf) r6 = r1
  42: (bf) r7 = r2
  43: (bf) r8 = r3
; log
  44: (85) call bpf_ktime_get_ns#5
  45: (7a) *(u64 *)(r10 -120) = 0
  46: (7a) *(u64 *)(r10 -112) = 0
  47: (7a) *(u64 *)(r10 -104) = 0
  48: (7a) *(u64 *)(r10 -96) = 0
  49: (7a) *(u64 *)(r10 -88) = 0
  50: (7a) *(u64 *)(r10 -80) = 0
  51: (7a) *(u64 *)(r10 -72) = 0
  52: (7a) *(u64 *)(r10 -64) = 0
  53: (7a) *(u64 *)(r10 -56) = 0
  54: (7a) *(u64 *)(r10 -48) = 0
  55: (7a) *(u64 *)(r10 -40) = 0
  56: (7a) *(u64 *)(r10 -32) = 0
  57: (7a) *(u64 *)(r10 -24) = 0
  58: (7a) *(u64 *)(r10 -16) = 0
  59: (7a) *(u64 *)(r10 -8) = 0
  60: (7b) *(u64 *)(r10 -120) = r0
  61: (63) *(u32 *)(r10 -112) = r7
  62: (bf) r5 = r8
  63: (57) r5 &= 255
  64: (63) *(u32 *)(r10 -108) = r5
  65: (77) r8 >>= 8
  66: (6a) *(u16 *)(r10 -104) = 2048
  67: (61) r5 = *(u32 *)(r6 +36)
  68: (73) *(u8 *)(r10 -102) = r5
  69: (72) *(u8 *)(r10 -101) = 1
  70: (61) r5 = *(u32 *)(r6 +24)
  71: (dc) r5 = be16 r5
  72: (6b) *(u16 *)(r10 -92) = r5
  73: (72) *(u8 *)(r10 -90) = 0
  74: (61) r5 = *(u32 *)(r6 +4)
  75: (63) *(u32 *)(r10 -56) = r5
  76: (85) call bpf_get_current_pid_tgid#14
  77: (77) r0 >>= 32
  78: (63) *(u32 *)(r10 -96) = r0
  79: (bf) r1 = r10
  80: (07) r1 += -88
  81: (b7) r2 = 16
  82: (85) call bpf_get_current_comm#16
  83: (18) r1 = map[name:bf_lmap]
  85: (bf) r2 = r10
  86: (07) r2 += -120
  87: (b7) r3 = 120
  88: (b7) r4 = 0
  89: (85) call bpf_ringbuf_output#130
  90: (15) if r0 == 0x0 goto pc+4
  91: (18) r5 = map[name:bf_lost][0]+0
  93: (b7) r4 = 1
  94: (db) lock *(u64 *)(r5 +0) += r4
  95: (b7) r0 = 0
  96: (95) exit
