package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.Verdict;

/**
 * An entry of a chain's log.
 *
 * @param rule the index of the rule
 * @param verdict the verdict of the rule, CONTINUE included
 * @param record the bytes of the log record as a program writes it ({@link LogLayout}), with time 0
 */
public record LogEntry(int rule, Verdict verdict, WireBytes record) {}
