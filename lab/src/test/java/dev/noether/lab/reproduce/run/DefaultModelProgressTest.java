package dev.noether.lab.reproduce.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.lab.series.SeriesProgress.Stage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DefaultModelProgressTest {
    private final List<Double> gains = new ArrayList<>();
    private final DefaultModelProgress progress = new DefaultModelProgress(gains::add);

    @Test
    void growsWithEachEpochOfBothStagesToTheWhole() {
        for (int epoch = 1; epoch <= 4; epoch++) {
            progress.completed(Stage.SELECTION, epoch, 4, 1);
        }
        for (int epoch = 1; epoch <= 2; epoch++) {
            progress.completed(Stage.TRAINING, epoch, 2, 1);
        }
        assertThat(gains).hasSize(6).allMatch(gain -> gain > 0);
        assertThat(sum()).isCloseTo(1, within(1e-12));
        progress.end();
        assertThat(sum()).isCloseTo(1, within(1e-12));
    }

    @Test
    void neverFallsWhereATrainingIsRepeatedOrLeftOut() {
        progress.completed(Stage.SELECTION, 3, 4, 1);
        double before = sum();
        progress.completed(Stage.SELECTION, 1, 4, 1);
        assertThat(sum()).isEqualTo(before);
        progress.end();
        assertThat(sum()).isCloseTo(1, within(1e-12));
        assertThat(gains).allMatch(gain -> gain >= 0);
    }

    private double sum() {
        return gains.stream().mapToDouble(Double::doubleValue).sum();
    }
}
