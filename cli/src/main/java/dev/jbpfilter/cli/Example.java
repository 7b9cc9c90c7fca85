package dev.jbpfilter.cli;

/**
 * A command line that shows how a command is used.
 *
 * @param purpose what it is for, as a sentence without a full stop
 * @param line what is typed in a shell, in a directory that has the files it names
 */
record Example(String purpose, String line) {}
