package dev.noether.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.feature.WindowBuffer;
import dev.noether.testing.RandomizedTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class ScheduleCorrectorTest extends RandomizedTest {
    private static final long MINUTE = 60_000;
    private static final int CONTEXT = 6;
    private static final float LOAD = 20;

    /** A job that begins at minute 10 to 15 of each hour, and ends at minute 20 to 40. */
    private static Schedule schedule() {
        int from = 10;
        int to = 40;
        int[] bin = new int[to - from + 1];
        float[] low = new float[bin.length];
        float[] high = new float[bin.length];
        float[] usual = new float[bin.length];
        Arrays.fill(high, LOAD + 2);
        Arrays.fill(usual, LOAD);
        for (int i = 0; i < bin.length; i++) {
            bin[i] = from + i;
            low[i] = bin[i] >= 15 && bin[i] < 20 ? LOAD - 2 : 0;
        }
        ScheduleLayer layer =
                new ScheduleLayer(60 * MINUTE, 60, bin, new int[bin.length], low, high, usual.clone(), usual);
        TreeMap<String, Integer> entities = new TreeMap<>();
        entities.put("host", 0);
        return new Schedule("UTC", List.of(new SchedulePage(List.of(layer), new float[] {3})), entities);
    }

    private final ScheduleCorrector corrector = new ScheduleCorrector(schedule(), CONTEXT);

    /** What is left of the newest row of each minute of an hour, for a load from one minute to another. */
    private float[] rests(RandomGenerator random, int from, int to, boolean storesState) {
        WindowBuffer buffer = new WindowBuffer(CONTEXT, 0, 1);
        ScheduleState state = new ScheduleState();
        float[] rests = new float[60];
        for (int i = -CONTEXT; i < rests.length; i++) {
            float value = 100 + 0.3f * (float) random.nextGaussian() + (i >= from && i <= to ? LOAD : 0);
            int position = buffer.add((i + 60) * MINUTE, new double[] {value}, 0);
            if (i >= 0) {
                float[] amounts = corrector.amounts("host", buffer, position, state);
                rests[i] = value - 100 - (amounts == null ? 0 : amounts[CONTEXT - 1]);
                state = storesState ? restored(state) : state;
            }
        }
        return rests;
    }

    private static ScheduleState restored(ScheduleState state) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            state.write(new DataOutputStream(bytes));
            return ScheduleState.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aJobLeavesNothing(RandomGenerator random) {
        for (int round = 0; round < 100; round++) {
            float[] rests = rests(random, 10 + random.nextInt(6), 19 + random.nextInt(22), round % 2 == 0);
            for (int i = 0; i < rests.length; i++) {
                assertThat(rests[i]).as("minute " + i).isBetween(-3f, 3f);
            }
        }
    }

    @Test
    void aJobThatDoesNotComeIsMissingWhereItAlwaysCame(RandomGenerator random) {
        float[] rests = rests(random, 100, 100, false);
        for (int i = 0; i < rests.length; i++) {
            if (i >= 15 && i < 20) {
                assertThat(rests[i]).as("minute " + i).isLessThan(-LOAD + 5);
            } else {
                assertThat(rests[i]).as("minute " + i).isBetween(-3f, 3f);
            }
        }
    }

    @Test
    void aJobThatDoesNotEndIsLeftBehindItsTime(RandomGenerator random) {
        float[] rests = rests(random, 12, 55, false);
        for (int i = 0; i < rests.length; i++) {
            if (i > 40 && i <= 55) {
                assertThat(rests[i]).as("minute " + i).isGreaterThan(LOAD - 3);
            } else {
                assertThat(rests[i]).as("minute " + i).isBetween(-3f, 3f);
            }
        }
    }

    @Test
    void theContextIsCorrectedWithTheRow(RandomGenerator random) {
        WindowBuffer buffer = new WindowBuffer(CONTEXT, 4, 1);
        ScheduleState state = new ScheduleState();
        List<Integer> minutes = new ArrayList<>();
        for (int i = 5; i < 60; i++) {
            minutes.add(i);
            // Some rows change places with the next one.
            if (random.nextInt(4) == 0 && minutes.size() > 2) {
                minutes.add(minutes.size() - 2, minutes.remove(minutes.size() - 1));
            }
        }
        for (int minute : minutes) {
            float value = 100 + (minute >= 12 && minute <= 33 ? LOAD : 0);
            int position = buffer.add((minute + 60) * MINUTE, new double[] {value}, 0);
            if (position >= CONTEXT - 1) {
                float[] amounts = corrector.amounts("host", buffer, position, state);
                for (int i = 0; i < CONTEXT && amounts != null; i++) {
                    float raw = buffer.value(position - CONTEXT + 1 + i, 0);
                    assertThat(raw - amounts[i])
                            .as("minute " + minute + ", row " + i)
                            .isBetween(98f, 102f);
                }
            }
        }
    }

    @Test
    void rowsOfOtherTimesAndEntitiesAreLeftAsTheyAre(RandomGenerator random) {
        WindowBuffer buffer = new WindowBuffer(CONTEXT, 0, 1);
        ScheduleState state = new ScheduleState();
        for (int i = 0; i < 120; i++) {
            int position = buffer.add(i * MINUTE, new double[] {random.nextDouble()}, 0);
            if (position >= CONTEXT - 1) {
                boolean isTime = i % 60 >= 10 && i % 60 <= 40 + CONTEXT - 1;
                assertThat(corrector.amounts("host", buffer, position, state) != null)
                        .isEqualTo(isTime);
                assertThat(state.isEmpty()).isEqualTo(i % 60 < 10 || i % 60 > 40);
                assertThat(corrector.has("other")).isFalse();
                assertThat(corrector.amounts("other", buffer, position, new ScheduleState()))
                        .isNull();
            }
        }
    }
}
