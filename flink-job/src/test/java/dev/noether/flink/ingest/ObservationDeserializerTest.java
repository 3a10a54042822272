package dev.noether.flink.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.EntitySection;
import dev.noether.flink.config.OutputSection;
import dev.noether.flink.wire.IngestResult;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.flink.wire.RejectedRecord;
import dev.noether.flink.wire.WireTypes;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.MissingPolicy;
import dev.noether.schemas.Features;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.RejectionReason;
import dev.noether.testing.RandomizedTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObservationDeserializerTest extends RandomizedTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final FeatureSchema FEATURES = new FeatureSchema(List.of("cpu", "memory", "disk"));
    private static final byte[] KEY = "host-7".getBytes(StandardCharsets.UTF_8);

    private final DetectorConfig config = DetectorConfig.withDefaults("fleet", FEATURES);
    private final ObservationDeserializer deserializer = new ObservationDeserializer(config, () -> NOW);
    private final ObservationCodec codec = new ObservationCodec();
    private final Observation good =
            new Observation("host-7", NOW, new Features.Positional(FEATURES.fingerprint(), new float[] {1, 2, 3}));
    private final ObservationRow row = new ObservationRow("host-7", NOW, 3, 42, new float[] {1, 2, 3});

    @Test
    void makesARowOfPositionalFeatures() {
        assertThat(ingest(codec.encode(good))).isEqualTo(row);
    }

    @Test
    void makesARowOfNamedFeaturesInAnyOrderAndIgnoresOthers() {
        Features named = new Features.Named(Map.of("disk", 3f, "other", Float.NaN, "cpu", 1f, "memory", 2f));
        assertThat(ingest(codec.encode(new Observation("host-7", NOW, named)))).isEqualTo(row);
    }

    @Test
    void aMissingFeatureIsNotANumber() {
        Features named = new Features.Named(Map.of("cpu", 1f, "disk", 2f));
        assertThat(row(ingest(codec.encode(new Observation("host-7", NOW, named))))
                        .values())
                .containsExactly(1, Float.NaN, 2);
        Features positional = new Features.Positional(FEATURES.fingerprint(), new float[] {Float.NaN, 5, 6});
        assertThat(row(ingest(codec.encode(new Observation("host-7", NOW, positional))))
                        .values())
                .containsExactly(Float.NaN, 5, 6);
    }

    @Test
    void rejectsAnObservationWithoutAnyValue() {
        Features named = new Features.Named(Map.of("cpu", Float.NaN));
        Rejected rejected = rejected(ingest(codec.encode(new Observation("host-7", NOW, named))));
        assertThat(rejected.reason()).isEqualTo(RejectionReason.MISSING_FEATURE);
        assertThat(rejected.error()).isEqualTo("none of the 3 features has a value");
    }

    @Test
    void rejectsAMissingValueOfARequiredFeatureWithItsName() {
        ObservationDeserializer strict = new ObservationDeserializer(
                config.with(EntitySection.MISSING_BY_FEATURE, Map.of("memory", MissingPolicy.REJECT)));
        Features nan = new Features.Positional(FEATURES.fingerprint(), new float[] {1, Float.NaN, 3});
        byte[] bytes = codec.encode(new Observation("host-7", NOW, nan));
        assertThat(rejected(strict.ingest(record(KEY, bytes, NOW))).error()).isEqualTo("the feature memory is NaN");
        Features named = new Features.Named(Map.of("cpu", 1f, "disk", 2f));
        Rejected rejected =
                rejected(strict.ingest(record(KEY, codec.encode(new Observation("host-7", NOW, named)), NOW)));
        assertThat(rejected.reason()).isEqualTo(RejectionReason.MISSING_FEATURE);
        assertThat(rejected.error()).isEqualTo("the feature memory is missing");
    }

    @ParameterizedTest
    @EnumSource
    void rejectsGarbageWithItsReasonPositionAndBytes(Garbage garbage, RandomGenerator random) {
        for (int i = 0; i < 200; i++) {
            byte[] bytes = garbage.bytes(good, random);
            Rejected rejected = rejected(ingest(bytes));
            assertThat(rejected)
                    .isEqualTo(new Rejected(
                            "fleet.observations",
                            3,
                            42,
                            NOW,
                            garbage.reason(),
                            rejected.error(),
                            KEY,
                            bytes,
                            bytes.length));
            assertThat(rejected.error()).isNotBlank();
            assertThat(ingest(codec.encode(good))).isEqualTo(row);
        }
    }

    @Test
    void testsEveryReason() {
        EnumSet<RejectionReason> reasons = EnumSet.of(RejectionReason.OTHER);
        Arrays.stream(Garbage.values()).map(Garbage::reason).forEach(reasons::add);
        assertThat(reasons).isEqualTo(EnumSet.allOf(RejectionReason.class));
    }

    @Test
    void rejectsARecordWithoutValue() {
        Rejected rejected = rejected(deserializer.ingest(record(null, null, NOW)));
        assertThat(rejected.reason()).isEqualTo(RejectionReason.EMPTY);
        assertThat(rejected.key()).isNull();
        assertThat(rejected.value()).isNull();
        assertThat(rejected.valueBytes()).isEqualTo(-1);
    }

    @Test
    void cutsALongValueAndALongKey() {
        ObservationDeserializer small = new ObservationDeserializer(config.with(OutputSection.REJECTED_MAX_BYTES, 5));
        byte[] key = new byte[100_000];
        Rejected rejected = rejected(small.ingest(record(key, new byte[] {1, 2, 3, 4, 5, 6}, NOW)));
        assertThat(rejected.value()).containsExactly(1, 2, 3, 4, 5);
        assertThat(rejected.valueBytes()).isEqualTo(6);
        assertThat(rejected.key()).hasSize(32_768);
        assertThat(rejected.error()).endsWith("(the key of 100000 bytes is cut)");
    }

    @Test
    void allowsAnEventTimeAheadUpToTheLimit() {
        long day = 86_400_000;
        byte[] bytes = codec.encode(good);
        assertThat(deserializer.ingest(record(KEY, bytes, NOW - day))).isEqualTo(row);
        assertThat(rejected(deserializer.ingest(record(KEY, bytes, NOW - day - 1)))
                        .reason())
                .isEqualTo(RejectionReason.IMPOSSIBLE_TIME);
        assertThat(deserializer.ingest(record(KEY, bytes, ConsumerRecord.NO_TIMESTAMP)))
                .isEqualTo(row);
    }

    @Test
    void judgesByTheJobsClockNotOnlyByTheRecordsOwn() {
        // One wrong clock sets both times.
        long future = Instant.parse("2099-01-01T00:00:00Z").toEpochMilli();
        Rejected rejected = rejected(deserializer.ingest(record(KEY, at(future), future)));
        assertThat(rejected.reason()).isEqualTo(RejectionReason.IMPOSSIBLE_TIME);
        assertThat(rejected.error())
                .isEqualTo("the event time 4070908800000 (2099-01-01T00:00:00Z) is 27441 d 1 h ahead of the job's"
                        + " clock 2023-11-14T22:13:20Z; at most 1 d is allowed (`entities.maxAhead`)");
        assertThat(rejected(deserializer.ingest(record(KEY, at(NOW + 86_400_001), NOW + 86_400_001)))
                        .error())
                .contains("ahead of the job's clock");
    }

    @Test
    void aHistoryOfAnyAgeIsAccepted() {
        long old = Instant.parse("1994-05-01T00:00:00Z").toEpochMilli();
        assertThat(row(deserializer.ingest(record(KEY, at(old), old))).eventTime())
                .isEqualTo(old);
        assertThat(row(deserializer.ingest(record(KEY, at(old), NOW))).eventTime())
                .isEqualTo(old);
    }

    @Test
    void recognisesOtherUnits() {
        assertThat(error(NOW / 1_000))
                .isEqualTo("the event time 1700000000 looks like seconds since 1970 (2023-11-14T22:13:20Z); Noether"
                        + " reads milliseconds: multiply by 1,000");
        assertThat(error(NOW * 1_000))
                .isEqualTo("the event time 1700000000000000 looks like microseconds since 1970 (2023-11-14T22:13:20Z);"
                        + " Noether reads milliseconds: divide by 1,000");
        assertThat(error(NOW * 1_000_000))
                .isEqualTo("the event time 1700000000000000000 looks like nanoseconds since 1970"
                        + " (2023-11-14T22:13:20Z); Noether reads milliseconds: divide by 1,000,000");
    }

    @Test
    void boundsEveryTime() {
        assertThat(error(0))
                .isEqualTo("the event time 0 (1970-01-01T00:00:00Z) is before 1990-01-01T00:00:00Z"
                        + " (`entities.earliest`)");
        assertThat(error(Long.MAX_VALUE))
                .isEqualTo("the event time 9223372036854775807 (+292278994-08-17T07:12:55.807Z) is after"
                        + " 2100-01-01T00:00:00Z (`entities.latest`)");
        assertThat(error(Long.MIN_VALUE)).endsWith("is before 1990-01-01T00:00:00Z (`entities.earliest`)");
    }

    @Test
    void anImpossibleClockJudgesNothing() {
        // A producer that leaves the Kafka timestamp at 0, and a machine that starts in 1970.
        assertThat(deserializer.ingest(record(KEY, codec.encode(good), 0))).isEqualTo(row);
        ObservationDeserializer dead = new ObservationDeserializer(config, () -> 5_000);
        assertThat(dead.ingest(record(KEY, codec.encode(good), NOW))).isEqualTo(row);
        long future = Instant.parse("2099-01-01T00:00:00Z").toEpochMilli();
        assertThat(rejected(dead.ingest(record(KEY, at(future), NOW))).error())
                .contains("ahead of the record's Kafka timestamp 2023-11-14T22:13:20Z");
    }

    private byte[] at(long eventTime) {
        return codec.encode(new Observation(good.entity(), eventTime, good.features()));
    }

    private String error(long eventTime) {
        return rejected(deserializer.ingest(record(KEY, at(eventTime), NOW))).error();
    }

    @Test
    void neverThrowsForDamagedBytes(RandomGenerator random) {
        byte[] whole = codec.encode(good);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = Arrays.copyOf(whole, random.nextInt(4) == 0 ? random.nextInt(60) : whole.length);
            for (int hits = random.nextInt(1, 5); hits > 0 && bytes.length > 0; hits--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            IngestResult result = ingest(bytes);
            if (result instanceof RejectedRecord rejection) {
                assertThat(rejection.rejected().reason()).isNotEqualTo(RejectionReason.OTHER);
                assertThat(rejection.rejected().value()).isSameAs(bytes);
            } else {
                assertThat(row(result).values()).hasSize(3);
            }
        }
        assertThat(ingest(whole)).isEqualTo(row);
    }

    @Test
    void isSerializable() throws Exception {
        ingest(codec.encode(good));
        ObservationDeserializer travelled = InstantiationUtil.clone(deserializer);
        assertThat(travelled.ingest(record(KEY, codec.encode(good), NOW))).isEqualTo(row);
        assertThat(travelled.getProducedType()).isEqualTo(WireTypes.INGEST_RESULT);
    }

    private IngestResult ingest(byte[] bytes) {
        return deserializer.ingest(record(KEY, bytes, NOW));
    }

    private static ObservationRow row(IngestResult result) {
        assertThat(result).isInstanceOf(ObservationRow.class);
        return (ObservationRow) result;
    }

    private static Rejected rejected(IngestResult result) {
        assertThat(result).isInstanceOf(RejectedRecord.class);
        return ((RejectedRecord) result).rejected();
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] key, byte[] value, long timestamp) {
        return new ConsumerRecord<>(
                "fleet.observations",
                3,
                42,
                timestamp,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
