package dev.noether.incident.silence;

import dev.noether.incident.report.IncidentId;
import dev.noether.incident.report.UnscoredIncident;
import dev.noether.incident.silence.AbsentFeatures.Absence;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.IncidentTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Opens and resolves incidents of entities that stop to report some of their features, in event time: one incident for
 * each entity, of kind SILENCE.
 *
 * <p>A feature is absent if at least {@value #MIN_ROWS} rows in a row lack it and its newest value is older than a
 * limit: four times the longest time between two of its values, and twice the time after which the source counts as
 * stalled. With fewer than {@value #KNOWN_VALUES} values, the limit is an hour at least. A feature that the entity never
 * reported is not absent, nor is one that no entity reports any more ({@link MissingFeatures}).
 *
 * <p>The caller holds the {@link AbsentFeatures} of each entity, and only calls {@link #observe} if there are some or a
 * row lacks features. Not thread safe.
 */
public final class FeatureSilences {
    /** Number of rows without a feature after which it can be absent. */
    static final int MIN_ROWS = 20;

    /** Number of values after which the rhythm of a feature is known. */
    static final int KNOWN_VALUES = 20;

    private static final long UNKNOWN_RHYTHM_MILLIS = 3_600_000;
    private static final int GAPS_ALLOWED = 4;

    private final String detector;
    private final SilenceOptions options;
    private final SilenceSuppression suppression;
    private final Consumer<Incident> out;

    /**
     * Makes a tracker.
     *
     * @param detector the detector's name
     * @param options the settings; nothing is reported if silences are no incidents
     * @param suppression decides which silences must not alert anybody
     * @param out receiver of the reports
     */
    public FeatureSilences(
            String detector, SilenceOptions options, SilenceSuppression suppression, Consumer<Incident> out) {
        this.detector = detector;
        this.options = options;
        this.suppression = suppression;
        this.out = out;
    }

    /**
     * A row of an entity that lacks features, or lacked some not long ago.
     *
     * @param entity name of the entity
     * @param time event time, later than those of the rows before it
     * @param lacking names of the features without a value
     */
    public record Row(String entity, long time, List<String> lacking) {}

    /**
     * Adds a row, before the entity's rhythm has it.
     *
     * @param absent what the entity lacked before; null if nothing
     * @param row the row
     * @param newest event time of the row before it that told which features the entity reports; {@link
     *     ReportingRhythm#NEVER} if this is the first
     * @param rhythm rhythm of the entity
     * @param isGone whether no entity reports a feature any more
     * @return what the entity lacks; null if nothing
     */
    public @Nullable AbsentFeatures observe(
            @Nullable AbsentFeatures absent, Row row, long newest, ReportingRhythm rhythm, Predicate<String> isGone) {
        if (!options.isEnabled()) {
            return absent;
        }
        AbsentFeatures now = absent == null ? new AbsentFeatures() : absent;
        long time = row.time();
        boolean isFirst = newest == ReportingRhythm.NEVER;
        now.mark(row.lacking(), isFirst ? time : newest, isFirst ? 0 : rhythm.isSettled() ? KNOWN_VALUES : 1);
        int told = 0;
        int returned = 0;
        boolean isNew = false;
        for (int i = 0; i < now.features().size(); i++) {
            Absence absence = now.features().get(i);
            if (absence.isLacking) {
                absence.rowsWithValue = 0;
                absence.rowsWithout++;
                if (!absence.isTold && isAbsent(absence, time) && !isGone.test(absence.feature)) {
                    absence.isTold = true;
                    isNew = true;
                }
                told += absence.isTold ? 1 : 0;
            } else {
                returned += absence.isTold ? 1 : 0;
                absence.addValue(time);
            }
        }
        report(now, row.entity(), time, told, isNew, returned > 0);
        return now.forgetSteady() ? null : now;
    }

    private boolean isAbsent(Absence absence, long time) {
        if (absence.values == 0 || absence.rowsWithout < MIN_ROWS) {
            return false;
        }
        long gaps = GAPS_ALLOWED * Math.min(absence.longestGap, Long.MAX_VALUE / GAPS_ALLOWED);
        long limit = absence.values < KNOWN_VALUES ? Math.max(UNKNOWN_RHYTHM_MILLIS, gaps) : gaps;
        return time - absence.newestValue > Math.max(2 * options.shortestPauseMillis(), limit);
    }

    private void report(AbsentFeatures now, String entity, long time, int told, boolean isNew, boolean isReturn) {
        if (isNew && !now.isOpen()) {
            now.start = oldest(now);
            now.suppressed = suppression.reason(entity, time);
            send(now, entity, IncidentState.OPENED, time, SilenceSentences.absent(entity, names(now), now.start));
        } else if (now.isOpen() && told == 0) {
            String description = SilenceSentences.featuresReturned(entity, time - now.start);
            send(now, entity, IncidentState.RESOLVED, time, description);
            now.start = AbsentFeatures.NONE;
        } else if (isNew || (now.isOpen() && isReturn)) {
            send(now, entity, IncidentState.UPDATED, time, SilenceSentences.absent(entity, names(now), oldest(now)));
        }
    }

    /** Reports that an entity whose features are absent is no longer tracked. */
    public void abandon(AbsentFeatures absent, String entity, long time) {
        if (absent.isOpen()) {
            String description = SilenceSentences.absentNoLongerTracked(entity, names(absent));
            send(absent, entity, IncidentState.RESOLVED, Math.max(time, absent.start), description);
            absent.start = AbsentFeatures.NONE;
        }
    }

    private static long oldest(AbsentFeatures absent) {
        long oldest = Long.MAX_VALUE;
        for (Absence absence : absent.features()) {
            oldest = absence.isTold ? Math.min(oldest, absence.newestValue) : oldest;
        }
        return oldest;
    }

    private static List<String> names(AbsentFeatures absent) {
        List<String> names = new ArrayList<>();
        for (Absence absence : absent.features()) {
            if (absence.isTold) {
                names.add(absence.feature);
            }
        }
        return names;
    }

    private void send(AbsentFeatures absent, String entity, IncidentState state, long time, String description) {
        out.accept(UnscoredIncident.report(
                IncidentId.ofFeatures(detector, IncidentKind.SILENCE, entity, absent.start),
                state,
                new IncidentTimes(absent.start, time, time),
                description,
                absent.suppressed));
    }
}
