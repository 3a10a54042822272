package dev.noether.model.testing;

import dev.noether.model.alarm.TailCalibration;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.autoencoder.Forecast;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.RunningScale;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.Scaling;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Small models that nobody trained. */
public final class TestingArtifacts {
    private TestingArtifacts() {}

    public static FeatureSchema features(int count) {
        return new FeatureSchema(
                IntStream.range(0, count).mapToObj(j -> "feature-" + j).toList());
    }

    /** A model with random weights, scaling, baselines and calibration. */
    public static ModelArtifact random(int features, int windowRows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int width = features * windowRows;
        TreeMap<String, EntityBaseline> entities = new TreeMap<>();
        entities.put("known", baseline(features, 1 << 20, random));
        entities.put("known too", baseline(features, 1 << 20, random));
        return new ModelArtifact(
                features(features),
                windowRows,
                new Scaling(numbers(features, -1, 1, random), numbers(features, 0.5, 2, random)),
                Autoencoder.initialised(new AutoencoderShape(width, List.of(8), 2, List.of(6)), random),
                forecast(features, random),
                new ScoreRule(0.01f, 0.02f, 0.003f, 0.1f, 0.2f, 0.3f, 2, 0.5f, 1.5f),
                baseline(features, 0, random),
                entities,
                TailCalibration.of(List.of(numbers(50, 0, 10, random))),
                Duration.ofMillis(random.nextInt(1, 100_000)),
                new TreeMap<>(Map.of("seed", String.valueOf(seed), "data.from", "1970-01-01T00:00:00Z")));
    }

    /** A model of plain fractions: the same on every machine and in every Java. */
    public static ModelArtifact plain() {
        AutoencoderShape shape = new AutoencoderShape(4, List.of(3), 1, List.of(2));
        float[] parameters = new float[shape.parameterCount()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (i - 10) / 8f;
        }
        TreeMap<String, EntityBaseline> entities = new TreeMap<>();
        entities.put("host-1", former(1 << 20, new float[] {0.5f, -0.25f}, new float[] {1, 4}));
        return new ModelArtifact(
                new FeatureSchema(List.of("cpu", "memory °C")),
                2,
                new Scaling(new float[] {1.5f, -3}, new float[] {0.25f, 2}),
                new Autoencoder(shape, parameters),
                null,
                ScoreRule.FORMER.withAdaptationRate(0.125f),
                former(0, new float[] {0, 0.75f}, new float[] {0.5f, 2}),
                entities,
                TailCalibration.of(List.of(new float[] {1, 2, 2, 3, 8})),
                Duration.ofMinutes(1),
                new TreeMap<>(Map.of("seed", "7", "config", "detector: \"fleet\"\n")));
    }

    /** What the second format knows beyond the first, on top of {@link #plain}. */
    public static ModelArtifact plainWithForecast() {
        ModelArtifact plain = plain();
        RunningScale residual = new RunningScale(new float[] {0.5f, -0.25f}, new float[] {1, 4});
        RunningScale forecast = new RunningScale(new float[] {0.125f, 8}, new float[] {2, 3});
        RunningScale raw = new RunningScale(new float[] {-1, 1}, new float[] {0.25f, 0.5f});
        TreeMap<String, EntityBaseline> entities = new TreeMap<>();
        entities.put("host-1", new EntityBaseline(List.of(residual, forecast), raw, 77, 1));
        return new ModelArtifact(
                plain.features(),
                plain.windowRows(),
                plain.scaling(),
                plain.network(),
                new Forecast(1, new float[] {0.5f, 0, -0.25f, 1}, new float[] {0.75f, -3}),
                new ScoreRule(0.25f, 0.125f, 0.5f, 0, 0.75f, 0.0625f, 4, 0.375f, 2.5f),
                new EntityBaseline(List.of(forecast, residual), raw, 0, 1),
                entities,
                plain.calibration(),
                plain.rowInterval(),
                plain.provenance());
    }

    /** The same model without its second view. */
    public static ModelArtifact withoutForecast(ModelArtifact model) {
        TreeMap<String, EntityBaseline> entities = new TreeMap<>();
        model.entityResiduals().forEach((entity, baseline) -> entities.put(entity, firstView(baseline)));
        return new ModelArtifact(
                model.features(),
                model.windowRows(),
                model.scaling(),
                model.network(),
                null,
                model.rule(),
                firstView(model.residuals()),
                entities,
                model.calibration(),
                model.rowInterval(),
                model.provenance());
    }

    /** The same model with another network. */
    public static ModelArtifact withNetwork(ModelArtifact model, Autoencoder network) {
        return new ModelArtifact(
                model.features(),
                model.windowRows(),
                model.scaling(),
                network,
                model.forecast(),
                model.rule(),
                model.residuals(),
                model.entityResiduals(),
                model.calibration(),
                model.rowInterval(),
                model.provenance());
    }

    private static EntityBaseline firstView(EntityBaseline baseline) {
        return new EntityBaseline(List.of(baseline.view(0)), baseline.raw(), baseline.rows(), baseline.memory());
    }

    /** A baseline as the first format held it: of the reconstruction alone. */
    private static EntityBaseline former(int rows, float[] mean, float[] variance) {
        RunningScale unit = new RunningScale(new float[mean.length], new float[] {1, 1});
        return new EntityBaseline(List.of(new RunningScale(mean, variance)), unit, rows, 1);
    }

    private static Forecast forecast(int features, RandomGenerator random) {
        int rows = random.nextInt(1, 4);
        return new Forecast(
                rows, numbers(rows * features * features, -0.3, 0.3, random), numbers(features, -1, 1, random));
    }

    private static EntityBaseline baseline(int features, int rows, RandomGenerator random) {
        return new EntityBaseline(
                List.of(scale(features, random), scale(features, random)), scale(features, random), rows, 1);
    }

    private static RunningScale scale(int features, RandomGenerator random) {
        return new RunningScale(numbers(features, -0.5, 0.5, random), numbers(features, 0.1, 2, random));
    }

    private static float[] numbers(int count, double from, double to, RandomGenerator random) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble(from, to);
        }
        return numbers;
    }
}
