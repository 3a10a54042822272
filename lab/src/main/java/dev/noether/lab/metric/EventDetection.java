package dev.noether.lab.metric;

/**
 * The events that a threshold finds, with their delays and the false alarms.
 *
 * @param threshold threshold; rows with a strictly higher score are flagged
 * @param events number of labelled events
 * @param foundEvents number of events with a flagged row
 * @param medianDelay median number of rows from the start of a found event to its first flagged row, from 0; NaN if no
 *     event is found; missed events do not count
 * @param falseAlarms number of flagged rows outside all events
 * @param normalRows number of rows outside all events
 */
public record EventDetection(
        float threshold, int events, int foundEvents, double medianDelay, int falseAlarms, int normalRows) {
    /** Returns the share of events that are found, in [0, 1]. */
    public double share() {
        return (double) foundEvents / events;
    }
}
