package dev.noether.lab.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.model.gradient.LayerArrays;
import dev.noether.model.symmetry.PenaltyOptions;
import dev.noether.testing.RandomizedTest;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class LatentSmoothnessTest extends RandomizedTest {
    private static final int ROWS = 5;

    private final Engine engine = new ReferenceEngine();
    private final Autoencoder network =
            Autoencoder.initialised(new AutoencoderShape(7, List.of(6), 3, List.of(6)), random());
    private final LayerArrays parameters = new LayerArrays(network);
    private final float[] batch = normals(random(), ROWS * 7);

    @Test
    void anEvaluationHasTheWeightOfItsInterval() {
        LayerArrays everyStep = gradient(PenaltyOptions.weighted(2).withInterval(1));
        LayerArrays everyThird = gradient(PenaltyOptions.weighted(2).withInterval(3));
        float[] single = everyStep.toAutoencoder().parameters();
        float[] triple = everyThird.toAutoencoder().parameters();
        assertThat(single).isNotEqualTo(new float[single.length]);
        for (int index = 0; index < single.length; index++) {
            single[index] *= 3;
        }
        assertThat(triple).containsExactly(single, within(1e-6f));
    }

    private LayerArrays gradient(PenaltyOptions options) {
        LatentSmoothness.Step step = new LatentSmoothness(options).new Step(engine, network);
        LayerArrays gradient = new LayerArrays(network.shape());
        float[] codes = normals(new SplittableRandom(1), ROWS * 3);
        step.differentiate(parameters, batch, codes, ROWS, new SplittableRandom(2), gradient);
        LayerArrays idle = new LayerArrays(network.shape());
        if (options.interval() > 1) {
            step.differentiate(parameters, batch, codes, ROWS, new SplittableRandom(2), idle);
        }
        assertThat(idle.toAutoencoder().parameters()).containsOnly(0);
        return gradient;
    }
}
