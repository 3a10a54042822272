package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.model.feature.Scaling;
import dev.noether.testing.RandomizedTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ModelFitterTest extends RandomizedTest {
    private static final int FEATURES = TestingHistories.FEATURES;
    private static final int WINDOW = TestingHistories.WINDOW;
    private static final int FORECAST = TestingHistories.FORECAST;
    private static final int CONTEXT = TestingHistories.CONTEXT;

    private final Engine engine = new ReferenceEngine();
    private final DetectorOptions options = TestingHistories.options(TestingHistories.FORECAST);

    @Test
    void theForecastIsFittedToTheNewestRowsOfEachWindow() {
        HistorySplit split = TestingHistories.split(TestingHistories.histories(random(), 2));
        Scaling scaling = new Scaling(new float[FEATURES], new float[] {1, 1, 1});
        Autoencoder network =
                new NetworkInitialiser(options.network(), FEATURES, 1).initial(split.all(scaling, WINDOW));
        ModelArtifact model =
                TestingHistories.fitter(engine, options).fit(scaling, network, split.all(scaling, CONTEXT));
        assertThat(model.forecast())
                .isEqualTo(ForecastFit.fit(engine, FORECAST, FEATURES, split.all(scaling, CONTEXT)));
        assertThat(model.network()).isEqualTo(network);
        assertThat(model.contextRows()).isEqualTo(CONTEXT);
        assertThat(model.rowInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(model.provenance()).containsEntry("key", "value");
        assertThat(model.entityBaselines()).isEmpty();
        ModelArtifact without = TestingHistories.fitter(engine, TestingHistories.options(0))
                .fit(scaling, network, split.all(scaling, WINDOW));
        assertThat(without.forecast()).isNull();
        assertThat(without.contextRows()).isEqualTo(WINDOW);
    }
}
