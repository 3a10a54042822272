package dev.noether.flink.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.retrain.IncidentJudgements.JudgedRange;
import dev.noether.incident.rule.MaintenanceCalendar;
import dev.noether.model.shape.ShapeStatement;
import dev.noether.model.training.BlockSampler;
import dev.noether.model.training.LeftOutReason;
import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Diagnosis;
import dev.noether.schemas.FeedbackVerdict;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentGroup;
import dev.noether.schemas.IncidentIdentity;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentPeak;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.IncidentTimes;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseCalibration;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.ReleasedArtifact;
import dev.noether.schemas.Score;
import dev.noether.schemas.Severity;
import dev.noether.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One row a minute; the budget promises a false alarm in 1,000 rows. */
final class HistoryFilterTest {
    private static final long MINUTE = 60_000;
    private static final long START = 1_700_000_000_000L / MINUTE * MINUTE;
    private static final int ROWS = 1_000;
    private static final HistoryRange RANGE = new HistoryRange(START, START + ROWS * MINUTE);
    private static final long MARGIN = 10 * MINUTE;
    private static final double THRESHOLD = 5;
    private static final String HOST = "host";
    private static final int ODD_ROW_WINDOWS = 6;
    private static final NormalEpisodes.Limits LIMITS = new NormalEpisodes.Limits(ODD_ROW_WINDOWS, 0.2);

    private final HistoryFilter.Ranges ranges = HistoryFilter.Ranges.empty(100);
    private final ScoredHistory scored = new ScoredHistory(RANGE, MARGIN, List.of(release()), ranges.flagged());
    private final IncidentReports incidents = new IncidentReports(MARGIN);

    @Test
    void anomalousRowsAreLeftOutWithAMargin() {
        score(HOST, 100, THRESHOLD + 1, true);
        score(HOST, 300, THRESHOLD - 1, false);
        HistoryFilter filter = filter(0);
        assertLeftOut(filter, HOST, LeftOutReason.FLAGGED, 90, 111);
        assertThat(filter.reason("other", time(100))).isNull();
        assertThat(filter.scoredRows()).isEqualTo(2);
    }

    /** The threshold of the entity rises after an alarm; the one before the alarm decides how long the incident is. */
    @Test
    void aLongIncidentIsLeftOutAsAWholeAlthoughTheThresholdRises() {
        score(HOST, 100, THRESHOLD + 1, true);
        for (int i = 101; i < 400; i++) {
            score(HOST, i, THRESHOLD + 1, false);
        }
        for (int i = 400; i < 500; i++) {
            score(HOST, i, THRESHOLD - 1, false);
        }
        assertLeftOut(filter(0), HOST, LeftOutReason.FLAGGED, 90, 410);
    }

    @Test
    void asManyEpisodesAsTheBudgetPromisesAreTrainedOn() {
        for (int i = 0; i < 20; i++) {
            score(HOST, 40 * i + 20, THRESHOLD + 1 + i, true, 0.02 / (i + 1));
        }
        HistoryFilter filter = filter(1);
        // Thresholds keep the rate within a factor of 4, so 4 + 3 · √4 = 10 of the episodes may be false alarms: the
        // most probable ones.
        assertThat(leftOut(filter, HOST)).hasSize(10 * 21);
        assertThat(leftOut(filter, HOST).get(0)).isEqualTo(40 * 10 + 20 - 10);
    }

    /** A budget of many false alarms does not cover an episode that is no chance. */
    @Test
    void anImprobableEpisodeIsNoFalseAlarm() {
        score(HOST, 100, THRESHOLD + 1, true, 0.01);
        score(HOST, 300, THRESHOLD + 9, true, 1e-9);
        assertLeftOut(filter(100), HOST, LeftOutReason.FLAGGED, 290, 311);
    }

    /**
     * A model may alarm more often than its budget promises. The alarms are the highest normal scores: without them the
     * next model would measure too little spread.
     */
    @Test
    void falseAlarmsAreTrainedOnAlsoIfThereAreMoreThanPromised() {
        for (int e = 0; e < 20; e++) {
            score("host-" + e, 40 * e + 20, THRESHOLD + 1, true, 1e-4 / (e + 1));
        }
        HistoryFilter filter = filter(8);
        for (int e = 0; e < 20; e++) {
            assertThat(leftOut(filter, "host-" + e)).isEmpty();
        }
    }

    /** One odd row makes at most as many windows anomalous as contain it. More of them are no false alarm. */
    @Test
    void anEpisodeOfMoreRowsThanAWindowIsNoFalseAlarm() {
        for (int i = 0; i < ODD_ROW_WINDOWS; i++) {
            score(HOST, 100 + i, THRESHOLD + 1, i == 0, 0.01);
        }
        for (int i = 0; i < ODD_ROW_WINDOWS + 1; i++) {
            score(HOST, 300 + i, THRESHOLD + 1, i == 0, 0.01);
        }
        assertLeftOut(filter(100), HOST, LeftOutReason.FLAGGED, 290, 311 + ODD_ROW_WINDOWS);
    }

    /** The share of the fleet is small, so {@code retraining.maxLeftOut} of all rows is not exceeded. */
    @Test
    void anEntityThatHasNotGoneBackHasANewNormal() {
        for (int i = 0; i < ROWS; i++) {
            score("other", i, 1, false);
            score(HOST, i, i >= 700 ? THRESHOLD + 1 : 1, i == 700);
        }
        HistoryFilter filter = filter(0);
        assertThat(leftOut(filter, HOST)).isEmpty();
        assertThat(filter.newNormals()).isEqualTo(1);
    }

    @Test
    void anEntityThatHasGoneBackHadAnIncident() {
        for (int i = 0; i < ROWS; i++) {
            score(HOST, i, i >= 300 && i < 900 ? THRESHOLD + 1 : 1, i == 300);
        }
        HistoryFilter filter = filter(0);
        assertLeftOut(filter, HOST, LeftOutReason.FLAGGED, 290, 910);
        assertThat(filter.newNormals()).isZero();
    }

    @Test
    void whatBeganShortlyBeforeTheEndMayBeAnIncident() {
        for (int i = 0; i < ROWS; i++) {
            score(HOST, i, i >= 850 ? THRESHOLD + 1 : 1, i == 850);
        }
        assertThat(leftOut(filter(0), HOST)).hasSize(160);
    }

    /** A shape view judges whole periods, so one odd row makes as many windows anomalous. */
    @Test
    void aModelOfShapesSeesAnOddRowForAPeriod() {
        assertThat(ShapeStatement.longestPeriod(Map.of("shape.used", "true", "shape.period", "75 120")))
                .isEqualTo(120);
        assertThat(ShapeStatement.longestPeriod(Map.of("shape.used", "false", "shape.period", "75")))
                .isZero();
        assertThat(ShapeStatement.longestPeriod(Map.of())).isZero();
    }

    @Test
    void scoresPromiseAlarmsByTheModelThatMadeThem() {
        for (int i = 0; i < 500; i++) {
            score(HOST, i, 1, false);
        }
        assertThat(scored.summary().promisedAlarms()).isCloseTo(0.5, org.assertj.core.api.Assertions.within(1e-9));
    }

    @Test
    void dismissedIncidentsComeBackAndConfirmedOnesAreLeftOutForGood() {
        for (int i : List.of(100, 300, 500)) {
            score(HOST, i, THRESHOLD + 9, true);
        }
        incidents.add(incident("a", HOST, 100, 120, IncidentState.RESOLVED, null, null));
        incidents.add(incident("b", HOST, 300, 340, IncidentState.RESOLVED, null, null));
        incidents.add(incident("c", HOST, 500, 520, IncidentState.RESOLVED, null, null));
        HistoryFilter filter =
                filter(0, judged("a", FeedbackVerdict.DISMISSED), judged("b", FeedbackVerdict.CONFIRMED));
        assertThat(filter.reason(HOST, time(110))).isNull();
        assertLeftOut(filter, HOST, 290, 350, LeftOutReason.CONFIRMED);
        assertLeftOut(filter, HOST, 490, 530, LeftOutReason.FLAGGED);
    }

    @Test
    void aJudgementOfAGroupCountsForItsMembers() {
        incidents.add(incident("a", "host-1", 100, 120, IncidentState.RESOLVED, null, "group"));
        incidents.add(incident("b", "host-2", 100, 120, IncidentState.RESOLVED, null, "group"));
        HistoryFilter filter = filter(0, new JudgedRange("group", "", time(100), time(120), FeedbackVerdict.CONFIRMED));
        assertThat(filter.reason("host-1", time(110))).isEqualTo(LeftOutReason.CONFIRMED);
        assertThat(filter.reason("host-2", time(110))).isEqualTo(LeftOutReason.CONFIRMED);
        assertThat(filter.reason("", time(110))).isNull();
    }

    @Test
    void anOpenIncidentIsLeftOutAndASuppressedOneIsNot() {
        incidents.add(incident("a", HOST, 100, 120, IncidentState.OPENED, null, null));
        incidents.add(incident("b", HOST, 500, 520, IncidentState.RESOLVED, "rule", null));
        HistoryFilter filter = filter(0);
        assertLeftOut(filter, HOST, LeftOutReason.INCIDENT, 90, 130);
    }

    @Test
    void maintenanceComesFirst() throws Exception {
        MaintenanceCalendar calendar = MaintenanceCalendar.parse("""
                BEGIN:VCALENDAR
                VERSION:2.0
                PRODID:test
                BEGIN:VEVENT
                UID:1
                DTSTART:20231114T230000Z
                DTEND:20231115T000000Z
                SUMMARY:upgrade
                END:VEVENT
                END:VCALENDAR
                """);
        score(HOST, 60, THRESHOLD + 9, true);
        HistoryFilter filter = new HistoryFilter(calendar, complete(), scored.summary(), LIMITS);
        long maintained = java.time.Instant.parse("2023-11-14T23:30:00Z").toEpochMilli();
        assertThat(filter.reason(HOST, maintained)).isEqualTo(LeftOutReason.MAINTENANCE);
    }

    @Test
    void beyondTheLimitWhatAModelFlaggedIsTrainedOn() {
        for (int i = 300; i < 900; i += 15) {
            score(HOST, i, THRESHOLD + 9, true);
        }
        score(HOST, ROWS - 1, 1, false);
        incidents.add(incident("a", HOST, 100, 120, IncidentState.RESOLVED, null, null));
        HistoryFilter filter = filter(0, judged("a", FeedbackVerdict.CONFIRMED));
        HistorySelection within = HistorySelection.of(sampled(filter), filter, 0.7);
        assertThat(within.histories().get(0).count()).isEqualTo(ROWS - 606 - 40);
        assertThat(within.provenance())
                .isEqualTo(
                        Map.of("data.leftOut.confirmed", "40", "data.leftOut.flagged", "606", "data.rowsScored", "41"));
        HistorySelection beyond = HistorySelection.of(sampled(filter), filter, 0.6);
        assertThat(beyond.histories().get(0).count()).isEqualTo(ROWS - 40);
        assertThat(beyond.provenance())
                .isEqualTo(Map.of(
                        "data.leftOut.confirmed", "40", HistorySelection.LIMIT_KEY, "60.6 %", "data.rowsScored", "41"));
    }

    /** Memory is bounded; episodes that do not fit are beyond the limit. */
    @Test
    void tooManyEpisodesAreTheNewNormal() {
        for (int e = 0; e < 200; e++) {
            score("host-" + e, 500, THRESHOLD + 9, true);
        }
        HistoryFilter filter = filter(0);
        BlockSampler sampler = new BlockSampler(1, 1_000, 1_000, 1);
        for (int e = 0; e < 200; e++) {
            sampler.add("host-" + e, time(500), new double[] {e}, filter.reason("host-" + e, time(500)));
        }
        assertThat(HistorySelection.of(sampler, filter, 1).histories()).hasSize(200);
    }

    private static BlockSampler sampled(HistoryFilter filter) {
        BlockSampler sampler = new BlockSampler(1, ROWS, 10, 1);
        for (int i = 0; i < ROWS; i++) {
            sampler.add(HOST, time(i), new double[] {i}, filter.reason(HOST, time(i)));
        }
        return sampler;
    }

    private HistoryFilter filter(double promisedAlarms, JudgedRange... judged) {
        HistoryFilter.Scored rows = scored.summary();
        return new HistoryFilter(
                MaintenanceCalendar.EMPTY,
                complete(judged),
                new HistoryFilter.Scored(rows.rows(), promisedAlarms, rows.first(), rows.last()),
                LIMITS);
    }

    private HistoryFilter.Ranges complete(JudgedRange... judged) {
        incidents.sort(() -> List.of(judged), ranges);
        return ranges;
    }

    private static void assertLeftOut(HistoryFilter filter, String entity, LeftOutReason reason, int from, int to) {
        assertThat(leftOut(filter, entity)).hasSize(to - from).startsWith(from).endsWith(to - 1);
        assertLeftOut(filter, entity, from, to, reason);
    }

    private static void assertLeftOut(HistoryFilter filter, String entity, int from, int to, LeftOutReason reason) {
        for (int i = from; i < to; i++) {
            assertThat(filter.reason(entity, time(i))).as("minute " + i).isEqualTo(reason);
        }
        assertThat(filter.reason(entity, time(from - 1))).isNull();
        assertThat(filter.reason(entity, time(to))).isNull();
    }

    private static List<Integer> leftOut(HistoryFilter filter, String entity) {
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            if (filter.reason(entity, time(i)) != null) {
                rows.add(i);
            }
        }
        return rows;
    }

    private static long time(int row) {
        return START + row * MINUTE;
    }

    private void score(String entity, int row, double alarm, boolean isAnomalous) {
        score(entity, row, alarm, isAnomalous, isAnomalous ? 1e-9 : 0.5);
    }

    private void score(String entity, int row, double alarm, boolean isAnomalous, double pValue) {
        scored.add(new Score(
                "fleet",
                entity,
                time(row),
                time(row) + 1,
                0,
                row,
                isAnomalous ? Verdict.ANOMALOUS : Verdict.NORMAL,
                null,
                alarm,
                pValue,
                isAnomalous ? THRESHOLD : THRESHOLD + 3,
                List.of(),
                List.of(),
                1));
    }

    private static JudgedRange judged(String id, FeedbackVerdict verdict) {
        return new JudgedRange(id, "", 0, 1, verdict);
    }

    private static Incident incident(
            String id,
            String entity,
            int from,
            int to,
            IncidentState state,
            @Nullable String suppressed,
            @Nullable String group) {
        return new Incident(
                new IncidentIdentity("fleet", id, entity, IncidentKind.ANOMALY),
                state,
                Severity.HIGH,
                new IncidentTimes(time(from), time(to), time(to)),
                new IncidentPeak(THRESHOLD + 2, time(from), 1e-6, THRESHOLD, 1),
                1,
                new Diagnosis(List.of(), BreakShape.UNKNOWN, "it broke"),
                new IncidentGroup(group, List.of(), 0),
                suppressed);
    }

    private static ModelRelease release() {
        return new ModelRelease(
                "fleet",
                1,
                new ReleasedArtifact("file:///model", "00", 1),
                0,
                START,
                ReleaseStage.CHAMPION,
                START,
                new ReleaseCalibration(0.999, THRESHOLD, 10_000),
                Map.of());
    }
}
