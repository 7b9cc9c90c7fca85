package dev.jbpfilter.loader;

/**
 * How often a rule or policy applied, summed over all CPUs. Both numbers are unsigned.
 *
 * @param bytes with all headers, from the link layer on
 */
public record Counter(long packets, long bytes) {}
