package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.alarm.AlarmState;
import dev.noether.model.alarm.AlarmThreshold;
import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.ScalingKind;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.schedule.ScheduleChoice;
import dev.noether.model.schedule.ScheduleMismatch;
import dev.noether.model.schedule.ScheduleOptions;
import dev.noether.model.schedule.ScheduleState;
import dev.noether.model.scoring.WindowScorer;
import dev.noether.model.shape.ShapeOptions;
import dev.noether.model.testing.RecurringJobs;
import dev.noether.model.testing.RecurringJobs.Timing;
import dev.noether.testing.RandomizedTest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A job of each day or hour is not told; that it does not come, or hangs, is. */
final class ScheduledJobsTest extends RandomizedTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long DAY = 24 * 3_600_000L;

    /** One alarm in 30 days. */
    private static final double RATE = 2.3e-5;

    private static final Timing DAILY = Timing.exact(Duration.ofDays(1), Duration.ofHours(2), Duration.ofMinutes(20));
    private static final Timing HOURLY =
            Timing.exact(Duration.ofHours(1), Duration.ofMinutes(30), Duration.ofMinutes(5));
    private static final FeatureSchema SCHEMA = new FeatureSchema(RecurringJobs.NAMES);

    private static DetectorOptions options() {
        return new DetectorOptions(
                new NetworkOptions(4, 6, List.of(), Architecture.PCA_RESIDUAL),
                5,
                ScalingKind.STANDARD,
                TrainingOptions.defaults().withEpochs(1).withLearningRate(1e-9),
                new HistoryOptions(100, 0.15, 0.15),
                WindowSymmetry.NONE,
                ScoreRule.DEFAULT);
    }

    private static ModelArtifact train(RecurringJobs stream, int rows, ScheduleOptions schedules) {
        try (Engine engine = new ReferenceEngine()) {
            EntityHistory history = EntityHistory.of(
                    "host",
                    Arrays.copyOf(stream.times(), rows),
                    Arrays.copyOf(stream.rows(), rows * RecurringJobs.FEATURES));
            return new DetectorTrainer(engine, options(), ShapeOptions.OFF, schedules)
                    .train(SCHEMA, List.of(history), new TreeMap<>(), TrainingProgress.SILENT)
                    .model();
        }
    }

    /** Verdicts of the rows from one on. */
    private static boolean[] verdicts(ModelArtifact model, RecurringJobs stream, int from) {
        return verdicts(model, stream, from, new ScheduleMismatch[stream.times().length]);
    }

    /**
     * Verdicts of the rows from one on.
     *
     * @param jobs receives the job behind each anomalous row
     */
    private static boolean[] verdicts(
            ModelArtifact model, RecurringJobs stream, int from, @Nullable ScheduleMismatch[] jobs) {
        boolean[] verdicts = new boolean[stream.times().length];
        try (Engine engine = new ReferenceEngine();
                WindowScorer scorer = new WindowScorer(model, engine, 1)) {
            EntityBaseline start = model.startingBaseline("host");
            EntityBaseline baseline = start.copy();
            AlarmThreshold threshold = new AlarmThreshold(model.calibration(), RATE, model.adaptation());
            AlarmState alarms = threshold.start();
            ScheduleState state = new ScheduleState();
            WindowBuffer buffer = new WindowBuffer(model.contextRows(), 0, RecurringJobs.FEATURES);
            buffer.setOrigin(model.scaling().origin());
            double[] row = new double[RecurringJobs.FEATURES];
            for (int i = from - 1000; i < verdicts.length; i++) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = stream.rows()[i * row.length + j];
                }
                int position = buffer.add(stream.times()[i], row, 0);
                if (buffer.windowEndsAt(position)) {
                    if (scorer.hasSchedule("host")) {
                        scorer.add(buffer, position, null, "host", state);
                    } else {
                        scorer.add(buffer, position);
                    }
                    verdicts[i] =
                            scorer.judge(0, baseline, start, threshold, alarms).isAnomalous() && i >= from;
                    jobs[i] = verdicts[i] ? scorer.scheduleMismatch("host", stream.times()[i]) : null;
                    scorer.clear();
                }
            }
        }
        return verdicts;
    }

    /** The number of groups of anomalous rows, ten rows apart at least. */
    private static int incidents(boolean[] verdicts, int from, int to) {
        int incidents = 0;
        int last = -100;
        for (int i = from; i < to; i++) {
            if (verdicts[i]) {
                incidents += i - last > 10 ? 1 : 0;
                last = i;
            }
        }
        return incidents;
    }

    /** Trains on the first days, and counts incidents in the others, over several streams. */
    private static int falseIncidents(
            RandomGenerator random, int days, int streams, Duration interval, Timing... jobs) {
        int all = 0;
        for (int s = 0; s < streams; s++) {
            RecurringJobs stream = new RecurringJobs(random, days, interval);
            for (Timing job : jobs) {
                stream.run(job);
            }
            int from = stream.rowAt(RecurringJobs.START + (days - 3) * DAY);
            ModelArtifact model = train(stream, from, ScheduleOptions.AUTO);
            assertThat(model.schedule()).isNotNull();
            all += incidents(verdicts(model, stream, from), from, stream.times().length);
        }
        return all;
    }

    @Test
    void aJobOfEachDayIsNotTold(RandomGenerator random) {
        // 15 runs of the job. Streams of so few days without a job have one false incident in ten days.
        assertThat(falseIncidents(random, 8, 5, MINUTE, DAILY)).isLessThanOrEqualTo(3);
    }

    @Test
    void aJobThatBeginsAndLastsDifferentlyIsNotTold(RandomGenerator random) {
        Timing loose = new Timing(
                Duration.ofDays(1),
                Duration.ofHours(2),
                Duration.ofMinutes(15),
                Duration.ofMinutes(3),
                Duration.ofMinutes(10));
        assertThat(falseIncidents(random, 10, 5, MINUTE, loose)).isLessThanOrEqualTo(4);
    }

    @Test
    void jobsOfEachHourAndDayTogetherAreNotTold(RandomGenerator random) {
        // 300 runs of the jobs.
        assertThat(falseIncidents(random, 8, 4, MINUTE, HOURLY, DAILY)).isLessThanOrEqualTo(5);
    }

    @Test
    void aJobIsNotToldInRowsOfFiveMinutes(RandomGenerator random) {
        Duration interval = Duration.ofMinutes(5);
        assertThat(falseIncidents(random, 13, 4, interval, DAILY)).isLessThanOrEqualTo(2);
    }

    @Test
    void theAbsenceOfAJobIsToldAndItsHanging(RandomGenerator random) {
        int absent = 0;
        int hung = 0;
        int namedAbsent = 0;
        int namedHung = 0;
        int streams = 5;
        for (int s = 0; s < streams; s++) {
            RecurringJobs stream = new RecurringJobs(random, 9, MINUTE);
            long test = RecurringJobs.START + 6 * DAY;
            stream.run(DAILY, ZoneOffset.UTC, 0, test + DAY);
            stream.run(DAILY, ZoneOffset.UTC, test + 2 * DAY, Long.MAX_VALUE);
            long lastEnd = test + 2 * DAY + Duration.ofMinutes(140).toMillis();
            stream.add(lastEnd, Duration.ofMinutes(70).toMillis(), 30);
            int from = stream.rowAt(test);
            ScheduleMismatch[] jobs = new ScheduleMismatch[stream.times().length];
            boolean[] verdicts = verdicts(train(stream, from, ScheduleOptions.AUTO), stream, from, jobs);
            int missing = stream.rowAt(test + DAY + Duration.ofHours(2).toMillis());
            absent += incidents(verdicts, missing, missing + 20) > 0 ? 1 : 0;
            int end = stream.rowAt(lastEnd);
            hung += incidents(verdicts, end, end + 5) > 0 ? 1 : 0;
            namedAbsent += isNamed(jobs, missing, missing + 20, true, test + DAY) ? 1 : 0;
            namedHung += isNamed(jobs, end, end + 5, false, test + 2 * DAY) ? 1 : 0;
        }
        assertThat(absent).isEqualTo(streams);
        assertThat(hung).isEqualTo(streams);
        assertThat(namedAbsent).as("named as absent").isEqualTo(streams);
        assertThat(namedHung).as("named as hanging").isEqualTo(streams);
    }

    /** Whether the first named job in a range of rows is that of two o'clock, of 20 minutes. */
    private static boolean isNamed(@Nullable ScheduleMismatch[] jobs, int from, int to, boolean isAbsent, long day) {
        for (int i = from; i < to; i++) {
            ScheduleMismatch job = jobs[i];
            if (job != null) {
                long lasts = 20 * MINUTE.toMillis();
                return job.equals(new ScheduleMismatch(
                        job.feature(),
                        isAbsent,
                        "02:00",
                        day + Duration.ofHours(2).toMillis(),
                        lasts,
                        lasts));
            }
        }
        return false;
    }

    @Test
    void aJobOfDifferentLengthsThatHangsIsTold(RandomGenerator random) {
        Timing loose = new Timing(
                Duration.ofDays(1),
                Duration.ofHours(2),
                Duration.ofMinutes(15),
                Duration.ofMinutes(3),
                Duration.ofMinutes(10));
        int absent = 0;
        int hung = 0;
        int streams = 5;
        for (int s = 0; s < streams; s++) {
            RecurringJobs stream = new RecurringJobs(random, 12, MINUTE);
            long test = RecurringJobs.START + 9 * DAY;
            stream.run(loose, ZoneOffset.UTC, 0, test + DAY);
            long begin = test + 2 * DAY + Duration.ofHours(2).toMillis();
            stream.add(begin, Duration.ofMinutes(90).toMillis(), 30);
            int from = stream.rowAt(test);
            boolean[] verdicts = verdicts(train(stream, from, ScheduleOptions.AUTO), stream, from);
            int missing = stream.rowAt(begin - DAY);
            absent += incidents(verdicts, missing - 5, missing + 30) > 0 ? 1 : 0;
            int end = stream.rowAt(begin) + 25;
            hung += incidents(verdicts, end - 5, end + 15) > 0 ? 1 : 0;
        }
        assertThat(absent).isEqualTo(streams);
        assertThat(hung).isEqualTo(streams);
    }

    /** On 29 March 2026 clocks in Berlin are put forward: in UTC the job then comes an hour earlier. */
    @Test
    void aJobIsNotToldAfterTheClocksChange(RandomGenerator random) {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        RecurringJobs stream = new RecurringJobs(random, 30, Duration.ofMinutes(5));
        stream.run(
                Timing.exact(Duration.ofDays(1), Duration.ofHours(4), Duration.ofMinutes(30)),
                berlin,
                0,
                Long.MAX_VALUE);
        int from = stream.rowAt(Instant.parse("2026-03-28T12:00:00Z").toEpochMilli());
        ModelArtifact local = train(stream, from, new ScheduleOptions(ScheduleChoice.AUTO, "Europe/Berlin"));
        assertThat(incidents(verdicts(local, stream, from), from, stream.times().length))
                .isZero();
        ModelArtifact utc = train(stream, from, ScheduleOptions.AUTO);
        assertThat(incidents(verdicts(utc, stream, from), from, stream.times().length))
                .isPositive();
    }

    @Test
    void aStreamWithoutAScheduleHasTheSameModelToTheByte(RandomGenerator random) {
        for (int s = 0; s < 3; s++) {
            RecurringJobs stream = new RecurringJobs(random, 3, MINUTE);
            int rows = stream.times().length;
            assertThat(ArtifactCodec.encode(train(stream, rows, ScheduleOptions.AUTO)))
                    .isEqualTo(ArtifactCodec.encode(train(stream, rows, ScheduleOptions.OFF)));
        }
    }
}
