/** The tables of the language, row by row and both ways: what is accepted as what, and refused. */
@NullMarked
package dev.jbpfilter.ruleset.language;

import org.jspecify.annotations.NullMarked;
