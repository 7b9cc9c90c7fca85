package dev.jbpfilter.bytecode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;

/**
 * The table behind {@link Helpers}: text in the class, so that reading a row needs no file and
 * costs nothing until it is asked for.
 *
 * <p>A row is the number, the name, the first release, {@code gpl} or {@code -}, the result, and
 * the arguments; {@code ?} after a kind says that it may be null or zero.
 */
final class HelperTable {
  private static final String[] ROWS =
      """
      1 map_lookup_elem 3.19 - map_value? map map_key
      2 map_update_elem 3.19 - scalar map map_key map_value anything
      3 map_delete_elem 3.19 - scalar map map_key
      4 probe_read 4.1 gpl scalar memory_written size? anything
      5 ktime_get_ns 4.1 - scalar
      6 trace_printk 4.1 gpl scalar memory_read size
      7 get_prandom_u32 4.1 - scalar
      8 get_smp_processor_id 4.1 - scalar
      9 skb_store_bytes 4.1 - scalar context anything memory_read size anything
      10 l3_csum_replace 4.1 - scalar context anything anything anything anything
      11 l4_csum_replace 4.1 - scalar context anything anything anything anything
      12 tail_call 4.2 - void context map anything
      13 clone_redirect 4.2 - scalar context anything anything
      14 get_current_pid_tgid 4.2 - scalar
      15 get_current_uid_gid 4.2 - scalar
      16 get_current_comm 4.2 - scalar memory_written size
      17 get_cgroup_classid 4.3 - scalar context
      18 skb_vlan_push 4.3 - scalar context anything anything
      19 skb_vlan_pop 4.3 - scalar context
      20 skb_get_tunnel_key 4.3 - scalar context memory_written size anything
      21 skb_set_tunnel_key 4.3 - scalar context memory_read size anything
      22 perf_event_read 4.3 gpl scalar map anything
      23 redirect 4.4 - scalar anything anything
      24 get_route_realm 4.4 - scalar context
      25 perf_event_output 4.4 gpl scalar context map anything memory_read size?
      26 skb_load_bytes 4.5 - scalar context anything memory_written size
      27 get_stackid 4.6 gpl scalar context map anything
      28 csum_diff 4.6 - scalar memory_read? size? memory_read? size? anything
      29 skb_get_tunnel_opt 4.6 - scalar context memory_written size
      30 skb_set_tunnel_opt 4.6 - scalar context memory_read size
      31 skb_change_proto 4.8 - scalar context anything anything
      32 skb_change_type 4.8 - scalar context anything
      33 skb_under_cgroup 4.8 - scalar context map anything
      34 get_hash_recalc 4.8 - scalar context
      35 get_current_task 4.8 gpl scalar
      36 probe_write_user 4.8 gpl scalar anything memory_read size
      37 current_task_under_cgroup 4.9 - scalar map anything
      38 skb_change_tail 4.9 - scalar context anything anything
      39 skb_pull_data 4.9 - scalar context anything
      40 csum_update 4.9 - scalar context anything
      41 set_hash_invalid 4.9 - scalar context
      42 get_numa_node_id 4.10 - scalar
      43 skb_change_head 4.10 - scalar context anything anything
      44 xdp_adjust_head 4.10 - scalar context anything
      45 probe_read_str 4.11 gpl scalar memory_written size? anything
      46 get_socket_cookie 4.12 - scalar context
      47 get_socket_uid 4.12 - scalar context
      48 set_hash 4.13 - scalar context anything
      49 setsockopt 4.13 - scalar context anything anything memory_read size
      50 skb_adjust_room 4.13 - scalar context anything anything anything
      51 redirect_map 4.14 - scalar map anything anything
      52 sk_redirect_map 4.14 - scalar context map anything anything
      53 sock_map_update 4.14 - scalar context map map_key anything
      54 xdp_adjust_meta 4.15 - scalar context anything
      55 perf_event_read_value 4.15 gpl scalar map anything memory_written size
      56 perf_prog_read_value 4.15 gpl scalar context memory_written size
      57 getsockopt 4.15 - scalar context anything anything memory_written size
      58 override_return 4.16 gpl scalar context anything
      59 sock_ops_cb_flags_set 4.16 - scalar context anything
      60 msg_redirect_map 4.17 - scalar context map anything anything
      61 msg_apply_bytes 4.17 - scalar context anything
      62 msg_cork_bytes 4.17 - scalar context anything
      63 msg_pull_data 4.17 - scalar context anything anything anything
      64 bind 4.17 - scalar context memory_read size
      65 xdp_adjust_tail 4.18 - scalar context anything
      66 skb_get_xfrm_state 4.18 - scalar context anything memory_written size anything
      67 get_stack 4.18 gpl scalar context memory_written size? anything
      68 skb_load_bytes_relative 4.18 - scalar context anything memory_written size anything
      69 fib_lookup 4.18 gpl scalar context memory_updated size anything
      70 sock_hash_update 4.18 - scalar context map map_key anything
      71 msg_redirect_hash 4.18 - scalar context map map_key anything
      72 sk_redirect_hash 4.18 - scalar context map map_key anything
      73 lwt_push_encap 4.18 - scalar context anything memory_read size
      74 lwt_seg6_store_bytes 4.18 - scalar context anything memory_read size
      75 lwt_seg6_adjust_srh 4.18 - scalar context anything anything
      76 lwt_seg6_action 4.18 - scalar context anything memory_read size
      77 rc_repeat 4.18 gpl scalar context
      78 rc_keydown 4.18 gpl scalar context anything anything anything
      79 skb_cgroup_id 4.18 - scalar context
      80 get_current_cgroup_id 4.18 - scalar
      81 get_local_storage 4.19 - map_value map anything
      82 sk_select_reuseport 4.19 - scalar context map map_key anything
      83 skb_ancestor_cgroup_id 4.19 - scalar context anything
      84 sk_lookup_tcp 4.20 - socket? context memory_read size? anything anything
      85 sk_lookup_udp 4.20 - socket? context memory_read size? anything anything
      86 sk_release 4.20 - scalar socket
      87 map_push_elem 4.20 - scalar map map_value anything
      88 map_pop_elem 4.20 - scalar map map_value_written
      89 map_peek_elem 4.20 - scalar map map_value_written
      90 msg_push_data 4.20 - scalar context anything anything anything
      91 msg_pop_data 5.0 - scalar context anything anything anything
      92 rc_pointer_rel 5.0 gpl scalar context anything anything
      93 spin_lock 5.1 - void spin_lock
      94 spin_unlock 5.1 - void spin_lock
      95 sk_fullsock 5.1 - socket? socket
      96 tcp_sock 5.1 - socket? socket
      97 skb_ecn_set_ce 5.1 - scalar context
      98 get_listener_sock 5.1 - socket? socket
      99 skc_lookup_tcp 5.2 - socket? context memory_read size? anything anything
      100 tcp_check_syncookie 5.2 gpl scalar socket memory_read size memory_read size
      101 sysctl_get_name 5.2 - scalar context memory_updated size anything
      102 sysctl_get_current_value 5.2 - scalar context memory_written size
      103 sysctl_get_new_value 5.2 - scalar context memory_written size
      104 sysctl_set_new_value 5.2 - scalar context memory_read size
      105 strtol 5.2 - scalar memory_read size anything memory_written
      106 strtoul 5.2 - scalar memory_read size anything memory_written
      107 sk_storage_get 5.2 - map_value? map socket map_value? anything
      108 sk_storage_delete 5.2 - scalar map socket
      109 send_signal 5.3 - scalar anything
      110 tcp_gen_syncookie 5.4 gpl scalar socket memory_read size memory_read size
      111 skb_output 5.5 gpl scalar kernel_object map anything memory_read size?
      112 probe_read_user 5.5 gpl scalar memory_written size? anything
      113 probe_read_kernel 5.5 gpl scalar memory_written size? anything
      114 probe_read_user_str 5.5 gpl scalar memory_written size? anything
      115 probe_read_kernel_str 5.5 gpl scalar memory_written size? anything
      116 tcp_send_ack 5.6 - scalar kernel_object anything
      117 send_signal_thread 5.6 - scalar anything
      118 jiffies64 5.6 - scalar
      119 read_branch_records 5.7 gpl scalar context memory_updated? size? anything
      120 get_ns_current_pid_tgid 5.7 - scalar anything anything memory_written size
      121 xdp_output 5.7 gpl scalar kernel_object map anything memory_read size?
      122 get_netns_cookie 5.7 - scalar context?
      123 get_current_ancestor_cgroup_id 5.7 - scalar anything
      124 sk_assign 5.7 - scalar context socket anything
      125 ktime_get_boot_ns 5.8 - scalar
      126 seq_printf 5.8 gpl scalar kernel_object memory_read size memory_read? size?
      127 seq_write 5.8 gpl scalar kernel_object memory_read size?
      128 sk_cgroup_id 5.8 - scalar socket
      129 sk_ancestor_cgroup_id 5.8 - scalar socket anything
      130 ringbuf_output 5.8 - scalar map memory_read size? anything
      131 ringbuf_reserve 5.8 - ringbuf_record? map constant_size? anything
      132 ringbuf_submit 5.8 - void ringbuf_record anything
      133 ringbuf_discard 5.8 - void ringbuf_record anything
      134 ringbuf_query 5.8 - scalar map anything
      135 csum_level 5.8 - scalar context anything
      136 skc_to_tcp6_sock 5.9 - kernel_object? socket
      137 skc_to_tcp_sock 5.9 - kernel_object? socket
      138 skc_to_tcp_timewait_sock 5.9 - kernel_object? socket
      139 skc_to_tcp_request_sock 5.9 - kernel_object? socket
      140 skc_to_udp6_sock 5.9 - kernel_object? socket
      141 get_task_stack 5.9 - scalar kernel_object memory_written size? anything
      142 load_hdr_opt 5.10 - scalar context memory_updated size anything
      143 store_hdr_opt 5.10 - scalar context memory_read size anything
      144 reserve_hdr_opt 5.10 - scalar context anything anything
      145 inode_storage_get 5.10 - map_value? map kernel_object? map_value? anything
      146 inode_storage_delete 5.10 - scalar map kernel_object?
      147 d_path 5.10 - scalar kernel_object memory_updated size?
      148 copy_from_user 5.10 - scalar memory_written size? anything
      149 snprintf_btf 5.10 - scalar memory_updated size memory_read size anything
      150 seq_printf_btf 5.10 gpl scalar kernel_object memory_read size? anything
      151 skb_cgroup_classid 5.10 - scalar context
      152 redirect_neigh 5.10 - scalar anything memory_read? size? anything
      153 per_cpu_ptr 5.10 - per_cpu_variable? per_cpu_variable anything
      154 this_cpu_ptr 5.10 - per_cpu_variable per_cpu_variable
      155 redirect_peer 5.10 - scalar anything anything
      156 task_storage_get 5.11 - map_value? map kernel_object? map_value? anything
      157 task_storage_delete 5.11 - scalar map kernel_object?
      158 get_current_task_btf 5.11 gpl kernel_object
      159 bprm_opts_set 5.11 - scalar kernel_object anything
      160 ktime_get_coarse_ns 5.11 - scalar
      161 ima_inode_hash 5.11 - scalar kernel_object memory_written size
      162 sock_from_file 5.11 - kernel_object? kernel_object
      163 check_mtu 5.12 gpl scalar context anything memory_updated anything anything
      164 for_each_map_elem 5.13 - scalar map callback callback_context? anything
      165 snprintf 5.13 gpl scalar memory_updated? size? string memory_read? size?
      166 sys_bpf 5.14 - scalar anything memory_read size
      167 btf_find_by_name_kind 5.14 - scalar memory_read size anything anything
      168 sys_close 5.14 - scalar anything
      169 timer_init 5.15 gpl scalar timer map anything
      170 timer_set_callback 5.15 gpl scalar timer callback
      171 timer_start 5.15 gpl scalar timer anything anything
      172 timer_cancel 5.15 gpl scalar timer
      173 get_func_ip 5.15 gpl scalar context
      174 get_attach_cookie 5.15 - scalar context
      175 task_pt_regs 5.15 gpl kernel_object kernel_object
      176 get_branch_snapshot 5.16 gpl scalar memory_written size? anything
      177 trace_vprintk 5.16 gpl scalar memory_read size memory_read? size?
      178 skc_to_unix_sock 5.16 - kernel_object? socket
      179 kallsyms_lookup_name 5.16 - scalar memory_read size? anything memory_written
      180 find_vma 5.17 - scalar kernel_object anything callback callback_context? anything
      181 loop 5.17 - scalar anything callback callback_context? anything
      182 strncmp 5.17 - scalar memory_read size string
      183 get_func_arg 5.17 - scalar context anything memory_written
      184 get_func_ret 5.17 - scalar context memory_written
      185 get_func_arg_cnt 5.17 - scalar context
      186 get_retval 5.18 - scalar
      187 set_retval 5.18 - scalar anything
      188 xdp_get_buff_len 5.18 - scalar context
      189 xdp_load_bytes 5.18 - scalar context anything memory_written size
      190 xdp_store_bytes 5.18 - scalar context anything memory_read size
      191 copy_from_user_task 5.18 gpl scalar memory_written size? anything kernel_object anything
      192 skb_set_tstamp 5.18 - scalar context anything anything
      193 ima_file_hash 5.18 - scalar kernel_object memory_written size
      194 kptr_xchg 5.19 - kernel_object? kptr kernel_object?
      195 map_lookup_percpu_elem 5.19 - map_value? map map_key anything
      196 skc_to_mptcp_sock 5.19 - kernel_object? socket
      197 dynptr_from_mem 5.19 - scalar memory_written size? anything dynptr_written
      198 ringbuf_reserve_dynptr 5.19 - scalar map anything anything dynptr_written
      199 ringbuf_submit_dynptr 5.19 - void dynptr anything
      200 ringbuf_discard_dynptr 5.19 - void dynptr anything
      201 dynptr_read 5.19 - scalar memory_written size? dynptr anything anything
      202 dynptr_write 5.19 - scalar dynptr anything memory_read size? anything
      203 dynptr_data 5.19 - memory? dynptr anything constant_size?
      204 tcp_raw_gen_syncookie_ipv4 6.0 gpl scalar memory_read memory_read size?
      205 tcp_raw_gen_syncookie_ipv6 6.0 gpl scalar memory_read memory_read size?
      206 tcp_raw_check_syncookie_ipv4 6.0 gpl scalar memory_read memory_read
      207 tcp_raw_check_syncookie_ipv6 6.0 gpl scalar memory_read memory_read
      208 ktime_get_tai_ns 6.1 - scalar
      209 user_ringbuf_drain 6.1 - scalar map callback callback_context? anything
      210 cgrp_storage_get 6.2 - map_value? map kernel_object? map_value? anything
      211 cgrp_storage_delete 6.2 - scalar map kernel_object?
      """
          .split("\n");

  /** The number of helpers, which is also the highest number. */
  static final int COUNT = ROWS.length;

  private HelperTable() {}

  /** Numbers by name, made when the first name is looked up. */
  private static final class Numbers {
    static final Map<String, Integer> BY_NAME = HashMap.newHashMap(COUNT);

    static {
      for (int number = 1; number <= COUNT; number++) {
        BY_NAME.put(name(number), number);
      }
    }
  }

  static boolean has(int number) {
    return number >= 1 && number <= COUNT;
  }

  /** The name of a helper that the table has. */
  static String name(int number) {
    String row = ROWS[number - 1];
    int start = row.indexOf(' ') + 1;
    return row.substring(start, row.indexOf(' ', start));
  }

  /** The number of a helper; 0 if no helper has the name. */
  static int number(String name) {
    return Numbers.BY_NAME.getOrDefault(name, 0);
  }

  /** What the row of a helper that the table has says. */
  static HelperInfo info(int number) {
    StringTokenizer row = new StringTokenizer(ROWS[number - 1], " ");
    int first = Integer.parseInt(row.nextToken());
    String name = row.nextToken();
    KernelVersion since = KernelVersion.parse(row.nextToken());
    boolean gplOnly = row.nextToken().equals("gpl");
    String result = row.nextToken();
    ArgumentKind[] kinds = ArgumentKind.values();
    List<HelperInfo.Argument> arguments = new ArrayList<>();
    while (row.hasMoreTokens()) {
      String argument = row.nextToken();
      arguments.add(new HelperInfo.Argument(constant(kinds, argument), orZero(argument)));
    }
    ResultKind kind = constant(ResultKind.values(), result);
    return new HelperInfo(first, name, since, gplOnly, kind, orZero(result), arguments);
  }

  private static boolean orZero(String kind) {
    return kind.endsWith("?");
  }

  // Enum.valueOf goes through reflection, which costs the first caller several milliseconds.
  private static <E extends Enum<E>> E constant(E[] constants, String text) {
    int length = text.length() - (orZero(text) ? 1 : 0);
    for (E constant : constants) {
      if (constant.name().length() == length
          && text.regionMatches(true, 0, constant.name(), 0, length)) {
        return constant;
      }
    }
    throw new IllegalStateException("no kind " + text);
  }
}
