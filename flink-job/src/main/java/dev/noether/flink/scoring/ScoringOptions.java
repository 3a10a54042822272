package dev.noether.flink.scoring;

import dev.noether.flink.config.ContributionDetail;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.DuplicatePolicy;
import dev.noether.flink.config.LatePolicy;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.engine.EngineKind;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.MissingPolicy;
import dev.noether.model.feature.WindowBuffer;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * What the scoring operator needs of the detector's configuration; travels into the job.
 *
 * @param detector the detector's name
 * @param featureNames the features in order
 * @param windowRows rows of a window
 * @param forecasts whether a row has a second view, its forecast by the rows before it
 * @param contextRows rows of an entity, the judged one among them, that have to be there; at least {@code windowRows}
 * @param disorder how much older than its entity's newest row an observation may be
 * @param latePolicy what happens to older ones
 * @param maxEntities remembered at most, over all subtasks
 * @param duplicates what a row is whose event time its entity's window already holds
 * @param missing what stands in for a missing feature, one for each
 * @param budget of false alarms
 * @param batchSize windows scored at once
 * @param linger how long a window waits for others at most
 * @param contributions which scores list their contributions
 * @param engine what computes
 */
public record ScoringOptions(
        String detector,
        List<String> featureNames,
        int windowRows,
        boolean forecasts,
        int contextRows,
        Duration disorder,
        LatePolicy latePolicy,
        int maxEntities,
        DuplicatePolicy duplicates,
        List<MissingPolicy> missing,
        AlarmBudget budget,
        int batchSize,
        Duration linger,
        ContributionDetail contributions,
        EngineKind engine)
        implements Serializable {
    private static final int DISORDER_SLACK = 4;

    public ScoringOptions {
        featureNames = List.copyOf(featureNames);
        missing = List.copyOf(missing);
        if (missing.size() != featureNames.size()) {
            throw new IllegalArgumentException("`missing` must have one policy for each of the " + featureNames.size()
                    + " features (got " + missing.size() + ")");
        }
        if (contextRows < windowRows) {
            throw new IllegalArgumentException(
                    "`contextRows` must be at least `windowRows`, " + windowRows + " (got " + contextRows + ")");
        }
        if (maxEntities < 1) {
            throw new IllegalArgumentException("`maxEntities` must be at least 1 (got " + maxEntities + ")");
        }
        if (batchSize < 1) {
            throw new IllegalArgumentException("`batchSize` must be at least 1 (got " + batchSize + ")");
        }
    }

    /** The part of a detector's configuration. */
    public static ScoringOptions of(DetectorConfig config) {
        return new ScoringOptions(
                config.detector(),
                config.features().names(),
                config.window().rows(),
                config.model().forecastRows() > 0,
                config.contextRows(),
                config.entities().disorder(),
                config.entities().latePolicy(),
                config.entities().max(),
                config.entities().duplicates(),
                config.entities().missing(config.features().names()),
                config.alarms().budget(),
                config.microBatch().size(),
                config.microBatch().linger(),
                config.output().contributions(),
                config.model().engine());
    }

    /** Rows kept beyond the window for those that come out of order, where disorder is allowed at all. */
    int slack() {
        return disorder.isZero() ? 0 : DISORDER_SLACK;
    }

    /** An empty window as each entity has one. */
    WindowBuffer newWindow() {
        return new WindowBuffer(contextRows, slack(), featureNames.size());
    }

    /** Whether a state is of this window and as many features. */
    boolean fits(EntityState state) {
        WindowBuffer window = state.window();
        return window.features() == featureNames.size() && window.windowRows() == contextRows;
    }

    /** The feature schema. */
    public FeatureSchema features() {
        return new FeatureSchema(featureNames);
    }
}
