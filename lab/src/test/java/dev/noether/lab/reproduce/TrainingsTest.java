package dev.noether.lab.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.noether.lab.reproduce.Trainings.Detail;
import dev.noether.model.autoencoder.Activation;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.EngineKind;
import dev.noether.model.series.SeriesSet;
import dev.noether.model.symmetry.GeneratorStructure;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Single trainings: what runs share, what they tell, how they fail. */
final class TrainingsTest {
    private static final Protocol PROTOCOL = new Protocol(2, 6, 4, 2, Activation.RELU, GeneratorStructure.LOW_RANK);

    private final Engine engine = EngineKind.OPENBLAS.open();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void runsOfASeedArePaired() {
        BenchmarkSet set = TinySets.waves("Waves", 20, 6);
        RunResult plain = train(set, Competitor.AE, new Setting(0.003, 0), 3, Detail.CURVE);
        // A decay that is lost in rounding leaves the plain autoencoder: the same split, weights and order, bit for
        // bit.
        RunResult decayed = train(set, Competitor.WEIGHT_DECAY, new Setting(0.003, 1e-12), 3, Detail.CURVE);
        assertThat(decayed.testError()).isEqualTo(plain.testError());
        assertThat(decayed.testCurve()).isEqualTo(plain.testCurve()).hasSize(6);
        assertThat(train(set, Competitor.AE, new Setting(0.003, 0), 4, Detail.NONE)
                        .testError())
                .isNotEqualTo(plain.testError());
        assertThat(train(set, Competitor.AE, new Setting(0.003, 0), 3, Detail.NONE)
                        .testError())
                .as("looking changes nothing")
                .isEqualTo(plain.testError());
    }

    @Test
    void theTestErrorIsThatOfTheBestEpoch() {
        BenchmarkSet set = TinySets.waves("Waves", 20, 6);
        RunResult run = train(set, Competitor.AE, new Setting(0.01, 0), 1, Detail.CURVE);
        assertThat(run.bestEpoch()).isPositive();
        Double error = run.testError();
        assertThat(error).isNotNull();
        assertThat(error).isCloseTo(run.testCurve().get(run.bestEpoch() - 1), within(1e-9));
    }

    @Test
    void generatorsAreLookedAt() {
        BenchmarkSet set = TinySets.waves("Waves", 20, 6);
        for (Competitor competitor : List.of(Competitor.LIE1, Competitor.LIE2)) {
            InsideView inside = train(set, competitor, new Setting(0.003, 1), 1, Detail.INSIDE)
                    .inside();
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
        RunResult run = train(TinySets.huge(), Competitor.AE, new Setting(0.01, 0), 1, Detail.CURVE);
        assertThat(run.failure()).contains("diverged");
        assertThat(run.testError()).isNull();
        assertThat(run.validationOrInfinite()).isInfinite();
    }

    @Test
    void anInterruptEndsATraining() {
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() ->
                            train(TinySets.waves("Waves", 20, 6), Competitor.AE, new Setting(0.01, 0), 1, Detail.NONE));
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
        for (Competitor competitor : Competitor.all()) {
            if (competitor.isNetwork()) {
                double strength = competitor.strengths().isEmpty()
                        ? 0
                        : competitor.strengths().get(0);
                RunResult run = train(set, competitor, new Setting(0.003, strength), 1, Detail.INSIDE);
                assertThat(run.failure()).as(competitor.label()).isNull();
                assertThat(run.testError()).as(competitor.label()).isNotNull().isFinite();
            }
        }
    }

    @Test
    void fewerRowsThanTheCode() {
        // Three rows train a code of ten, one validates: defined, if not sensible; principal components leave nothing
        // of them.
        BenchmarkSet set = TinySets.waves("Few", 4, 3);
        assertThat(train(set, Competitor.AE, new Setting(0.003, 0), 1, Detail.NONE)
                        .failure())
                .isNull();
        Trainings trainings =
                new Trainings(engine, new BenchmarkSet("Same", set.train(), set.train(), true, List.of()), PROTOCOL);
        RunIdentity identity = identity(set, Competitor.PCA10, new Setting(0, 0), 1);
        assertThat(trainings.principalComponents(identity).testError()).isCloseTo(0, within(1e-9));
        assertThat(trainings.augmentedComponents(identity).remark()).isEqualTo("none: too few rows to choose by");
    }

    private RunResult train(BenchmarkSet set, Competitor competitor, Setting setting, long seed, Detail detail) {
        return new Trainings(engine, set, PROTOCOL)
                .network(identity(set, competitor, setting, seed), competitor, setting, detail, () -> {});
    }

    private static RunIdentity identity(BenchmarkSet set, Competitor competitor, Setting setting, long seed) {
        return RunIdentity.of(set, set.fingerprint(), competitor, setting, seed, PROTOCOL);
    }
}
