package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The alarm budget of entities whose history is some thousand rows and does not look the same from end to end. */
final class ShortHistoryBudgetTest extends RandomizedTest {
    private static final int HISTORY = 2500;
    private static final int LIVE = 4000;
    private static final int FEATURES = 5;
    private static final double RATE = 1e-3;

    /** The starting baseline never adapts. Before, each row behind the change raised an alarm. */
    @Test
    void aNewLevelThatStaysIsTheNewNormal() {
        RandomGenerator random = random();
        int change = HISTORY + 500;
        double[] rows = new double[(HISTORY + LIVE) * FEATURES];
        for (int i = 0; i < HISTORY + LIVE; i++) {
            for (int j = 0; j < FEATURES; j++) {
                rows[i * FEATURES + j] = random.nextGaussian() + (j == 0 && i >= change ? 30 : 0);
            }
        }
        boolean[] alarms = alarms(rows);
        assertThat(alarms[change - HISTORY]).as("the change is told").isTrue();
        assertThat(count(alarms, change - HISTORY + 1000, LIVE)).isLessThan(15);
    }

    /** Only the first fifth of the history is busy, in bursts as behind it. Before, each burst raised alarms. */
    @Test
    void behaviourThatOnlyTheFirstRowsShowIsPartOfTheCalibration() {
        RandomGenerator random = random();
        double[] rows = new double[(HISTORY + LIVE) * FEATURES];
        for (int i = 0; i < HISTORY + LIVE; i++) {
            boolean isBusy = i < 450 || i >= HISTORY && i < HISTORY + 450;
            for (int j = 0; j < FEATURES; j++) {
                int phase = i % 48;
                rows[i * FEATURES + j] = isBusy && phase < 17 && phase % FEATURES == j && random.nextInt(8) > 0 ? 1 : 0;
            }
        }
        assertThat(count(alarms(rows), 0, LIVE)).isLessThan(20);
    }

    private static boolean[] alarms(double[] rows) {
        try (Engine engine = new OpenBlasEngine()) {
            ModelArtifact model = SimulatedEntity.train(engine, rows, FEATURES, HISTORY, 4, 5);
            return SimulatedEntity.judge(engine, model, rows, HISTORY, RATE);
        }
    }

    private static int count(boolean[] alarms, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += alarms[i] ? 1 : 0;
        }
        return count;
    }
}
