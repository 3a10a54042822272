package dev.noether.flink.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.assembly.AssemblyOptions.FeatureRule;
import dev.noether.flink.assembly.BatchAssembly.Place;
import dev.noether.flink.mapping.FeatureForm;
import dev.noether.flink.mapping.MetricAggregate;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.testing.RandomizedTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.Test;

/** The rows of shuffled, missing and late values, with restores and changes of parallelism, against a plain reference. */
class RowAssemblyPropertyTest extends RandomizedTest {
    private static final long INTERVAL = 60_000;
    private static final long DISORDER = 10_000;
    private static final long START = 1_700_000_040_000L;
    private static final int INTERVALS = 24;
    private static final int CASES = 12;

    private static final List<FeatureRule> RULES = List.of(
            new FeatureRule(MetricAggregate.LAST, FeatureForm.VALUE),
            new FeatureRule(MetricAggregate.MEAN, FeatureForm.VALUE),
            new FeatureRule(MetricAggregate.SUM, FeatureForm.VALUE),
            new FeatureRule(MetricAggregate.MAX, FeatureForm.LOG),
            new FeatureRule(MetricAggregate.MIN, FeatureForm.VALUE),
            new FeatureRule(MetricAggregate.COUNT, FeatureForm.VALUE),
            new FeatureRule(MetricAggregate.SUM, FeatureForm.RATE),
            new FeatureRule(MetricAggregate.MEAN, FeatureForm.DELTA),
            new FeatureRule(MetricAggregate.LAST, FeatureForm.RATE));

    private static final AssemblyOptions OPTIONS = new AssemblyOptions(
            "hosts", Duration.ofMillis(INTERVAL), Duration.ofMillis(DISORDER), Duration.ofMinutes(2), 1000, RULES, 1);

    @Test
    void rowsAreThoseOfTheReference(RandomGenerator random) throws Exception {
        for (int i = 0; i < CASES; i++) {
            check(random, new HashMapStateBackend());
        }
    }

    @Test
    void rowsAreThoseOfTheReferenceOnABackendThatKeepsBytes(RandomGenerator random) throws Exception {
        for (int i = 0; i < 1; i++) {
            check(random, new EmbeddedRocksDBStateBackend());
        }
    }

    private static void check(RandomGenerator random, StateBackend backend) throws Exception {
        List<List<TestingValue>> byInterval = values(random);
        List<TestingValue> onTime = new ArrayList<>();
        Map<Place, float[]> assembled = new TreeMap<>();
        List<TestingValue> late = new ArrayList<>();
        int[] subtasks = {1, 4, 2, 3};
        int change = 0;
        AssemblyHarness harness = new AssemblyHarness(OPTIONS, subtasks[0], null, backend, 0);
        long reached = Long.MIN_VALUE;
        for (int k = 0; k < INTERVALS; k++) {
            for (TestingValue value : byInterval.get(k)) {
                double fate = random.nextDouble();
                if (fate < 0.01) {
                    late.add(value);
                    continue;
                }
                if (fate > 0.98) {
                    continue;
                }
                onTime.add(value);
                harness.send(value.batch(reached));
                if (random.nextInt(150) == 0) {
                    AssemblyHarness.Saved saved = harness.snapshot(k);
                    // What comes after the snapshot changes nothing in it: the job dies and goes on from it.
                    collect(harness, assembled);
                    harness.send(value.batch(reached));
                    harness.watermark(START + (k + 1) * INTERVAL + DISORDER);
                    harness.close();
                    change++;
                    harness = new AssemblyHarness(OPTIONS, subtasks[change % subtasks.length], saved, backend, 0);
                }
            }
            reached = START + (k + 1) * INTERVAL + DISORDER;
            harness.watermark(reached - 1);
            collect(harness, assembled);
            if (random.nextInt(3) == 0) {
                for (TestingValue value : late) {
                    harness.send(value.batch(reached));
                }
                late.clear();
            }
        }
        harness.watermark(Long.MAX_VALUE);
        collect(harness, assembled);
        assertThat(harness.openIntervals()).isZero();
        harness.close();
        Map<Place, float[]> expected = new BatchAssembly(OPTIONS).rows(onTime);
        assertThat(assembled.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
                (place, row) -> assertThat(assembled.get(place)).as("%s", place).containsExactly(row));
    }

    private static void collect(AssemblyHarness harness, Map<Place, float[]> assembled) {
        for (ObservationRow row : harness.rows()) {
            Place place = new Place(row.entity(), row.eventTime());
            float[] values = new float[row.values().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) row.values()[i];
            }
            assertThat(assembled.put(place, values))
                    .as("a second row of %s", place)
                    .isNull();
        }
    }

    /** Values by interval, each of them shuffled. Counters begin near 10^13 and are reset sometimes. */
    private static List<List<TestingValue>> values(RandomGenerator random) {
        int entities = 1 + random.nextInt(5);
        double[] counters = new double[entities * RULES.size() * 3];
        for (int i = 0; i < counters.length; i++) {
            counters[i] = 1e13 + random.nextInt(1000);
        }
        List<List<TestingValue>> byInterval = new ArrayList<>();
        for (int k = 0; k < INTERVALS; k++) {
            List<TestingValue> values = new ArrayList<>();
            for (int i = 0; i < counters.length; i++) {
                int samples = random.nextInt(4);
                for (int j = 0; j < samples; j++) {
                    long time = START + k * INTERVAL + j * INTERVAL / 4 + random.nextInt((int) INTERVAL / 4);
                    int feature = i / 3 % RULES.size();
                    boolean isIncrease = i % 3 == 2;
                    counters[i] = random.nextInt(30) == 0 ? random.nextInt(50) : counters[i] + random.nextInt(9);
                    double value = RULES.get(feature).form().isDifference()
                            ? isIncrease ? random.nextInt(20) : counters[i]
                            : Math.exp(10 * random.nextGaussian()) * (random.nextInt(8) == 0 ? -1 : 1);
                    values.add(new TestingValue(
                            "entity-" + i / (3 * RULES.size()), feature, i % 3, time, isIncrease, value));
                }
            }
            Collections.shuffle(values, new Random(random.nextLong()));
            byInterval.add(values);
        }
        return byInterval;
    }
}
