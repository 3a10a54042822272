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
 * The options of the scoring operator, from the configuration of a detector. Immutable; serializable.
 *
 * @param detector name of the detector
 * @param featureNames names of the features, in order
 * @param windowRows number of rows of a window
 * @param forecasts whether each row has a second view, the forecast from the rows before it
 * @param contextRows number of rows needed for a score, with the newest; at least {@code windowRows}
 * @param disorder largest age of a row, relative to the newest row of its entity, that is not late
 * @param latePolicy treatment of late rows
 * @param maxEntities number of entities with a state at most, over all subtasks
 * @param duplicates treatment of duplicates
 * @param missing treatment of missing values, one policy for each feature
 * @param budget budget of false alarms
 * @param batchSize number of rows in a micro-batch at most, at least 1
 * @param linger longest time that a row waits for other rows
 * @param contributions choice of the scores that list contributions
 * @param engine engine that computes the predictions
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
    /** Rows kept beyond the window for rows out of order. */
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

    /** Returns the options of a detector. */
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

    /** Returns the number of rows kept beyond the window for rows out of order; 0 if no disorder is allowed. */
    int slack() {
        return disorder.isZero() ? 0 : DISORDER_SLACK;
    }

    /** Makes an empty window for an entity. */
    WindowBuffer newWindow() {
        return new WindowBuffer(contextRows, slack(), featureNames.size());
    }

    /** Returns whether a state has the same window length and number of features. */
    boolean fits(EntityState state) {
        WindowBuffer window = state.window();
        return window.features() == featureNames.size() && window.windowRows() == contextRows;
    }

    /** Returns the feature schema. */
    public FeatureSchema features() {
        return new FeatureSchema(featureNames);
    }
}
