package dev.noether.lab.metric;

/**
 * Which events a threshold finds, and how late.
 *
 * @param threshold rows that score strictly above it are flagged
 * @param events number of labelled events
 * @param found how many of them hold a flagged row
 * @param medianDelay rows from an event's start to its first flagged row, the median over the events found (an event
 *     flagged at once has 0); NaN if none is found. It says nothing of those missed: read it beside their share
 * @param falseAlarms flagged rows outside all events
 * @param normalRows rows outside all events
 */
public record EventDetection(
        float threshold, int events, int found, double medianDelay, int falseAlarms, int normalRows) {
    /** The share of events found, in [0, 1]. */
    public double share() {
        return (double) found / events;
    }
}
