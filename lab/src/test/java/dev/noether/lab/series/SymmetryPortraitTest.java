package dev.noether.lab.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.series.SeriesSet;
import dev.noether.model.symmetry.learned.SymmetryCandidate;
import dev.noether.model.symmetry.learned.SymmetryFamily;
import dev.noether.testing.RandomizedTest;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class SymmetryPortraitTest extends RandomizedTest {
    private static final int LENGTH = 60;

    @Test
    void theLearnedGeneratorOfShiftedSeriesIsAShift() {
        SymmetryPortrait portrait =
                SymmetryPortrait.of(new SymmetryCandidate(SymmetryFamily.LEARNED_WARP, 0, 1), shifted(60), 3);
        assertThat(portrait.motions()).hasSize(6);
        assertThat(portrait.series()).hasSize(LENGTH);
        assertThat(portrait.explainedShare()).isBetween(0.5, 1.0);
        SymmetryPortrait.Motion leading = portrait.motions().get(0);
        double strength = leading.strength();
        assertThat(strength).isGreaterThan(3 * portrait.motions().get(1).strength());
        // Every sample moves alike.
        for (int time = 0; time < LENGTH; time++) {
            assertThat(Math.abs(leading.velocity().get(time))).isCloseTo(strength, within(0.35 * strength));
        }
        assertThat(leading.moved()).hasSize(SymmetryPortrait.STEPS.size());
        assertThat(leading.moved().get(0)).isNotEqualTo(portrait.series());
    }

    @Test
    void everyFamilyHasAPortraitThatMovesFartherTheStrongerItIs() {
        SeriesSet training = shifted(20);
        for (SymmetryFamily family : SymmetryFamily.values()) {
            SymmetryPortrait weak = SymmetryPortrait.of(new SymmetryCandidate(family, 0, 0.2), training, 0);
            SymmetryPortrait strong = SymmetryPortrait.of(new SymmetryCandidate(family, 0, 0.8), training, 0);
            assertThat(strong.motions().get(0).velocity())
                    .as(family.name())
                    .isEqualTo(weak.motions().get(0).velocity());
            assertThat(distance(strong)).as(family.name()).isGreaterThan(distance(weak));
            assertThat(Double.isNaN(strong.explainedShare()))
                    .as(family.name())
                    .isEqualTo(family.name().startsWith("PRESCRIBED"));
        }
    }

    private static double distance(SymmetryPortrait portrait) {
        List<Double> moved = portrait.motions().get(0).moved().get(2);
        double squares = 0;
        for (int time = 0; time < moved.size(); time++) {
            squares += Math.pow(moved.get(time) - portrait.series().get(time), 2);
        }
        return squares;
    }

    private static SeriesSet shifted(int count) {
        RandomGenerator random = new SplittableRandom(5);
        float[] values = new float[count * LENGTH];
        for (int index = 0; index < count; index++) {
            double shift = 3 * random.nextGaussian();
            double height = 1 + 0.1 * random.nextGaussian();
            for (int time = 0; time < LENGTH; time++) {
                double place = time - shift;
                double value = height * (Math.sin(0.5 * place) + Math.cos(0.23 * place));
                values[index * LENGTH + time] = (float) (value + 0.01 * random.nextGaussian());
            }
        }
        return SeriesSet.of(values, count, LENGTH);
    }
}
