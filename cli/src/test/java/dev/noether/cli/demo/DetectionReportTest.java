package dev.noether.cli.demo;

import static dev.noether.cli.TestingOutcomes.incident;
import static dev.noether.cli.TestingOutcomes.scored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.cli.stream.Workload;
import dev.noether.cli.stream.Workload.FaultInterval;
import dev.noether.cli.verify.DeliveryLog;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.alarm.BudgetScope;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.Verdict;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** Figures of hand-made scores and incidents. Each live row of the workload has one offset of partition 0. */
class DetectionReportTest {
    private static final int MINUTES = 50;
    private static final int WINDOW = 16;

    /** Minutes 20 to 24 of entity `a`, rows 40, 42, … 48. */
    private static final IntPredicate FAULTY_ROWS = row -> row >= 40 && row < 50 && row % 2 == 0;

    private static final FaultInterval FAULT = fault(0, "spike", 40, 50);

    private final DeliveryLog deliveries = new DeliveryLog();

    @Test
    void precisionAndRecallOfTheAlarms() {
        // Two of the five faulty rows and three other rows are above the threshold.
        DetectionReport report =
                report(row -> row == 40 || row == 42 || row == 60 || row == 61 || row == 80, List.of());

        assertThat(report.precision()).isEqualTo(0.4);
        assertThat(report.recall()).isEqualTo(0.4);
        assertThat(report.overall().anomalousRows()).isEqualTo(5);
    }

    @Test
    void withoutAlarmsThereIsNoPrecision() {
        DetectionReport report = report(row -> false, List.of());

        assertThat(report.precision()).isNull();
        assertThat(report.recall()).isZero();
        assertThat(report.faults()).isEqualTo(Map.of("spike", new DetectionReport.FaultCount(1, 0)));
    }

    @Test
    void aRowAboveTheThresholdDetectsTheFaultOfItsEntityOnly() {
        assertThat(detected(row -> row == 48, List.of())).isEqualTo(1);
        assertThat(detected(row -> row == 49, List.of())).as("entity b").isZero();
        assertThat(detected(row -> row == 50, List.of())).as("after the fault").isZero();
        assertThat(detected(row -> row == 38, List.of())).as("before the fault").isZero();
    }

    @Test
    void anOverlappingIncidentDetectsAFault() {
        assertThat(detected(row -> false, List.of(anomaly("a", 48, 60)))).isEqualTo(1);
        assertThat(detected(row -> false, List.of(anomaly("b", 48, 60))))
                .as("entity b")
                .isZero();
        assertThat(detected(row -> false, List.of(anomaly("a", 50, 60))))
                .as("after the fault")
                .isZero();
    }

    @Test
    void aFaultAfterTheLastSentRowIsNotCounted() {
        Map<String, DetectionReport.FaultCount> faults = FaultDetection.countByKind(
                workload(List.of(FAULT, fault(1, "drift", 90, 98))), live(80, row -> row == 40), List.of());

        assertThat(faults).isEqualTo(Map.of("spike", new DetectionReport.FaultCount(1, 1)));
    }

    @Test
    void faultsAreCountedByKind() {
        List<FaultInterval> faults =
                List.of(FAULT, fault(1, "spike", 10, 14), fault(0, "drift", 60, 70), fault(1, "drift", 60, 70));

        assertThat(FaultDetection.countByKind(workload(faults), live(100, row -> row == 42 || row == 61), List.of()))
                .isEqualTo(Map.of(
                        "spike", new DetectionReport.FaultCount(2, 1), "drift", new DetectionReport.FaultCount(2, 1)));
    }

    @Test
    void rowsWithoutAFullWindowAreNotRanked() {
        DetectionReport report = report(row -> false, List.of());

        // The windows of the principal components continue from the history, so no row is lost there.
        assertThat(report.overall().rows()).isEqualTo(2 * MINUTES);
        LiveScores partial = live(2 * MINUTES, row -> false);
        DeliveryLog others = new DeliveryLog();
        assertThat(DetectionReport.of(workload(List.of()), new LiveScores(others, partial.rows()), List.of(), WINDOW)
                        .overall()
                        .rows())
                .isZero();
    }

    @Test
    void rankingsByModelAndByEntityCoverAllRows() {
        DetectionReport report = report(row -> false, List.of());

        assertThat(report.byModelVersion().keySet()).containsExactly(1L, 2L);
        assertThat(report.byModelVersion().get(1L).rows()).isEqualTo(30);
        assertThat(report.byModelVersion().get(2L).rows()).isEqualTo(70);
        assertThat(report.byEntity().keySet()).containsExactly("a", "b");
        assertThat(report.byEntity().get("a").anomalousRows()).isEqualTo(5);
        assertThat(report.byEntity().get("b").aucRoc())
                .as("entity without anomalous rows")
                .isNull();
    }

    @Test
    void principalComponentsScoreTheSameRows() {
        DetectionReport report = report(row -> false, List.of());

        assertThat(report.baselineWindowRows()).isEqualTo(WINDOW);
        assertThat(report.baselineComponents()).isEqualTo(10);
        // The scores of the test are the row numbers, so the ranking is far from perfect; the faults are obvious to
        // PCA.
        assertThat(report.overall().aucRoc()).isCloseTo(0.44, within(0.05));
        assertThat(report.overall().pcaAucRoc()).isGreaterThan(0.75);
    }

    @Test
    void incidentsOutsideOfAllFaultsAreUnmatched() {
        List<Incident> incidents = List.of(
                anomaly("a", 44, 46),
                anomaly("a", 70, 72),
                anomaly("b", 44, 46),
                incident("s", "b", IncidentKind.SILENCE, TestingWorkload.liveTime(2), TestingWorkload.liveTime(4)),
                incident("g", "", IncidentKind.GROUP, TestingWorkload.liveTime(2), TestingWorkload.liveTime(4)),
                incident("t", "", IncidentKind.STALL, TestingWorkload.liveTime(2), TestingWorkload.liveTime(4)));

        assertThat(counts(incidents, workload(List.of(FAULT)), 2)).isEqualTo(new IncidentCounts(3, 1, 1, 1, 3, 2));
        assertThat(counts(incidents, workload(List.of()), 2))
                .as("faults unknown")
                .isEqualTo(new IncidentCounts(3, 1, 1, 1, null, 2));
        assertThat(counts(List.of(), workload(List.of(FAULT)), 1).accepted())
                .as("half of the rows")
                .isEqualTo(1);
    }

    /** Counts with a budget of one alarm of each of the two entities in the live part, after so many rows an entity. */
    private static IncidentCounts counts(List<Incident> incidents, Workload workload, int halves) {
        AlarmBudget budget = new AlarmBudget(1, BudgetScope.EACH_ENTITY, workload.liveSpan());
        return IncidentCounts.of(incidents, workload, halves * workload.liveRows() / 2, budget);
    }

    private int detected(IntPredicate isAlarm, List<Incident> incidents) {
        return report(isAlarm, incidents).faults().get("spike").detected();
    }

    private DetectionReport report(IntPredicate isAlarm, List<Incident> incidents) {
        return DetectionReport.of(workload(List.of(FAULT)), live(2 * MINUTES, isAlarm), incidents, WINDOW);
    }

    /** Row numbers as scores; model 1 scores the first 30 rows, model 2 the others. */
    private LiveScores live(int rows, IntPredicate isAlarm) {
        LiveScores live = new LiveScores(deliveries, rows);
        for (int row = 0; row < rows; row++) {
            deliveries.add(0, row, row, 0);
            live.add(scored(0, row, row < 30 ? 1 : 2, isAlarm.test(row) ? Verdict.ANOMALOUS : Verdict.NORMAL, row));
        }
        return live;
    }

    private static TestingWorkload workload(List<FaultInterval> faults) {
        return new TestingWorkload(MINUTES, FAULTY_ROWS, row -> FAULTY_ROWS.test(row) ? 50 : 0, faults);
    }

    private static FaultInterval fault(int entity, String kind, int firstRow, int endRow) {
        return new FaultInterval(entity, kind, TestingWorkload.liveTime(firstRow), TestingWorkload.liveTime(endRow));
    }

    private static Incident anomaly(String entity, int firstRow, int endRow) {
        return incident(
                entity + firstRow,
                entity,
                IncidentKind.ANOMALY,
                TestingWorkload.liveTime(firstRow),
                TestingWorkload.liveTime(endRow));
    }
}
