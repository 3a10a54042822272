package dev.noether.model.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.model.gradient.LayerArrays;
import dev.noether.testing.RandomizedTest;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class TrainingMethodTest extends RandomizedTest {
    private final Engine engine = new ReferenceEngine();

    @Test
    void thePlainMethodAddsNothing() {
        Autoencoder network = Autoencoder.initialised(AutoencoderShape.derive(5, 2), random());
        MethodStep step = new Plain().step(engine, network, 3, random());
        float[] batch = normals(random(), 15);
        assertThat(step.input(batch, 3, random())).isSameAs(batch);
        LayerArrays gradient = new LayerArrays(network.shape());
        assertThat(step.differentiate(new LayerArrays(network), batch, new float[6], 3, random(), gradient))
                .isZero();
        assertThat(gradient.toAutoencoder().parameters()).containsOnly(0);
        assertThat(step.generators()).isEmpty();
    }

    @Test
    void denoisingAddsNoiseToTheInputOnly() {
        Autoencoder network = Autoencoder.initialised(AutoencoderShape.derive(50, 2), random());
        MethodStep step = new Denoising(0.3).step(engine, network, 200, random());
        float[] batch = normals(random(), 10_000);
        float[] before = batch.clone();
        float[] input = step.input(batch, 200, random());
        assertThat(batch).containsExactly(before);
        double squares = 0;
        for (int index = 0; index < batch.length; index++) {
            squares += Math.pow(input[index] - batch[index], 2);
        }
        // Ten thousand draws: the standard error of the deviation is 0.7 %, and 5 % are seven times that.
        assertThat(Math.sqrt(squares / batch.length)).isCloseTo(0.3, within(0.015));
    }

    @Test
    void findsTheFirstRegionOnTheSegment() {
        // Two units with kinks at codes 1 and 2, active on the same side.
        AutoencoderShape shape = new AutoencoderShape(2, List.of(), 1, List.of(2));
        float[] parameters = new float[shape.parameterCount()];
        parameters[shape.weightOffset(1)] = 1;
        parameters[shape.weightOffset(1) + 1] = 1;
        parameters[shape.biasOffset(1)] = -1;
        parameters[shape.biasOffset(1) + 1] = -2;
        Autoencoder network = new Autoencoder(shape, parameters);
        NeighbouringRegions regions = new NeighbouringRegions(engine, network, 3);
        float[] neighbours = new float[6];
        // From 0 to 1.9 there is one kink, from 0 to 0.9 none, from 2.5 down to 1.5 one.
        int found = regions.find(new LayerArrays(network), new float[] {0, 0, 2.5f, 1.9f, 0.9f, 1.5f}, 3, neighbours);
        assertThat(found).isEqualTo(2);
        assertThat(neighbours[0]).isZero();
        assertThat(neighbours[1]).isEqualTo(2.5f);
        assertThat(neighbours[2]).isGreaterThan(1).isLessThan(1.002f);
        assertThat(neighbours[3]).isLessThanOrEqualTo(2).isGreaterThan(1.998f);
    }

    @Test
    void anAffineDecoderHasOneRegion() {
        Autoencoder network = Autoencoder.initialised(new AutoencoderShape(4, List.of(3), 2, List.of()), random());
        LieSecondOrder.Step step = LieSecondOrder.weighted(1).new Step(engine, network, random());
        LayerArrays gradient = new LayerArrays(network.shape());
        assertThat(step.differentiate(new LayerArrays(network), normals(random(), 32), gradient))
                .isZero();
        assertThat(gradient.toAutoencoder().parameters()).containsOnly(0);
    }

    @Test
    void theSearchEndsInAnotherRegionOrFindsNone() {
        RandomGenerator random = random();
        Autoencoder network = Autoencoder.initialised(new AutoencoderShape(9, List.of(8), 3, List.of(8, 8)), random);
        LieSecondOrder.Step step = LieSecondOrder.weighted(1).new Step(engine, network, random);
        double value =
                step.differentiate(new LayerArrays(network), normals(random, 48), new LayerArrays(network.shape()));
        assertThat(step.foundPairs()).isBetween(1, 8);
        assertThat(value).isPositive();
    }

    @Test
    void refusesInvalidArguments() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Denoising(Double.NaN))
                .withMessage("`noise` must be finite and above 0 (got NaN)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Contractive(-1, 1, 1, 1))
                .withMessage("`weight` must be finite and at least 0 (got -1.0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Contractive(1, Double.NaN, 1, 1))
                .withMessage("`differenceWeight` must be finite and at least 0 (got NaN)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Contractive(1, 1, 0, 1))
                .withMessage("`noise` must be finite and above 0 (got 0.0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Contractive(1, 1, 1, 0))
                .withMessage("`neighbours` must be at least 1 (got 0)");
    }
}
