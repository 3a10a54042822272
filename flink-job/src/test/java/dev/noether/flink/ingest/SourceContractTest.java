package dev.noether.flink.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.clock.JobClock;
import dev.noether.flink.ingest.TestingFormat.Sample;
import dev.noether.flink.source.registry.TestingRegistry;
import dev.noether.flink.wire.IngestResult;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.flink.wire.RejectedRecord;
import dev.noether.schemas.RejectionReason;
import dev.noether.testing.Fuzz;
import dev.noether.testing.RandomizedTest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for each format: the same observations give the same rows, and no bytes stop a reader. */
@Timeout(100)
class SourceContractTest extends RandomizedTest {
    private static final int SAMPLES = 10_000;
    private static final int MUTATIONS = 1_000;
    private static final Instant START = Instant.parse("2026-01-31T23:59:00Z");
    private static final JobClock CLOCK = () -> START.toEpochMilli() + 100_000_000L;

    private static TestingRegistry registry;

    @BeforeAll
    static void start() {
        registry = new TestingRegistry();
        TestingFormat.register(registry);
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @ParameterizedTest
    @EnumSource
    void theSameObservationsGiveTheSameRows(TestingFormat format, RandomGenerator random) {
        ObservationDeserializer own = reader(TestingFormat.NOETHER);
        ObservationDeserializer reader = reader(format);
        for (int i = 0; i < SAMPLES; i++) {
            Sample sample = sample(i, random);
            IngestResult row = reader.ingest(record(i, format.write(sample)));
            assertThat(row).isInstanceOf(ObservationRow.class);
            assertThat(rounded((ObservationRow) row))
                    .isEqualTo(own.ingest(record(i, TestingFormat.NOETHER.write(sample))));
        }
    }

    /** The other formats have more digits than the floats of Noether's own. */
    private static ObservationRow rounded(ObservationRow row) {
        double[] values = row.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) values[i];
        }
        return new ObservationRow(row.entity(), row.eventTime(), row.partition(), row.offset(), values);
    }

    @ParameterizedTest
    @EnumSource
    void aMutatedRecordBecomesOneRowOrOneRejectedRecord(TestingFormat format, RandomGenerator random) {
        ObservationDeserializer reader = reader(format);
        Fuzz fuzz = new Fuzz(random);
        int rows = 0;
        int mutations = Fuzz.cases(MUTATIONS);
        for (int i = 0; i < mutations; i++) {
            byte[] good = format.write(sample(i, random));
            IngestResult result = reader.ingest(record(i, fuzz.bytes(good)));
            if (result instanceof ObservationRow row) {
                rows++;
                assertThat(row.entity()).isNotBlank();
                assertThat(row.values()).hasSize(4);
            } else {
                assertThat(((RejectedRecord) result).rejected().reason()).isNotEqualTo(RejectionReason.OTHER);
                assertThat(((RejectedRecord) result).rejected().error())
                        .isNotBlank()
                        .doesNotContain("\n");
            }
            assertThat(reader.ingest(record(i, good))).isInstanceOf(ObservationRow.class);
        }
        assertThat(rows).isBetween(1, mutations * 9 / 10);
    }

    @ParameterizedTest
    @EnumSource
    void aRecordWithoutValueIsEmpty(TestingFormat format) {
        ObservationDeserializer reader = reader(format);
        for (byte[] value : new byte[][] {null, {}}) {
            IngestResult result = reader.ingest(record(1, value));
            assertThat(((RejectedRecord) result).rejected().reason()).isEqualTo(RejectionReason.EMPTY);
            assertThat(reader.identity(record(1, value))).isNull();
            assertThat(reader.report(record(1, value), (name, number) -> {})).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void travelsToATask(TestingFormat format, RandomGenerator random) throws Exception {
        ObservationDeserializer here = reader(format);
        byte[] good = format.write(sample(1, random));
        IngestResult row = here.ingest(record(1, good));
        ObservationDeserializer there = InstantiationUtil.clone(here);
        assertThat(there.ingest(record(1, good))).isEqualTo(row);
        assertThat(there.identity(record(1, good)))
                .isEqualTo(
                        new ObservationIdentity(((ObservationRow) row).entity(), ((ObservationRow) row).eventTime()));
    }

    private static ObservationDeserializer reader(TestingFormat format) {
        return new ObservationDeserializer(format.config("fleet", registry), CLOCK);
    }

    private static Sample sample(int i, RandomGenerator random) {
        long bytes = 10_000_000_000_000L + random.nextLong(1_000_000_000L);
        BigDecimal price = random.nextInt(10) == 0 ? null : BigDecimal.valueOf(random.nextInt(1_000_000) - 500_000, 3);
        return new Sample(
                "höst " + random.nextInt(500) + ",b",
                "eu-" + random.nextInt(3),
                START.plusMillis(i * 777L),
                random.nextGaussian() * Math.pow(10, random.nextInt(-8, 9)),
                random.nextInt(20) == 0 ? -bytes : bytes,
                random.nextBoolean(),
                price);
    }

    private static ConsumerRecord<byte[], byte[]> record(int offset, byte[] value) {
        return new ConsumerRecord<>("fleet.observations", 3, offset, "key".getBytes(StandardCharsets.UTF_8), value);
    }
}
