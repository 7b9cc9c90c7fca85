/** The bfcli command line. */
@NullMarked
package dev.jbpfilter.cli;

import org.jspecify.annotations.NullMarked;
