package dev.noether.flink.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.flink.clock.JobClock;
import dev.noether.flink.source.registry.TestingRegistry;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RejectionReason;
import dev.noether.testing.Fuzz;
import dev.noether.testing.RandomizedTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for each form of an import: the same values give the same calls, and no bytes stop a reader. */
@Timeout(100)
class MetricContractTest extends RandomizedTest {
    private static final int SAMPLES = 3_334;
    private static final int MUTATIONS = 1_000;
    private static final int IN_A_BATCH = 3;
    private static final Instant START = Instant.parse("2026-01-31T23:59:00Z");
    private static final JobClock CLOCK = () -> START.toEpochMilli() + 100_000_000L;

    private static TestingRegistry registry;

    /** A call without the hash of the series. */
    private record Call(String entity, int feature, long time, MetricKind kind, double value) {}

    @BeforeAll
    static void start() {
        registry = new TestingRegistry();
        TestingMetricFormat.register(registry);
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @ParameterizedTest
    @EnumSource
    void theSameValuesGiveTheSameCalls(TestingMetricFormat format, RandomGenerator random) throws Exception {
        MetricReader reader = reader(format);
        Map<String, Long> seriesOf = new HashMap<>();
        for (int i = 0; i < SAMPLES; i += IN_A_BATCH) {
            List<MetricSample> samples = samples(i, random);
            List<Call> calls = new ArrayList<>();
            List<Call> expected = new ArrayList<>();
            List<String> cards = new ArrayList<>();
            samples.forEach(sample -> add(sample, expected, cards));
            int given = 0;
            for (byte[] record : format.write(samples)) {
                given += reader.read(record(record), (entity, feature, series, time, kind, value) -> {
                    String label = entity + feature + cards.get(calls.size());
                    calls.add(new Call(entity, feature, time, kind, value));
                    assertThat(seriesOf.computeIfAbsent(label, key -> series)).isEqualTo(series);
                });
            }
            assertThat(calls).isEqualTo(expected);
            assertThat(given).isEqualTo(expected.size());
        }
        // One series for each card of a host and a metric.
        Map<String, Long> byEntity = new HashMap<>();
        seriesOf.forEach((label, series) -> assertThat(
                        byEntity.put(label.substring(0, label.length() - 4) + series, series))
                .isNull());
    }

    @ParameterizedTest
    @EnumSource
    void aMutatedRecordIsReadOrRefusedAsAWhole(TestingMetricFormat format, RandomGenerator random) throws Exception {
        MetricReader reader = reader(format);
        Fuzz fuzz = new Fuzz(random);
        int read = 0;
        int mutations = Fuzz.cases(MUTATIONS);
        for (int i = 0; i < mutations; i++) {
            List<byte[]> records = format.write(samples(3 * i, random));
            byte[] good = records.get(0);
            List<Call> calls = new ArrayList<>();
            List<RejectionReason> refusals = new ArrayList<>();
            MetricReceiver receiver = receiver(calls, refusals);
            byte[] changed = i % 2 == 0 ? fuzz.bytes(good) : fuzz.text(good);
            try {
                assertThat(reader.read(record(changed), receiver)).isEqualTo(calls.size());
                read++;
            } catch (MalformedRecordException e) {
                assertThat(calls).isEmpty();
                assertThat(refusals).isEmpty();
                assertThat(e.reason()).isNotEqualTo(RejectionReason.OTHER);
                assertThat(e).hasMessageMatching("[^\n]+");
            }
            calls.clear();
            int given = reader.read(record(good), receiver);
            assertThat(calls).isNotEmpty().hasSize(given);
        }
        assertThat(read).isBetween(1, mutations * 9 / 10);
    }

    @ParameterizedTest
    @EnumSource
    void aRecordWithoutValueIsEmpty(TestingMetricFormat format) {
        MetricReader reader = reader(format);
        for (byte[] value : new byte[][] {null, {}}) {
            MetricReceiver receiver = receiver(new ArrayList<>(), new ArrayList<>());
            assertThatThrownBy(() -> reader.read(record(value), receiver))
                    .isInstanceOfSatisfying(
                            MalformedRecordException.class,
                            e -> assertThat(e.reason()).isEqualTo(RejectionReason.EMPTY));
        }
    }

    private static MetricReceiver receiver(List<Call> calls, List<RejectionReason> refusals) {
        return new MetricReceiver() {
            @Override
            public void value(String entity, int feature, long series, long time, MetricKind kind, double value) {
                assertThat(entity).isNotBlank();
                assertThat(feature).isBetween(0, 2);
                assertThat(Double.isInfinite(value)).isFalse();
                calls.add(new Call(entity, feature, time, kind, value));
            }

            @Override
            public void refused(int values, RejectionReason reason, String problem) {
                assertThat(values).isPositive();
                refusals.add(reason);
            }
        };
    }

    private static void add(MetricSample sample, List<Call> calls, List<String> cards) {
        String entity = sample.host() + "/" + sample.zone();
        long time = sample.time().toEpochMilli();
        double[] values = {sample.cpu(), sample.bytes(), sample.up() ? 1 : 0};
        for (int i = 0; i < values.length; i++) {
            calls.add(new Call(entity, i, time, MetricKind.LEVEL, values[i]));
            cards.add(sample.card());
        }
    }

    private static List<MetricSample> samples(int first, RandomGenerator random) {
        List<MetricSample> samples = new ArrayList<>();
        for (int i = first; i < first + IN_A_BATCH; i++) {
            long bytes = 10_000_000_000_000L + random.nextLong(1_000_000_000L);
            samples.add(new MetricSample(
                    "höst " + random.nextInt(500) + ",b",
                    "eu-" + random.nextInt(3),
                    "eth" + random.nextInt(3),
                    START.plusMillis(i * 777L),
                    random.nextGaussian() * Math.pow(10, random.nextInt(-8, 9)),
                    random.nextInt(20) == 0 ? -bytes : bytes,
                    random.nextBoolean()));
        }
        return samples;
    }

    private static MetricReader reader(TestingMetricFormat format) {
        return MetricReaders.of(format.config(registry), Duration.ofSeconds(10), CLOCK);
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
        return new ConsumerRecord<>("telemetry", 3, 5, "key".getBytes(StandardCharsets.UTF_8), value);
    }
}
