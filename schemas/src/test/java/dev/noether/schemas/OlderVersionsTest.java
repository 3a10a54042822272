package dev.noether.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.noether.testing.RandomizedTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random scores as each released version would have written them, read by the newest codec. */
class OlderVersionsTest extends RandomizedTest {
    private static final int RECORDS = 300;

    private final ScoreCodec codec = new ScoreCodec();

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2", "v3", "v4", "v5", "v6", "v7"})
    void aRandomScoreIsReadWithTheFieldsThatItsVersionHas(String version) throws Exception {
        TestingRecords records = new TestingRecords(random());
        for (int i = 0; i < RECORDS; i++) {
            Score score = records.score();
            assertThat(codec.decode(written(score, version)))
                    .as("record %d of %s", i, version)
                    .isEqualTo(expected(score, version));
        }
    }

    @Test
    void versionsMayBeMixed(RandomGenerator random) throws Exception {
        TestingRecords records = new TestingRecords(random);
        for (int i = 0; i < RECORDS; i++) {
            String version = "v" + random.nextInt(1, 8);
            Score score = records.score();
            assertThat(codec.decode(written(score, version))).isEqualTo(expected(score, version));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2"})
    void aTruncatedScoreOfAnOlderVersionIsRefused(String version) throws Exception {
        TestingRecords records = new TestingRecords(random());
        for (int i = 0; i < 20; i++) {
            byte[] whole = written(records.score(), version);
            for (int length = RecordCodec.HEADER_BYTES; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                MalformedRecordException refusal =
                        catchThrowableOfType(MalformedRecordException.class, () -> codec.decode(cut));
                assertThat(refusal)
                        .as("cut to %d of %d bytes", length, whole.length)
                        .isNotNull();
                assertThat(refusal.reason()).isEqualTo(RejectionReason.MALFORMED);
            }
            byte[] longer = Arrays.copyOf(whole, whole.length + 1);
            assertThatThrownBy(() -> codec.decode(longer)).hasMessage("bytes are left over after the record");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2"})
    void aDamagedScoreOfAnOlderVersionDoesNotStopTheStream(String version) throws Exception {
        RandomGenerator random = random();
        TestingRecords records = new TestingRecords(random);
        Score good = records.score();
        byte[] bytesOfGood = written(good, version);
        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = bytesOfGood.clone();
            for (int hits = random.nextInt(1, 5); hits > 0; hits--) {
                bytes[random.nextInt(RecordCodec.HEADER_BYTES, bytes.length)] = (byte) random.nextInt();
            }
            try {
                codec.decode(bytes);
            } catch (MalformedRecordException e) {
                assertThat(e.reason()).isEqualTo(RejectionReason.MALFORMED);
            }
        }
        assertThat(codec.decode(bytesOfGood)).isEqualTo(expected(good, version));
    }

    @Test
    void eachReleasedSchemaIsKnownByItsFingerprint() {
        SchemaStore store = SchemaStore.released();
        for (String version : List.of("v1", "v2", "v3", "v4", "v5", "v6", "v7")) {
            Schema schema = SchemaStore.released(version, "Score");
            assertThat(store.find(SchemaStore.fingerprint(schema))).isEqualTo(schema);
        }
        assertThat(store.find(0)).isNull();
    }

    @Test
    void theNewestSchemaOfARecordIsThatOfTheLastVersionThatChangedIt() {
        assertThat(SchemaStore.newest("Score")).isEqualTo(SchemaStore.released("v7", "Score"));
        assertThat(SchemaStore.newest("Incident")).isEqualTo(SchemaStore.released("v5", "Incident"));
        assertThat(SchemaStore.newest("Observation")).isEqualTo(SchemaStore.released("v1", "Observation"));
        assertThat(SchemaStore.newest("ModelRelease")).isEqualTo(SchemaStore.released("v5", "ModelRelease"));
    }

    @Test
    void unknownVersionsAndRecordsAreNamed() {
        assertThatThrownBy(() -> SchemaStore.released("v9", "Score"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no schema v9/Score.avsc; known versions are [v1, v2, v3, v4, v5, v6, v7]");
        assertThatThrownBy(() -> SchemaStore.newest("Alarm"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no record Alarm; known versions are [v1, v2, v3, v4, v5, v6, v7]");
    }

    /** The message names what was found and what was expected, so that a wrong topic is recognised. */
    @Test
    void aRecordOfAnotherTopicIsNamed(RandomGenerator random) {
        byte[] bytes = new IncidentCodec().encode(new TestingRecords(random).incident());
        assertThatThrownBy(() -> codec.decode(bytes))
                .hasMessage("schema fingerprint 8c557dc1ef594b7a is dev.noether.schemas.Incident,"
                        + " expected dev.noether.schemas.Score (e07d3b5143d1b561 or an older release of it)");
    }

    /** A reader of an older version leaves out the fields that it does not know. */
    @Test
    void olderReadersReadTheNewestRecords(RandomGenerator random) throws Exception {
        TestingRecords records = new TestingRecords(random);
        for (int i = 0; i < RECORDS; i++) {
            Score score = records.score();
            GenericRecord read = readBy(SchemaStore.released("v3", "Score"), codec.schema(), codec.encode(score));
            assertThat(read.get("entity")).hasToString(score.entity());
            assertThat(read.hasField("shapeFinding")).isFalse();
            Incident incident = records.incident();
            IncidentCodec incidents = new IncidentCodec();
            GenericRecord older =
                    readBy(SchemaStore.released("v2", "Incident"), incidents.schema(), incidents.encode(incident));
            assertThat(older.get("description")).hasToString(incident.description());
            assertThat(older.get("count")).isEqualTo(incident.count());
        }
    }

    private static GenericRecord readBy(Schema reader, Schema writer, byte[] bytes) throws IOException {
        BinaryMessageDecoder<GenericRecord> decoder = new BinaryMessageDecoder<>(GenericData.get(), reader);
        decoder.addSchema(writer);
        return decoder.decode(bytes);
    }

    /** Writes a score by Avro alone, with the fields that the version has. */
    private byte[] written(Score score, String version) throws IOException {
        GenericRecord newest = (GenericRecord)
                new BinaryMessageDecoder<>(GenericData.get(), codec.schema()).decode(codec.encode(score));
        Schema older = SchemaStore.released(version, "Score");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new BinaryMessageEncoder<>(GenericData.get(), older).encode(reduced(newest, older), out);
        return out.toByteArray();
    }

    private static GenericRecord reduced(GenericRecord newest, Schema older) {
        GenericRecordBuilder builder = new GenericRecordBuilder(older);
        for (Schema.Field field : older.getFields()) {
            Object value = newest.get(field.name());
            builder.set(field, field.name().equals("contributions") ? reducedAll(value, field.schema()) : value);
        }
        return builder.build();
    }

    private static List<GenericRecord> reducedAll(Object contributions, Schema array) {
        List<GenericRecord> reduced = new ArrayList<>();
        for (Object contribution : (List<?>) contributions) {
            reduced.add(reduced((GenericRecord) contribution, array.getElementType()));
        }
        return reduced;
    }

    /** The score with the defaults of the fields that the version does not have. */
    private static Score expected(Score score, String version) {
        if (version.equals("v7")) {
            return score;
        }
        boolean isSixth = version.equals("v6");
        boolean isFifth = isSixth || version.equals("v5");
        boolean isFourth = version.equals("v4");
        boolean isThird = version.equals("v3");
        boolean isFirst = version.equals("v1");
        List<Contribution> contributions = !isFirst
                ? score.contributions()
                : score.contributions().stream()
                        .map(part -> new Contribution(part.feature(), part.share(), part.observed(), part.expected()))
                        .toList();
        return new Score(
                score.detector(),
                score.entity(),
                score.windowStart(),
                score.windowEnd(),
                score.sourcePartition(),
                score.sourceOffset(),
                score.verdict(),
                score.unscoredReason(),
                score.score(),
                score.pValue(),
                score.threshold(),
                contributions,
                score.imputed(),
                score.modelVersion(),
                isFirst ? Double.NaN : score.alarmScore(),
                isFirst ? null : score.suppressed(),
                isThird || isFourth || isFifth ? score.stuck() : List.of(),
                isFourth || isFifth ? score.shapeFinding() : null,
                isFifth ? score.modelHash() : null,
                isSixth ? score.shadow() : null);
    }
}
