package dev.jbpfilter.cli;

/** What a command works with. */
record Session(Console console, Settings settings, Compilation compilation) {}
