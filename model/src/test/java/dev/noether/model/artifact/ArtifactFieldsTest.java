package dev.noether.model.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.noether.model.alarm.TailCalibration;
import dev.noether.model.artifact.ArtifactException.Fault;
import dev.noether.model.testing.TestingArtifacts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that Avro can read, with one field that does not fit. The message names the field. */
final class ArtifactFieldsTest {
    private static final ModelArtifact MODEL = TestingArtifacts.plainWithForecast();

    @ParameterizedTest
    @MethodSource("damages")
    void theMessageNamesTheDamagedField(String field, Object value, String message) throws IOException {
        ArtifactException refusal = refusal(record -> record.put(field, value));
        assertThat(refusal).hasMessageContaining(message);
        assertThat(refusal.fault()).isEqualTo(Fault.INVALID_CONTENT);
    }

    private static Stream<Arguments> damages() {
        return Stream.of(
                damage("features", List.of(), "`features` must name at least one feature (got none)"),
                damage("features", List.of("cpu", "cpu"), "`features` must not hold a name twice (got cpu twice)"),
                damage("features", List.of("cpu", " "), "`features` must not hold a blank name"),
                damage("features", List.of("cpu"), "the scaling must have 1 features (got 2)"),
                damage("windowRows", 0, "`windowRows` must be at least 1 (got 0)"),
                damage("windowRows", 3, "the network must read windows of 3 × 2 values (got 4)"),
                damage("center", floats(1), "`scale` must have as many values as `center` (got 2 and 1)"),
                damage("center", floats(1, Float.NaN), "feature 1 must have a finite center and a positive scale"),
                damage("scale", floats(1, 0), "feature 1 must have a finite center and a positive scale"),
                damage("scale", floats(-1, 1), "feature 0 must have a finite center and a positive scale"),
                damage("inputWidth", 0, "`inputWidth`"),
                damage("inputWidth", 6, "`parameters` must hold"),
                damage("encoderWidths", List.of(3, 0), "`encoderWidths`"),
                damage("decoderWidths", List.of(-2), "`decoderWidths`"),
                damage("codeSize", 5, "`codeSize` must be in [1, `inputWidth` = 4] (got 5)"),
                damage("parameters", floats(1, 2, 3), "`parameters` must hold"),
                damage("forecastRows", 2, "`weights` must hold `rows` × features × features values (got 4 for"),
                damage("forecastRows", -1, "`weights` must hold"),
                damage("forecastWeights", floats(1, 2, 3, Float.NaN), "`weights` must be finite (got NaN)"),
                damage("forecastBiases", floats(1, Float.POSITIVE_INFINITY), "`biases` must be finite"),
                damage("forecastResidualMean", floats(), "must have 2 features in 2 views (got 2 in 1)"),
                damage("repeats", ints(1, 0, 0), "5 numbers for each feature (got 3 in all)"),
                damage("repeats", ints(1, 0, 0, 0, 1), "the law of repetitions must have 2 features (got 1)"),
                damage("repeats", ints(1, 2, 0, 0, 1, 1, 0, 0, 0, 1), "repeats must be among the moves (got 2 of 1"),
                damage("rowIntervalMillis", 0L, "`rowInterval` must be above zero (got PT0S)"),
                damage("rowIntervalMillis", -5L, "`rowInterval` must be above zero"));
    }

    @ParameterizedTest
    @MethodSource("damagedRules")
    void theMessageNamesTheDamagedPartOfTheScoreRule(String field, float value, String message) throws IOException {
        ArtifactException refusal = refusal(record -> record.put(field, value));
        assertThat(refusal).hasMessage("`" + field + "` must be " + message + " (got " + value + ")");
    }

    private static Stream<Arguments> damagedRules() {
        String unbounded = "in [0, " + Float.MAX_VALUE + "]";
        return Stream.of(
                Arguments.of("adaptationRate", 1f, "in (0, 1)"),
                Arguments.of("causeRate", Float.NaN, "in (0, 1)"),
                Arguments.of("varianceFloor", 0f, "finite and above 0"),
                Arguments.of("alarmStartingWeight", 1.5f, "in [0, 1.0]"),
                Arguments.of("startingWeight", -0.5f, "in [0, 1.0]"),
                Arguments.of("memoryRate", 0f, "in (0, 1]"),
                Arguments.of("memoryWeight", -1f, unbounded),
                Arguments.of("excessWeight", Float.POSITIVE_INFINITY, unbounded),
                Arguments.of("memoryCeiling", Float.NaN, unbounded));
    }

    @ParameterizedTest
    @MethodSource("damagedCalibrations")
    void theMessageNamesTheDamagedPartOfTheCalibration(String field, Object value, String message) throws IOException {
        assertThat(refusal(record -> record.put(field, value))).hasMessageContaining(message);
    }

    private static Stream<Arguments> damagedCalibrations() {
        return Stream.of(
                damage("calibrationSize", 0, "`size` must be at least 1"),
                damage("calibrationEffectiveSize", 1e9, "`effectiveSize` in (0, `size`]"),
                damage("calibrationDistinct", -1, "`distinct` in [0, `size`]"),
                damage("calibrationLocation", Double.NaN, "`location` must be finite"),
                damage("calibrationScale", 0.0, "`scale` finite and above 0"),
                damage("calibrationShape", 0.75, "`shape` must be in [-0.5, 0.5] (got 0.75)"),
                damage("calibrationBody", floats(0), "`body` must hold at least 2 scores (got 1)"),
                damage("calibrationBody", floats(-1, -2), "`body` must be finite, ascend and be at most 0 (got -2.0)"));
    }

    @ParameterizedTest
    @MethodSource("damagedBaselines")
    void theMessageNamesTheDamagedBaseline(String field, Object value, String message) throws IOException {
        ArtifactException refusal = refusal(record -> {
            GenericRecord named = (GenericRecord) ((List<?>) record.get("entityBaselines")).get(0);
            named.put(field, value);
        });
        assertThat(refusal).hasMessageContaining(message);
    }

    private static Stream<Arguments> damagedBaselines() {
        return Stream.of(
                damage("mean", floats(1), "`variance` must have as many values as `mean` (got 2 and 1)"),
                damage("variance", floats(1, -1), "feature 1 must have a finite mean and a variance of at least 0"),
                damage("forecastMean", floats(), "the baseline of host-1 must have 2 features in 2 views (got 2 in 1)"),
                damage("rawVariance", floats(Float.NaN, 1), "feature 0 must have a finite mean and a variance"),
                damage("rows", -1, "`rows` must be at least 0 (got -1)"));
    }

    @Test
    void anIntactFileIsReadAsTheModel() throws Exception {
        assertThat(ArtifactCodec.decode(file(ArtifactRecord.of(MODEL), "2"))).isEqualTo(MODEL);
    }

    @Test
    void theFirstFormatKeepsItsScoresAndIsCalibratedOnThem() throws Exception {
        float[] scores = {1, 2, 2, 3, 8};
        GenericRecord record = ofFormat1();
        record.put("calibrationSize", 5);
        record.put("calibrationScores", floats(1, 2, 3, 8));
        record.put("calibrationAtLeast", List.of(5, 4, 2, 1));
        assertThat(ArtifactCodec.decode(file(record, "1")).calibration())
                .isEqualTo(TailCalibration.of(List.of(scores)).withRule(TailCalibration.FIRST_RULE));
    }

    @Test
    void theFirstFormatNeedsACountForEachScore() throws IOException {
        GenericRecord none = ofFormat1();
        assertThat(refusal(file(none, "1")))
                .hasMessageContaining("as many counts as scores, at least one (got 0 and 0");
        GenericRecord ascending = ofFormat1();
        ascending.put("calibrationSize", 5);
        ascending.put("calibrationScores", floats(1, 2));
        ascending.put("calibrationAtLeast", List.of(3, 4));
        assertThat(refusal(file(ascending, "1")))
                .hasMessage("the calibration's counts must be in [1, 3] and not ascend (got 4)");
    }

    private static GenericRecord ofFormat1() {
        GenericRecord record = ArtifactRecord.of(MODEL);
        record.put("calibrationEffectiveSize", 0.0);
        return record;
    }

    @Test
    void laterFormatsAreRefusedByTheirNumber() throws IOException {
        for (String version : List.of("6", "7", "2147483648")) {
            ArtifactException refusal = refusal(file(ArtifactRecord.of(MODEL), version));
            assertThat(refusal).hasMessage("found format version " + version + ", supports at most 5");
            assertThat(refusal.fault()).isEqualTo(Fault.FUTURE_FORMAT);
        }
    }

    @Test
    void formatsBeforeTheFirstDoNotExist() throws IOException {
        for (String version : List.of("0", "-1")) {
            ArtifactException refusal = refusal(file(ArtifactRecord.of(MODEL), version));
            assertThat(refusal).hasMessage("found format version " + version + ", the first version is 1");
            assertThat(refusal.fault()).isEqualTo(Fault.UNREADABLE);
        }
    }

    @Test
    void anotherAvroFileIsNoArtifact() throws IOException {
        ArtifactException refusal = refusal(file(ArtifactRecord.of(MODEL), ""));
        assertThat(refusal).hasMessage("the Avro file is not a model artifact: it has no noether.format");
        assertThat(refusal.fault()).isEqualTo(Fault.UNREADABLE);
    }

    @Test
    void aFileWithoutARecordEndsBeforeTheModel() throws IOException {
        assertThat(refusal(file(List.of(), ArtifactSchemas.CURRENT, "2"))).hasMessage("the file ends before the model");
    }

    @Test
    void anotherSchemaThanOursIsNotRead() throws IOException {
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field field : ArtifactSchemas.CURRENT.getFields()) {
            if (!field.name().equals("windowRows")) {
                fields.add(new Schema.Field(field, field.schema()));
            }
        }
        Schema without = Schema.createRecord("ModelArtifact", null, "dev.noether.model.artifact", false, fields);
        GenericRecord whole = ArtifactRecord.of(MODEL);
        GenericRecord record = new GenericData.Record(without);
        fields.forEach(field -> record.put(field.name(), whole.get(field.name())));
        ArtifactException refusal = refusal(file(List.of(record), without, "2"));
        assertThat(refusal).hasMessageEndingWith("its schema is none that a version of Noether has written");
        assertThat(refusal.fault()).isEqualTo(Fault.UNREADABLE);
    }

    private static Arguments damage(String field, Object value, String message) {
        return Arguments.of(field, value, message);
    }

    private static ArtifactException refusal(Consumer<GenericRecord> damage) throws IOException {
        GenericRecord record = ArtifactRecord.of(MODEL);
        damage.accept(record);
        return refusal(file(record, "2"));
    }

    private static ArtifactException refusal(byte[] file) {
        return catchThrowableOfType(ArtifactException.class, () -> ArtifactCodec.decode(file));
    }

    private static byte[] file(GenericRecord record, String version) throws IOException {
        return file(List.of(record), record.getSchema(), version);
    }

    /** Writes records; an empty version writes none. */
    private static byte[] file(List<GenericRecord> records, Schema schema, String version) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            if (!version.isEmpty()) {
                writer.setMeta("noether.format", version);
            }
            writer.create(schema, out);
            for (GenericRecord record : records) {
                writer.append(record);
            }
        }
        return out.toByteArray();
    }

    private static ByteBuffer floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }

    private static ByteBuffer ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return bytes;
    }
}
