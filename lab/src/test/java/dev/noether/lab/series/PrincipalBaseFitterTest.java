package dev.noether.lab.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.autoencoder.LinearBase;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.model.numeric.PrincipalComponents;
import dev.noether.model.series.SeriesSet;
import dev.noether.model.symmetry.learned.SymmetryReport;
import dev.noether.testing.RandomizedTest;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class PrincipalBaseFitterTest extends RandomizedTest {
    private static final int WIDTH = 30;

    private final Engine engine = new ReferenceEngine();

    @Test
    void itLeavesWhatTheFullDecompositionLeaves() {
        // More rows than a block, variances that fall, a mean that is not 0.
        int count = 1500;
        float[] rows = normals(random(), count * WIDTH);
        for (int index = 0; index < rows.length; index++) {
            rows[index] = rows[index] * 10 / (1 + index % WIDTH) + 3;
        }
        PrincipalComponents exact = PrincipalComponents.fit(rows, count, WIDTH, 4);
        LinearBase base = PrincipalBaseFitter.of(engine, rows, count, WIDTH, 4);
        double left = 0;
        for (int unit = 0; unit < WIDTH; unit++) {
            double variance = exact.variances()[unit];
            if (unit < 4) {
                assertThat((double) base.scales()[unit]).isCloseTo(Math.sqrt(variance), Percentage.withPercentage(0.1));
            } else {
                left += variance / WIDTH;
            }
        }
        assertThat((double) base.residualScale()).isCloseTo(Math.sqrt(left), Percentage.withPercentage(0.5));
        assertThat((double) base.mean()[7]).isCloseTo(exact.mean()[7], within(1e-4));
        assertThat(gramError(base)).isLessThan(1e-5);
    }

    @Test
    void unitsBeyondWhatTheRowsSpanStartWithNothing() {
        float[] rows = normals(random(), 3 * WIDTH);
        LinearBase base = PrincipalBaseFitter.of(engine, rows, 3, WIDTH, 5);
        assertThat(base.codeSize()).isEqualTo(5);
        float[] components = base.components();
        for (int column = 0; column < WIDTH; column++) {
            for (int unit = 2; unit < 5; unit++) {
                assertThat(components[column * 5 + unit]).isZero();
            }
        }
        assertThat(base.residualScale()).isLessThan(1e-3f);
    }

    @Test
    void theScaleFoldedIntoANetworkChangesNothingButTheUnit() {
        RandomGenerator random = random();
        float[] values = normals(random, 20 * WIDTH);
        for (int index = 0; index < values.length; index++) {
            values[index] = 50 * values[index] + index % WIDTH;
        }
        SeriesSet series = SeriesSet.of(values, 20, WIDTH);
        OrbitTraining training = new OrbitTraining(
                engine,
                SeriesModelOptions.defaults().withHiddenWidth(16).withBatchSize(8),
                new OrbitSampler(series, null, 3),
                1);
        training.epoch();
        double[] errors = new double[21];
        training.errors(series, 1, errors, 1);
        double mean = 0;
        for (double error : errors) {
            mean += error / 20;
        }
        SeriesModel model = new SeriesModel(
                engine,
                training.network(1),
                new SymmetryReport(Optional.empty(), Optional.empty(), List.of(), List.of()),
                List.of(),
                1);
        assertThat(errors[0]).isZero();
        assertThat(model.testError(series)).isCloseTo(mean, Percentage.withPercentage(0.01));
    }

    private static double gramError(LinearBase base) {
        int units = base.codeSize();
        float[] components = base.components();
        double worst = 0;
        for (int row = 0; row < units; row++) {
            for (int column = 0; column < units; column++) {
                double product = row == column ? -1 : 0;
                for (int index = 0; index < base.width(); index++) {
                    product += (double) components[index * units + row] * components[index * units + column];
                }
                worst = Math.max(worst, Math.abs(product));
            }
        }
        return worst;
    }
}
