package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.series.SeriesSet;
import dev.noether.model.symmetry.learned.PrincipalComponentsLoss;
import dev.noether.model.symmetry.learned.SyntheticOrbit;
import dev.noether.model.training.WindowSymmetry.Chosen;
import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The choice of a symmetry of windows, or of none. */
final class WindowSymmetryTest extends RandomizedTest {
    private static final int WIDTH = 16;

    @Test
    void noneDoesNotChangeTheWindows() {
        float[] windows = normals(random(), 40 * WIDTH);
        Chosen chosen = WindowSymmetry.NONE.choose(windows, 40, WIDTH, 3, 1);
        assertThat(chosen.windows()).isSameAs(windows);
        assertThat(chosen.count()).isEqualTo(40);
        assertThat(chosen.words()).isEqualTo("none");
    }

    @Test
    void linearWindowsGainNothing() {
        // Three directions with little noise, all of them in the code: every motion increases the error.
        RandomGenerator random = random();
        float[] directions = normals(random, 3 * WIDTH);
        float[] amounts = normals(random, 200 * 3);
        float[] windows = normals(random, 200 * WIDTH);
        for (int index = 0; index < windows.length; index++) {
            windows[index] *= 0.05f;
            for (int direction = 0; direction < 3; direction++) {
                windows[index] +=
                        amounts[index / WIDTH * 3 + direction] * directions[direction * WIDTH + index % WIDTH];
            }
        }
        Chosen chosen = WindowSymmetry.VALIDATED.choose(windows, 200, WIDTH, 3, 1);
        assertThat(chosen.words()).isEqualTo("none");
        assertThat(chosen.windows()).isSameAs(windows);
    }

    /**
     * Rotations are a symmetry of noise. Validation sometimes chooses one, which does not increase the error on new
     * noise.
     */
    @Test
    void noiseIsReconstructedNoWorse() {
        RandomGenerator random = random();
        for (int draw = 0; draw < 3; draw++) {
            int count = random.nextInt(20, 50);
            float[] windows = normals(random, count * WIDTH);
            SeriesSet others = SeriesSet.of(normals(random, 4000 * WIDTH), 4000, WIDTH);
            int codeSize = random.nextInt(2, 9);
            Chosen chosen = WindowSymmetry.VALIDATED.choose(windows, count, WIDTH, codeSize, draw);
            PrincipalComponentsLoss error = new PrincipalComponentsLoss(codeSize);
            assertThat(error.of(SeriesSet.of(chosen.windows(), chosen.count(), WIDTH), others))
                    .as("%d windows, %s", count, chosen.words())
                    .isLessThan(1.01 * error.of(SeriesSet.of(windows, count, WIDTH), others));
        }
    }

    @Test
    void anOrbitOfFewWindowsIsMovedAlong() {
        RandomGenerator random = random();
        SeriesSet orbit = SyntheticOrbit.circularShift(random, 4).sample(random, 12, 0.1);
        Chosen chosen = WindowSymmetry.VALIDATED.choose(orbit.values(), 12, SyntheticOrbit.LENGTH, 8, 1);
        assertThat(chosen.words()).startsWith("learned rotation, strength");
        assertThat(chosen.count()).isGreaterThan(2 * 12);
        assertThat(chosen.windows()).hasSizeGreaterThanOrEqualTo(chosen.count() * SyntheticOrbit.LENGTH);
        // The same once more.
        assertThat(WindowSymmetry.VALIDATED
                        .choose(orbit.values(), 12, SyntheticOrbit.LENGTH, 8, 1)
                        .windows())
                .containsExactly(chosen.windows());
    }

    @Test
    void tooFewWindowsAreNotChanged() {
        float[] windows = normals(random(), 3 * WIDTH);
        assertThat(WindowSymmetry.VALIDATED.choose(windows, 3, WIDTH, 3, 1).words())
                .startsWith("none");
    }
}
