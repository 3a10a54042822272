package dev.noether.flink.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.TestingMetrics;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.EngineChoice;
import org.junit.jupiter.api.Test;

class EngineFallbackMetricsTest {
    @Test
    void aGpuThatIsNotUsedIsReportedWithItsReason() {
        TestingMetrics metrics = new TestingMetrics();
        ScoringMetrics scoring = new ScoringMetrics(metrics.group(), () -> 0L, () -> 0L, () -> 0L);
        try (Engine engine = EngineChoice.AUTO.openOnGpu(5)) {
            scoring.registerFallback(metrics.group(), engine);
            boolean isUsed = engine.fallback().isEmpty();
            assertThat(metrics.gauge("engineFallback")).isEqualTo(isUsed ? 0 : 1);
            assertThat(String.valueOf(metrics.value("engineProblem"))).startsWith(isUsed ? "" : "GPU 5: ");
        }
    }

    @Test
    void aCpuThatWasChosenIsNoFallback() {
        TestingMetrics metrics = new TestingMetrics();
        ScoringMetrics scoring = new ScoringMetrics(metrics.group(), () -> 0L, () -> 0L, () -> 0L);
        try (Engine engine = EngineChoice.OPENBLAS.openOnGpu(0)) {
            scoring.registerFallback(metrics.group(), engine);
            assertThat(metrics.gauge("engineFallback")).isZero();
        }
    }
}
