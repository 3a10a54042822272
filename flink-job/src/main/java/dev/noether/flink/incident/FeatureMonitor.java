package dev.noether.flink.incident;

import dev.noether.incident.silence.FeaturePresence;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reports which features the entities of a subtask lack. Measured in event time: at watermarks, and
 * whenever the event time has advanced by half the shortest time of an incident, because watermarks may be far apart in a
 * replay. Not thread safe; {@link #scoreReceived} allocates nothing between two checks.
 */
final class FeatureMonitor {
    private final FeaturePresence presence;
    private final long repeatMillis;
    private final int subtask;
    private final int subtasks;
    private final Consumer<IncidentSignal> out;
    private final State[] reported;
    private long lastReport = Long.MIN_VALUE;
    private long lastCheck = Long.MIN_VALUE;

    /** What the receiver knows of a feature. After a start, an incident of before may be open there. */
    private enum State {
        UNKNOWN,
        PRESENT,
        MISSING
    }

    /**
     * Makes a monitor.
     *
     * @param features names of the features
     * @param missingAfterMillis shortest time without a value after which a feature is missing, milliseconds
     * @param subtask index of the subtask
     * @param subtasks number of subtasks
     * @param out receiver of the states
     */
    FeatureMonitor(
            List<String> features, long missingAfterMillis, int subtask, int subtasks, Consumer<IncidentSignal> out) {
        this.presence = new FeaturePresence(features, missingAfterMillis);
        this.repeatMillis = Math.max(1, missingAfterMillis / 2);
        this.subtask = subtask;
        this.subtasks = subtasks;
        this.out = out;
        this.reported = new State[features.size()];
        Arrays.fill(reported, State.UNKNOWN);
    }

    /** Adds a score. A row without a score says nothing about its features. */
    void scoreReceived(Score score) {
        if (score.verdict() != Verdict.UNSCORED) {
            presence.observe(score.eventTime(), score.imputed());
            long newest = presence.newest();
            if (lastCheck == Long.MIN_VALUE) {
                lastCheck = newest;
            } else if (newest - repeatMillis >= lastCheck) {
                lastCheck = newest;
                check();
            }
        }
    }

    /**
     * Whether no entity of this subtask reports a feature any more. If there are other subtasks and this one has a single
     * entity, that says nothing of the other entities: then the answer is no.
     *
     * @param entities number of entities of this subtask
     */
    boolean isGone(String feature, int entities) {
        return (entities > 1 || subtasks == 1) && presence.isMissing(feature);
    }

    /** Reports each change; repeats what is missing, because the receiver may have restarted. */
    void check() {
        long newest = presence.newest();
        boolean isRepeat = newest > Long.MIN_VALUE && newest - repeatMillis >= lastReport;
        if (isRepeat) {
            lastReport = newest;
        }
        for (int i = 0; i < reported.length; i++) {
            State state = state(i);
            if (state != reported[i] || (state == State.MISSING && isRepeat)) {
                reported[i] = state;
                boolean isMissing = state == State.MISSING;
                out.accept(new IncidentSignal.FeatureState(
                        subtask, subtasks, presence.name(i), isMissing, isMissing ? presence.newestValue(i) : newest));
            }
        }
    }

    private State state(int feature) {
        if (presence.isMissing(feature)) {
            return State.MISSING;
        }
        return reported[feature] != State.UNKNOWN || presence.hasValue(feature) ? State.PRESENT : State.UNKNOWN;
    }
}
