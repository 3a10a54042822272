package dev.noether.model.testing;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.calibration.Calibration;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.Scaling;
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
        entities.put("known", baseline(features, random));
        entities.put("known too", baseline(features, random));
        return new ModelArtifact(
                features(features),
                windowRows,
                new Scaling(numbers(features, -1, 1, random), numbers(features, 0.5, 2, random)),
                Autoencoder.initialised(new AutoencoderShape(width, List.of(8), 2, List.of(6)), random),
                0.01f,
                baseline(features, random),
                entities,
                Calibration.of(numbers(50, 0, 10, random), 0.9),
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
        entities.put("host-1", new EntityBaseline(new float[] {0.5f, -0.25f}, new float[] {1, 4}));
        return new ModelArtifact(
                new FeatureSchema(List.of("cpu", "memory °C")),
                2,
                new Scaling(new float[] {1.5f, -3}, new float[] {0.25f, 2}),
                new Autoencoder(shape, parameters),
                0.125f,
                new EntityBaseline(new float[] {0, 0.75f}, new float[] {0.5f, 2}),
                entities,
                Calibration.of(new float[] {1, 2, 2, 3, 8}, 0.75),
                new TreeMap<>(Map.of("seed", "7", "config", "detector: \"fleet\"\n")));
    }

    private static EntityBaseline baseline(int features, RandomGenerator random) {
        return new EntityBaseline(numbers(features, -0.5, 0.5, random), numbers(features, 0.1, 2, random));
    }

    private static float[] numbers(int count, double from, double to, RandomGenerator random) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble(from, to);
        }
        return numbers;
    }
}
