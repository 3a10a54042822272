/**
 * Which event times are possible: the limits, the clock that judges them, and the recognition of wrong units. Uses the
 * package {@code config}.
 */
@NullMarked
package dev.noether.flink.clock;

import org.jspecify.annotations.NullMarked;
