package dev.noether.lab.metric;

import java.util.List;

/**
 * The comparison of incidents with labelled events.
 *
 * @param incidents number of incidents
 * @param falseIncidents number of incidents that share no row with an event
 * @param events number of labelled events
 * @param foundEvents number of events that share a row with an incident
 * @param touches number of pairs of an incident and an event that share a row
 */
public record IncidentCount(int incidents, int falseIncidents, int events, int foundEvents, int touches) {
    /**
     * Compares incidents with events.
     *
     * @param incidents rows of each incident from its opening to its last alarm, in any order
     * @param events labelled events
     */
    public static IncidentCount of(List<LabelledEvent> incidents, List<LabelledEvent> events) {
        int touches = 0;
        int falseIncidents = 0;
        boolean[] isFound = new boolean[events.size()];
        for (LabelledEvent incident : incidents) {
            int touched = 0;
            for (int e = 0; e < isFound.length; e++) {
                LabelledEvent event = events.get(e);
                if (incident.start() < event.end() && event.start() < incident.end()) {
                    isFound[e] = true;
                    touched++;
                }
            }
            touches += touched;
            falseIncidents += touched == 0 ? 1 : 0;
        }
        int foundEvents = 0;
        for (boolean one : isFound) {
            foundEvents += one ? 1 : 0;
        }
        return new IncidentCount(incidents.size(), falseIncidents, events.size(), foundEvents, touches);
    }

    /** Returns the number of incidents for each found event, at least 1; NaN if no event is found. */
    public double perFoundEvent() {
        return (double) touches / foundEvents;
    }
}
