package dev.noether.incident.anomaly;

import dev.noether.incident.evidence.Evidence;
import dev.noether.incident.report.IncidentId;
import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Cause;
import dev.noether.schemas.Diagnosis;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentGroup;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.Severity;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens, updates and resolves the anomaly incidents of entities, in event time.
 *
 * <p>The first anomalous score opens an incident. Later ones belong to it until no anomalous score came for the quiet
 * time, so that an entity that alternates between normal and anomalous has one incident. An update is reported when the
 * incident becomes clearly worse (a higher {@link Severity}, or twice the last reported excess over the threshold), at
 * most {@value #MAX_UPDATES} times. The end is reported once.
 *
 * <p>A stuck feature opens an incident, or belongs to the open one, in the same way.
 *
 * <p>The caller holds the open incident of each entity. Not thread safe.
 */
public final class AnomalyTracker {
    /** Maximum number of reports that an incident became worse. */
    public static final int MAX_UPDATES = 8;

    /** Largest number of features that an incident lists. */
    public static final int MAX_CAUSES = 8;

    private final String detector;
    private final AnomalyOptions options;
    private final Consumer<Incident> out;

    /** Returns a warning that is appended to each description of an entity; empty for none. */
    @FunctionalInterface
    public interface Warning {
        /** The warning at an event time. */
        String at(long time);
    }

    /**
     * Makes a tracker.
     *
     * @param detector the detector's name
     * @param options the settings
     * @param out receiver of the reports
     */
    public AnomalyTracker(String detector, AnomalyOptions options, Consumer<Incident> out) {
        this.detector = detector;
        this.options = options;
        this.out = out;
    }

    /**
     * Adds an anomalous score, or a score with a stuck feature.
     *
     * @param open the open incident of the entity; null if there is none
     * @param entity the entity's name
     * @param evidence the score
     * @param warning a warning for the description
     * @return the open incident
     */
    public OpenAnomaly add(@Nullable OpenAnomaly open, String entity, Evidence evidence, Warning warning) {
        if (open == null) {
            OpenAnomaly incident = new OpenAnomaly(evidence);
            incident.add(evidence, options.bands());
            report(incident, entity, IncidentState.OPENED, evidence.time(), warning.at(evidence.time()));
            return incident;
        }
        Severity before = open.severity;
        open.add(evidence, options.bands());
        if (open.suppressed != null && evidence.suppressed() == null) {
            // From now on the incident may alert somebody, so this is always reported.
            open.suppressed = null;
            report(open, entity, IncidentState.UPDATED, evidence.time(), warning.at(evidence.time()));
        } else if (open.updates < MAX_UPDATES && isClearlyWorse(open, before)) {
            open.updates++;
            report(open, entity, IncidentState.UPDATED, evidence.time(), warning.at(evidence.time()));
        }
        return open;
    }

    /**
     * Returns the features of an incident, those that lead first, as if a score had been added.
     *
     * @param open the open incident of the entity; null if the score would open one
     * @param evidence the score
     */
    public static List<Cause> causesWith(@Nullable OpenAnomaly open, Evidence evidence) {
        FeatureHistory history = open == null ? new FeatureHistory() : open.features;
        return history.leadingWith(evidence.features());
    }

    private static boolean isClearlyWorse(OpenAnomaly incident, Severity before) {
        return incident.severity != before
                || (incident.excess() >= 2 * incident.reportedExcess
                        && incident.excess() >= incident.reportedExcess + 1);
    }

    /**
     * Returns the last event time at which an incident is still open if no further anomalous score comes.
     *
     * @param usualGapMillis usual time between two rows of the entity; 0 if unknown
     */
    public long quietUntil(OpenAnomaly open, float usualGapMillis) {
        long ownQuietMillis = (long) (AnomalyOptions.QUIET_INTERVALS * (double) usualGapMillis);
        return open.lastAnomalous + Math.max(options.quietMillis(), ownQuietMillis);
    }

    /**
     * Reports the end of an incident.
     *
     * @param note text that is appended to the description
     */
    public void resolve(OpenAnomaly open, String entity, long time, String note) {
        report(open, entity, IncidentState.RESOLVED, time, note);
    }

    private void report(OpenAnomaly incident, String entity, IncidentState state, long time, String note) {
        boolean isOver = state == IncidentState.RESOLVED;
        List<Cause> causes = incident.features.leading(MAX_CAUSES);
        BreakShape shape = ShapeRecognizer.recognize(incident, causes, isOver);
        incident.reportedExcess = incident.excess();
        String description = AnomalySentences.describe(entity, incident, causes, shape, isOver) + note;
        out.accept(new Incident(
                IncidentId.identity(detector, IncidentKind.ANOMALY, entity, incident.start),
                state,
                incident.severity,
                incident.times(time),
                incident.peak(),
                incident.count,
                new Diagnosis(causes, shape, description, incident.shape()),
                IncidentGroup.NONE,
                incident.suppressed));
    }
}
