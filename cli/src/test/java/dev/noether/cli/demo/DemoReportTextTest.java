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
                        "  Completeness: each observation in Kafka must have exactly one outcome",
                        "    observations         367,063, including 107,863 live ones of this run",
                        "    score records        367,063, including 259,200 without a score (COLD_START 259,200)",
                        "    rejected records     0",
                        "    missing              0 observations without an outcome (must be 0)",
                        "    duplicates           0 additional outcomes of an observation (must be 0)",
                        "    unexpected           0 outcomes without an observation (must be 0)",
                        "    scores by model      model 1: 17,700, model 2: 90,163",
                        "  Speed of the live part",
                        "    throughput           1,187 observations/s; the rate of sending limits it",
                        "    latency              median 530 ms, 99th percentile 1,020 ms",
                        "                         from the send of an observation until a read_committed consumer sees"
                                + " its score; live part only",
                        "    first score          13.8 s after the start of the program",
                        "  Detected faults: simulated faults with an incident or an anomalous row while they lasted",
                        "    level shift          detected 4 of 5",
                        "    spike                detected 5 of 5",
                        "  Reported incidents",
                        "    of one entity        73 anomalies, 5 silences; 46 of them overlap no simulated fault"
                                + " (false alarms)",
                        "    of many entities     0 outbreaks, 0 stalls of the source",
                        "  Ranking of 107,863 live rows by their score; 1,827 rows are labelled anomalous; 1 is"
                                + " perfect",
                        "                         Noether    PCA        random order",
                        "    AUC-PR               0.460      0.033      0.017",
                        "    AUC-ROC              0.827      0.637      0.500",
                        "  Rows above the alarm threshold",
                        "    precision            0.628 of them are labelled anomalous",
                        "    recall               0.044 of the labelled rows are among them");
    }

    @Test
    void recordedStreamsHaveNoFaultsByName() {
        DemoReport report = TestingReports.report(
                TestingReports.COMPLETE, TestingReports.TWO_MODELS, TestingReports.detection(Map.of(), null));

        assertThat(DemoReportText.of(report))
                .doesNotContain("Detected faults")
                .doesNotContain("simulated fault")
                .contains("73 anomalies, 5 silences");
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
                unknown, null, null, 8, 10, Map.of(), Map.of(), new IncidentCounts(0, 0, 0, 0, null), Map.of());
        DemoReport report = new DemoReport(
                "nothing",
                null,
                new OutcomeCounts(0, 0, 0, Map.of(), 0, 0, 0, 0, 0),
                new ModelUse(List.of(), Map.of(), 0, 0, 0, 0),
                new RunSpeed(0, 0, new RunSpeed.Latency(null, null), DemoAuditor.LATENCY, 0, 1),
                detection,
                null,
                new Machine(1, 1, "", "", "", "", 1));

        assertThat(DemoReportText.of(report).lines())
                .contains(
                        "    score records        0",
                        "    latency              median –, 99th percentile –",
                        "    AUC-PR               –          –          0.000",
                        "    precision            –",
                        "    recall               –");
    }

    private static String text(ModelUse models) {
        return DemoReportText.of(
                TestingReports.report(TestingReports.COMPLETE, models, TestingReports.detection(Map.of(), null)));
    }
}
