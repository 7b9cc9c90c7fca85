package dev.jbpfilter.loader.kernel;

/**
 * The XDP program of a network device, whoever attached it.
 *
 * @param id of the program
 */
public record XdpProgram(int id, XdpMode mode) {}
