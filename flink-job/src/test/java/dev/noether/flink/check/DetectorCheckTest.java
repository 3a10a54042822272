package dev.noether.flink.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.check.Finding.Level;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.RetrainingSection;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.Features;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What the check reports about samples of records. */
class DetectorCheckTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final long MINUTE = 60_000;

    private final ObservationCodec codec = new ObservationCodec();

    @Test
    void aMisspeltFeatureIsAProblemThatNamesTheNearestName() {
        List<Finding> findings =
                check(detector("cpu_lod", "memory"), hours(NOW, 100, Map.of("cpu_load", 1f, "memory", 2f)));
        assertThat(problems(findings))
                .containsExactly("the feature `cpu_lod` has no value in any record; did you mean `cpu_load`?");
        assertThat(texts(findings, Level.INFORMATION))
                .contains("the records have features that the detector does not use: cpu_load");
    }

    @Test
    void aFeatureThatNobodyReportsIsAProblemThatListsWhatThereIs() {
        List<Finding> findings =
                check(detector("memory", "temperature"), hours(NOW, 100, Map.of("cpu", 1f, "memory", 2f)));
        assertThat(problems(findings))
                .containsExactly("the feature `temperature` has no value in any record; the records also have cpu");
    }

    @Test
    void aSampleWithoutFaultHasNoProblemAndNoWarningButHistory() {
        DetectorConfig detector = detector("cpu", "memory");
        List<Finding> findings = check(detector, hours(NOW, 100, Map.of("cpu", 1f, "memory", 2f)));
        assertThat(problems(findings)).isEmpty();
        assertThat(texts(findings, Level.WARNING))
                .singleElement()
                .asString()
                .startsWith("the budget `1 per entity per P30D` is supported by measured scores with about")
                .endsWith("the real rate of false alarms can differ; allow more alarms, or wait");
    }

    @Test
    void aConstantFeatureAndAFeatureThatIsOftenMissingAreWarnings() {
        ObservationSample sample = new ObservationSample(detector("cpu", "memory"));
        for (int i = 0; i < 100; i++) {
            Map<String, Float> values = new HashMap<>(Map.of("cpu", 5f));
            if (i % 2 == 0) {
                values.put("memory", (float) i);
            }
            sample.add(record("a", NOW.toEpochMilli() - (100 - i) * MINUTE, values, i));
        }
        assertThat(texts(check(detector("cpu", "memory"), sample), Level.WARNING))
                .anyMatch(text -> text.startsWith("the feature `cpu` is 5.0 in all of its 100 values"))
                .anyMatch(text -> text.startsWith("the feature `memory` has no value in 50 % of the observations"));
    }

    @Test
    void recordsOfAnotherFormatAreNamedWithTheirReason() {
        ObservationSample sample = new ObservationSample(detector("cpu"));
        for (int i = 0; i < 3; i++) {
            sample.add(new ConsumerRecord<>(
                    "fleet.observations", 0, i, null, "{\"cpu\": 1}".getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(problems(check(detector("cpu"), sample)))
                .singleElement()
                .asString()
                .startsWith("3 of 3 records are rejected (NOT_AVRO), the first because ");
        assertThat(RefusalReason.noObservations("fleet.observations", sample))
                .startsWith("topic fleet.observations holds no observation: of the newest 3 records, 3 are rejected;"
                        + " 3 with NOT_AVRO, the first because ");
    }

    /** The fields that the mapping does not use are named with their paths. */
    @Test
    void aWrongPathIsAProblemThatListsTheOtherNumbersOfTheRecords() {
        DetectorConfig json = DetectorConfig.parse("""
                detector: fleet
                features: [cpu, memory]
                source: {format: json, entity: host, time: ts, features: {cpu: system.cpu}}
                """, "test");
        ObservationSample sample = new ObservationSample(json);
        for (int i = 0; i < 3; i++) {
            String record = "{\"host\": \"a\", \"ts\": " + (NOW.toEpochMilli() + i) + ", \"memory\": " + i
                    + ", \"sys\": {\"cpu\": [\"12.5\", true], \"name\": \"x\"}}";
            sample.add(new ConsumerRecord<>("fleet.observations", 0, i, null, record.getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(problems(check(json, sample)))
                .contains("the feature `cpu` has no value in any record; the records also have sys.cpu.0, sys.cpu.1");
    }

    @Test
    void recordsWrittenForOtherFeaturesAreOneProblem() {
        ObservationSample sample = new ObservationSample(detector("cpu", "memory"));
        for (int i = 0; i < 3; i++) {
            byte[] bytes = codec.encode(
                    new Observation("a", NOW.toEpochMilli() + i, new Features.Positional(7, new float[] {1, 2})));
            sample.add(new ConsumerRecord<>("fleet.observations", 0, i, null, bytes));
        }
        assertThat(problems(check(detector("cpu", "memory"), sample)))
                .singleElement()
                .asString()
                .startsWith("3 of 3 records are rejected (UNKNOWN_FEATURE_SCHEMA), the first because the record was"
                        + " written for other features or in another order");
    }

    @Test
    void anEmptyTopicIsAProblem() {
        assertThat(problems(check(detector("cpu"), new ObservationSample(detector("cpu")))))
                .containsExactly(
                        "the topic fleet.observations has no record; send observations first, then check again");
    }

    @Test
    void anOldNewestObservationIsAWarning() {
        List<Finding> findings = check(detector("cpu"), hours(NOW.minusSeconds(7_200), 1, Map.of("cpu", 1f)));
        assertThat(texts(findings, Level.WARNING)).anyMatch(text -> text.startsWith("the newest observation is 2 h"));
    }

    @Test
    void tooFewObservationsAreAProblemWithTheTimeToWait() {
        List<Finding> findings = check(detector("cpu"), hours(NOW, 1, Map.of("cpu", 1f)));
        assertThat(problems(findings))
                .singleElement()
                .asString()
                .startsWith(
                        "a model needs at least 1,000 observations (retraining.minRows), the topic has 60: wait about ");
    }

    /** As a training says it: the windows need so many rows, whatever the setting. */
    @Test
    void theLeastNumberOfRowsIsThatOfATraining() {
        DetectorConfig config = detector("cpu").with(RetrainingSection.MIN_ROWS, 10);
        ObservationSample sample = new ObservationSample(config);
        for (int i = 0; i < 20; i++) {
            sample.add(record("web", NOW.toEpochMilli() - (20 - i) * MINUTE, Map.of("cpu", i % 3f), i));
        }
        assertThat(problems(check(config, sample)))
                .singleElement()
                .asString()
                .startsWith("a model needs at least 30 observations (for its windows), the topic has 20: wait about ");
    }

    private static DetectorConfig detector(String... features) {
        return DetectorConfig.withDefaults("fleet", new FeatureSchema(List.of(features)));
    }

    /** One entity's observations of some hours, one each minute, whose values vary. */
    private ObservationSample hours(Instant end, int hours, Map<String, Float> values) {
        ObservationSample sample = new ObservationSample(detector("cpu", "memory"));
        int count = 60 * hours;
        for (int i = 0; i < count; i++) {
            Map<String, Float> row = new HashMap<>();
            float varied = i;
            values.forEach((name, value) -> row.put(name, value + varied));
            sample.add(record("a", end.toEpochMilli() - (count - i) * MINUTE, row, i));
        }
        return sample;
    }

    private ConsumerRecord<byte[], byte[]> record(String entity, long time, Map<String, Float> values, long offset) {
        byte[] bytes = codec.encode(new Observation(entity, time, new Features.Named(values)));
        return new ConsumerRecord<>("fleet.observations", 0, offset, null, bytes);
    }

    private static List<Finding> check(DetectorConfig detector, ObservationSample sample) {
        return DetectorCheck.of(detector, new TopicSample(sample.records(), sample, sample), NOW);
    }

    private static List<String> problems(List<Finding> findings) {
        return texts(findings, Level.PROBLEM);
    }

    private static List<String> texts(List<Finding> findings, Level level) {
        return findings.stream()
                .filter(finding -> finding.level() == level)
                .map(Finding::text)
                .toList();
    }
}
