/** The one place that calls the C library. */
@NullMarked
package dev.jbpfilter.loader.kernel.internal;

import org.jspecify.annotations.NullMarked;
