package dev.noether.model.shape;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.shape.ShapeTrainer.Signal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShapeTrainingTest {
    private static final int ROWS = 5000;
    private static final int PERIOD = 50;

    /** The shape changes at 60 %: the rows just after it are judged without the prototypes that show the new shape. */
    @Test
    void aPartOfTheHistoryIsJudgedWithEarlierPrototypesOnly() {
        float[] values = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            double phase = 2 * Math.PI * i / PERIOD;
            double shape = Math.sin(phase) + Math.exp(12 * (Math.cos(phase) - 1));
            values[i] = (float) (shape + 0.02 * Math.sin(7.3 * i) + (i < ROWS * 3 / 5 ? 0 : 0.7 * Math.sin(3 * phase)));
        }
        Signal signal = new Signal(0, List.of("a"), List.of(new SignalRun(0, 0, values)));
        try (Engine engine = new OpenBlasEngine()) {
            ShapeTraining training = requireNonNull(
                    new ShapeTrainer(engine, ShapeChoice.ON, 1).train(signal).training());
            float[] scores = training.heldOut(engine, new int[] {ROWS}).get(0);
            double before = mean(scores, ROWS * 2 / 5, ROWS * 3 / 5);
            double changed = mean(scores, ROWS * 3 / 5 + 2 * PERIOD, ROWS * 4 / 5);
            double later = mean(scores, ROWS * 4 / 5, ROWS);
            assertThat(changed).isGreaterThan(before + 3).isGreaterThan(later + 3);
        }
    }

    private static double mean(float[] scores, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += scores[i];
        }
        return sum / (to - from);
    }
}
