package dev.noether.flink.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.schemas.Contribution;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.ScheduleDifference;
import dev.noether.schemas.ScheduleFinding;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sentence of an incident says which job did not come, or does not end. */
final class JobIncidentTest {
    private static final long MINUTE = 60_000;
    private static final long TWO = Instant.parse("2026-03-10T02:00:00Z").toEpochMilli();

    /** The job runs from 2:00 to 3:30; its rows from 2:20 on are anomalous. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aJobThatHangs(boolean isRestarted) throws Exception {
        ScheduleFinding finding =
                new ScheduleFinding("cpu", ScheduleDifference.LONG, "02:00", TWO, 15 * MINUTE, 20 * MINUTE);
        List<String> sentences = sentences(isRestarted, finding, 90);
        assertThat(sentences.get(0))
                .isEqualTo("host: the job of 02:00 has lasted 20 min, usually 15 min to 20 min; cpu is 60, expected 20"
                        + " (usual range 15 to 25); since 2026-03-10T02:20:00Z");
        assertThat(sentences.get(sentences.size() - 1))
                .startsWith("host: the job of 02:00 has lasted 1 h 29 min, usually 15 min to 20 min; cpu ")
                .endsWith("; over after 1 h 9 min");
    }

    @Test
    void aJobThatDoesNotCome() throws Exception {
        ScheduleFinding finding =
                new ScheduleFinding("cpu", ScheduleDifference.ABSENT, "02:00", TWO, 20 * MINUTE, 20 * MINUTE);
        assertThat(sentences(false, finding, 40).get(0)).startsWith("host: the job of 02:00 did not come; cpu is 60");
    }

    /** The job began an hour after the first anomalous row. */
    @Test
    void aJobThatBeganLaterIsNotTheCause() throws Exception {
        ScheduleFinding finding =
                new ScheduleFinding("cpu", ScheduleDifference.LONG, "03:20", TWO + 80 * MINUTE, 5 * MINUTE, 5 * MINUTE);
        assertThat(sentences(false, finding, 130).get(0)).startsWith("host: cpu is 60");
    }

    @Test
    void aKindOfALaterVersionIsLeftOut() throws Exception {
        ScheduleFinding finding = new ScheduleFinding("cpu", ScheduleDifference.OTHER, "02:00", TWO, 0, 0);
        assertThat(sentences(false, finding, 40).get(0)).startsWith("host: cpu is 60");
    }

    /** The descriptions of an incident about the rows from 2:20 on. */
    private static List<String> sentences(boolean isRestarted, ScheduleFinding finding, int lastMinute)
            throws Exception {
        IncidentSettings settings = IncidentSettings.of(TestingScores.config());
        IncidentHarness harness = new IncidentHarness(settings, null);
        List<Incident> reports = new ArrayList<>();
        for (int minute = -100; minute < 200; minute++) {
            boolean isAnomalous = minute >= 20 && minute < lastMinute;
            // Only the first row names the job.
            harness.send(score(TWO + minute * MINUTE, isAnomalous, minute == 20 ? finding : null));
            harness.watermark(TWO + minute * MINUTE);
            reports.addAll(harness.reports());
            if (isRestarted && minute % 10 == 5) {
                OperatorSubtaskState state = harness.snapshot();
                harness.close();
                harness = new IncidentHarness(settings, state);
            }
        }
        harness.close();
        assertThat(reports.get(reports.size() - 1).state()).isEqualTo(IncidentState.RESOLVED);
        return reports.stream().map(Incident::description).toList();
    }

    private static Score score(long time, boolean isAnomalous, ScheduleFinding finding) {
        return new Score(
                "fleet",
                "host",
                time,
                time + 1,
                0,
                time,
                isAnomalous ? Verdict.ANOMALOUS : Verdict.NORMAL,
                null,
                isAnomalous ? 9 : 1,
                0.01,
                5,
                isAnomalous ? List.of(new Contribution("cpu", 1, 60, 20, 24, 15, 25)) : List.of(),
                List.of(),
                7,
                isAnomalous ? 9 : 1,
                null,
                List.of(),
                null,
                null,
                null,
                finding);
    }
}
