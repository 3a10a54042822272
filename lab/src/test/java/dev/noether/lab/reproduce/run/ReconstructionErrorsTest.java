package dev.noether.lab.reproduce.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.EngineChoice;
import dev.noether.model.series.SeriesSet;
import dev.noether.testing.RandomizedTest;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReconstructionErrorsTest extends RandomizedTest {
    @Test
    void anExampleByHand() {
        SeriesSet rows = SeriesSet.of(new float[] {1, 2, 3, 4}, 2, 2);
        assertThat(ReconstructionErrors.of(rows, new float[] {1, 4, 2, 5})).containsExactly(2, 1);
    }

    /** More rows than a batch of the engine holds, and a last batch that is not full. */
    @Test
    void theMeanIsOverTheFirstRowsWhateverTheBatches() {
        SeriesSet rows = SeriesSet.of(normals(random(), 600 * 5), 600, 5);
        Autoencoder network = Autoencoder.initialised(new AutoencoderShape(5, List.of(4), 2, List.of(4)), random());
        try (Engine engine = EngineChoice.AUTO.open()) {
            float[] errors = ReconstructionErrors.ofNetwork(engine, network, rows);
            assertThat(errors).hasSize(600);
            for (int count : new int[] {1, 256, 257, 600}) {
                double sum = 0;
                for (int row = 0; row < count; row++) {
                    sum += errors[row];
                }
                assertThat(ReconstructionErrors.mean(engine, network, rows, count))
                        .as("%d rows", count)
                        .isCloseTo(sum / count, within(1e-5));
            }
        }
    }
}
