/** Typed access to bpf(2): programs, maps, links, pins, test runs. */
@NullMarked
package dev.jbpfilter.loader.kernel;

import org.jspecify.annotations.NullMarked;
