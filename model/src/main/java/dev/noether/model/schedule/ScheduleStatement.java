package dev.noether.model.schedule;

import java.util.Map;

/** Says in one sentence what a model expects at certain times. */
public final class ScheduleStatement {
    private ScheduleStatement() {}

    /**
     * The sentence, without a full stop; empty if the model has no schedule.
     *
     * @param provenance provenance of a model
     */
    public static String of(Map<String, String> provenance) {
        String jobs = provenance.get("schedule.jobs");
        if (jobs == null) {
            return "";
        }
        return "expected because it recurs in the history (" + provenance.getOrDefault("schedule.zone", "UTC") + "): "
                + jobs;
    }
}
