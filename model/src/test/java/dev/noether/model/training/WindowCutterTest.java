package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.noether.model.feature.Scaling;
import dev.noether.model.training.EntityHistory.Run;
import dev.noether.testing.RandomizedTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Compares the windows with a slow search over all rows. */
final class WindowCutterTest extends RandomizedTest {
    private static final int FEATURES = 2;
    private static final int INTERVAL = 10;
    private static final Scaling SCALING = new Scaling(new float[] {1, -2}, new float[] {2, 0.25f});

    @Test
    void cutsEachWindowWhoseNewestRowLiesInTheRange() {
        RandomGenerator random = random();
        int windows = 0;
        for (int round = 0; round < 300; round++) {
            List<EntityHistory> histories = histories(random);
            int windowRows = random.nextInt(1, 6);
            long from = random.nextInt(400);
            long to = from + random.nextInt(400);
            WindowSet cut = cutter(histories).cut(SCALING, windowRows, from, to);
            windows += assertWindows(cut, histories, windowRows, from, to, false);
        }
        assertThat(windows).isGreaterThan(1000);
    }

    @Test
    void cutsEachWindowWithoutARowBeforeATime() {
        RandomGenerator random = random();
        int windows = 0;
        for (int round = 0; round < 300; round++) {
            List<EntityHistory> histories = histories(random);
            int windowRows = random.nextInt(1, 6);
            long from = random.nextInt(400);
            WindowSet cut = cutter(histories).cutWhollyAfter(SCALING, windowRows, from);
            windows += assertWindows(cut, histories, windowRows, from, Long.MAX_VALUE, true);
        }
        assertThat(windows).isGreaterThan(1000);
    }

    /** Ranges without gaps between them share out all windows. */
    @Test
    void consecutiveRangesHaveEachWindowOnce() {
        RandomGenerator random = random();
        for (int round = 0; round < 50; round++) {
            WindowCutter cutter = cutter(histories(random));
            long first = random.nextInt(300);
            long second = first + random.nextInt(300);
            int all = cutter.cut(SCALING, 3, Long.MIN_VALUE, Long.MAX_VALUE).count();
            int before = cutter.cut(SCALING, 3, Long.MIN_VALUE, first).count();
            int between = cutter.cut(SCALING, 3, first, second).count();
            int after = cutter.cut(SCALING, 3, second, Long.MAX_VALUE).count();
            assertThat(before + between + after).isEqualTo(all);
            assertThat(cutter.cutWhollyAfter(SCALING, 3, second).count()).isLessThanOrEqualTo(after);
        }
    }

    @Test
    void refusesWindowsThatDoNotFitIntoAnArray() {
        int rows = 100_000;
        Run run = new Run(new long[rows], new float[rows]);
        WindowCutter cutter =
                new WindowCutter(List.of(new EntityHistory("a", List.of(run))), 1, Duration.ofMillis(1), null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cutter.cut(new Scaling(new float[1], new float[] {1}), 50_000, 0, 1))
                .withMessage("50001 windows of 50000 values do not fit into memory; reduce the sample or the window");
    }

    private static int assertWindows(
            WindowSet cut, List<EntityHistory> histories, int windowRows, long from, long to, boolean whole) {
        List<float[]> expected = new ArrayList<>();
        List<Integer> entities = new ArrayList<>();
        for (int e = 0; e < histories.size(); e++) {
            for (Run run : histories.get(e).runs()) {
                for (int newest = windowRows - 1; newest < run.count(); newest++) {
                    long decisive = run.times()[whole ? newest - windowRows + 1 : newest];
                    if (decisive >= from && run.times()[newest] < to) {
                        expected.add(window(run, newest, windowRows));
                        entities.add(e);
                    }
                }
            }
        }
        assertThat(cut.count()).isEqualTo(expected.size());
        int width = windowRows * FEATURES;
        for (int i = 0; i < cut.count(); i++) {
            assertThat(cut.entity()[i]).isEqualTo(entities.get(i));
            assertThat(Arrays.copyOfRange(cut.windows(), i * width, (i + 1) * width))
                    .isEqualTo(expected.get(i));
        }
        return cut.count();
    }

    /** The scaled rows; those before the newest long gap are replaced by the first row after it. */
    private static float[] window(Run run, int newest, int windowRows) {
        int oldest = newest - windowRows + 1;
        long[] gaps = new long[windowRows - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = run.times()[oldest + i + 1] - run.times()[oldest + i];
        }
        long[] sorted = gaps.clone();
        Arrays.sort(sorted);
        long usual = Math.max(INTERVAL, gaps.length == 0 ? 0 : sorted[(gaps.length - 1) / 2]);
        int stale = 0;
        for (int i = 0; i < gaps.length; i++) {
            stale = gaps[i] > windowRows * usual ? i + 1 : stale;
        }
        float[] window = new float[windowRows * FEATURES];
        for (int i = 0; i < windowRows; i++) {
            int row = oldest + Math.max(i, stale);
            for (int j = 0; j < FEATURES; j++) {
                window[i * FEATURES + j] = SCALING.toModel(j, (float) run.rows()[row * FEATURES + j]);
            }
        }
        return window;
    }

    private static WindowCutter cutter(List<EntityHistory> histories) {
        return new WindowCutter(histories, FEATURES, Duration.ofMillis(INTERVAL), null);
    }

    private static List<EntityHistory> histories(RandomGenerator random) {
        List<EntityHistory> histories = new ArrayList<>();
        for (int e = 0; e < 3; e++) {
            List<Run> runs = new ArrayList<>();
            long time = random.nextInt(100);
            for (int r = random.nextInt(3); r >= 0; r--) {
                long[] times = new long[random.nextInt(1, 15)];
                for (int i = 0; i < times.length; i++) {
                    time += random.nextInt(8) == 0 ? random.nextInt(200) : random.nextInt(1, 15);
                    times[i] = time;
                }
                runs.add(new Run(times, normals(random, times.length * FEATURES)));
            }
            histories.add(new EntityHistory("entity-" + e, runs));
        }
        return histories;
    }
}
