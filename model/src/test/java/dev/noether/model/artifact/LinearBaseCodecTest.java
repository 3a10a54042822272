package dev.noether.model.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.autoencoder.LinearBase;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.Scaling;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The linear part of a residual autoencoder in the artifact. */
final class LinearBaseCodecTest {
    private static final AutoencoderShape SHAPE = new AutoencoderShape(2, List.of(3), 1, List.of(3));

    @Test
    void isReadAsItWasWritten() throws ArtifactException {
        LinearBase base = new LinearBase(new float[] {1, -2}, new float[] {0.6f, 0.8f}, new float[] {3}, 0.25f);
        Autoencoder network = Autoencoder.residual(SHAPE, base, new SplittableRandom(3));
        assertThat(ArtifactCodec.decode(ArtifactCodec.encode(artifact(network))).network())
                .isEqualTo(network);
    }

    @Test
    void mayBeAbsent() throws ArtifactException {
        Autoencoder network = Autoencoder.initialised(SHAPE, new SplittableRandom(3));
        assertThat(ArtifactCodec.decode(ArtifactCodec.encode(artifact(network))).network())
                .isEqualTo(network);
    }

    private static ModelArtifact artifact(Autoencoder network) {
        return ModelArtifact.uncalibrated(
                new FeatureSchema(List.of("first", "second")),
                new Scaling(new float[2], new float[] {1, 1}),
                new Predictors(1, network, null),
                ScoreRule.DEFAULT,
                Duration.ofSeconds(1),
                new TreeMap<>());
    }
}
