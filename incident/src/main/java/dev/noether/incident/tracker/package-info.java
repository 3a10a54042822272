/**
 * From verdicts to incidents: when one opens, becomes worse and is over ({@link dev.noether.model.incident.IncidentTracker}),
 * which features caused it and in which shape they broke, which entities fell silent, and which broke together
 * ({@link dev.noether.model.incident.OutbreakGrouper}). Plain state machines in event time without threads, clocks or
 * Flink; state is numbers and strings with hand-written bytes. Uses nothing of the other packages.
 */
@NullMarked
package dev.noether.incident.tracker;

import org.jspecify.annotations.NullMarked;
