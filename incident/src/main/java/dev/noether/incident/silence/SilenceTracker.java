package dev.noether.incident.silence;

import dev.noether.incident.report.IncidentId;
import dev.noether.incident.report.UnscoredIncident;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.IncidentTimes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Opens and resolves the silence incidents of entities, in event time. An entity is silent when it has not reported for
 * longer than its {@link ReportingRhythm} allows, unless the whole source paused.
 *
 * <p>The caller holds the rhythm and the open silence of each entity. Not thread safe; {@link #observe} allocates
 * nothing.
 */
public final class SilenceTracker {
    /** The deadline of an entity that cannot become silent. */
    public static final long NEVER = Long.MAX_VALUE;

    private final String detector;
    private final SilenceOptions options;
    private final SilenceSuppression suppression;
    private final Consumer<Incident> out;
    private final SourcePauses pauses;

    /**
     * Makes a tracker.
     *
     * @param detector the detector's name
     * @param options the settings
     * @param suppression decides which silences must not alert anybody
     * @param out receiver of the reports
     */
    public SilenceTracker(
            String detector, SilenceOptions options, SilenceSuppression suppression, Consumer<Incident> out) {
        this.detector = detector;
        this.options = options;
        this.suppression = suppression;
        this.out = out;
        this.pauses = new SourcePauses(options.shortestPauseMillis());
    }

    /** Returns the newest event time of all entities. */
    public long newest() {
        return pauses.newest();
    }

    /** Adds a report of any entity, for the detection of pauses of the source. */
    public void observeSource(String entity, long time, int entities) {
        pauses.observe(entity, time, entities);
    }

    /** Adds an entity of a checkpoint, with the event time of its newest report, by the clock of the source. */
    public void restored(String entity, long time) {
        pauses.restored(entity, time);
    }

    /** Adds a report to the rhythm of its entity. */
    public void observe(ReportingRhythm rhythm, long time) {
        rhythm.observe(time, rhythm.isKnown() ? rhythm.gapLimitMillis() : Long.MAX_VALUE);
    }

    /** Returns the longest time without a report that is not yet a silence, milliseconds. */
    public long limitMillis(ReportingRhythm rhythm) {
        return Math.max(options.shortestSilenceMillis(), rhythm.gapLimitMillis());
    }

    /**
     * Returns the last event time, by the clock of an entity, at which it is not yet silent; {@link #NEVER} if its
     * rhythm is unknown.
     *
     * @param lagMillis how far the entity's clock is behind the source's; negative if it is ahead
     */
    public long deadline(ReportingRhythm rhythm, long lagMillis) {
        if (!options.isEnabled() || !rhythm.isKnown()) {
            return NEVER;
        }
        long lastReport = rhythm.newest() + lagMillis;
        return pauses.postpone(lastReport, lastReport + limitMillis(rhythm)) - lagMillis;
    }

    /**
     * Returns whether an entity is silent.
     *
     * @param lagMillis how far the entity's clock is behind the source's; negative if it is ahead
     * @param now the present time by the entity's clock
     */
    public boolean isSilent(ReportingRhythm rhythm, long lagMillis, long now) {
        long deadline = deadline(rhythm, lagMillis);
        return now > deadline && !pauses.mayBePaused(rhythm.newest() + lagMillis, deadline + lagMillis);
    }

    /** Reports that an entity is silent. */
    public OpenSilence open(ReportingRhythm rhythm, long lagMillis, String entity) {
        long time = deadline(rhythm, lagMillis);
        OpenSilence silence = new OpenSilence(suppression.reason(entity, time));
        String description = SilenceSentences.silent(entity, rhythm.newest(), rhythm.usualGapMillis());
        report(silence, rhythm, entity, IncidentState.OPENED, time, description);
        return silence;
    }

    /** Reports that a silent entity has reported again. */
    public void resolve(OpenSilence silence, ReportingRhythm rhythm, String entity, long time) {
        long gap = time - rhythm.newest();
        long limit = limitMillis(rhythm);
        // Without a gap in the event times, the observations were kept and are sent now.
        String description = gap > limit
                ? SilenceSentences.reportsAgain(entity, gap)
                : SilenceSentences.keptObservations(entity, time);
        long end = Math.max(time, rhythm.newest() + limit);
        report(silence, rhythm, entity, IncidentState.RESOLVED, end, description);
    }

    /** Reports that an entity that seemed silent reports, by a clock that is set back to an earlier time. */
    public void resolveSetBack(OpenSilence silence, ReportingRhythm rhythm, String entity, long time) {
        String description = SilenceSentences.setBack(entity, rhythm.newest(), time);
        report(silence, rhythm, entity, IncidentState.RESOLVED, rhythm.newest() + limitMillis(rhythm), description);
    }

    /** Reports that a silent entity is no longer tracked. */
    public void abandon(OpenSilence silence, ReportingRhythm rhythm, String entity, long time) {
        String description = SilenceSentences.noLongerTracked(entity, time - rhythm.newest());
        report(silence, rhythm, entity, IncidentState.RESOLVED, time, description);
    }

    /** Writes the pauses of the source. */
    public void writePauses(DataOutput target) throws IOException {
        pauses.write(target);
    }

    /** Adds the pauses that {@link #writePauses} wrote, of this or another part of the source. */
    public void readPauses(DataInput source) throws IOException {
        pauses.read(source);
    }

    private void report(
            OpenSilence silence,
            ReportingRhythm rhythm,
            String entity,
            IncidentState state,
            long time,
            String description) {
        long start = rhythm.newest();
        out.accept(UnscoredIncident.report(
                IncidentId.identity(detector, IncidentKind.SILENCE, entity, start),
                state,
                new IncidentTimes(start, time, time),
                description,
                silence.suppressed()));
    }
}
