package dev.noether.lab.reproduce.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.noether.lab.reproduce.TinySets;
import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.protocol.Hyperparameters;
import dev.noether.lab.reproduce.protocol.Protocol;
import dev.noether.lab.reproduce.run.NetworkTrainer.Detail;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import dev.noether.model.autoencoder.Activation;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.EngineChoice;
import dev.noether.model.series.SeriesSet;
import dev.noether.model.symmetry.GeneratorStructure;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Single trainings: what runs share, what they tell, how they fail. */
final class NetworkTrainerTest {
    private static final Protocol PROTOCOL = new Protocol(2, 6, 4, 2, Activation.RELU, GeneratorStructure.LOW_RANK);

    private final Engine engine = EngineChoice.OPENBLAS.open();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void runsOfASeedArePaired() {
        BenchmarkSet set = TinySets.waves("Waves", 20, 6);
        RunResult plain = train(set, ComparedMethod.AE, new Hyperparameters(0.003, 0), 3, Detail.CURVE);
        // A decay that is lost in rounding leaves the plain autoencoder: the same split, weights and order, bit for
        // bit.
        RunResult decayed = train(set, ComparedMethod.WEIGHT_DECAY, new Hyperparameters(0.003, 1e-12), 3, Detail.CURVE);
        assertThat(decayed.testError()).isEqualTo(plain.testError());
        assertThat(decayed.course().testCurve())
                .isEqualTo(plain.course().testCurve())
                .hasSize(6);
        assertThat(train(set, ComparedMethod.AE, new Hyperparameters(0.003, 0), 4, Detail.NONE)
                        .testError())
                .isNotEqualTo(plain.testError());
        assertThat(train(set, ComparedMethod.AE, new Hyperparameters(0.003, 0), 3, Detail.NONE)
                        .testError())
                .as("recording a curve changes nothing")
                .isEqualTo(plain.testError());
    }

    @Test
    void theTestErrorIsThatOfTheBestEpoch() {
        BenchmarkSet set = TinySets.waves("Waves", 20, 6);
        RunResult run = train(set, ComparedMethod.AE, new Hyperparameters(0.01, 0), 1, Detail.CURVE);
        assertThat(run.course().bestEpoch()).isPositive();
        Double error = run.testError();
        assertThat(error).isNotNull();
        assertThat(error).isCloseTo(run.course().testCurve().get(run.course().bestEpoch() - 1), within(1e-9));
    }

    @Test
    void generatorsAreInspected() {
        BenchmarkSet set = TinySets.waves("Waves", 20, 6);
        for (ComparedMethod method : List.of(ComparedMethod.LIE1, ComparedMethod.LIE2)) {
            NetworkInspection inside = train(set, method, new Hyperparameters(0.003, 1), 1, Detail.INSPECTION)
                    .findings()
                    .inspection();
            assertThat(inside).isNotNull();
            assertThat(inside.regions()).isSorted().hasSameSizeAs(inside.radii());
            assertThat(inside.biorthogonalityDefect()).isPositive();
            assertThat(inside.use()).isNotNull();
            // Ten generators U Vᵀ of rank 4 on 16 values.
            assertThat(inside.generatorBytes()).isEqualTo(4L * 10 * 2 * 16 * 4);
        }
    }

    @Test
    void aDivergingRunFails() {
        RunResult run = train(TinySets.huge(), ComparedMethod.AE, new Hyperparameters(0.01, 0), 1, Detail.CURVE);
        assertThat(run.failure()).contains("diverged");
        assertThat(run.testError()).isNull();
        assertThat(run.validationOrInfinite()).isInfinite();
    }

    @Test
    void anInterruptEndsATraining() {
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> train(
                            TinySets.waves("Waves", 20, 6),
                            ComparedMethod.AE,
                            new Hyperparameters(0.01, 0),
                            1,
                            Detail.NONE));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void everyMethodStandsColumnsThatNeverChange() {
        BenchmarkSet waves = TinySets.waves("Waves", 12, 4);
        float[] values = waves.train().values().clone();
        for (int row = 0; row < waves.train().count(); row++) {
            Arrays.fill(values, row * 16 + 4, row * 16 + 12, 0.5f);
        }
        SeriesSet still = SeriesSet.of(values, waves.train().count(), 16);
        BenchmarkSet set = new BenchmarkSet("Still", still, still, true, List.of());
        for (ComparedMethod method : ComparedMethod.all()) {
            if (method.isNetwork()) {
                double strength =
                        method.strengths().isEmpty() ? 0 : method.strengths().get(0);
                RunResult run = train(set, method, new Hyperparameters(0.003, strength), 1, Detail.INSPECTION);
                assertThat(run.failure()).as(method.label()).isNull();
                assertThat(run.testError()).as(method.label()).isNotNull().isFinite();
            }
        }
    }

    @Test
    void fewerRowsThanTheCode() {
        // Three rows train a code of ten, one validates: defined, if not sensible; principal components leave nothing
        // of them.
        BenchmarkSet set = TinySets.waves("Few", 4, 3);
        assertThat(train(set, ComparedMethod.AE, new Hyperparameters(0.003, 0), 1, Detail.NONE)
                        .failure())
                .isNull();
        LinearMethodTrainer linear =
                new LinearMethodTrainer(new BenchmarkSet("Same", set.train(), set.train(), true, List.of()));
        RunIdentity identity = identity(set, ComparedMethod.PCA10, new Hyperparameters(0, 0), 1);
        assertThat(linear.principalComponents(identity).testError()).isCloseTo(0, within(1e-9));
        assertThat(linear.augmentedComponents(identity).findings().remark())
                .isEqualTo("none: too few rows to choose by");
    }

    private RunResult train(
            BenchmarkSet set, ComparedMethod method, Hyperparameters setting, long seed, Detail detail) {
        return new NetworkTrainer(engine, set, PROTOCOL)
                .train(identity(set, method, setting, seed), method, setting, detail, () -> {});
    }

    private static RunIdentity identity(BenchmarkSet set, ComparedMethod method, Hyperparameters setting, long seed) {
        return RunIdentity.of(set, set.fingerprint(), method, setting, seed, PROTOCOL);
    }
}
