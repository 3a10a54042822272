/**
 * What {@code noether tail} shows: the newest records of a detector's topics, and those that follow, one line each. The
 * demonstration shows incidents in the same way.
 */
@NullMarked
package dev.noether.cli.tail;

import org.jspecify.annotations.NullMarked;
