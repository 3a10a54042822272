package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.model.feature.Scaling;
import dev.noether.model.training.EntityHistory.Run;
import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Each row's only value is its event time, so that the values of a window identify its rows. */
final class HistorySplitTest extends RandomizedTest {
    private static final Scaling AS_IT_IS = new Scaling(new float[] {0}, new float[] {1});
    private static final int WINDOW = 3;

    @Test
    void allEntitiesAreSplitAtTheSameTimes() {
        RandomGenerator random = random();
        for (int round = 0; round < 50; round++) {
            List<EntityHistory> histories = histories(random);
            HistorySplit split = new HistorySplit(histories, 1, options(0.2, 0.3, 1));
            WindowSet training = split.training(AS_IT_IS, WINDOW);
            WindowSet validation = split.validation(AS_IT_IS, WINDOW);

            List<Float> times = new ArrayList<>();
            histories.forEach(history -> history.runs().forEach(run -> {
                for (long time : run.times()) {
                    times.add((float) time);
                }
            }));
            times.sort(null);
            float validationFrom = times.get((int) (times.size() * (1 - 0.2 - 0.3)));
            float calibrationFrom = times.get((int) (times.size() * 0.7));
            assertThat(windows(training)).isEqualTo(windows(histories, Float.NEGATIVE_INFINITY, validationFrom));
            assertThat(windows(validation)).isEqualTo(windows(histories, validationFrom, calibrationFrom));
            for (float time : split.trainingRows()) {
                assertThat(time).isLessThan(validationFrom);
            }
            assertThat(split.trainingRows()).hasSize((int)
                    times.stream().filter(time -> time < validationFrom).count());
            assertThat((float) split.calibrationFrom()).isEqualTo(calibrationFrom);
            assertThat(split.allRows()).hasSize(times.size());
            float instant = times.get((int) (times.size() * 2L / 5));
            assertThat((float) split.instant(2, 5)).isEqualTo(instant);
            assertThat(windows(split.between(AS_IT_IS, WINDOW, (long) instant, (long) calibrationFrom)))
                    .isEqualTo(windows(histories, instant, calibrationFrom));
            assertThat(windows(split.whollyAfter(AS_IT_IS, WINDOW, (long) instant)))
                    .isEqualTo(windows(histories, instant, Float.POSITIVE_INFINITY).stream()
                            .filter(window -> window.get(1) >= instant)
                            .toList());
            assertThat(windows(split.beforeCalibration(AS_IT_IS, WINDOW)))
                    .isEqualTo(windows(histories, Float.NEGATIVE_INFINITY, calibrationFrom));
            WindowSet all = split.all(AS_IT_IS, WINDOW + 2);
            WindowSet ends = all.lastRows(WINDOW, WINDOW + 2, 1);
            assertThat(ends.count()).isEqualTo(all.count());
            for (int i = 0; i < ends.count(); i++) {
                for (int j = 0; j < WINDOW; j++) {
                    assertThat(ends.windows()[i * WINDOW + j]).isEqualTo(all.windows()[i * (WINDOW + 2) + 2 + j]);
                }
            }
            assertThat((float) split.from()).isEqualTo(times.get(0));
            assertThat((float) split.to()).isEqualTo(times.get(times.size() - 1) + 1);
        }
    }

    @Test
    void theMessageHasTheNumberOfRows() {
        List<EntityHistory> histories = List.of(EntityHistory.of("a", new long[] {1, 2, 3}, new float[] {1, 2, 3}));
        assertThatThrownBy(() -> new HistorySplit(histories, 1, options(0.1, 0.1, 4)))
                .isInstanceOf(HistoryTooShortException.class)
                .hasMessage("the history has 3 rows; a model needs at least 4");
        assertThatThrownBy(() -> new HistorySplit(List.of(), 1, options(0.1, 0.1, 1)))
                .isInstanceOf(HistoryTooShortException.class)
                .hasMessage("the history has 0 rows; a model needs at least 1");
        List<EntityHistory> instant = List.of(EntityHistory.of("a", new long[] {5, 5, 5}, new float[3]));
        assertThatThrownBy(() -> new HistorySplit(instant, 1, options(0.1, 0.1, 1)).trainingRows())
                .isInstanceOf(HistoryPartEmptyException.class)
                .hasMessage("the training part of the history has no row");
    }

    /** Windows by brute force: the entity's number, then the times of the rows. */
    private static List<List<Float>> windows(List<EntityHistory> histories, float from, float to) {
        List<List<Float>> windows = new ArrayList<>();
        for (int e = 0; e < histories.size(); e++) {
            for (Run run : histories.get(e).runs()) {
                for (int i = WINDOW - 1; i < run.count(); i++) {
                    if (run.times()[i] >= from && run.times()[i] < to) {
                        windows.add(List.of((float) e, (float) run.rows()[i - 2], (float) run.rows()[i - 1], (float)
                                run.rows()[i]));
                    }
                }
            }
        }
        return windows;
    }

    private static List<List<Float>> windows(WindowSet part) {
        List<List<Float>> windows = new ArrayList<>();
        for (int i = 0; i < part.count(); i++) {
            windows.add(List.of(
                    (float) part.entity()[i],
                    part.windows()[i * WINDOW],
                    part.windows()[i * WINDOW + 1],
                    part.windows()[i * WINDOW + 2]));
        }
        return windows;
    }

    /** Entities with different times and with gaps. */
    private static List<EntityHistory> histories(RandomGenerator random) {
        List<EntityHistory> histories = new ArrayList<>();
        for (int e = 0; e < 4; e++) {
            List<Run> runs = new ArrayList<>();
            long time = random.nextInt(100);
            for (int r = random.nextInt(1, 4); r > 0; r--) {
                long[] times = new long[random.nextInt(1, 60)];
                float[] rows = new float[times.length];
                for (int i = 0; i < times.length; i++) {
                    time += random.nextInt(1, 5);
                    times[i] = time;
                    rows[i] = time;
                }
                runs.add(new Run(times, rows));
                time += random.nextInt(50);
            }
            histories.add(new EntityHistory("entity-" + e, runs));
        }
        return histories;
    }

    private static HistoryOptions options(double validation, double calibration, int minRows) {
        return new HistoryOptions(minRows, validation, calibration);
    }
}
