package dev.jbpfilter.loader.kernel;

/**
 * What the kernel tells of a program ({@code struct bpf_prog_info}).
 *
 * @param type {@code enum bpf_prog_type}; may be one that this library never loads
 * @param id unique while the program lives
 * @param jitedBytes bytes of machine code; 0 if the kernel interprets the program
 * @param runTimeNanos 0 unless the kernel's statistics are on ({@code kernel.bpf_stats_enabled})
 * @param runCount likewise
 * @param verifiedInstructions how many instructions the verifier had to follow
 */
public record ProgramInfo(
    int type,
    int id,
    int jitedBytes,
    String name,
    long runTimeNanos,
    long runCount,
    int verifiedInstructions) {}
