package dev.noether.flink.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.wire.IngestResult;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.flink.wire.RejectedRecord;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.RejectionReason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** What a mapped record becomes, and what the messages of the rejected ones say. */
class MappedRecordsTest {
    private static final long NOW = Instant.parse("2026-09-21T14:13:20Z").toEpochMilli();

    @Test
    void aFlatRecordNeedsItsEntityAlone() {
        ObservationRow row = row(json("entity: host"), "{\"host\": \"a\", \"cpu\": 0.5, \"memory\": 7}");
        assertThat(row).isEqualTo(new ObservationRow("a", NOW, 3, 42, new float[] {0.5f, 7}));
    }

    @Test
    void theEntityMayBeTheKeyAndSeveralFields() {
        assertThat(row(json("entity: $key"), "{\"cpu\": 1}").entity()).isEqualTo("key-7");
        assertThat(row(json("entity: [$key, rack, no, up]"), "{\"cpu\": 1, \"rack\": 12, \"no\": 3.0, \"up\": true}")
                        .entity())
                .isEqualTo("key-7/12/3/true");
    }

    @Test
    void aRecordWithoutItsEntitySaysSo() {
        assertThat(rejected(json("entity: host"), "{\"cpu\": 1}"))
                .isEqualTo("NO_ENTITY: the record has no field `host`, which names the entity (`source.entity`)");
        assertThat(rejected(json("entity: host"), "{\"cpu\": 1, \"host\": {\"name\": \"a\"}}"))
                .isEqualTo("NO_ENTITY: the field `host` is an object, expected the name of an entity"
                        + " (`source.entity`)");
        ObservationDeserializer byKey = reader(json("entity: $key"));
        assertThat(text(byKey.ingest(record(null, "{\"cpu\": 1}", NOW))))
                .isEqualTo("NO_ENTITY: the record has no key, which names the entity (`source.entity`)");
        assertThat(text(byKey.ingest(record(new byte[] {0, 0, 0, 0, 1, (byte) 0xFF}, "{\"cpu\": 1}", NOW))))
                .startsWith("NO_ENTITY: the record's key is no text in UTF-8");
    }

    @Test
    void aTimeIsReadInItsUnit() {
        assertThat(time("time: {path: ts, unit: s}", "1790000000")).isEqualTo(1_790_000_000_000L);
        assertThat(time("time: {path: ts, unit: s}", "1790000000.123")).isEqualTo(1_790_000_000_123L);
        assertThat(time("time: {path: ts, unit: s}", "\"1790000000\"")).isEqualTo(1_790_000_000_000L);
        assertThat(time("time: {path: ts, unit: ns}", "1790000000123456789")).isEqualTo(1_790_000_000_123L);
        assertThat(time("time: {path: ts, unit: us}", "\"1790000000123456\"")).isEqualTo(1_790_000_000_123L);
        assertThat(time("time: ts", "1790000000123")).isEqualTo(1_790_000_000_123L);
        assertThat(time("time: ts", "\"2026-09-21T14:13:20.123+00:00\"")).isEqualTo(1_790_000_000_123L);
        assertThat(time("time: ''", "5")).isEqualTo(NOW);
    }

    @Test
    void aWrongUnitIsNamedWithTheRightOne() {
        assertThat(wrongTime("time: {path: ts, unit: s}", "1790000000123"))
                .isEqualTo("the field `ts` is 1790000000123, too far in the future as seconds: set"
                        + " `source.time.unit: ms`");
        assertThat(wrongTime("time: ts", "1790000000"))
                .isEqualTo("the field `ts` is 1790000000, too far in the past as milliseconds: set"
                        + " `source.time.unit: s`");
        assertThat(wrongTime("time: ts", "1790000000000000000"))
                .isEqualTo("the field `ts` is 1790000000000000000, too far in the future as milliseconds: set"
                        + " `source.time.unit: ns`");
        assertThat(wrongTime("time: {path: ts, unit: iso}", "1790000000"))
                .isEqualTo("the field `ts` is 1790000000, expected a time in ISO 8601: set `source.time.unit` to its"
                        + " unit: s, ms, us or ns");
        assertThat(wrongTime("time: {path: ts, unit: s}", "\"2026-09-21T14:13:20Z\""))
                .isEqualTo("the field `ts` is \"2026-09-21T14:13:20Z\", expected a number of seconds: set"
                        + " `source.time.unit: iso`");
    }

    @Test
    void aTimeThatIsNoneSaysWhatItIs() {
        assertThat(wrongTime("time: ts", "\"yesterday\""))
                .isEqualTo("the field `ts` is \"yesterday\", expected a time in ISO 8601 (`source.time`)");
        assertThat(wrongTime("time: at", "5"))
                .isEqualTo("the record has no field `at`, which holds the time (`source.time`)");
        assertThat(wrongTime("time: ts", "[1]"))
                .isEqualTo("the field `ts` is a list, expected a time in ISO 8601 (`source.time`)");
        assertThat(wrongTime("time: ts", "\"2199-01-01T00:00:00Z\""))
                .startsWith("the field `ts` is \"2199-01-01T00:00:00Z\": the event time ")
                .endsWith(" is after 2100-01-01T00:00:00Z (`entities.latest`)");
        assertThat(text(reader(json("entity: host")).ingest(record(null, "{\"host\": \"a\", \"cpu\": 1}", -1))))
                .isEqualTo("IMPOSSIBLE_TIME: the record has no timestamp in Kafka; name a field with the time in"
                        + " `source.time`");
    }

    @Test
    void whatIsNoNumberIsMissing() {
        String[] others = {"\"n/a\"", "[1]", "{}", "\"\"", "NaN", "1e999", "-1e39", "\"Infinity\"", "null"};
        for (String other : others) {
            ObservationRow row = row(json("entity: host"), "{\"host\": \"a\", \"cpu\": " + other + ", \"memory\": 1}");
            assertThat(row.values()).as(other).containsExactly(Float.NaN, 1);
        }
        assertThat(row(json("entity: host"), "{\"host\": \"a\", \"cpu\": \" 1e3 \", \"memory\": false}")
                        .values())
                .containsExactly(1000, 0);
        assertThat(rejected(json("entity: host"), "{\"host\": \"a\", \"cpu\": \"n/a\"}"))
                .isEqualTo(
                        "MISSING_FEATURE: none of the 2 features has a value: the field `cpu` is \"n/a\", which is no"
                                + " number, and so on");
    }

    @Test
    void aRequiredFeatureMustBeThere() {
        String required = json("entity: host\n  features: {memory: mem.used}")
                + "entities: {missingByFeature: {memory: reject}}\n";
        assertThat(rejected(required, "{\"host\": \"a\", \"cpu\": 1}"))
                .isEqualTo("MISSING_FEATURE: the feature memory is missing: the record has no field `mem.used`");
        assertThat(rejected(required, "{\"host\": \"a\", \"cpu\": 1, \"mem\": {\"used\": \"5 GB\"}}"))
                .isEqualTo(
                        "MISSING_FEATURE: the feature memory is missing: the field `mem.used` is \"5 GB\", which is no"
                                + " number");
    }

    @Test
    void aLogarithmNeedsANumberAboveZero() {
        String logarithm = json("entity: host\n  features: {cpu: {path: c, as: log}}");
        assertThat(row(logarithm, "{\"host\": \"a\", \"c\": 10000000000001, \"memory\": 1}")
                        .values()[0])
                .isEqualTo(Math.log(10_000_000_000_001.0));
        assertThat(row(logarithm, "{\"host\": \"a\", \"c\": 0, \"memory\": 1}").values()[0])
                .isNaN();
        assertThat(rejected(logarithm, "{\"host\": \"a\", \"c\": 0}"))
                .contains("the field `c` is 0, which is no number that can be used");
    }

    @Test
    void damagedJsonSaysWhere() {
        String config = json("entity: host");
        assertThat(rejected(config, "[{\"host\": \"a\"}]"))
                .isEqualTo("MALFORMED: the record is a JSON list, expected one JSON object");
        assertThat(rejected(config, "{\"host\": \"a\", \"cpu\": 1} {\"host\": \"b\"}"))
                .isEqualTo("MALFORMED: after the JSON object there is another object, expected one object in a record");
        assertThat(rejected(config, "{\"host\": \"a\", \"cpu\": 1"))
                .startsWith("MALFORMED: the record is no JSON: Unexpected end-of-input")
                .contains(", at byte 2");
        assertThat(rejected(config, "host=a cpu=1")).startsWith("MALFORMED: the record is no JSON: Unrecognized token");
        assertThat(rejected(config, "{\"a\": ".repeat(2_000))).startsWith("MALFORMED: the record is no JSON");
    }

    @Test
    void aLineSaysWhatIsWrong() {
        String config = source("influx", "entity: host");
        assertThat(row(config, "m,host=a cpu=1,memory=2i 1790000000123456789"))
                .isEqualTo(new ObservationRow("a", 1_790_000_000_123L, 3, 42, new float[] {1, 2}));
        assertThat(row(config, "m,host=a cpu=1").eventTime()).as("Kafka's time").isEqualTo(NOW);
        assertThat(row(source("influx", "entity: [measurement, host]\n  time: {unit: s}"), "m,host=a cpu=1 1790000000"))
                .isEqualTo(new ObservationRow("m/a", 1_790_000_000_000L, 3, 42, new float[] {1, Float.NaN}));
        assertThat(rejected(config, "m,host=a cpu=1 1790000000"))
                .isEqualTo(
                        "IMPOSSIBLE_TIME: the time of the line is 1790000000, too far in the past as nanoseconds: set"
                                + " `source.time.unit: s`");
        String no = "MALFORMED: the record is no line protocol: ";
        assertThat(rejected(config, "m,host=a cpu=1\nm,host=b cpu=1"))
                .isEqualTo(no + "the record has several lines, expected one");
        assertThat(rejected(config, "m,host=a cpu=one"))
                .isEqualTo(no + "the value of the field \"cpu\" is no number, flag or quoted text");
        assertThat(rejected(config, "m,host=a cpu=\"x")).isEqualTo(no + "the text of the field \"cpu\" has no end");
        assertThat(rejected(config, "m,host cpu=1")).isEqualTo(no + "after the tag \"host\" there is no =");
        assertThat(rejected(config, "{\"host\": 1}")).startsWith(no);
        assertThat(rejected(config, "# a comment\n")).isEqualTo(no + "the record has no line");
    }

    @Test
    void avroSaysWhatDoesNotFit() {
        String config = source(
                "avro",
                "entity: host\n  schema: '{\"type\": \"record\", \"name\": \"M\", \"fields\": ["
                        + "{\"name\": \"host\", \"type\": \"string\"}, {\"name\": \"cpu\", \"type\": \"int\"}]}'");
        assertThat(row(config, "\u0002a\u0004"))
                .isEqualTo(new ObservationRow("a", NOW, 3, 42, new float[] {2, Float.NaN}));
        assertThat(rejected(config, "\u0002a\u0004\u0004"))
                .isEqualTo("MALFORMED: the bytes do not fit the schema: 1 bytes are left over after the record");
        assertThat(rejected(config, "\u0050a")).isEqualTo("MALFORMED: the bytes end in the middle of the record");
    }

    private static long time(String mapping, String ts) {
        return row(json("entity: host\n  " + mapping), "{\"host\": \"a\", \"cpu\": 1, \"ts\": " + ts + "}")
                .eventTime();
    }

    private static String wrongTime(String mapping, String ts) {
        String text = rejected(json("entity: host\n  " + mapping), "{\"host\": \"a\", \"cpu\": 1, \"ts\": " + ts + "}");
        assertThat(text).startsWith(RejectionReason.IMPOSSIBLE_TIME + ": ");
        return text.substring(text.indexOf(' ') + 1);
    }

    private static ObservationRow row(String config, String record) {
        IngestResult result = reader(config).ingest(record("key-7".getBytes(StandardCharsets.UTF_8), record, NOW));
        assertThat(result).isInstanceOf(ObservationRow.class);
        return (ObservationRow) result;
    }

    private static String rejected(String config, String record) {
        return text(reader(config).ingest(record(null, record, NOW)));
    }

    private static String text(IngestResult result) {
        assertThat(result).isInstanceOf(RejectedRecord.class);
        Rejected rejected = ((RejectedRecord) result).rejected();
        return rejected.reason() + ": " + rejected.error();
    }

    private static String json(String mapping) {
        return source("json", mapping);
    }

    private static String source(String format, String mapping) {
        return "detector: fleet\nfeatures: [cpu, memory]\nsource:\n  format: " + format + "\n  " + mapping + "\n";
    }

    private static ObservationDeserializer reader(String config) {
        return new ObservationDeserializer(DetectorConfig.parse(config, "test"), () -> NOW);
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] key, String value, long timestamp) {
        return new ConsumerRecord<>(
                "fleet.observations",
                3,
                42,
                timestamp,
                TimestampType.LOG_APPEND_TIME,
                -1,
                -1,
                key,
                value.getBytes(StandardCharsets.UTF_8),
                new RecordHeaders(),
                Optional.empty());
    }
}
