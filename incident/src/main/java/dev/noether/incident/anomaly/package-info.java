/**
 * Anomaly incidents of one entity: when an incident opens, becomes worse and ends, its severity, which features caused
 * it and how they deviated. Event time only; no threads, no clock. Uses the packages {@code evidence} and
 * {@code report}.
 */
@NullMarked
package dev.noether.incident.anomaly;

import org.jspecify.annotations.NullMarked;
