package dev.noether.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The guarantees that a demonstration checks. */
class DemoReportTest {
    @Test
    void aCompleteRunWithTwoModelsHasNoFailures() {
        assertThat(TestingReports.complete().failures()).isEmpty();
    }

    @Test
    void everyViolatedGuaranteeIsAFailure() {
        OutcomeCounts outcomes = new OutcomeCounts(10, 8, 0, Map.of(), 0, 4, 1, 2, 0);
        ModelUse models = new ModelUse(List.of(1L), Map.of(1L, 8L), 0, 0, 0, 1);

        assertThat(report(outcomes, models).failures())
                .containsExactly(
                        "4 observations have no outcome",
                        "1 outcomes are duplicates of another outcome",
                        "2 outcomes belong to no observation",
                        "the scores come from the model versions [1], expected at least 2 versions");
    }

    @Test
    void rejectedRecordsAndRefusedModelsAreNoFailures() {
        OutcomeCounts outcomes = new OutcomeCounts(10, 8, 0, Map.of(), 2, 0, 0, 0, 0);
        ModelUse models = new ModelUse(List.of(1L, 3L), Map.of(1L, 4L, 3L, 4L), 1, 1, 1, 1);

        assertThat(report(outcomes, models).failures()).isEmpty();
    }

    private static DemoReport report(OutcomeCounts outcomes, ModelUse models) {
        return TestingReports.report(outcomes, models, TestingReports.detection(Map.of(), null));
    }
}
