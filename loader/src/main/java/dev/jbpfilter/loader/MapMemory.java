package dev.jbpfilter.loader;

/**
 * What a map of a chain takes.
 *
 * @param name of the map and of its pin
 * @param bytes of kernel memory
 */
public record MapMemory(String name, long bytes) {}
