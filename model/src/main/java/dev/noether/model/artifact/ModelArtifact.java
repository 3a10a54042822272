package dev.noether.model.artifact;

import static java.util.Objects.requireNonNull;

import dev.noether.model.alarm.AdaptationRates;
import dev.noether.model.alarm.JointAlarm;
import dev.noether.model.alarm.TailCalibration;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.Forecast;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.count.CountLaws;
import dev.noether.model.exceedance.ExceedanceLaw;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.InputForm;
import dev.noether.model.feature.Scaling;
import dev.noether.model.repeat.RepeatLaw;
import dev.noether.model.schedule.Schedule;
import dev.noether.model.shape.ShapeModel;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A trained model: everything that scoring needs. Immutable; thread safe.
 *
 * @param features feature schema that the model was trained for
 * @param scaling scaling of raw values
 * @param predictors network and forecast
 * @param rule combines the views into a score
 * @param baselines baselines that entities start with
 * @param alarms calibration of the alarms
 * @param shape the shape view; null if the model has none
 * @param provenance data range, configuration, seed, versions, machine
 * @param input how the rows of a stream become the rows that the model judges
 */
public record ModelArtifact(
        FeatureSchema features,
        Scaling scaling,
        Predictors predictors,
        ScoreRule rule,
        StartingBaselines baselines,
        AlarmCalibration alarms,
        @Nullable ShapeModel shape,
        SortedMap<String, String> provenance,
        InputForm input) {
    /**
     * Checks that the parts fit together.
     *
     * @throws IllegalArgumentException if two parts do not fit together; the message names them
     */
    public ModelArtifact {
        requireNonNull(rule, "rule");
        provenance = Collections.unmodifiableSortedMap(new TreeMap<>(provenance));
        int size = features.size();
        if (scaling.size() != size) {
            throw new IllegalArgumentException(
                    "the scaling must have " + size + " features (got " + scaling.size() + ")");
        }
        predictors.requireFeatures(size);
        input.requireFeatures(size);
        baselines.requireForm(size, predictors.views());
        if (alarms.repeats().features() != size) {
            throw new IllegalArgumentException("the law of repetitions must have " + size + " features (got "
                    + alarms.repeats().features() + ")");
        }
        if (alarms.counts().laws().stream().anyMatch(law -> law.feature() >= size)) {
            throw new IllegalArgumentException("the rare counts must be among the " + size + " features");
        }
        int counted = alarms.exceedances().features();
        if (counted != 0 && counted != size) {
            throw new IllegalArgumentException(
                    "the limits of the features must be " + size + " for each level (got " + counted + ")");
        }
        if (shape != null && shape.feature() >= size) {
            throw new IllegalArgumentException(
                    "the shape view must judge one of the " + size + " features (got " + shape.feature() + ")");
        }
    }

    /** Makes a model that judges rows as they are. */
    public ModelArtifact(
            FeatureSchema features,
            Scaling scaling,
            Predictors predictors,
            ScoreRule rule,
            StartingBaselines baselines,
            AlarmCalibration alarms,
            @Nullable ShapeModel shape,
            SortedMap<String, String> provenance) {
        this(features, scaling, predictors, rule, baselines, alarms, shape, provenance, InputForm.PLAIN);
    }

    /** Makes a model without a shape view. */
    public ModelArtifact(
            FeatureSchema features,
            Scaling scaling,
            Predictors predictors,
            ScoreRule rule,
            StartingBaselines baselines,
            AlarmCalibration alarms,
            SortedMap<String, String> provenance) {
        this(features, scaling, predictors, rule, baselines, alarms, null, provenance, InputForm.PLAIN);
    }

    /**
     * Makes a model before calibration: every baseline has mean 0 and variance 1, the calibration holds the single
     * score 0, and no feature is checked for stuck values.
     *
     * @throws IllegalArgumentException if two parts do not fit together
     */
    public static ModelArtifact uncalibrated(
            FeatureSchema features,
            Scaling scaling,
            Predictors predictors,
            ScoreRule rule,
            Duration rowInterval,
            SortedMap<String, String> provenance) {
        TailCalibration scores = TailCalibration.of(List.of(new float[] {0}));
        return new ModelArtifact(
                features,
                scaling,
                predictors,
                rule,
                StartingBaselines.ofNoData(features.size(), predictors.views()),
                new AlarmCalibration(scores, RepeatLaw.unknown(features.size()), rowInterval),
                provenance);
    }

    /** The same model with other baselines. */
    public ModelArtifact withBaselines(EntityBaseline common, SortedMap<String, EntityBaseline> byEntity) {
        return new ModelArtifact(
                features,
                scaling,
                predictors,
                rule,
                new StartingBaselines(common, byEntity),
                alarms,
                shape,
                provenance,
                input);
    }

    /** The same model with another form of the input. */
    public ModelArtifact withInput(InputForm otherInput) {
        return new ModelArtifact(features, scaling, predictors, rule, baselines, alarms, shape, provenance, otherInput);
    }

    /** The same model with another score rule and calibration. */
    public ModelArtifact with(ScoreRule otherRule, TailCalibration otherScores) {
        return with(otherRule, otherScores, alarms.views());
    }

    /** The same model with another score rule, other views that can raise an alarm score, and their calibration. */
    public ModelArtifact with(ScoreRule otherRule, TailCalibration otherScores, JointAlarm otherViews) {
        AlarmCalibration otherAlarms = alarms.with(otherScores, otherViews);
        return new ModelArtifact(
                features, scaling, predictors, otherRule, baselines, otherAlarms, shape, provenance, input);
    }

    /** The same model with other rare counts. */
    public ModelArtifact withCounts(CountLaws counts) {
        AlarmCalibration otherAlarms = alarms.with(counts);
        return new ModelArtifact(features, scaling, predictors, rule, baselines, otherAlarms, shape, provenance, input);
    }

    /** The same model with another law of the number of deviating features. */
    public ModelArtifact withExceedances(ExceedanceLaw exceedances) {
        AlarmCalibration otherAlarms = alarms.with(exceedances);
        return new ModelArtifact(features, scaling, predictors, rule, baselines, otherAlarms, shape, provenance, input);
    }

    /** The same model with another shape view, or with none. */
    public ModelArtifact withShape(@Nullable ShapeModel otherShape) {
        return new ModelArtifact(features, scaling, predictors, rule, baselines, alarms, otherShape, provenance, input);
    }

    /** The same model with another law of repetitions. */
    public ModelArtifact withRepeats(RepeatLaw otherRepeats) {
        AlarmCalibration otherAlarms = alarms.with(otherRepeats);
        return new ModelArtifact(features, scaling, predictors, rule, baselines, otherAlarms, shape, provenance, input);
    }

    /** The same model with another schedule, or with none. */
    public ModelArtifact withSchedule(@Nullable Schedule schedule) {
        return new ModelArtifact(
                features, scaling, predictors.with(schedule), rule, baselines, alarms, shape, provenance, input);
    }

    /** What recurs in the rows of some entities; null if nothing does. */
    public @Nullable Schedule schedule() {
        return predictors.schedule();
    }

    /** Rows of a window that is reconstructed. */
    public int windowRows() {
        return predictors.windowRows();
    }

    /** The network; reconstructs scaled windows of {@code windowRows × features} values. */
    public Autoencoder network() {
        return predictors.network();
    }

    /** The forecast; null if the model has none. */
    public @Nullable Forecast forecast() {
        return predictors.forecast();
    }

    /** The number of views of a row: 1, or 2 with a forecast. */
    public int views() {
        return predictors.views();
    }

    /** Rows of an entity that must exist before its newest row can be judged, that row included. */
    public int contextRows() {
        return predictors.contextRows();
    }

    /** The baseline for entities that are not in the training history. Not a copy, so it may only be read. */
    public EntityBaseline commonBaseline() {
        return baselines.common();
    }

    /** The baselines of the entities in the training history. Not copies, so they may only be read. */
    public SortedMap<String, EntityBaseline> entityBaselines() {
        return baselines.byEntity();
    }

    /** The baseline that an entity starts with. Not a copy, so it may only be read. */
    public EntityBaseline startingBaseline(String entity) {
        return baselines.of(entity);
    }

    /** The distribution of alarm scores on held-out rows. */
    public TailCalibration calibration() {
        return alarms.scores();
    }

    /** How the alarm threshold of an entity adapts. */
    public AdaptationRates adaptation() {
        return shape == null ? AdaptationRates.DEFAULT : AdaptationRates.LONG_BURSTS;
    }

    /** How often values of a feature repeat in normal operation. */
    public RepeatLaw repeats() {
        return alarms.repeats();
    }

    /** The laws of the features that are rare counts. */
    public CountLaws counts() {
        return alarms.counts();
    }

    /** How many features deviate at the same time in normal operation. */
    public ExceedanceLaw exceedances() {
        return alarms.exceedances();
    }

    /** The views that can raise the alarm score of a row. */
    public JointAlarm alarmViews() {
        return alarms.views();
    }

    /** The median time from a row of an entity to its next. */
    public Duration rowInterval() {
        return alarms.rowInterval();
    }
}
