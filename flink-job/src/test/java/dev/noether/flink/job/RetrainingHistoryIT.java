package dev.noether.flink.job;

import static dev.noether.flink.job.RetrainingFixture.ENTITIES;
import static dev.noether.flink.job.RetrainingFixture.FEATURES;
import static dev.noether.flink.job.RetrainingFixture.ROWS;
import static dev.noether.flink.job.RetrainingFixture.model;
import static dev.noether.flink.job.RetrainingFixture.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.IncidentSection;
import dev.noether.flink.config.RetrainingSection;
import dev.noether.flink.ingest.Garbage;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.retrain.NoObservationsException;
import dev.noether.flink.retrain.UnreportedFeaturesException;
import dev.noether.model.training.HistoryTooShortException;
import dev.noether.schemas.Features;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import dev.noether.schemas.Score;
import dev.noether.schemas.ScoreCodec;
import dev.noether.schemas.Verdict;
import dev.noether.testing.TestingKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the bounded job trains on, of what a real topic of observations holds. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RetrainingHistoryIT {
    @RegisterExtension
    private static final MiniClusterExtension FLINK = RetrainingFixture.cluster();

    @RegisterExtension
    private static final RetrainingFixture RETRAINING = new RetrainingFixture();

    /** The scores and incidents topics say what; the rows of the others stay. */
    @Test
    void whatTheModelInForceFlaggedIsNotTrainedOn() throws Exception {
        DetectorConfig config = RETRAINING.config("flagged").with(IncidentSection.QUIET, Duration.ofSeconds(20));
        RETRAINING.history(config, ROWS).send();
        ModelRelease first = RETRAINING.run(config, HistoryRange.all());
        List<ProducerRecord<byte[], byte[]>> scores = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            scores.add(score(config, first, i, i % ENTITIES == 1 && i > 800 && i < 900));
        }
        TestingKafka.send(RETRAINING.broker().bootstrapServers(), scores);
        ModelRelease second = RETRAINING.run(config, HistoryRange.all());
        // The host reports every 4 s from 801 s to 897 s; 20 s before and after it are left out too.
        assertThat(second.provenance())
                .containsEntry("data.leftOut.flagged", "35")
                .containsEntry("data.rows", String.valueOf(ROWS - 35))
                .containsEntry("data.rowsScored", String.valueOf(ROWS));
        assertThat(first.provenance())
                .containsEntry("data.rows", String.valueOf(ROWS))
                .containsEntry("data.rowsScored", "0")
                .doesNotContainKey("data.leftOut.flagged");
    }

    private static ProducerRecord<byte[], byte[]> score(
            DetectorConfig config, ModelRelease model, int row, boolean isAnomalous) {
        String entity = "host-" + row % ENTITIES;
        Score score = new Score(
                config.detector(),
                entity,
                time(row),
                time(row) + 1,
                0,
                row,
                isAnomalous ? Verdict.ANOMALOUS : Verdict.NORMAL,
                null,
                isAnomalous ? 20 : 1,
                isAnomalous ? 1e-12 : 0.5,
                5,
                List.of(),
                List.of(),
                model.version());
        return new ProducerRecord<>(
                config.topics().scores(),
                null,
                time(row),
                entity.getBytes(StandardCharsets.UTF_8),
                new ScoreCodec().encode(score));
    }

    @Test
    void onlyTheRangeIsTrainedOn() throws Exception {
        DetectorConfig config = RETRAINING.withoutTrial("range");
        TestingStream stream = new TestingStream(RETRAINING.broker(), config);
        TwoCauses process = new TwoCauses();
        for (int i = 0; i < 2 * ROWS; i++) {
            float[] values = process.next();
            // Everything outside of the range is of another world.
            if (i < ROWS / 2 || i >= ROWS / 2 + ROWS) {
                values[0] += 1e6f;
            }
            stream.add("host-" + i % ENTITIES, time(i), values);
        }
        stream.send();
        ModelRelease release = RETRAINING.run(config, new HistoryRange(time(ROWS / 2), time(ROWS / 2 + ROWS)));
        Map<String, String> provenance = release.provenance();
        assertThat(provenance)
                .containsEntry("data.rowsSeen", String.valueOf(ROWS))
                .containsEntry("data.rows", String.valueOf(ROWS))
                .containsEntry("data.from", Instant.ofEpochMilli(time(ROWS / 2)).toString())
                .containsEntry(
                        "data.to",
                        Instant.ofEpochMilli(time(ROWS / 2 + ROWS - 1) + 1).toString())
                .containsEntry(
                        "data.range",
                        "[" + Instant.ofEpochMilli(time(ROWS / 2)) + ", " + Instant.ofEpochMilli(time(ROWS / 2 + ROWS))
                                + ")");
        assertThat(model(release).scaling().center()[0]).isCloseTo(0, within(10f));
        assertThat(release.effectiveFrom()).isEqualTo(time(2 * ROWS - 1) + 1);
    }

    @Test
    void ofALongHistoryABoundedSampleIsTrainedOn() throws Exception {
        DetectorConfig config = RETRAINING.withoutTrial("sample").with(RetrainingSection.MAX_ROWS, 1_100);
        RETRAINING.history(config, 4 * ROWS).send();
        ModelRelease release = RETRAINING.run(config, HistoryRange.all());
        assertThat(release.provenance()).containsEntry("data.rowsSeen", String.valueOf(4 * ROWS));
        assertThat(Integer.parseInt(release.provenance().get("data.rows"))).isBetween(1_100 - 256, 1_100);
    }

    @Test
    void tooShortAHistoryGivesNoRelease() throws Exception {
        DetectorConfig config = RETRAINING.config("short");
        assertThatThrownBy(() -> RETRAINING.run(config, HistoryRange.all()))
                .isInstanceOf(NoObservationsException.class)
                .hasMessage("topic short.observations holds no observation yet");
        RETRAINING.history(config, 499).send();
        assertThatThrownBy(() -> RETRAINING.run(config, HistoryRange.all()))
                .isInstanceOf(HistoryTooShortException.class)
                .hasMessage("the history has 499 rows; a model needs at least 500");
        assertThatThrownBy(() -> RETRAINING.run(config, new HistoryRange(time(1_000), Long.MAX_VALUE)))
                .isInstanceOf(NoObservationsException.class)
                .hasMessage("the newest observation has event time " + Instant.ofEpochMilli(time(498))
                        + ", but the range begins at " + Instant.ofEpochMilli(time(1_000)));
        assertThat(new ReleaseTopic(config).read()).isEmpty();
        assertThat(RETRAINING.folder().resolve("models").resolve("short")).doesNotExist();
    }

    @Test
    void aFeatureThatNobodyReportsIsRefusedByNameWithTheNearestNameThatThereIs() throws Exception {
        DetectorConfig config = RETRAINING.config("misspelt");
        ObservationCodec codec = new ObservationCodec();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            Map<String, Float> values = Map.of("f0", 1f * i, "f1", 2f * i, "f2", 3f, "f3", 4f, "f4_total", 5f);
            Observation row = new Observation("host", time(i), new Features.Named(values));
            records.add(new ProducerRecord<>(config.topics().observations(), codec.encode(row)));
        }
        TestingKafka.send(RETRAINING.broker().bootstrapServers(), records);
        assertThatThrownBy(() -> RETRAINING.run(config, HistoryRange.all()))
                .isInstanceOf(UnreportedFeaturesException.class)
                .hasMessage("no model is trained: the feature `f4` has no value in any record; the records also have"
                        + " f4_total. Correct the name in the detector file, or remove the feature");
        assertThat(new ReleaseTopic(config).read()).isEmpty();
    }

    @Test
    void aTopicOfRecordsThatAreAllRejectedIsRefusedWithTheirReason() throws Exception {
        DetectorConfig config = RETRAINING.config("foreign");
        byte[] json = "{\"cpu\": 1}".getBytes(StandardCharsets.UTF_8);
        TestingKafka.send(
                RETRAINING.broker().bootstrapServers(),
                List.of(new ProducerRecord<>(config.topics().observations(), json)));
        assertThatThrownBy(() -> RETRAINING.run(config, HistoryRange.all()))
                .isInstanceOf(NoObservationsException.class)
                .hasMessageStartingWith("topic foreign.observations holds no observation: of the newest 1 records, 1"
                        + " are rejected; 1 with NOT_AVRO, the first because ");
    }

    @Test
    void garbageAtTheEndOfTheTopicMovesNoTime() throws Exception {
        DetectorConfig config = RETRAINING.withoutTrial("future");
        TestingStream stream = RETRAINING.history(config, ROWS);
        SplittableRandom random = new SplittableRandom(RetrainingFixture.SEED);
        for (Garbage garbage : Garbage.values()) {
            stream.add(garbage, "host-1", time(ROWS), new float[FEATURES], random);
        }
        stream.send();
        // An end that lies ahead must not postpone the model either.
        ModelRelease release = RETRAINING.run(config, new HistoryRange(Long.MIN_VALUE, time(1000 * ROWS)));
        assertThat(release.provenance()).containsEntry("data.rowsSeen", String.valueOf(ROWS));
        assertThat(release.effectiveFrom()).isEqualTo(time(ROWS - 1) + 1);
    }

    /** One of four clocks is ahead by almost the limit; it must not keep the model from the others. */
    @Test
    void aFastClockMovesNeitherTheRangeNorTheModel() throws Exception {
        DetectorConfig config =
                RETRAINING.withoutTrial("fast").with(RetrainingSection.HISTORY, Duration.ofSeconds(ROWS));
        TestingStream stream = new TestingStream(RETRAINING.broker(), config);
        TwoCauses process = new TwoCauses();
        for (int i = 0; i < 4 * ROWS; i++) {
            long ahead = i % ENTITIES == 0 ? Duration.ofHours(23).toMillis() : 0;
            stream.add("host-" + i % ENTITIES, time(i) + ahead, process.next());
        }
        stream.send();
        ModelRelease release = RETRAINING.run(config, HistoryRange.all());
        assertThat(release.effectiveFrom()).isEqualTo(time(4 * ROWS - 1) + 1);
        assertThat(Integer.parseInt(release.provenance().get("data.rowsSeen"))).isBetween(ROWS / 2, ROWS);
    }

    @Test
    void theNewestEventTimeMayLieBeforeTheLastRecordsOfItsPartition() throws Exception {
        DetectorConfig config = RETRAINING.withoutTrial("backlog");
        TestingStream stream = RETRAINING.history(config, ROWS);
        // An agent that sends what it kept, at the end of its partition.
        for (int i = 0; i < 200; i++) {
            for (int host = 0; host < ENTITIES; host++) {
                stream.add("host-" + host, time(i) - 10_000_000 + host, new float[] {1, 2, 3, 4, i % 7});
            }
        }
        stream.send();
        ModelRelease release = RETRAINING.run(config, HistoryRange.all());
        assertThat(release.effectiveFrom()).isEqualTo(time(ROWS - 1) + 1);
    }

    @Test
    void secondsAreNotTrainedOn() throws Exception {
        DetectorConfig config = RETRAINING.config("seconds");
        TestingStream stream = new TestingStream(RETRAINING.broker(), config);
        TwoCauses process = new TwoCauses();
        for (int i = 0; i < ROWS; i++) {
            stream.add("host-" + i % ENTITIES, i % 10 == 0 ? time(i) : time(i) / 1_000, process.next());
        }
        stream.send();
        assertThatThrownBy(() -> RETRAINING.run(config, HistoryRange.all()))
                .isInstanceOf(NoObservationsException.class)
                .hasMessageStartingWith("topic seconds.observations is not trained on: 1440 of its newest records have"
                        + " impossible event times, and only 160 possible ones; the first: the event time 1700000")
                .hasMessageEndingWith("Noether reads milliseconds: multiply by 1,000");
        assertThat(new ReleaseTopic(config).read()).isEmpty();
    }
}
