package dev.noether.incident.tracker;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The life of each entity's incidents, in event time.
 *
 * <p><b>Anomalies.</b> The first anomalous score opens an incident; those that follow belong to it until none came for the
 * quiet time, which joins what flaps. It is said again when it becomes clearly worse (a higher {@link Severity}, or an excess
 * over the threshold that is twice the one that was last told), at most {@value #MOST_UPDATES} times, and once when it is over.
 *
 * <p>A feature that no longer moves opens an incident, or belongs to the open one, in the same way: as long as it stands still.
 *
 * <p><b>Silence.</b> An entity that is silent for longer than its own {@link Rhythm} allows is an incident while it is silent;
 * not one while the whole source pauses.
 *
 * <p>What is said depends on the scores alone, not on when {@link #check} is called: what a check would have said is said
 * by the score that comes after it. So a replay says the same.
 *
 * <p>Not thread safe. {@link #seen} allocates nothing.
 */
public final class IncidentTracker {
    /** How often an incident is told to have become worse. */
    public static final int MOST_UPDATES = 8;

    private final TrackerOptions options;
    private final SilenceSuppression suppression;
    private final Consumer<IncidentReport> out;
    private final SourceRhythm source;
    private final AlarmRates rates;
    private int entities;

    /**
     * Makes a tracker.
     *
     * @param options what it goes by
     * @param suppression of silences
     * @param out takes what is said
     */
    public IncidentTracker(TrackerOptions options, SilenceSuppression suppression, Consumer<IncidentReport> out) {
        this.options = options;
        this.suppression = suppression;
        this.out = out;
        this.source = new SourceRhythm(options.shortestPauseMillis());
        this.rates = new AlarmRates(options.promise());
    }

    /** Takes in an entity: a new one, or one that a checkpoint brought. */
    public void enter(EntityTrack track, String entity) {
        entities++;
        if (track.alarms != null) {
            rates.enter(track.alarms, entity);
        }
    }

    /** Forgets an entity of which nothing is open any more; see {@link #isGone} and {@link #giveUp}. */
    public void leave(EntityTrack track, String entity) {
        entities--;
        if (track.alarms != null) {
            rates.leave(track.alarms, entity);
        }
    }

    /** How the realised rates of alarms are spread over the entities. */
    public AlarmRates rates() {
        return rates;
    }

    /** How many entities there are. */
    public int entities() {
        return entities;
    }

    /** The newest event time of all. */
    public long newest() {
        return source.newest();
    }

    /** Sees a score, before {@link #anomalous} if it is anomalous; a late one changes nothing. */
    public void seen(EntityTrack track, String entity, long time) {
        source.observe(time, entities);
        Rhythm rhythm = track.rhythm;
        if (track.open != null || track.silent || time - rhythm.newest() > rhythm.mean()) {
            settle(track, entity, time);
        }
        rhythm.observe(time, rhythm.isKnown() ? rhythm.limit() : Long.MAX_VALUE);
    }

    /** What is over, or was silent, by the time of a new score. */
    private void settle(EntityTrack track, String entity, long time) {
        if (time <= track.rhythm.newest()) {
            return;
        }
        check(track, entity, time);
        if (track.silent) {
            silenceEnds(track, entity, time, false);
        }
    }

    /** Takes in an anomalous score, or one with a feature that no longer moves, of an entity that was just {@link #seen}. */
    public void anomalous(EntityTrack track, String entity, Evidence evidence) {
        OpenIncident incident = track.open;
        if (incident == null || evidence.isAnomalous()) {
            // Standing still is one alarm, however long it lasts.
            count(track, entity, evidence.time(), incident == null);
        }
        if (incident == null) {
            incident = new OpenIncident(evidence);
            track.open = incident;
            incident.add(evidence, options.bands());
            say(track, incident, entity, IncidentState.OPENED, evidence.time());
            return;
        }
        Severity before = incident.severity;
        incident.add(evidence, options.bands());
        if (incident.suppressed != null && evidence.suppressed() == null) {
            // From here on it may wake somebody: that is always news.
            incident.suppressed = null;
            say(track, incident, entity, IncidentState.UPDATED, evidence.time());
        } else if (incident.updates < MOST_UPDATES && isClearlyWorse(incident, before)) {
            incident.updates++;
            say(track, incident, entity, IncidentState.UPDATED, evidence.time());
        }
    }

    private void count(EntityTrack track, String entity, long time, boolean opens) {
        RecentAlarms alarms = track.alarms;
        if (alarms == null) {
            alarms = new RecentAlarms();
            track.alarms = alarms;
        }
        rates.count(alarms, entity, time, opens);
    }

    private static boolean isClearlyWorse(OpenIncident incident, Severity before) {
        return incident.severity != before
                || (incident.excess() >= 2 * incident.reportedExcess
                        && incident.excess() >= incident.reportedExcess + 1);
    }

    /**
     * Looks whether something is over or silent by now.
     *
     * @param now no score of an earlier event time is expected any more
     */
    public void check(EntityTrack track, String entity, long now) {
        OpenIncident incident = track.open;
        if (incident != null && now > quietUntil(track, incident)) {
            track.open = null;
            say(track, incident, entity, IncidentState.RESOLVED, quietUntil(track, incident));
        }
        if (!track.silent && now > overdue(track)) {
            silenceBegins(track, entity);
        }
    }

    /** When the entity is to be checked next, if no score comes before; {@link EntityTrack#NEVER} for not at all. */
    public long nextCheck(EntityTrack track) {
        long quiet = track.open == null ? EntityTrack.NEVER : quietUntil(track, track.open) + 1;
        long silence = track.silent ? EntityTrack.NEVER : overdue(track);
        long next = Math.min(quiet, silence == EntityTrack.NEVER ? silence : silence + 1);
        return Math.min(next, forgottenAt(track));
    }

    /** Sets when the entity is to be looked at; returns whether that is earlier than what was set before. */
    public boolean arm(EntityTrack track) {
        long due = DeadlineWheel.dueTime(nextCheck(track));
        boolean earlier = due < track.armed;
        if (earlier) {
            track.armed = due;
        }
        return earlier;
    }

    /** Takes back what {@link #arm} set: the time has come. */
    public void disarm(EntityTrack track) {
        track.armed = EntityTrack.NEVER;
    }

    /**
     * Whether the entity has been silent for so long that it is gone, and nothing need be remembered of it. Its silence,
     * where one was told, is then over.
     */
    public boolean isGone(EntityTrack track, String entity, long now) {
        if (now < forgottenAt(track)) {
            return false;
        }
        if (track.silent) {
            silenceEnds(track, entity, forgottenAt(track), true);
        }
        return true;
    }

    /**
     * Ends what is open of an entity that must be forgotten though it is not gone, because there are too many: what was told to
     * have begun is told to be over.
     */
    public void giveUp(EntityTrack track, String entity) {
        OpenIncident incident = track.open;
        if (incident != null) {
            track.open = null;
            long now = Math.max(incident.lastAnomalous + 1, source.newest());
            say(track, incident, entity, IncidentState.RESOLVED, now, Sentences.GIVEN_UP);
        }
        if (track.silent) {
            silenceEnds(track, entity, Math.max(track.rhythm.newest() + 1, source.newest()), true);
        }
    }

    private long forgottenAt(EntityTrack track) {
        long newest = track.rhythm.newest();
        if (newest == Rhythm.NEVER) {
            return EntityTrack.NEVER;
        }
        long gone = newest + Math.max(options.forgetMillis(), overdueAfter(track));
        return track.open == null ? gone : Math.max(gone, quietUntil(track, track.open) + 1);
    }

    private long overdueAfter(EntityTrack track) {
        return Math.max(options.shortestSilenceMillis(), track.rhythm.limit());
    }

    /** The last time at which the entity is not yet silent. */
    private long overdue(EntityTrack track) {
        if (!options.silence() || !track.rhythm.isKnown()) {
            return EntityTrack.NEVER;
        }
        long newest = track.rhythm.newest();
        return source.postponed(newest, newest + overdueAfter(track));
    }

    private long quietUntil(EntityTrack track, OpenIncident incident) {
        Rhythm rhythm = track.rhythm;
        long own = rhythm.isKnown() ? (long) (TrackerOptions.QUIET_GAPS * (double) rhythm.mean()) : 0;
        return incident.lastAnomalous + Math.max(options.quietMillis(), own);
    }

    private void silenceBegins(EntityTrack track, String entity) {
        long said = overdue(track);
        track.silent = true;
        track.silenceSuppressed = suppression.reason(entity, said);
        sayOfSilence(
                track,
                entity,
                IncidentState.OPENED,
                said,
                said,
                Sentences.silence(entity, track.rhythm.newest(), track.rhythm.mean()));
    }

    private void silenceEnds(EntityTrack track, String entity, long time, boolean gone) {
        sayOfSilence(
                track,
                entity,
                IncidentState.RESOLVED,
                time,
                time,
                Sentences.silenceOver(entity, time - track.rhythm.newest(), gone));
        track.silent = false;
        track.silenceSuppressed = null;
    }

    private void say(EntityTrack track, OpenIncident incident, String entity, IncidentState state, long time) {
        say(track, incident, entity, state, time, "");
    }

    private void say(
            EntityTrack track, OpenIncident incident, String entity, IncidentState state, long time, String note) {
        boolean over = state == IncidentState.RESOLVED;
        List<LeadingFeature> leading = incident.features.leading(IncidentReport.MOST_LEADING);
        BreakShape shape = ShapeRecognizer.recognize(incident, leading, over);
        incident.reportedExcess = incident.excess();
        out.accept(new IncidentReport(
                IncidentId.of(options.detector(), IncidentKind.ANOMALY, entity, incident.start),
                entity,
                IncidentKind.ANOMALY,
                state,
                incident.severity,
                incident.start,
                incident.lastAnomalous + 1,
                time,
                incident.hasPeak() ? incident.peakScore : Double.NaN,
                incident.peakTime,
                incident.pValue,
                incident.threshold,
                incident.count,
                leading,
                shape,
                Sentences.anomaly(incident, leading, shape, over) + often(track, time) + note,
                List.of(),
                0,
                null,
                incident.suppressed,
                incident.modelVersion));
    }

    private String often(EntityTrack track, long time) {
        return track.alarms == null ? "" : rates.words(track.alarms, entities, time);
    }

    private void sayOfSilence(
            EntityTrack track, String entity, IncidentState state, long end, long time, String description) {
        long start = track.rhythm.newest();
        @Nullable String suppressed = track.silenceSuppressed;
        out.accept(SimpleReports.of(
                options.detector(), IncidentKind.SILENCE, entity, state, start, end, time, description, suppressed));
    }
}
