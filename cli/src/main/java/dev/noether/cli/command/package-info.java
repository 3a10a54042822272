/**
 * The commands and their options. A command checks its options and calls the other packages. May use every package of
 * this module except the root.
 */
@NullMarked
package dev.noether.cli.command;

import org.jspecify.annotations.NullMarked;
