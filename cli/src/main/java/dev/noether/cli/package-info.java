/**
 * The entry point of {@code ./noether} and the handling of failures. May use every other package of this module.
 */
@NullMarked
package dev.noether.cli;

import org.jspecify.annotations.NullMarked;
