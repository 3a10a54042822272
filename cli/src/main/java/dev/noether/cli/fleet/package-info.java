/**
 * A simulated fleet of servers with labelled faults, for the demonstration and for {@code produce}.
 *
 * <p>Plain Java; uses no other package of Noether. Every value is a function of the seed, the server and the minute, so
 * the rows can be computed in any order.
 */
@NullMarked
package dev.noether.cli.fleet;

import org.jspecify.annotations.NullMarked;
