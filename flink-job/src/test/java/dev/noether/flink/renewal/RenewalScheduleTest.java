package dev.noether.flink.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseCalibration;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.ReleasedArtifact;
import dev.noether.schemas.Score;
import dev.noether.schemas.TrainingCause;
import dev.noether.schemas.TrainingOutcome;
import dev.noether.schemas.TrainingRequest;
import dev.noether.schemas.TrainingRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RenewalScheduleTest {
    private static final long HOUR = 3_600_000;
    private static final long NOW = 1_700_000_000_000L;
    private static final long FIRST = NOW + 120_000;
    private static final RenewalSchedule HOURLY =
            new RenewalSchedule(Duration.ofHours(1), FIRST, Duration.ofMinutes(1));

    @Test
    void theFirstModelWaitsForTheFirstObservations() {
        assertThat(HOURLY.next(content(List.of(), null, null), NOW, NOW))
                .isEqualTo(DueTraining.of(FIRST, TrainingCause.SCHEDULE));
    }

    @Test
    void theIntervalRunsFromStartToStart() {
        TrainingRun newest = run(TrainingCause.SCHEDULE, TrainingOutcome.PROMOTED, NOW - HOUR / 2);
        assertThat(HOURLY.next(content(List.of(), newest, null), NOW - HOUR, NOW))
                .isEqualTo(DueTraining.of(NOW + HOUR / 2, TrainingCause.SCHEDULE));
        assertThat(HOURLY.next(content(List.of(), newest, null), NOW - HOUR, NOW + HOUR))
                .as("late, because the one before took long")
                .isEqualTo(DueTraining.of(NOW + HOUR / 2, TrainingCause.SCHEDULE));
    }

    @Test
    void modelsOfAVersionThatRecordsNoTrainingsCount() {
        assertThat(HOURLY.next(content(List.of(release(1, NOW - HOUR), release(2, NOW - 100)), null, null), NOW, NOW))
                .isEqualTo(DueTraining.of(NOW - 100 + HOUR, TrainingCause.SCHEDULE));
    }

    @ParameterizedTest
    @EnumSource(
            value = TrainingOutcome.class,
            names = {"PROMOTED", "REFUSED", "NO_MODEL"})
    void whatWasMissedIsCaughtUpOnce(TrainingOutcome outcome) {
        List<ModelRelease> earlier = List.of(release(1, NOW - 9 * HOUR));
        TrainingRun old = run(TrainingCause.SCHEDULE, outcome, NOW - 7 * HOUR);
        DueTraining due = HOURLY.next(content(earlier, old, null), NOW, NOW);
        assertThat(due.at()).isLessThanOrEqualTo(NOW);
        assertThat(due.cause()).isEqualTo(TrainingCause.MISSED);
        TrainingRun caughtUp = run(TrainingCause.MISSED, outcome, NOW);
        assertThat(HOURLY.next(content(earlier, caughtUp, null), NOW, NOW + 10))
                .isEqualTo(DueTraining.of(NOW + HOUR, TrainingCause.SCHEDULE));
    }

    @Test
    void theFirstModelIsTriedForAgainAndAgain() {
        TrainingRun tooFewRows = run(TrainingCause.SCHEDULE, TrainingOutcome.NO_MODEL, NOW);
        assertThat(HOURLY.next(content(List.of(), tooFewRows, null), NOW, NOW + 10))
                .isEqualTo(DueTraining.of(NOW + 1 + 60_000, TrainingCause.SCHEDULE));
        TrainingRun refused = run(TrainingCause.SCHEDULE, TrainingOutcome.REFUSED, NOW);
        ModelRelease first = release(1, NOW, ReleaseStage.REFUSED);
        assertThat(HOURLY.next(content(List.of(first), refused, null), NOW, NOW + 10))
                .as("the gate has refused the first model")
                .isEqualTo(DueTraining.of(NOW + 1 + 60_000, TrainingCause.SCHEDULE));
        TrainingRun slow = new TrainingRun(
                "d", TrainingCause.REQUEST, TrainingOutcome.NO_MODEL, NOW, NOW + 120_000, Score.NO_MODEL, "r", null);
        assertThat(HOURLY.next(content(List.of(), slow, null), NOW, NOW + 120_001))
                .as("a long training is repeated more rarely")
                .isEqualTo(DueTraining.of(NOW + 120_000 + 1_200_000, TrainingCause.SCHEDULE));
        TrainingRun slower = new TrainingRun(
                "d", TrainingCause.SCHEDULE, TrainingOutcome.NO_MODEL, NOW, NOW + HOUR, Score.NO_MODEL, "r", null);
        assertThat(HOURLY.next(content(List.of(), slower, null), NOW, NOW + HOUR)
                        .at())
                .as("not later than the interval")
                .isEqualTo(NOW + HOUR);
    }

    @Test
    void aTrainingWhoseProcessWasKilledIsRepeatedButNotWithoutAPause() {
        TrainingRun killed = run(TrainingCause.MISSED, TrainingOutcome.RUNNING, NOW - 5_000);
        assertThat(HOURLY.next(content(List.of(), killed, null), NOW, NOW))
                .isEqualTo(DueTraining.of(NOW + 5_000, TrainingCause.MISSED));
    }

    @Test
    void aRequestComesFirstAndOnce() {
        TrainingRun newest = run(TrainingCause.SCHEDULE, TrainingOutcome.PROMOTED, NOW - 10);
        TrainingRequest request = new TrainingRequest("d", NOW - 5, "a person", 3, 9);
        DueTraining due = HOURLY.next(content(List.of(), newest, request), NOW, NOW);
        assertThat(due).isEqualTo(DueTraining.asked(NOW, new HistoryRange(3, 9), NOW - 5));
        TrainingRun answer = run(TrainingCause.REQUEST, TrainingOutcome.PROMOTED, due.startAt(NOW));
        assertThat(HOURLY.next(content(List.of(), answer, request), NOW, NOW + 1))
                .isEqualTo(DueTraining.of(NOW + HOUR, TrainingCause.SCHEDULE));
        TrainingRun killed = run(TrainingCause.REQUEST, TrainingOutcome.RUNNING, NOW);
        assertThat(HOURLY.next(content(List.of(), killed, request), NOW, NOW + 1)
                        .range())
                .as("the range of a request whose training was killed")
                .isEqualTo(new HistoryRange(3, 9));
    }

    @Test
    void aRequestOfAClockThatIsAheadIsAnsweredOnceAndDoesNotStopTheSchedule() {
        TrainingRequest request = new TrainingRequest("d", NOW + 2 * HOUR, "a person", 3, 9);
        DueTraining due = HOURLY.next(content(List.of(), null, request), NOW, NOW);
        long start = due.startAt(NOW);
        TrainingRun answer = new TrainingRun("d", due.cause(), TrainingOutcome.PROMOTED, start, NOW + 50, 1, "r", null);
        assertThat(HOURLY.next(content(List.of(), answer, request), NOW, NOW + 60))
                .isEqualTo(DueTraining.of(NOW + HOUR, TrainingCause.SCHEDULE));
    }

    @Test
    void afterAFailureItIsTriedSoonAgain() {
        TrainingRun failed = run(TrainingCause.SCHEDULE, TrainingOutcome.FAILED, NOW - 10);
        assertThat(HOURLY.next(content(List.of(), failed, null), NOW - HOUR, NOW))
                .isEqualTo(DueTraining.of(NOW - 9 + 60_000, TrainingCause.SCHEDULE));
        RenewalSchedule often = new RenewalSchedule(Duration.ofSeconds(1), FIRST, Duration.ofMinutes(1));
        assertThat(often.next(content(List.of(), failed, null), NOW - HOUR, NOW).at())
                .as("not later than the interval")
                .isEqualTo(NOW - 10 + 1_000);
    }

    @Test
    void aRequestThatFailedIsNotRepeatedAndMovesNoSchedule() {
        TrainingRun failed = run(TrainingCause.REQUEST, TrainingOutcome.FAILED, NOW);
        TrainingRequest request = new TrainingRequest("d", NOW, "a person", 3, 9);
        assertThat(HOURLY.next(content(List.of(release(4, NOW - HOUR / 4)), failed, request), NOW - HOUR, NOW))
                .isEqualTo(DueTraining.of(NOW + HOUR - HOUR / 4, TrainingCause.SCHEDULE));
    }

    private static ModelsTopicContent content(
            List<ModelRelease> releases, @Nullable TrainingRun run, @Nullable TrainingRequest request) {
        return new ModelsTopicContent(releases, List.of(), run, request);
    }

    private static TrainingRun run(TrainingCause cause, TrainingOutcome outcome, long startedAt) {
        long end = outcome == TrainingOutcome.RUNNING ? TrainingRun.NOT_ENDED : startedAt + 1;
        return new TrainingRun("d", cause, outcome, startedAt, end, Score.NO_MODEL, "r", null);
    }

    private static ModelRelease release(long version, long announcedAt) {
        return release(version, announcedAt, ReleaseStage.CHAMPION);
    }

    private static ModelRelease release(long version, long announcedAt, ReleaseStage stage) {
        return new ModelRelease(
                "d",
                version,
                new ReleasedArtifact("file:/m", "00", 1),
                1,
                0,
                stage,
                announcedAt,
                new ReleaseCalibration(0.999, 1, 100),
                Map.of());
    }
}
