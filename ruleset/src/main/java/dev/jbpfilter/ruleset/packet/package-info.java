/** Packets, and the reference evaluator: the direct executable meaning of a chain. */
@NullMarked
package dev.jbpfilter.ruleset.packet;

import org.jspecify.annotations.NullMarked;
