package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Five per cent of 300 features break, by four deviations, for an hour. */
final class WideBreakTest extends RandomizedTest {
    private static final int FEATURES = 300;
    private static final int BROKEN = 15;
    private static final float DEVIATIONS = 4;
    private static final int HISTORY = 4000;
    private static final int LIVE = 1500;
    private static final int BREAK = 1200;
    private static final int BREAK_ROWS = 60;
    private static final double MONTHLY = 1.0 / (30 * 1440);

    @Test
    void aBreakOfAFewAmongManyIsFound(RandomGenerator random) {
        float[] weights = normals(random, FEATURES);
        float[] rows = new float[(HISTORY + LIVE) * FEATURES];
        double latent = 0;
        for (int i = 0; i < HISTORY + LIVE; i++) {
            latent = 0.9 * latent + Math.sqrt(1 - 0.81) * random.nextGaussian();
            boolean isBroken = i >= HISTORY + BREAK && i < HISTORY + BREAK + BREAK_ROWS;
            for (int j = 0; j < FEATURES; j++) {
                double deviation = Math.sqrt(1 + weights[j] * weights[j]);
                double moved = isBroken && j % (FEATURES / BROKEN) == 0 ? DEVIATIONS * deviation : 0;
                rows[i * FEATURES + j] = (float) (weights[j] * latent + random.nextGaussian() + moved);
            }
        }
        try (Engine engine = new OpenBlasEngine()) {
            ModelArtifact model = SimulatedEntity.train(engine, rows, FEATURES, HISTORY, 1, 2);
            boolean[] alarms = SimulatedEntity.judge(engine, model, rows, HISTORY, MONTHLY);
            int found = 0;
            int falseAlarms = 0;
            for (int i = 0; i < LIVE; i++) {
                boolean isBroken = i >= BREAK && i < BREAK + BREAK_ROWS;
                found += alarms[i] && isBroken ? 1 : 0;
                falseAlarms += alarms[i] && (i < BREAK || i >= BREAK + 2 * BREAK_ROWS) ? 1 : 0;
            }
            System.out.printf("rows with an alarm: %d of %d; false alarms: %d%n", found, BREAK_ROWS, falseAlarms);
            assertThat(found).as("rows of the break with an alarm").isPositive();
            assertThat(falseAlarms).as("false alarms").isLessThanOrEqualTo(1);
        }
    }
}
