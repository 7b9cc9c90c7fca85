; chain web-in
; program bf_prog: type xdp  attach_type xdp  flags 0x20  license GPL
; map bf_cmap: type percpu_array  key 4B  value 16B  max_entries 3  flags 0x0
; map bf_tables: type array  key 4B  value 64B  max_entries 1  flags 0x80
; prologue
   0: (61) r6 = *(u32 *)(r1 +4)
; rule 0: "a\b"
; */ int x; /*
   1: (46) if w6 & 0xfffffffe goto pc+11
   2: (62) *(u32 *)(r10 -4) = -2147483648
   3: (18) r1 = map[name:bf_cmap]
   5: (bf) r2 = r10
   6: (07) r2 += -4
   7: (85) call bpf_map_lookup_elem#1
   8: (18) r3 = map[name:bf_tables][0]+40
  10: (18) r4 = 0xffffffffffffffff
  12: (85) call bpf_dynptr_from_xdp
; drop ü 
  13: (b7) r0 = 1
  14: (95) exit

; chain web_in
; program bf_prog: type xdp  attach_type xdp  flags 0x0  license GPL
   0: (b4) w0 = 2
   1: (95) exit
