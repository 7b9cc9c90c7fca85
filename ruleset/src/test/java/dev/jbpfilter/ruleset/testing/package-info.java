/** What tests of this module and of others share. */
@NullMarked
package dev.jbpfilter.ruleset.testing;

import org.jspecify.annotations.NullMarked;
