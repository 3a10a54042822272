/**
 * A simulated fleet of heartbeats with labelled faults of their shape, for the demonstration.
 *
 * <p>Plain Java; uses only the noise of {@code cli.fleet}. Every value is a function of the seed, the heart and the
 * row, so the rows can be computed in any order.
 */
@NullMarked
package dev.noether.cli.heartbeat;

import org.jspecify.annotations.NullMarked;
