/** What can be said of chains without loading them: what they do, and what is wrong with them. */
@NullMarked
package dev.jbpfilter.cgen.analysis;

import org.jspecify.annotations.NullMarked;
