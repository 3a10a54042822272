package dev.noether.lab.bench;

import dev.noether.model.alarm.TailCalibration;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.artifact.Predictors;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.autoencoder.Forecast;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.RunningScale;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.EngineChoice;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.Scaling;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.scoring.Judgement;
import dev.noether.model.scoring.WindowScorer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A model that is not trained but calibrated on its own scores. It has the cost of a trained model and flags about as
 * many observations.
 */
final class SyntheticModel {
    private static final long SEED = 7;
    private static final Duration ROW_INTERVAL = Duration.ofMinutes(1);
    private static final int CALIBRATION_ROWS = 20_000;
    private static final double LARGEST_WEIGHT = 0.02;

    private SyntheticModel() {}

    /** Makes a model with the shape of a detector, one hidden layer on each side of the code, and no forecast. */
    static ModelArtifact of(FeatureSchema features, int windowRows, int hidden, int codeSize) {
        return of(features, windowRows, 0, hidden, codeSize);
    }

    /** Makes a model with a forecast from a number of rows; 0 for no forecast. */
    static ModelArtifact of(FeatureSchema features, int windowRows, int forecastRows, int hidden, int codeSize) {
        AutoencoderShape shape =
                new AutoencoderShape(windowRows * features.size(), List.of(hidden), codeSize, List.of(hidden));
        SplittableRandom random = new SplittableRandom(SEED);
        Autoencoder network = Autoencoder.initialised(shape, random);
        Forecast forecast = forecastRows == 0 ? null : forecast(forecastRows, features.size(), random);
        ModelArtifact uncalibrated =
                artifact(features, windowRows, network, forecast, TailCalibration.of(List.of(new float[] {0})));
        return artifact(features, windowRows, network, forecast, TailCalibration.of(List.of(scores(uncalibrated))));
    }

    /** Returns the same model with starting baselines for some entities. */
    static ModelArtifact knowing(ModelArtifact model, List<String> entities) {
        EntityBaseline borrowed = model.commonBaseline();
        List<RunningScale> views =
                IntStream.range(0, borrowed.views()).mapToObj(borrowed::view).toList();
        SortedMap<String, EntityBaseline> own = new TreeMap<>();
        for (String entity : entities) {
            own.put(entity, new EntityBaseline(views, borrowed.raw(), CALIBRATION_ROWS, 1));
        }
        return model.withBaselines(borrowed, own);
    }

    private static Forecast forecast(int rows, int features, SplittableRandom random) {
        float[] weights = new float[rows * features * features];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextDouble(-LARGEST_WEIGHT, LARGEST_WEIGHT);
        }
        return new Forecast(rows, weights, new float[features]);
    }

    private static ModelArtifact artifact(
            FeatureSchema features,
            int windowRows,
            Autoencoder network,
            @Nullable Forecast forecast,
            TailCalibration calibration) {
        float[] ones = new float[features.size()];
        Arrays.fill(ones, 1);
        float[] zeros = new float[features.size()];
        return ModelArtifact.uncalibrated(
                        features,
                        new Scaling(zeros, ones),
                        new Predictors(windowRows, network, forecast),
                        ScoreRule.DEFAULT,
                        ROW_INTERVAL,
                        new TreeMap<>())
                .with(ScoreRule.DEFAULT, calibration);
    }

    private static float[] scores(ModelArtifact model) {
        SyntheticObservations observations = new SyntheticObservations(model.features(), 1, SEED);
        WindowBuffer window =
                new WindowBuffer(model.contextRows(), 0, model.features().size());
        EntityBaseline start = model.startingBaseline("");
        EntityBaseline baseline = start.copy();
        float[] scores = new float[CALIBRATION_ROWS];
        try (Engine engine = EngineChoice.AUTO.open();
                WindowScorer scorer = new WindowScorer(model, engine, 1)) {
            for (int row = 1 - model.contextRows(); row < CALIBRATION_ROWS; row++) {
                int position = window.addStored(row, observations.values(), 0);
                if (row >= 0) {
                    scorer.clear();
                    Judgement judgement = scorer.judge(scorer.add(window, position), baseline, start);
                    scores[row] = (float) judgement.alarmScore();
                }
            }
        }
        return scores;
    }
}
