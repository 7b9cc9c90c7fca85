/**
 * Files of captured packets: pcap and pcapng, read as streams of any length and written, and what a
 * hook would have seen of a captured packet.
 */
@NullMarked
package dev.jbpfilter.ruleset.packet.capture;

import org.jspecify.annotations.NullMarked;
