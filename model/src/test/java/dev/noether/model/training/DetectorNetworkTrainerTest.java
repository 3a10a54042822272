package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.model.engine.Engine;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.model.testing.TestingArtifacts;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DetectorNetworkTrainerTest extends RandomizedTest {
    private static final int FEATURES = TestingHistories.FEATURES;
    private static final int WINDOW = TestingHistories.WINDOW;
    private static final int ROWS = TestingHistories.ROWS;
    private static final long MINUTE = TestingHistories.MINUTE;

    private final Engine engine = new ReferenceEngine();

    @Test
    void theNetworkIsTrainedOnTheTrainingPartAlone() {
        List<EntityHistory> histories = TestingHistories.histories(random(), 2);
        HistorySplit split = TestingHistories.split(histories);
        DetectorNetwork network = TestingHistories.network(engine, split);
        assertThat(network.train().count()).isEqualTo(2 * (ROWS * 3 / 5 - WINDOW + 1));
        assertThat(network.validation().count()).isEqualTo(2 * ROWS / 5);
        Fold afterwards = new Fold(split.calibrationFrom(), Long.MAX_VALUE, TestingArtifacts.plain());
        List<EntityHistory> changed = TestingHistories.reversed(histories, afterwards);
        DetectorNetwork other = TestingHistories.network(engine, TestingHistories.split(changed));
        assertThat(other.scaling()).isEqualTo(network.scaling());
        assertThat(other.trained().autoencoder()).isEqualTo(network.trained().autoencoder());
    }

    @Test
    void aNetworkNeedsWindowsForTrainingAndValidation() {
        long[] times = new long[100];
        Arrays.setAll(times, i -> i < 50 ? 0 : MINUTE);
        HistorySplit split = TestingHistories.split(List.of(EntityHistory.of("a", times, new float[100 * FEATURES])));
        assertThatThrownBy(() -> TestingHistories.network(engine, split))
                .isInstanceOf(HistoryPartEmptyException.class)
                .hasMessage("the history has 49 windows of 2 rows for training and 0 for validation;"
                        + " each needs at least one");
    }
}
