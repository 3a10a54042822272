package dev.noether.flink.scoring;

import dev.noether.flink.clock.EventTimeLimits;
import dev.noether.flink.config.ContributionDetail;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.DuplicatePolicy;
import dev.noether.flink.config.LatePolicy;
import dev.noether.flink.config.MicroBatchOptions;
import dev.noether.flink.release.TrustedKeys;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.engine.EngineChoice;
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
 * @param window shape of an entity's window
 * @param policies treatment of rows that are late, repeated or incomplete
 * @param maxEntities largest number of entities with a state, over all subtasks
 * @param budget budget of false alarms
 * @param microBatch size and waiting time of a micro-batch
 * @param contributions choice of the scores that list contributions
 * @param engine engine that computes the predictions
 * @param keys keys of which one must have signed a model
 */
public record ScoringOptions(
        String detector,
        Window window,
        RowPolicies policies,
        int maxEntities,
        AlarmBudget budget,
        MicroBatchOptions microBatch,
        ContributionDetail contributions,
        EngineChoice engine,
        TrustedKeys keys)
        implements Serializable {
    /** Rows kept beyond the window for rows out of order. */
    private static final int DISORDER_SLACK = 4;

    /**
     * The shape of an entity's window.
     *
     * @param featureNames names of the features, in order
     * @param rows number of rows of a window
     * @param contextRows number of rows needed for a score, with the newest; at least {@code rows}
     * @param hasForecast whether each row has a second view, the forecast from the rows before it
     */
    public record Window(List<String> featureNames, int rows, int contextRows, boolean hasForecast)
            implements Serializable {
        public Window {
            featureNames = List.copyOf(featureNames);
            if (contextRows < rows) {
                throw new IllegalArgumentException(
                        "`contextRows` must be at least `rows`, " + rows + " (got " + contextRows + ")");
            }
        }

        /** Returns the number of features. */
        int featureCount() {
            return featureNames.size();
        }
    }

    /**
     * The treatment of rows that are late, repeated or incomplete.
     *
     * @param disorder largest age of a row, relative to the newest row of its entity, that is not late
     * @param late treatment of late rows
     * @param duplicates treatment of duplicates
     * @param missing treatment of missing values, one policy for each feature
     * @param times the event times that are possible
     */
    public record RowPolicies(
            Duration disorder,
            LatePolicy late,
            DuplicatePolicy duplicates,
            List<MissingPolicy> missing,
            EventTimeLimits times)
            implements Serializable {
        public RowPolicies {
            missing = List.copyOf(missing);
        }
    }

    public ScoringOptions {
        int policyCount = policies.missing().size();
        if (policyCount != window.featureCount()) {
            throw new IllegalArgumentException("`missing` must have one policy for each of the " + window.featureCount()
                    + " features (got " + policyCount + ")");
        }
        if (maxEntities < 1) {
            throw new IllegalArgumentException("`maxEntities` must be at least 1 (got " + maxEntities + ")");
        }
    }

    /**
     * Returns the options of a detector.
     *
     * @throws IllegalArgumentException if a key of {@code signing.trusted} cannot be read
     */
    public static ScoringOptions of(DetectorConfig config) {
        List<String> names = config.features().names();
        return new ScoringOptions(
                config.detector(),
                new Window(
                        names,
                        config.window().rows(),
                        config.contextRows(),
                        config.model().forecastRows() > 0),
                new RowPolicies(
                        config.entities().disorder(),
                        config.entities().latePolicy(),
                        config.entities().duplicates(),
                        config.entities().missing(names),
                        EventTimeLimits.of(config.entities())),
                config.entities().max(),
                config.alarms().budget(),
                config.microBatch(),
                config.output().contributions(),
                config.model().engine(),
                TrustedKeys.of(config.signing()));
    }

    /** Returns the number of rows kept beyond the window for rows out of order; 0 if no disorder is allowed. */
    int slack() {
        return policies.disorder().isZero() ? 0 : DISORDER_SLACK;
    }

    /** Makes an empty window for an entity. */
    WindowBuffer newWindow() {
        return new WindowBuffer(window.contextRows(), slack(), window.featureCount());
    }

    /** Returns whether a state has the same window length and number of features. */
    boolean fits(EntityState state) {
        WindowBuffer buffer = state.window();
        return buffer.features() == window.featureCount() && buffer.windowRows() == window.contextRows();
    }

    /** Returns the feature schema. */
    public FeatureSchema features() {
        return new FeatureSchema(window.featureNames());
    }
}
