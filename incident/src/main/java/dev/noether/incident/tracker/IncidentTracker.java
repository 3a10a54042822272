package dev.noether.incident.tracker;

import dev.noether.incident.anomaly.AnomalyTracker;
import dev.noether.incident.anomaly.OpenAnomaly;
import dev.noether.incident.evidence.Evidence;
import dev.noether.incident.rate.AlarmRates;
import dev.noether.incident.rate.RecentAlarms;
import dev.noether.incident.silence.FeatureSilences;
import dev.noether.incident.silence.ReportingRhythm;
import dev.noether.incident.silence.SilenceSuppression;
import dev.noether.incident.silence.SilenceTracker;
import dev.noether.schemas.Cause;
import dev.noether.schemas.Incident;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

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

    private static final String SET_BACK = "; the clock of the entity was wrong and is set back";
    private static final long RECHECK_MILLIS = 1_000;

    private final TrackerOptions options;
    private final EntityClocks clocks = new EntityClocks();
    private final AnomalyTracker anomalies;
    private final SilenceTracker silences;
    private final FeatureSilences featureSilences;
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
        this.featureSilences = new FeatureSilences(options.detector(), options.silences(), suppression, out);
        this.rates = new AlarmRates(options.allowedAlarms());
    }

    /** Adds an entity, either new or restored from a checkpoint. */
    public void add(EntityTrack track, String entity) {
        entities++;
        if (track.alarms != null) {
            rates.add(track.alarms, entity);
        }
    }

    /** Adds an entity of a checkpoint to what is known of the source, after {@link #add}. */
    public void restored(EntityTrack track, String entity) {
        if (track.newest() != ReportingRhythm.NEVER) {
            silences.restored(entity, track.newest() + track.lagMillis);
        }
    }

    /** Writes what is known of the whole source: its pauses. */
    public void writeSource(DataOutput target) throws IOException {
        silences.writePauses(target);
    }

    /** Adds what {@link #writeSource} wrote, of this or another part of the source. */
    public void readSource(DataInput source) throws IOException {
        silences.readPauses(source);
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

    /**
     * Adds a score. For an anomalous score, call {@link #addEvidence} next. A late score changes nothing.
     *
     * @param partition the partition of the source that the score comes from; scores of one partition come in order
     * @param time event time of the score, milliseconds
     */
    public void observe(EntityTrack track, String entity, int partition, long time) {
        ReportingRhythm rhythm = track.rhythm;
        long lead = clocks.lead(entity, partition, time, rhythm);
        if (time <= rhythm.newest()) {
            return;
        }
        // By the lag until now: a clock that is always wrong looks right, and one that jumps looks like a jump.
        silences.observeSource(entity, time + track.lagMillis, entities);
        if (track.openIncidents() > 0 || time - rhythm.newest() > rhythm.usualGapMillis()) {
            long jump = Math.max(0, lead - Math.max(0, -track.lagMillis));
            reportUntil(track, entity, time, jump);
        }
        boolean isAfterGap = time - rhythm.newest() > silences.limitMillis(rhythm);
        silences.observe(rhythm, time);
        if (isAfterGap) {
            // Perhaps the source paused, and its clock has not gone on yet: nothing new is known of this one.
            int lag = clocks.lagMillis(rhythm, time, 0, track.lagMillis);
            track.lagMillis = lag > 0 ? Math.max(track.lagMillis, lag) : track.lagMillis;
        } else {
            track.lagMillis = clocks.lagMillis(rhythm, time, lead, track.lagMillis);
        }
    }

    /**
     * Adds which features a row lacks. To be called before {@link #observe}; a late row changes nothing.
     *
     * @param time event time of the row, milliseconds
     * @param lacking names of the features without a value, usually none
     * @param isGone whether no entity reports a feature any more
     */
    public void observeFeatures(
            EntityTrack track, String entity, long time, List<String> lacking, Predicate<String> isGone) {
        if (time > track.rhythm.newest()) {
            long known = track.knowsFeatures ? track.rhythm.newest() : ReportingRhythm.NEVER;
            track.knowsFeatures = true;
            if (track.absent != null || !lacking.isEmpty()) {
                track.absent = featureSilences.observe(
                        track.absent, new FeatureSilences.Row(entity, time, lacking), known, track.rhythm, isGone);
            }
        }
    }

    /**
     * Reports what ended, or what was missing, before a new score.
     *
     * @param jump how much of the time since the last score is a jump of the entity's clock
     */
    private void reportUntil(EntityTrack track, String entity, long time, long jump) {
        endAnomaly(track, entity, time);
        openSilence(track, entity, time - jump);
        if (track.silence != null) {
            silences.resolve(track.silence, track.rhythm, entity, time);
            track.silence = null;
        }
    }

    /**
     * Sets back the newest time of an entity, because it was wrong: the entity reports an earlier time, and that is
     * right. An incident of the wrong time ends.
     *
     * @param time event time of the next score
     */
    public void setBack(EntityTrack track, String entity, long time) {
        OpenAnomaly anomaly = track.anomaly;
        if (anomaly != null && anomaly.lastAnomalous() > time) {
            resolve(track, anomaly, entity, anomaly.end(), SET_BACK);
        }
        if (track.silence != null) {
            silences.resolveSetBack(track.silence, track.rhythm, entity, time);
            track.silence = null;
        }
        if (track.alarms != null && track.alarms.isNewerThan(time)) {
            rates.remove(track.alarms, entity);
            track.alarms = null;
        }
        if (track.absent != null) {
            track.absent.setBackTo(time);
        }
        track.rhythm.setBackTo(time);
        // A clock that is behind from now on is not silent: its next report is not due long ago.
        track.lagMillis = clocks.lagMillis(track.rhythm, time, 0, 0);
    }

    /** Tells the event time before which no further score is expected. */
    public void advance(long watermark) {
        clocks.advance(watermark);
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

    /** Returns the features of the entity's incident, those that lead first, as if evidence had been added. */
    public List<Cause> causesWith(EntityTrack track, Evidence evidence) {
        return AnomalyTracker.causesWith(track.anomaly, evidence);
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
        endAnomaly(track, entity, now - track.lagMillis);
        openSilence(track, entity, now - track.lagMillis);
    }

    private void endAnomaly(EntityTrack track, String entity, long now) {
        OpenAnomaly anomaly = track.anomaly;
        if (anomaly != null && now > quietUntil(track, anomaly)) {
            resolve(track, anomaly, entity, quietUntil(track, anomaly), "");
        }
    }

    private void openSilence(EntityTrack track, String entity, long now) {
        if (track.silence == null && silences.isSilent(track.rhythm, track.lagMillis, now)) {
            track.silence = silences.open(track.rhythm, track.lagMillis, entity);
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
     * @param now an event time that was checked; the next check is later
     * @return whether the check time changed
     */
    public boolean scheduleCheck(EntityTrack track, long now) {
        long time = checkTime(track);
        long due = DeadlineWheel.dueTime(time > now ? time : laterThan(now));
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

    /** A silence that a suspected pause excuses is checked again after a while. */
    private static long laterThan(long now) {
        return now > Long.MAX_VALUE - RECHECK_MILLIS ? Long.MAX_VALUE : now + RECHECK_MILLIS;
    }

    /** Returns the time of the next check by the clock of the source. */
    private long checkTime(EntityTrack track) {
        long time = ownCheckTime(track);
        return time == EntityTrack.NEVER ? time : time + track.lagMillis;
    }

    private long ownCheckTime(EntityTrack track) {
        long anomalyEnd = track.anomaly == null ? EntityTrack.NEVER : quietUntil(track, track.anomaly) + 1;
        long deadline = track.silence == null ? silences.deadline(track.rhythm, track.lagMillis) : SilenceTracker.NEVER;
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
        if (now - track.lagMillis < forgetTime) {
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
            resolve(track, anomaly, entity, Math.max(anomaly.end(), newest()), EVICTED);
        }
        abandonSilence(track, entity, Math.max(track.rhythm.newest() + 1, newest()));
        remove(track, entity);
    }

    private void abandonSilence(EntityTrack track, String entity, long time) {
        if (track.absent != null) {
            featureSilences.abandon(track.absent, entity, time);
        }
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
