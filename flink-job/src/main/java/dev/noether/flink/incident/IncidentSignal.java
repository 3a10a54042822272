package dev.noether.flink.incident;

import dev.noether.schemas.Incident;

/** A message from {@link IncidentOperator} to {@link IncidentGroupOperator}. */
public sealed interface IncidentSignal {
    /** Returns the event time of the message, milliseconds. */
    long eventTime();

    /**
     * A report of an incident of one entity.
     *
     * @param incident the incident
     */
    record IncidentReport(Incident incident) implements IncidentSignal {
        @Override
        public long eventTime() {
            return incident.time();
        }
    }

    /**
     * Whether a subtask receives scores.
     *
     * @param subtask index of the subtask
     * @param subtasks number of subtasks
     * @param isStalled whether the subtask receives no scores
     * @param newest newest event time that the subtask received, milliseconds; {@link Long#MIN_VALUE} if it received
     *     nothing
     */
    record FlowState(int subtask, int subtasks, boolean isStalled, long newest) implements IncidentSignal {
        @Override
        public long eventTime() {
            return newest;
        }
    }

    /**
     * Whether the entities of a subtask report a feature.
     *
     * @param subtask index of the subtask
     * @param subtasks number of subtasks
     * @param feature name of the feature
     * @param isMissing whether no entity of the subtask reports it any more
     * @param eventTime event time of its newest value, milliseconds
     */
    record FeatureState(int subtask, int subtasks, String feature, boolean isMissing, long eventTime)
            implements IncidentSignal {}
}
