/** The chain model with its lexer, parser, diagnostics, validation and printer. */
@NullMarked
package dev.jbpfilter.ruleset;

import org.jspecify.annotations.NullMarked;
