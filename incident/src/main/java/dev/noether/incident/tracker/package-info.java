/**
 * Tracking of one entity: its state ({@link dev.noether.incident.tracker.EntityTrack}), and the tracker that passes its
 * scores to the anomaly and silence incidents and decides when the entity is checked next or forgotten. Event time
 * only; no threads, no clock. Uses the packages {@code anomaly}, {@code silence}, {@code rate}, {@code evidence} and
 * {@code report}.
 */
@NullMarked
package dev.noether.incident.tracker;

import org.jspecify.annotations.NullMarked;
