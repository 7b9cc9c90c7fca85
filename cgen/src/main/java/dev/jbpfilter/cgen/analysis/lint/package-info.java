/**
 * Finds what is probably not meant in chains: rules that can never match, that change nothing, that
 * could be one. {@link dev.jbpfilter.cgen.analysis.lint.Linter} is the entry.
 */
@NullMarked
package dev.jbpfilter.cgen.analysis.lint;

import org.jspecify.annotations.NullMarked;
