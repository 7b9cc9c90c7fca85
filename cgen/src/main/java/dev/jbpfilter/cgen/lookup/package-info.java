/**
 * Finding the first of many rules that matches without trying one after another: rules as
 * {@linkplain dev.jbpfilter.cgen.lookup.Boxes boxes} over numbers in registers, and structures that
 * find the first box that holds these numbers, partly in code and partly in {@linkplain
 * dev.jbpfilter.cgen.lookup.Tables tables} that a map holds. Nothing here knows what the numbers
 * are.
 */
@NullMarked
package dev.jbpfilter.cgen.lookup;

import org.jspecify.annotations.NullMarked;
