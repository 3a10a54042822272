package dev.noether.lab.metric;

import java.util.List;

/**
 * Incidents against labelled events.
 *
 * @param incidents number of incidents
 * @param falseIncidents how many of them touch no event
 * @param events number of labelled events
 * @param found how many of them an incident touches
 * @param touches pairs of an incident and an event that share a row
 */
public record IncidentCount(int incidents, int falseIncidents, int events, int found, int touches) {
    /**
     * Counts.
     *
     * @param incidents runs of rows, each from an incident's opening to its last alarm; in any order
     * @param events the labelled events
     */
    public static IncidentCount of(List<LabelledEvent> incidents, List<LabelledEvent> events) {
        int touches = 0;
        int falseIncidents = 0;
        boolean[] found = new boolean[events.size()];
        for (LabelledEvent incident : incidents) {
            int touched = 0;
            for (int e = 0; e < found.length; e++) {
                LabelledEvent event = events.get(e);
                if (incident.start() < event.end() && event.start() < incident.end()) {
                    found[e] = true;
                    touched++;
                }
            }
            touches += touched;
            falseIncidents += touched == 0 ? 1 : 0;
        }
        int foundEvents = 0;
        for (boolean one : found) {
            foundEvents += one ? 1 : 0;
        }
        return new IncidentCount(incidents.size(), falseIncidents, events.size(), foundEvents, touches);
    }

    /** How often one problem is reported: incidents per event found, at least 1; NaN if none is found. */
    public double perFoundEvent() {
        return (double) touches / found;
    }
}
