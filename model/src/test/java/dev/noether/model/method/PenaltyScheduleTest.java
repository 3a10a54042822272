package dev.noether.model.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.model.gradient.Adam;
import dev.noether.model.gradient.LayerArrays;
import dev.noether.model.symmetry.Generators;
import dev.noether.model.symmetry.PenaltyOptions;
import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Penalties that are evaluated in some of the steps only. */
final class PenaltyScheduleTest extends RandomizedTest {
    private static final int ROWS = 5;

    private final Engine engine = new ReferenceEngine();
    private final Autoencoder network =
            Autoencoder.initialised(new AutoencoderShape(7, List.of(6), 3, List.of(6)), random());
    private final LayerArrays parameters = new LayerArrays(network);
    private final float[] batch = normals(random(), ROWS * 7);

    @Test
    void theFirstStepOfEachIntervalEvaluates() {
        PenaltySchedule schedule = new PenaltySchedule(3);
        List<Boolean> due = new ArrayList<>();
        for (int step = 0; step < 7; step++) {
            due.add(schedule.begin());
        }
        assertThat(due).containsExactly(true, false, false, true, false, false, true);
        assertThat(new PenaltySchedule(1).begin()).isTrue();
    }

    @Test
    void firstOrderDrawsPointsInStepsThatEvaluate() {
        LieFirstOrder.Step step =
                new LieFirstOrder(PenaltyOptions.weighted(2).withSamples(4).withInterval(3))
                .new Step(engine, network, random());
        assertThat(step.mostLatentRows()).isEqualTo(8);
        float[] codes = normals(random(), (ROWS + 8) * 3);
        float[] output = normals(random(), (ROWS + 8) * 7);
        float[] gradient = new float[output.length];
        List<Integer> drawn = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int index = 0; index < 4; index++) {
            drawn.add(step.drawLatentPoints(codes, ROWS, random()));
            float[] before = gradient.clone();
            values.add(step.differentiateAtLatentPoints(output, ROWS, gradient));
            if (drawn.get(index) == 0) {
                assertThat(gradient).containsExactly(before);
            }
        }
        assertThat(drawn).containsExactly(8, 0, 0, 8);
        assertThat(values.get(0)).isPositive();
        assertThat(values.subList(1, 3)).containsOnly(values.get(0));
    }

    @Test
    void generatorsDoNotChangeBetweenEvaluationsOfTheSecondOrder() {
        LieSecondOrder.Step step =
                new LieSecondOrder(PenaltyOptions.weighted(2).withInterval(2)).new Step(engine, network, random());
        LayerArrays gradient = new LayerArrays(network.shape());
        float[] codes = normals(random(), ROWS * 3);
        Adam adam = new Adam(1e-2, 0, 0);
        List<Generators> after = new ArrayList<>();
        double value = 0;
        for (int index = 0; index < 3; index++) {
            double given = step.differentiate(parameters, batch, codes, ROWS, random(), gradient);
            adam.beginStep();
            step.update(adam);
            after.add(step.generators().orElseThrow());
            if (index == 1) {
                assertThat(given).isEqualTo(value);
            }
            value = given;
        }
        assertThat(step.foundPairs()).isPositive();
        assertThat(after.get(1)).isEqualTo(after.get(0));
        assertThat(after.get(2)).isNotEqualTo(after.get(1));
    }
}
