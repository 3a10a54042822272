/**
 * A simulated fleet of servers with known incidents: what the demo watches, and a ground truth to hold alarms against.
 *
 * <p>Plain Java; uses no other package of Noether. Every value is a function of seed, entity and minute, so that any part
 * of the stream can be made again in any order.
 */
@NullMarked
package dev.noether.cli.fleet;

import org.jspecify.annotations.NullMarked;
