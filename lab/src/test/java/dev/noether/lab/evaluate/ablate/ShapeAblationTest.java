package dev.noether.lab.evaluate.ablate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.lab.evaluate.TestingSeries;
import dev.noether.lab.evaluate.measure.DetectionMetric;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.EngineChoice;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The ablation on signals whose symmetry is known. */
final class ShapeAblationTest {
    @Test
    void theLearnedSymmetryFindsALateTroughAmongBeatsThatComeEarlierAndWider() {
        Set<AblationVariant> shown = new LinkedHashSet<>();
        try (Engine engine = EngineChoice.AUTO.open()) {
            AblationSeries result = ShapeAblation.run(engine, TestingBeats.series("beats", 40, 40, 25, 3), shown::add);
            assertThat(result.reason()).isEmpty();
            assertThat(result.view().period()).isBetween(62, 66);
            assertThat(result.view().codeSize()).isIn(8, 16, 32, 64);
            assertThat(result.metrics()).containsOnlyKeys(AblationVariant.values());
            assertThat(vusPr(result, AblationVariant.PROTOTYPES))
                    .isGreaterThan(vusPr(result, AblationVariant.PROTOTYPES_0) + 0.03)
                    .isGreaterThan(vusPr(result, AblationVariant.PROTOTYPES_FREE) + 0.03);
            assertThat(vusPr(result, AblationVariant.WINDOW))
                    .isGreaterThan(vusPr(result, AblationVariant.WINDOW_0) + 0.05);
        }
        assertThat(shown).contains(AblationVariant.PROTOTYPES_0, AblationVariant.LIE2, AblationVariant.ORBITS);
    }

    @Test
    void aSeriesWithoutAPeriodIsNotJudged() {
        List<AblationVariant> shown = new ArrayList<>();
        try (Engine engine = EngineChoice.AUTO.open()) {
            AblationSeries noise = ShapeAblation.run(
                    engine,
                    TestingSeries.stream(1, 1_200, TestingSeries.labels(300, 100, 110), List.of(), 4),
                    shown::add);
            assertThat(noise.metrics()).isEmpty();
            assertThat(noise.reason()).contains("the signal does not repeat");
            AblationSeries unlabelled =
                    ShapeAblation.run(engine, TestingBeats.series("beats", 20, 5, -1, 3), shown::add);
            assertThat(unlabelled.reason()).isEqualTo("it has no labelled events among normal rows");
        }
        assertThat(shown).containsExactly(AblationVariant.PROTOTYPES);
    }

    private static double vusPr(AblationSeries series, AblationVariant variant) {
        return series.metrics().get(variant).get(DetectionMetric.VUS_PR);
    }
}
