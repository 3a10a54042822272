package dev.noether.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The report that a user sees at the end of the demonstration. */
class DemoReportTextTest {
    @Test
    void theWholeReport() {
        assertThat(DemoReportText.of(TestingReports.complete()).lines())
                .containsExactly(
                        "  Does each observation have exactly one result, a score or a rejected record?",
                        "    observations         367,063; 107,863 of them were sent live",
                        "    scores               367,063; 259,200 of them say why there is no value: COLD_START"
                                + " 259,200",
                        "    rejected records     0",
                        "    without a result     0 observations (must be 0)",
                        "    with two results     0 observations (must be 0)",
                        "    of no observation    0 results (must be 0)",
                        "    scores by model      model 1: 17,700, model 2: 90,163",
                        "  How fast is it?",
                        "    throughput           1,187 observations/s; the rate of sending limits it",
                        "    latency              median 530 ms, 99th percentile 1,020 ms",
                        "                         from the send of an observation until a read_committed consumer sees"
                                + " its score; live part only",
                        "    first score          13.8 s after the start of the program",
                        "  Which simulated faults were found, by an incident or by a score above the threshold while"
                                + " they lasted?",
                        "    level shift          4 of 5",
                        "    spike                5 of 5",
                        "  Which incidents were reported?",
                        "    anomalies            73, each of one entity",
                        "    silences             5: an entity no longer reports",
                        "    outbreaks            0: many entities at the same time",
                        "    stalls               0: the whole source no longer reports",
                        "    false incidents      46 of the 78 anomalies and silences: their entity had no simulated"
                                + " fault then",
                        "                         the budget, 1 per entity per P1D, accepts 74.9",
                        "  Do faulty rows have higher scores than normal ones? 1,827 of 107,863 live rows are faulty",
                        "                         Noether    PCA        chance",
                        "    AUC-PR               0.460      0.033      0.017      1 is perfect",
                        "    AUC-ROC              0.827      0.637      0.500      1 is perfect",
                        "  Which rows are above the alarm threshold?",
                        "    precision            62.8 % of the rows above it are faulty",
                        "    recall               4.4 % of the faulty rows are above it; one row is enough for an"
                                + " incident");
    }

    @Test
    void recordedStreamsHaveNoFaultsByName() {
        DemoReport report = TestingReports.report(
                TestingReports.COMPLETE, TestingReports.TWO_MODELS, TestingReports.detection(Map.of(), null));

        assertThat(DemoReportText.of(report))
                .doesNotContain("Which simulated faults")
                .doesNotContain("simulated fault")
                .doesNotContain("false incidents")
                .contains("73, each of one entity");
    }

    @Test
    void refusedModelsAreShown() {
        ModelUse models = new ModelUse(List.of(1L), Map.of(1L, 8L), 0, 3, 0, 0);

        assertThat(text(models)).contains("model 1: 8; refused models: 3");
    }

    @Test
    void aRunWithoutScoresSaysSo() {
        ModelUse models = new ModelUse(List.of(), Map.of(), 0, 0, 0, 1);

        assertThat(text(models)).contains("scores by model      none");
    }

    @Test
    void unknownFiguresAreDashes() {
        Ranking unknown = new Ranking(0, 0, null, null, null, null);
        DetectionReport detection = new DetectionReport(
                unknown, null, null, 8, 10, Map.of(), Map.of(), new IncidentCounts(0, 0, 0, 0, null, 0), Map.of());
        DemoReport report = new DemoReport(
                "nothing",
                null,
                new OutcomeCounts(0, 0, 0, Map.of(), 0, 0, 0, 0, 0),
                new ModelUse(List.of(), Map.of(), 0, 0, 0, 0),
                new RunSpeed(0, 0, new RunSpeed.Latency(null, null), DemoAuditor.LATENCY, 0, 1),
                detection,
                null,
                List.of(),
                new Machine(1, 1, "", "", "", "", 1));

        assertThat(DemoReportText.of(report).lines())
                .contains(
                        "    scores               0",
                        "    latency              median –, 99th percentile –",
                        "    AUC-PR               –          –          0.000      1 is perfect",
                        "    precision            –",
                        "    recall               –");
    }

    private static String text(ModelUse models) {
        return DemoReportText.of(
                TestingReports.report(TestingReports.COMPLETE, models, TestingReports.detection(Map.of(), null)));
    }
}
