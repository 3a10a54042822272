package dev.noether.lab.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.lab.data.UcrFile;
import dev.noether.lab.series.SeriesModel;
import dev.noether.lab.series.SeriesModelOptions;
import dev.noether.lab.series.SeriesModelTrainer;
import dev.noether.lab.series.SeriesProgress;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.series.SeriesSet;
import dev.noether.model.symmetry.learned.PrincipalComponentsLoss;
import dev.noether.model.symmetry.learned.SymmetryFamily;
import dev.noether.testing.RealData;
import org.junit.jupiter.api.Test;

/**
 * Sets of the UCR archive, the default model in small, mean squared test error × 100 of one run. The bounds leave a few
 * per cent above what was measured; every figure is printed.
 */
final class RecordedSeriesModelTest {
    private static final SeriesModelOptions SMALL =
            SeriesModelOptions.defaults().withEpochs(16).withHiddenWidth(64);

    @Test
    void learnedWarpsTakeAThirdOffTheErrorOnCbf() {
        Figures figures = measure("CBF");
        assertThat(figures.model()).isLessThan(21.8).isLessThan(0.75 * figures.principal());
        assertThat(figures.family()).isEqualTo("LEARNED_WARP");
    }

    @Test
    void theChoiceDoesNoHarmOnWineWhereThereIsNothingToGain() {
        Figures figures = measure("Wine");
        assertThat(figures.model()).isLessThan(0.01);
    }

    @Test
    void syntheticControlIsBetterThanItsPrincipalComponents() {
        Figures figures = measure("SyntheticControl");
        assertThat(figures.model()).isLessThan(0.98 * figures.principal());
    }

    private static Figures measure(String name) {
        SeriesSet training = UcrFile.read(RealData.require("ucr").resolve(name + "_TRAIN.tsv.gz"))
                .series();
        SeriesSet test = UcrFile.read(RealData.require("ucr").resolve(name + "_TEST.tsv.gz"))
                .series();
        try (Engine engine = new OpenBlasEngine()) {
            SeriesModel model = new SeriesModelTrainer(engine, SMALL).fit(training, 1, SeriesProgress.SILENT);
            String family = model.symmetry()
                    .chosen()
                    .map(candidate -> candidate.family())
                    .map(SymmetryFamily::name)
                    .orElse("none");
            Figures figures = new Figures(
                    100 * new PrincipalComponentsLoss(10).of(training, test), 100 * model.testError(test), family);
            System.out.printf("%s: %s%n", name, figures);
            return figures;
        }
    }

    private record Figures(double principal, double model, String family) {}
}
