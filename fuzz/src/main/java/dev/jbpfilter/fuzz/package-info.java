/** Generators of code, rulesets and packets. */
@NullMarked
package dev.jbpfilter.fuzz;

import org.jspecify.annotations.NullMarked;
