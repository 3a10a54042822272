package dev.noether.model.training;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.autoencoder.LinearBase;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.model.training.LearnedPartDecision.BreakAreas;
import dev.noether.testing.RandomizedTest;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Windows of one row with two features that are equal but for a little noise. */
final class LearnedPartDecisionTest extends RandomizedTest {
    private static final AutoencoderShape SHAPE = new AutoencoderShape(2, List.of(), 1, List.of());
    private static final float HALF = (float) Math.sqrt(0.5);

    private final Engine engine = new ReferenceEngine();

    @Test
    void aNetworkThatAddsNothingToItsBaseHasNoLearnedPart() {
        Autoencoder network = Autoencoder.residual(SHAPE, base(HALF, HALF), random());
        assertThat(decide(network)).isEqualTo(new LearnedPartDecision(false, null));
    }

    @Test
    void aNetworkWithoutABaseIsUsedWithoutAChoice() {
        Autoencoder network = Autoencoder.initialised(SHAPE, random());
        assertThat(decide(network)).isEqualTo(new LearnedPartDecision(true, null));
    }

    @Test
    void aLearnedPartThatDetectsNoMoreBreaksIsNotUsed() {
        Autoencoder network = learned(base(HALF, HALF), 1e-3f);
        LearnedPartDecision decision = decide(network);
        BreakAreas areas = requireNonNull(decision.areas());
        assertThat(decision.isUsed()).isFalse();
        assertThat(areas.baseAlone()).isGreaterThan(0.9);
        assertThat(areas.withLearnedPart()).isBetween(areas.baseAlone() - 0.05, areas.baseAlone() + 0.05);
    }

    /** The base knows the first feature only; the learned part predicts the second one from it. */
    @Test
    void aLearnedPartThatDetectsMoreBreaksIsUsed() {
        float[] parameters = new float[SHAPE.parameterCount()];
        // The last layer maps the code to the second feature.
        parameters[SHAPE.weightOffset(1) + 1] = 1;
        Autoencoder network = new Autoencoder(SHAPE, parameters, base(1, 0));
        LearnedPartDecision decision = decide(network);
        BreakAreas areas = requireNonNull(decision.areas());
        assertThat(decision.isUsed()).isTrue();
        assertThat(areas.withLearnedPart()).isGreaterThan(areas.baseAlone() + 0.05);
    }

    @Test
    void theSameSeedMeasuresTheSameAreas() {
        Autoencoder network = learned(base(HALF, HALF), 0.1f);
        assertThat(decide(network)).isEqualTo(decide(network));
        WindowSet train = pairs(random(), 1);
        LearnedPartDecision other = LearnedPartDecision.of(engine, network, 2, train, pairs(random(), 2), 8);
        assertThat(other).isNotEqualTo(decide(network));
    }

    private LearnedPartDecision decide(Autoencoder network) {
        return LearnedPartDecision.of(engine, network, 2, pairs(random(), 1), pairs(random(), 2), 7);
    }

    private static LinearBase base(float first, float second) {
        return new LinearBase(new float[2], new float[] {first, second}, new float[] {1}, 1);
    }

    private static Autoencoder learned(LinearBase base, float size) {
        float[] parameters = normals(random(), SHAPE.parameterCount());
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] *= size;
        }
        return new Autoencoder(SHAPE, parameters, base);
    }

    private static WindowSet pairs(RandomGenerator random, int part) {
        int count = 1000;
        float[] rows = new float[2 * count];
        for (int i = 0; i < count; i++) {
            float value = (float) random.nextGaussian() * part;
            rows[2 * i] = value + (float) random.nextGaussian(0, 0.01);
            rows[2 * i + 1] = value + (float) random.nextGaussian(0, 0.01);
        }
        return new WindowSet(rows, new int[count], count);
    }
}
