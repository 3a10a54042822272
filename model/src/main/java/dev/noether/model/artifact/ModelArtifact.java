package dev.noether.model.artifact;

import static java.util.Objects.requireNonNull;

import dev.noether.model.alarm.TailCalibration;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.Forecast;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.RunningScale;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.Scaling;
import dev.noether.model.repeat.RepeatLaw;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A trained model: everything that is needed to score. Immutable; thread safe.
 *
 * @param features the feature schema that it was trained for
 * @param windowRows rows of a window that is reconstructed
 * @param scaling of the raw values
 * @param network reconstructs scaled windows of {@code windowRows × features} values
 * @param forecast says what the newest row should be by the rows before it; null where the model has no such view
 * @param rule how the views become a score
 * @param residuals the baseline that an entity borrows that training has not seen: that of all together, of no rows
 * @param entityResiduals the baselines that entities start with that training has seen, by entity
 * @param calibration of the alarm scores
 * @param repeats how often the features' values repeat while all is well
 * @param rowInterval median time between two rows of an entity, above zero: what a budget of alarms is divided by
 * @param provenance data range, configuration, seed, versions, machine
 */
public record ModelArtifact(
        FeatureSchema features,
        int windowRows,
        Scaling scaling,
        Autoencoder network,
        @Nullable Forecast forecast,
        ScoreRule rule,
        EntityBaseline residuals,
        SortedMap<String, EntityBaseline> entityResiduals,
        TailCalibration calibration,
        RepeatLaw repeats,
        Duration rowInterval,
        SortedMap<String, String> provenance) {
    /**
     * Checks that the parts fit together and that every number is finite.
     *
     * @throws IllegalArgumentException with what does not fit
     */
    public ModelArtifact {
        requireNonNull(features, "features");
        requireNonNull(calibration, "calibration");
        entityResiduals = Collections.unmodifiableSortedMap(new TreeMap<>(entityResiduals));
        provenance = Collections.unmodifiableSortedMap(new TreeMap<>(provenance));
        if (rowInterval.isZero() || rowInterval.isNegative()) {
            throw new IllegalArgumentException("`rowInterval` must be above zero (got " + rowInterval + ")");
        }
        int size = features.size();
        if (scaling.size() != size || residuals.features() != size) {
            throw new IllegalArgumentException("the scaling and the baseline must have " + size + " features (got "
                    + scaling.size() + " and " + residuals.features() + ")");
        }
        if (repeats.features() != size) {
            throw new IllegalArgumentException(
                    "the law of repetitions must have " + size + " features (got " + repeats.features() + ")");
        }
        int views = forecast == null ? 1 : 2;
        if (forecast != null && forecast.features() != size) {
            throw new IllegalArgumentException(
                    "the forecast must have " + size + " features (got " + forecast.features() + ")");
        }
        if (residuals.views() != views) {
            throw new IllegalArgumentException(
                    "the baselines must have " + views + " views (got " + residuals.views() + ")");
        }
        for (Map.Entry<String, EntityBaseline> entry : entityResiduals.entrySet()) {
            if (entry.getValue().features() != size || entry.getValue().views() != views) {
                throw new IllegalArgumentException("the baseline of " + entry.getKey() + " must have " + size
                        + " features in " + views + " views (got "
                        + entry.getValue().features() + " in "
                        + entry.getValue().views() + ")");
            }
        }
        if (windowRows < 1 || network.shape().inputWidth() != (long) windowRows * size) {
            throw new IllegalArgumentException("the network must read windows of " + windowRows + " × " + size
                    + " values (got " + network.shape().inputWidth() + ")");
        }
        if (!network.allFinite()) {
            throw new IllegalArgumentException("the network's parameters must be finite (some are not)");
        }
    }

    /** A model that knows nothing of how often values repeat. */
    public ModelArtifact(
            FeatureSchema features,
            int windowRows,
            Scaling scaling,
            Autoencoder network,
            @Nullable Forecast forecast,
            ScoreRule rule,
            EntityBaseline residuals,
            SortedMap<String, EntityBaseline> entityResiduals,
            TailCalibration calibration,
            Duration rowInterval,
            SortedMap<String, String> provenance) {
        this(
                features,
                windowRows,
                scaling,
                network,
                forecast,
                rule,
                residuals,
                entityResiduals,
                calibration,
                RepeatLaw.unknown(features.size()),
                rowInterval,
                provenance);
    }

    /** Views of a row: one, or two with a forecast. */
    public int views() {
        return forecast == null ? 1 : 2;
    }

    /** Rows of an entity, the judged one among them, that have to be there before it can be judged. */
    public int contextRows() {
        return forecast == null ? windowRows : Math.max(windowRows, forecast.rows() + 1);
    }

    /**
     * A model before anything is known of its entities: every baseline is 0 with a variance of 1.
     *
     * @throws IllegalArgumentException with what does not fit
     */
    public static ModelArtifact withoutBaselines(
            FeatureSchema features,
            int windowRows,
            Scaling scaling,
            Autoencoder network,
            @Nullable Forecast forecast,
            ScoreRule rule,
            TailCalibration calibration,
            Duration rowInterval,
            SortedMap<String, String> provenance) {
        float[] ones = new float[features.size()];
        Arrays.fill(ones, 1);
        RunningScale unit = new RunningScale(new float[features.size()], ones);
        List<RunningScale> views = forecast == null ? List.of(unit) : List.of(unit, unit);
        return new ModelArtifact(
                features,
                windowRows,
                scaling,
                network,
                forecast,
                rule,
                new EntityBaseline(views, unit, 0, 1),
                new TreeMap<>(),
                calibration,
                rowInterval,
                provenance);
    }

    /** The same model with other baselines. */
    public ModelArtifact withBaselines(EntityBaseline borrowed, SortedMap<String, EntityBaseline> byEntity) {
        return new ModelArtifact(
                features,
                windowRows,
                scaling,
                network,
                forecast,
                rule,
                borrowed,
                byEntity,
                calibration,
                repeats,
                rowInterval,
                provenance);
    }

    /** The same model with another rule and calibration. */
    public ModelArtifact with(ScoreRule otherRule, TailCalibration otherCalibration) {
        return new ModelArtifact(
                features,
                windowRows,
                scaling,
                network,
                forecast,
                otherRule,
                residuals,
                entityResiduals,
                otherCalibration,
                repeats,
                rowInterval,
                provenance);
    }

    /** The same model with another law of repetitions. */
    public ModelArtifact withRepeats(RepeatLaw otherRepeats) {
        return new ModelArtifact(
                features,
                windowRows,
                scaling,
                network,
                forecast,
                rule,
                residuals,
                entityResiduals,
                calibration,
                otherRepeats,
                rowInterval,
                provenance);
    }

    /** The baseline that an entity starts with; not a copy, so only to be read. */
    public EntityBaseline startingBaseline(String entity) {
        EntityBaseline known = entityResiduals.get(entity);
        return known == null ? residuals : known;
    }
}
