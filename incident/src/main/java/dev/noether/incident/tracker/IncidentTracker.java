package dev.noether.incident.tracker;

import dev.noether.incident.anomaly.AnomalyTracker;
import dev.noether.incident.anomaly.OpenAnomaly;
import dev.noether.incident.evidence.Evidence;
import dev.noether.incident.rate.AlarmRates;
import dev.noether.incident.rate.RecentAlarms;
import dev.noether.incident.silence.ReportingRhythm;
import dev.noether.incident.silence.SilenceSuppression;
import dev.noether.incident.silence.SilenceTracker;
import dev.noether.schemas.Incident;
import java.util.function.Consumer;

/**
 * Follows the scores of entities in event time: passes them to the anomaly and silence incidents and decides when an
 * entity is checked next and when it is forgotten.
 *
 * <p>Reports depend on the scores alone, not on the times of {@link #check}: the next score of an entity reports
 * whatever a check before it would have reported. A replay therefore gives the same reports.
 *
 * <p>Not thread safe. {@link #observe} allocates nothing.
 */
public final class IncidentTracker {
    private static final String EVICTED = "; no longer tracked, because there are more than `entities.max` entities";

    private final TrackerOptions options;
    private final AnomalyTracker anomalies;
    private final SilenceTracker silences;
    private final AlarmRates rates;
    private int entities;

    /**
     * Makes a tracker.
     *
     * @param options the settings
     * @param suppression decides which silences must not alert anybody
     * @param out receiver of the reports
     */
    public IncidentTracker(TrackerOptions options, SilenceSuppression suppression, Consumer<Incident> out) {
        this.options = options;
        this.anomalies = new AnomalyTracker(options.detector(), options.anomalies(), out);
        this.silences = new SilenceTracker(options.detector(), options.silences(), suppression, out);
        this.rates = new AlarmRates(options.allowedAlarms());
    }

    /** Adds an entity, either new or restored from a checkpoint. */
    public void add(EntityTrack track, String entity) {
        entities++;
        if (track.alarms != null) {
            rates.add(track.alarms, entity);
        }
    }

    private void remove(EntityTrack track, String entity) {
        entities--;
        if (track.alarms != null) {
            rates.remove(track.alarms, entity);
        }
    }

    /** Returns the alarm rates of all entities. */
    public AlarmRates rates() {
        return rates;
    }

    /** Returns the number of entities. */
    public int entities() {
        return entities;
    }

    /** Returns the newest event time of all entities. */
    public long newest() {
        return silences.newest();
    }

    /** Adds a score. For an anomalous score, call {@link #addEvidence} next. A late score changes nothing. */
    public void observe(EntityTrack track, String entity, long time) {
        silences.observeSource(time, entities);
        ReportingRhythm rhythm = track.rhythm;
        if (track.openIncidents() > 0 || time - rhythm.newest() > rhythm.usualGapMillis()) {
            reportUntil(track, entity, time);
        }
        silences.observe(rhythm, time);
    }

    /** Reports what ended, or what was missing, before a new score. */
    private void reportUntil(EntityTrack track, String entity, long time) {
        if (time <= track.rhythm.newest()) {
            return;
        }
        check(track, entity, time);
        if (track.silence != null) {
            silences.resolve(track.silence, track.rhythm, entity, time);
            track.silence = null;
        }
    }

    /** Adds the evidence of an anomalous score, or of one with a stuck feature, that {@link #observe} just added. */
    public void addEvidence(EntityTrack track, String entity, Evidence evidence) {
        boolean isNew = track.anomaly == null;
        if (isNew || evidence.isAnomalous()) {
            // A stuck feature counts as one alarm, however long it lasts.
            countAlarm(track, entity, evidence.time(), isNew);
        }
        track.anomaly = anomalies.add(track.anomaly, entity, evidence, time -> rateWarning(track, time));
    }

    private void countAlarm(EntityTrack track, String entity, long time, boolean isNewIncident) {
        RecentAlarms alarms = track.alarms;
        if (alarms == null) {
            alarms = new RecentAlarms();
            track.alarms = alarms;
        }
        rates.count(alarms, entity, time, isNewIncident);
    }

    private String rateWarning(EntityTrack track, long time) {
        return track.alarms == null ? "" : rates.warning(track.alarms, entities, time);
    }

    /**
     * Reports an anomaly that ended and a silence that began.
     *
     * @param now an event time before which no further score is expected
     */
    public void check(EntityTrack track, String entity, long now) {
        OpenAnomaly anomaly = track.anomaly;
        if (anomaly != null && now > quietUntil(track, anomaly)) {
            resolve(track, anomaly, entity, quietUntil(track, anomaly), "");
        }
        if (track.silence == null && now > silences.deadline(track.rhythm)) {
            track.silence = silences.open(track.rhythm, entity);
        }
    }

    private void resolve(EntityTrack track, OpenAnomaly anomaly, String entity, long time, String note) {
        track.anomaly = null;
        anomalies.resolve(anomaly, entity, time, rateWarning(track, time) + note);
    }

    private long quietUntil(EntityTrack track, OpenAnomaly anomaly) {
        return anomalies.quietUntil(anomaly, track.rhythm.isKnown() ? track.rhythm.usualGapMillis() : 0);
    }

    /**
     * Schedules the next check of an entity, unless an earlier one is scheduled. The caller adds the entity to the
     * wheel of deadlines at {@link EntityTrack#nextCheck} if the result is true.
     *
     * @return whether the check time changed
     */
    public boolean scheduleCheck(EntityTrack track) {
        long due = DeadlineWheel.dueTime(checkTime(track));
        boolean isEarlier = due < track.nextCheck;
        if (isEarlier) {
            track.nextCheck = due;
        }
        return isEarlier;
    }

    /** Removes the scheduled check, because its time has come or the wheel of deadlines was lost. */
    public void clearCheck(EntityTrack track) {
        track.nextCheck = EntityTrack.NEVER;
    }

    private long checkTime(EntityTrack track) {
        long anomalyEnd = track.anomaly == null ? EntityTrack.NEVER : quietUntil(track, track.anomaly) + 1;
        long deadline = track.silence == null ? silences.deadline(track.rhythm) : SilenceTracker.NEVER;
        long silenceStart = deadline == SilenceTracker.NEVER ? EntityTrack.NEVER : deadline + 1;
        return Math.min(Math.min(anomalyEnd, silenceStart), forgetTime(track));
    }

    /**
     * Removes an entity that has not reported for the time after which it is forgotten, and resolves its silence. The
     * caller deletes its state if the result is true.
     *
     * @return whether the entity was removed
     */
    public boolean removeIfForgotten(EntityTrack track, String entity, long now) {
        long forgetTime = forgetTime(track);
        if (now < forgetTime) {
            return false;
        }
        abandonSilence(track, entity, forgetTime);
        remove(track, entity);
        return true;
    }

    /** Removes an entity because there are too many entities, and resolves its open incidents. */
    public void evict(EntityTrack track, String entity) {
        OpenAnomaly anomaly = track.anomaly;
        if (anomaly != null) {
            resolve(track, anomaly, entity, Math.max(anomaly.lastAnomalous() + 1, newest()), EVICTED);
        }
        abandonSilence(track, entity, Math.max(track.rhythm.newest() + 1, newest()));
        remove(track, entity);
    }

    private void abandonSilence(EntityTrack track, String entity, long time) {
        if (track.silence != null) {
            silences.abandon(track.silence, track.rhythm, entity, time);
            track.silence = null;
        }
    }

    private long forgetTime(EntityTrack track) {
        long newest = track.rhythm.newest();
        if (newest == ReportingRhythm.NEVER) {
            return EntityTrack.NEVER;
        }
        long time = newest + Math.max(options.forgetMillis(), silences.limitMillis(track.rhythm));
        return track.anomaly == null ? time : Math.max(time, quietUntil(track, track.anomaly) + 1);
    }
}
