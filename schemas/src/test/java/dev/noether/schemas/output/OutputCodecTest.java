package dev.noether.schemas.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.noether.schemas.Contribution;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentGroup;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.ModelsRecord;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.RejectionReason;
import dev.noether.schemas.SchemaStore;
import dev.noether.schemas.Score;
import dev.noether.schemas.TestingRecords;
import dev.noether.schemas.Verdict;
import dev.noether.testing.Fuzz;
import dev.noether.testing.RandomizedTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Both formats of each output: the same records, the published schemas, damaged bytes. */
class OutputCodecTest extends RandomizedTest {
    private static final int RECORDS = 1_000;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void scoresAreTheSameInBothFormats(RandomGenerator random) throws Exception {
        compare(
                "score",
                OutputCodec.scores(OutputFormat.AVRO),
                OutputCodec.scores(OutputFormat.JSON),
                TestingRecords.finite(random)::score);
    }

    @Test
    void incidentsAreTheSameInBothFormats(RandomGenerator random) throws Exception {
        compare(
                "incident",
                OutputCodec.incidents(OutputFormat.AVRO),
                OutputCodec.incidents(OutputFormat.JSON),
                TestingRecords.finite(random)::incident);
    }

    @Test
    void rejectedRecordsAreTheSameInBothFormats(RandomGenerator random) throws Exception {
        compare(
                "rejected",
                OutputCodec.rejected(OutputFormat.AVRO, 1 << 20),
                OutputCodec.rejected(OutputFormat.JSON, 1 << 20),
                TestingRecords.finite(random)::rejected);
    }

    private static <T> void compare(String name, OutputCodec<T> avro, OutputCodec<T> json, Supplier<T> records)
            throws Exception {
        PublishedSchema schema = PublishedSchema.of(name);
        for (int i = 0; i < RECORDS; i++) {
            T record = records.get();
            byte[] asJson = json.encode(record);
            assertThat(schema.problems(asJson)).as(text(asJson)).isEmpty();
            assertThat(text(asJson)).startsWith("{").endsWith("}").doesNotContain("\n");
            // Either codec reads what either wrote, one after the other.
            assertThat(json.decode(asJson)).isEqualTo(record);
            assertThat(avro.decode(asJson)).isEqualTo(record);
            assertThat(json.decode(avro.encode(record))).isEqualTo(record);
            assertThat(json.asAvro(record, asJson)).isEqualTo(avro.encode(record));
        }
    }

    @Test
    void everyFieldOfAvroIsAPropertyOfTheSchema() throws Exception {
        for (String name : List.of("Score", "Incident", "Rejected")) {
            PublishedSchema schema = PublishedSchema.of(name.toLowerCase(Locale.ROOT));
            compare(SchemaStore.newest(name), schema.root(), schema);
        }
    }

    private static void compare(Schema avro, JsonNode json, PublishedSchema schema) {
        switch (avro.getType()) {
            case RECORD -> {
                for (Schema.Field field : avro.getFields()) {
                    JsonNode property = json.path("properties").path(field.name());
                    assertThat(property.isObject())
                            .as("%s.%s in the JSON schema", avro.getName(), field.name())
                            .isTrue();
                    assertThat(json.path("required").toString()).contains('"' + field.name() + '"');
                    compare(field.schema(), schema.resolved(property), schema);
                }
            }
            case UNION -> compare(avro.getTypes().get(avro.getTypes().size() - 1), json, schema);
            case ARRAY -> compare(avro.getElementType(), schema.resolved(json.path("items")), schema);
            case ENUM ->
                assertThat(json.path("enum").toString())
                        .startsWith("[\"" + String.join("\",\"", avro.getEnumSymbols()) + "\"");
            default -> assertThat(json.has("type")).isTrue();
        }
    }

    @Test
    void recordsOnModelsAreAsPublished(RandomGenerator random) throws Exception {
        TestingRecords records = TestingRecords.finite(random);
        PublishedSchema schema = PublishedSchema.of("models");
        for (int i = 0; i < RECORDS / 5; i++) {
            for (ModelsRecord record : List.of(
                    records.release(), records.decision(), records.shadow(), records.training(), records.request())) {
                byte[] json = ModelsJson.encode(record);
                assertThat(schema.refusals(json)).as(text(json)).isEmpty();
            }
        }
    }

    @Test
    void writesIsoTimesNamesAndNulls() throws Exception {
        Score score = new Score(
                "fleet",
                "host \"7\"",
                0,
                1_769_271_360_001L,
                3,
                42,
                Verdict.ANOMALOUS,
                null,
                1.5,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                List.of(new Contribution("f\u00E9", 0.1f, Float.NaN, Float.NEGATIVE_INFINITY)),
                List.of(),
                7);
        assertThat(text(OutputCodec.scores(OutputFormat.JSON).encode(score)))
                .isEqualTo(
                        "{\"detector\":\"fleet\",\"entity\":\"host \\\"7\\\"\",\"time\":\"2026-01-24T16:16:00.000Z\","
                                + "\"windowStart\":\"1970-01-01T00:00:00.000Z\",\"windowEnd\":\"2026-01-24T16:16:00.001Z\","
                                + "\"sourcePartition\":3,\"sourceOffset\":42,\"verdict\":\"ANOMALOUS\",\"unscoredReason\":null,"
                                + "\"score\":1.5,\"pValue\":null,\"threshold\":1.7976931348623157E308,"
                                + "\"contributions\":[{\"feature\":\"f\u00E9\",\"share\":0.1,\"observed\":null,"
                                + "\"expected\":-3.4028235E38,\"deviation\":0.0,\"usualLow\":null,\"usualHigh\":null}],"
                                + "\"imputed\":[],\"modelVersion\":7,\"alarmScore\":null,\"suppressed\":null,\"stuck\":[],"
                                + "\"shapeFinding\":null,\"modelHash\":null,\"shadow\":null,\"scheduleFinding\":null}");
    }

    @Test
    void writesATextThatNoEncodingHas() throws Exception {
        Rejected rejected = new Rejected("t", 0, 1, 2, RejectionReason.OTHER, "cut\uD83D", null, null, -1);
        OutputCodec<Rejected> json = OutputCodec.rejected(OutputFormat.JSON, 100);
        assertThat(json.decode(json.encode(rejected)).error()).isEqualTo("cut\uFFFD");
    }

    @Test
    void writesAValueAsTextOrAsBase64AndCutsWhatIsTooLong() throws Exception {
        OutputCodec<Rejected> json = OutputCodec.rejected(OutputFormat.JSON, 8);
        JsonNode text = tree(json.encode(rejected("{\"a\":1")));
        assertThat(text.path("valueText").asText()).isEqualTo("{\"a\":1");
        assertThat(text.path("value").isNull()).isTrue();
        JsonNode escaped = tree(json.encode(rejected("{\"a\":\"\"")));
        assertThat(escaped.path("value").binaryValue()).isEqualTo("{\"a\":\"".getBytes(StandardCharsets.UTF_8));
        assertThat(escaped.path("valueBytes").asInt()).isEqualTo(7);
        JsonNode binary = tree(json.encode(rejected("a\u0000b")));
        assertThat(binary.path("value").asText()).isEqualTo("YQBi");
        assertThat(binary.path("valueText").isNull()).isTrue();
        assertThat(tree(json.encode(rejected("123456789"))).path("value").asText())
                .hasSize(8);
    }

    @Test
    void listsAsManyMembersOfAGroupAsFit() throws Exception {
        Incident incident = TestingRecords.finite(random()).incident();
        List<String> members = Collections.nCopies(10_000, "\u0001".repeat(50));
        Incident group = new Incident(
                incident.identity(),
                incident.state(),
                incident.severity(),
                incident.times(),
                incident.peak(),
                1,
                incident.diagnosis(),
                new IncidentGroup(null, members, members.size()),
                null);
        OutputCodec<Incident> json = OutputCodec.incidents(OutputFormat.JSON);
        byte[] bytes = json.encode(group);
        assertThat(bytes.length).isLessThan(600_000);
        assertThat(json.decode(bytes).group().memberCount()).isEqualTo(10_000);
        assertThat(json.decode(bytes).group().members()).hasSizeBetween(1_000, 2_000);
    }

    @Test
    void ignoresWhatLaterVersionsAdd() throws Exception {
        OutputCodec<Incident> json = OutputCodec.incidents(OutputFormat.JSON);
        Incident incident = TestingRecords.finite(random()).incident();
        String later = text(json.encode(incident))
                .replaceFirst("\\{", "{\"added\":{\"a\":[1,{\"b\":null}]},")
                .replace("\"kind\":\"" + incident.kind() + "\"", "\"kind\":\"LATER\"");
        assertThat(json.decode(later.getBytes(StandardCharsets.UTF_8)).kind()).isEqualTo(IncidentKind.OTHER);
    }

    @Test
    void namesWhatIsMissing() {
        OutputCodec<Score> codec = OutputCodec.scores();
        assertThatThrownBy(() -> codec.decode("{\"detector\":\"d\"}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessage("the JSON record is damaged: the property `entity` is missing");
        assertThatThrownBy(() -> codec.decode("{\"entity\":7}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("expected VALUE_STRING (got VALUE_NUMBER_INT)");
        assertThatThrownBy(() -> codec.decode("plain text".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("the first two bytes are not C3 01");
    }

    @Test
    void survivesAnyDamage(RandomGenerator random) throws Exception {
        TestingRecords records = TestingRecords.finite(random);
        Fuzz fuzz = new Fuzz(random);
        damage(OutputCodec.scores(OutputFormat.JSON), records::score, fuzz);
        damage(OutputCodec.incidents(OutputFormat.JSON), records::incident, fuzz);
        damage(OutputCodec.rejected(OutputFormat.JSON, 1 << 20), records::rejected, fuzz);
    }

    private static <T> void damage(OutputCodec<T> codec, Supplier<T> records, Fuzz fuzz) throws Exception {
        T good = records.get();
        byte[] whole = codec.encode(good);
        for (int i = 0; i < Fuzz.cases(3_000); i++) {
            byte[] bytes = codec.encode(records.get());
            try {
                codec.decode(i % 2 == 0 ? fuzz.text(bytes) : fuzz.bytes(bytes));
            } catch (MalformedRecordException refused) {
                assertThat(refused.getMessage()).doesNotContain("\n");
            }
            assertThat(codec.decode(whole)).isEqualTo(good);
        }
    }

    @Test
    void timesAreThoseOfJava(RandomGenerator random) {
        TimeText times = new TimeText();
        for (int i = 0; i < 100_000; i++) {
            long millis = random.nextLong(-62_167_219_200_000L, 253_402_300_800_000L);
            int length = times.format(millis);
            String text = new String(times.characters(), 0, length);
            assertThat(text).hasSize(24);
            assertThat(Instant.parse(text).toEpochMilli()).isEqualTo(millis);
            assertThat(TimeText.parse(text)).isEqualTo(millis);
        }
        assertThat(times.format(253_402_300_800_000L)).isZero();
    }

    private static Rejected rejected(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return new Rejected("t", 0, 1, 2, RejectionReason.OTHER, "e", null, bytes, bytes.length);
    }

    private static JsonNode tree(byte[] bytes) throws Exception {
        return MAPPER.readTree(bytes);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
