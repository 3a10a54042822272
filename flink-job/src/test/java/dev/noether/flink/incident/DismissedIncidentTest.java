package dev.noether.flink.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.EntitySection;
import dev.noether.flink.feedback.TestingFeedback;
import dev.noether.schemas.Contribution;
import dev.noether.schemas.Feedback;
import dev.noether.schemas.FeedbackVerdict;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The scenario {@code feedback}: a weekly backup job that alarms, and what people say of it. */
class DismissedIncidentTest {
    private static final long START = 1_700_000_000_000L;
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long WEEK = 7 * DAY;
    private static final int BACKUP_MINUTES = 5;
    private static final int WEEKS = 8;
    private static final DetectorConfig CONFIG = TestingScores.config();

    /** What a run of the job wrote. */
    private record Written(List<Score> scores, List<Incident> incidents) {}

    @Test
    void aWeeklyBackupIsSilentTheThirdTimeAndABreakOfAnotherKindIsTold() throws Exception {
        try (IncidentHarness job = new IncidentHarness(CONFIG, null)) {
            Incident first = backup(job, 0);
            assertThat(first.suppressed()).isNull();
            job.tell(0, TestingFeedback.of(first, FeedbackVerdict.DISMISSED, START + HOUR));
            Incident second = backup(job, 1);
            assertThat(second.suppressed())
                    .as("somewhat stronger than the dismissed one")
                    .isNull();
            job.tell(1, TestingFeedback.of(second, FeedbackVerdict.DISMISSED, START + WEEK + HOUR));
            job.scores();

            Incident third = backup(job, 2);
            assertThat(third.suppressed()).startsWith("dismissed 2 times, last on 2023-11-21T23:13:20Z; alarms of");
            assertThat(job.scores())
                    .filteredOn(score -> score.verdict() == Verdict.ANOMALOUS
                            && score.entity().equals("db-1"))
                    .hasSize(BACKUP_MINUTES)
                    .allSatisfy(score -> assertThat(score.suppressed()).startsWith("dismissed 2 times"));

            long inTheSameHour = START + 2 * WEEK + 30 * MINUTE;
            job.send(score("db-1", inTheSameHour, 6, 0.1f, 0.9f));
            assertThat(job.reports()).singleElement().satisfies(incident -> {
                assertThat(incident.state()).isEqualTo(IncidentState.OPENED);
                assertThat(incident.suppressed()).isNull();
                assertThat(incident.diagnosis().causes().get(0).feature()).isEqualTo("latency");
            });
            assertThat(job.metrics().counter("suppressedByFeedback"))
                    .as("all of the third backup, and all but the peak of the second")
                    .isEqualTo(2 * BACKUP_MINUTES - 1);
            assertThat(job.metrics().counter("feedbackLate")).isZero();
        }
    }

    @Test
    void aBreakOfAnotherKindDuringTheBackupIsTold() throws Exception {
        try (IncidentHarness job = new IncidentHarness(CONFIG, null)) {
            job.tell(0, TestingFeedback.of(backup(job, 0), FeedbackVerdict.DISMISSED, START + HOUR));
            job.tell(1, TestingFeedback.of(backup(job, 1), FeedbackVerdict.DISMISSED, START + WEEK + HOUR));
            long time = START + 2 * WEEK;
            sendNormal(job, "db-1", time - 2 * HOUR, time);
            job.reports();
            job.send(score("db-1", time, 8, 0.98f, 0.02f));
            assertThat(job.reports())
                    .singleElement()
                    .satisfies(opened -> assertThat(opened.suppressed()).isNotNull());
            job.send(score("db-1", time + MINUTE, 8, 0.6f, 0.4f));
            assertThat(job.reports())
                    .as("the incident may alert somebody from now on")
                    .singleElement()
                    .satisfies(update -> assertThat(update.suppressed()).isNull());
        }
    }

    @Test
    void aReplayAKillAndAnotherParallelismGiveTheSame() throws Exception {
        List<Feedback> judgements = new ArrayList<>();
        Written live = live(judgements);
        assertThat(live.scores())
                .anySatisfy(score -> assertThat(score.suppressed()).isNotNull());
        assertThat(replay(judgements, 1, List.of())).isEqualTo(live);
        assertThat(replay(judgements, 1, List.of(1, 3))).as("with kills").isEqualTo(live);
        assertThat(replay(judgements, 2, List.of())).as("on two subtasks").isEqualTo(live);
        assertThat(replay(judgements, 4, List.of(2)))
                .as("on four subtasks with a kill")
                .isEqualTo(live);
    }

    /** Each week one judgement arrives, also withdrawn and confirmed ones. */
    private static Written live(List<Feedback> judgements) throws Exception {
        try (IncidentHarness job = new IncidentHarness(CONFIG, null)) {
            List<Incident> reports = new ArrayList<>();
            for (int week = 0; week < WEEKS; week++) {
                sendWeek(job, week, entity -> true);
                List<Incident> now = job.reports();
                reports.addAll(now);
                Incident backup = opened(now, "db-1");
                Incident judged = week == 4 ? opened(reports, "db-1") : backup;
                FeedbackVerdict verdict = switch (week) {
                    case 3 -> FeedbackVerdict.CONFIRMED;
                    case 4 -> FeedbackVerdict.WITHDRAWN;
                    default -> FeedbackVerdict.DISMISSED;
                };
                Feedback feedback = TestingFeedback.of(judged, verdict, START + week * WEEK + DAY);
                job.tell(judgements.size(), feedback);
                judgements.add(feedback);
            }
            return written(job.scores(), reports);
        }
    }

    /** All judgements are known from the start; a killed job goes on from a checkpoint that is older than the kill. */
    private static Written replay(List<Feedback> judgements, int subtasks, List<Integer> kills) throws Exception {
        List<Score> scores = new ArrayList<>();
        List<Incident> reports = new ArrayList<>();
        for (int subtask = 0; subtask < subtasks; subtask++) {
            @Nullable OperatorSubtaskState state = null;
            IncidentHarness job = IncidentHarness.withFeedback(CONFIG, judgements, null, subtasks, subtask);
            for (int week = 0; week < WEEKS; week++) {
                if (kills.contains(week)) {
                    state = job.snapshot();
                    sendWeek(job, week, job::owns);
                    job.close();
                    job = IncidentHarness.withFeedback(CONFIG, judgements, state, subtasks, subtask);
                }
                sendWeek(job, week, job::owns);
                scores.addAll(job.scores());
                reports.addAll(job.reports());
            }
            job.close();
        }
        return written(scores, reports);
    }

    /** In an order that does not depend on the subtasks. */
    private static Written written(List<Score> scores, List<Incident> reports) {
        List<Score> sortedScores = new ArrayList<>(scores);
        sortedScores.sort(Comparator.comparing(Score::entity).thenComparingLong(Score::eventTime));
        List<Incident> sortedReports = new ArrayList<>(reports);
        sortedReports.sort(Comparator.comparing(Incident::entity).thenComparingLong(Incident::time));
        return new Written(sortedScores, sortedReports);
    }

    @Test
    void anEntityWithoutStateIsStillKnownToTheFeedback() throws Exception {
        DetectorConfig few = CONFIG.with(EntitySection.MAX, 1);
        try (IncidentHarness job = new IncidentHarness(few, null)) {
            job.tell(0, TestingFeedback.of(backup(job, 0), FeedbackVerdict.DISMISSED, START + HOUR));
            for (int i = 0; i < 10; i++) {
                job.send(TestingScores.normal("web-" + i, START + DAY + i * MINUTE));
            }
            job.scores();
            job.send(score("db-1", START + WEEK, 6, 0.98f, 0.02f));
            assertThat(job.scores().get(0).suppressed()).startsWith("dismissed once");
        }
    }

    @Test
    void feedbackThatComesAfterItsEventTimeIsCounted() throws Exception {
        try (IncidentHarness job = new IncidentHarness(CONFIG, null)) {
            Incident first = backup(job, 0);
            job.tell(0, TestingFeedback.of(first, FeedbackVerdict.DISMISSED, START));
            job.tell(0, TestingFeedback.of(first, FeedbackVerdict.DISMISSED, START));
            assertThat(job.metrics().counter("feedbackLate"))
                    .as("the second is the same")
                    .isEqualTo(1);
            assertThat(job.metrics().gauge("feedbackJudgements")).isEqualTo(1);
        }
    }

    /** A backup, each time a little stronger; returns its incident. */
    private static Incident backup(IncidentHarness job, int week) throws Exception {
        job.reports();
        sendWeek(job, week, entity -> true);
        return opened(job.reports(), "db-1");
    }

    private static Incident opened(List<Incident> reports, String entity) {
        return reports.stream()
                .filter(report -> report.entity().equals(entity)
                        && report.kind() == IncidentKind.ANOMALY
                        && report.state() == IncidentState.OPENED)
                .findFirst()
                .orElseThrow();
    }

    private static void sendWeek(IncidentHarness job, int week, Predicate<String> owns) throws Exception {
        for (String entity : List.of("db-1", "db-2", "web-1")) {
            if (!owns.test(entity)) {
                continue;
            }
            long time = START + week * WEEK;
            sendNormal(job, entity, time - 2 * HOUR, time);
            for (int i = 0; i < BACKUP_MINUTES; i++) {
                double peak = 8 + 0.1 * week;
                job.send(score(entity, time + i * MINUTE, i == 0 ? peak : peak - 1, 0.98f, 0.02f));
            }
            sendNormal(job, entity, time + BACKUP_MINUTES * MINUTE, time + 30 * MINUTE);
        }
    }

    private static void sendNormal(IncidentHarness job, String entity, long from, long to) throws Exception {
        for (long time = from; time < to; time += MINUTE) {
            job.send(TestingScores.normal(entity, time));
        }
    }

    /** The processor is busy, and perhaps the latency is high; the threshold is 5. */
    private static Score score(String entity, long time, double alarm, float cpu, float latency) {
        Contribution busy = new Contribution("cpu", cpu, 99, 12, 64 * cpu, 10, 15);
        Contribution slow = new Contribution("latency", latency, 900, 120, 64 * latency, 100, 150);
        return new Score(
                "fleet",
                entity,
                time,
                time + 1,
                0,
                time,
                Verdict.ANOMALOUS,
                null,
                alarm,
                1e-4,
                5,
                cpu > latency ? List.of(busy, slow) : List.of(slow, busy),
                List.of(),
                7,
                alarm,
                null);
    }
}
