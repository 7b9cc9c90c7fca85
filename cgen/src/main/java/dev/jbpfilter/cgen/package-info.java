/** Filter programs, their lowering per hook flavor, and the pipeline from a chain to a program. */
@NullMarked
package dev.jbpfilter.cgen;

import org.jspecify.annotations.NullMarked;
