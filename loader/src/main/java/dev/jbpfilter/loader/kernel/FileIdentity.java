package dev.jbpfilter.loader.kernel;

/**
 * What makes a file, directory or name space the same as another, whatever the name.
 *
 * @param device the file system's device number: major in the upper 32 bits, minor in the lower
 * @param inode the number within the file system
 */
public record FileIdentity(long device, long inode) {}
