package dev.jbpfilter.cli;

import dev.jbpfilter.loader.Counter;

/**
 * A rule that counts, or what else a chain counts.
 *
 * @param index of the rule; that behind the last one for the policy, and the next one for errors
 * @param total since the counters began
 * @param growth since the last look
 */
record TopRow(int index, Counter total, Counter growth) {}
