bf_prog(r1):
; load the arguments
   0: (b7) r5 = 2048
   1: (61) r4 = *(u32 *)(r1 +36)
   2: (61) r3 = *(u32 *)(r1 +24)
   3: (dc) r3 = be16 r3
   4: (61) r2 = *(u32 *)(r1 +4)
   5: (dc) r2 = be32 r2
; rule 0: if l3.proto = 0x800 and l4.header = 0x6 and ip4.daddr = 0xc0000201 and l4.dport = 0x1bb then log, count, DROP
   6: (56) if w5 != 0x800 goto pc+3
   7: (56) if w4 != 0x6 goto pc+2
   8: (56) if w2 != 0xc0000201 goto pc+1
   9: (16) if w3 == 0x1bb goto pc+28
; policy
  10: (b7) r5 = 1
; log, count and return
  11: (b7) r3 = 0
  12: (b7) r2 = 0
  13: (b7) r4 = 0
  14: (b7) r6 = 1
  15: (63) *(u32 *)(r10 -4) = r5
  16: (b7) r7 = 0
  17: (16) if w3 == 0x0 goto pc+1
  18: (85) call pc+21#bf_log
  19: (18) r1 = map[name:bf_cmap]
  21: (bf) r2 = r10
  22: (07) r2 += -4
  23: (85) call bpf_map_lookup_elem#1
  24: (15) if r0 == 0x0 goto pc+6
  25: (79) r5 = *(u64 *)(r0 +0)
  26: (07) r5 += 1
  27: (7b) *(u64 *)(r0 +0) = r5
  28: (79) r5 = *(u64 *)(r0 +8)
  29: (0f) r5 += r7
  30: (7b) *(u64 *)(r0 +8) = r5
  31: (bf) r0 = r6
  32: (95) exit
  33: (b7) r3 = 65281
  34: (bf) r2 = r5
  35: (b7) r4 = 0
  36: (b7) r6 = 0
  37: (05) goto pc-23
; rule 0: if l3.proto = 0x800 and l4.header = 0x6 and ip4.daddr = 0xc0000201 and l4.dport = 0x1bb then log, count, DROP
  38: (b7) r5 = 0
  39: (05) goto pc-7
bf_log(r1, r2, r3):
  40: (bf) r6 = r1
  41: (bf) r7 = r2
  42: (bf) r8 = r3
; log
  43: (85) call bpf_ktime_get_ns#5
  44: (7a) *(u64 *)(r10 -120) = 0
  45: (7a) *(u64 *)(r10 -112) = 0
  46: (7a) *(u64 *)(r10 -104) = 0
  47: (7a) *(u64 *)(r10 -96) = 0
  48: (7a) *(u64 *)(r10 -88) = 0
  49: (7a) *(u64 *)(r10 -80) = 0
  50: (7a) *(u64 *)(r10 -72) = 0
  51: (7a) *(u64 *)(r10 -64) = 0
  52: (7a) *(u64 *)(r10 -56) = 0
  53: (7a) *(u64 *)(r10 -48) = 0
  54: (7a) *(u64 *)(r10 -40) = 0
  55: (7a) *(u64 *)(r10 -32) = 0
  56: (7a) *(u64 *)(r10 -24) = 0
  57: (7a) *(u64 *)(r10 -16) = 0
  58: (7a) *(u64 *)(r10 -8) = 0
  59: (7b) *(u64 *)(r10 -120) = r0
  60: (63) *(u32 *)(r10 -112) = r7
  61: (bf) r5 = r8
  62: (57) r5 &= 255
  63: (63) *(u32 *)(r10 -108) = r5
  64: (77) r8 >>= 8
  65: (6a) *(u16 *)(r10 -104) = 2048
  66: (61) r5 = *(u32 *)(r6 +36)
  67: (73) *(u8 *)(r10 -102) = r5
  68: (72) *(u8 *)(r10 -101) = 1
  69: (61) r5 = *(u32 *)(r6 +24)
  70: (dc) r5 = be16 r5
  71: (6b) *(u16 *)(r10 -92) = r5
  72: (72) *(u8 *)(r10 -90) = 0
  73: (61) r5 = *(u32 *)(r6 +4)
  74: (63) *(u32 *)(r10 -56) = r5
  75: (85) call bpf_get_current_pid_tgid#14
  76: (77) r0 >>= 32
  77: (63) *(u32 *)(r10 -96) = r0
  78: (bf) r1 = r10
  79: (07) r1 += -88
  80: (b7) r2 = 16
  81: (85) call bpf_get_current_comm#16
  82: (18) r1 = map[name:bf_lmap]
  84: (bf) r2 = r10
  85: (07) r2 += -120
  86: (b7) r3 = 120
  87: (b7) r4 = 0
  88: (85) call bpf_ringbuf_output#130
  89: (b7) r0 = 0
  90: (95) exit
