package dev.noether.flink.scoring;

import dev.noether.flink.release.ModelStore;
import dev.noether.model.alarm.TailCalibration;
import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.artifact.Predictors;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.autoencoder.Forecast;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.RunningScale;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.Scaling;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseCalibration;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.ReleasedArtifact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Small models with random weights, stored and announced: what a test of the plumbing needs, without a training. */
public final class TestingModels {
    public static final String DETECTOR = "testing";

    private final ModelStore store;
    private final String detector;

    public TestingModels(Path folder) {
        this(folder, DETECTOR);
    }

    /** The releases are of this detector. */
    public TestingModels(Path folder, String detector) {
        store = new ModelStore(folder.toUri());
        this.detector = detector;
    }

    public static FeatureSchema features(int count) {
        return new FeatureSchema(
                IntStream.range(0, count).mapToObj(i -> "f" + i).toList());
    }

    /** A model with random weights that knows {@code entity-0} and nobody else. */
    public static ModelArtifact model(int features, int windowRows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int width = features * windowRows;
        float[] ones = new float[features];
        Arrays.fill(ones, 1);
        ModelArtifact uncalibrated = ModelArtifact.uncalibrated(
                features(features),
                new Scaling(new float[features], ones),
                new Predictors(
                        windowRows,
                        Autoencoder.initialised(
                                new AutoencoderShape(width, List.of(8), Math.min(3, width), List.of(8)), random),
                        forecast(features, windowRows - 1, random)),
                ScoreRule.DEFAULT,
                Duration.ofSeconds(1),
                new TreeMap<>(Map.of("seed", String.valueOf(seed))));
        ModelArtifact calibrated =
                uncalibrated.with(ScoreRule.DEFAULT, TailCalibration.of(List.of(new float[] {1, 2, 3})));
        RunningScale unit = new RunningScale(new float[features], ones);
        List<RunningScale> views = Collections.nCopies(calibrated.views(), unit);
        EntityBaseline settled = new EntityBaseline(views, unit, EntityBaseline.SETTLED, 1);
        return calibrated.withBaselines(calibrated.commonBaseline(), new TreeMap<>(Map.of("entity-0", settled)));
    }

    /** From the other rows of the window, where it has any. */
    private static @Nullable Forecast forecast(int features, int rows, RandomGenerator random) {
        if (rows == 0) {
            return null;
        }
        float[] weights = new float[rows * features * features];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextGaussian(0, 0.3);
        }
        return new Forecast(rows, weights, new float[features]);
    }

    /** Stores a model and returns its release. */
    public ModelRelease release(long version, long effectiveFrom, ModelArtifact model) {
        return release(version, effectiveFrom, ArtifactCodec.encode(model), model.features());
    }

    /** Stores bytes, whatever they are, and returns a release that announces exactly them. */
    public ModelRelease release(long version, long effectiveFrom, byte[] artifact, FeatureSchema features) {
        try {
            URI uri = store.write(detector, version, artifact);
            return release(detector, version, effectiveFrom, uri.toString(), ArtifactCodec.hash(artifact), features);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ModelRelease release(
            long version, long effectiveFrom, String uri, String sha256, FeatureSchema features) {
        return release(DETECTOR, version, effectiveFrom, uri, sha256, features);
    }

    public static ModelRelease release(
            String detector, long version, long effectiveFrom, String uri, String sha256, FeatureSchema features) {
        return new ModelRelease(
                detector,
                version,
                new ReleasedArtifact(uri, sha256, 0),
                features.fingerprint(),
                effectiveFrom,
                ReleaseStage.CHAMPION,
                0,
                new ReleaseCalibration(0.9, 3, 3),
                Map.of());
    }

    /** The same file with another format version in Avro's header: the key's bytes, a length of 1, the digit. */
    public static byte[] ofFutureFormat(byte[] artifact) {
        String text = new String(artifact, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("noether.format") + "noether.format".length() + 1;
        int format = text.charAt(at) - '0';
        if (format != ArtifactCodec.FORMAT_VERSION) {
            throw new IllegalArgumentException(
                    "expected format " + ArtifactCodec.FORMAT_VERSION + " at byte " + at + " (got " + format + ")");
        }
        byte[] changed = artifact.clone();
        changed[at]++;
        return changed;
    }
}
