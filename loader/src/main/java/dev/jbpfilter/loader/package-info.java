/** The life cycle of chains: locks, staging, publication, discovery. */
@NullMarked
package dev.jbpfilter.loader;

import org.jspecify.annotations.NullMarked;
