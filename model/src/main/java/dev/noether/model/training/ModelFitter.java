package dev.noether.model.training;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.artifact.Predictors;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.Forecast;
import dev.noether.model.count.CountLaws;
import dev.noether.model.engine.Engine;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.Scaling;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Fits the forecast and puts the parts of a model together; baselines and calibration are still those of no data. */
final class ModelFitter {
    private final Engine engine;
    private final DetectorOptions options;
    private final FeatureSchema features;
    private final Duration interval;
    private final SortedMap<String, String> provenance;
    private final List<EntityHistory> histories;
    private @Nullable CountLaws counts;
    private @Nullable Scaling countsScaling;

    /**
     * Makes a fitter.
     *
     * @param interval usual time from a row of an entity to its next
     * @param provenance provenance of the models
     * @param histories histories in which the rare counts are found; NaN is a missing value
     */
    ModelFitter(
            Engine engine,
            DetectorOptions options,
            FeatureSchema features,
            Duration interval,
            SortedMap<String, String> provenance,
            List<EntityHistory> histories) {
        this.engine = engine;
        this.options = options;
        this.features = features;
        this.interval = interval;
        this.provenance = provenance;
        this.histories = List.copyOf(histories);
    }

    /**
     * Makes a model.
     *
     * @param windows windows of {@link DetectorOptions#contextRows} rows that the forecast is fitted to, at least one
     */
    ModelArtifact fit(Scaling scaling, Autoencoder network, WindowSet windows) {
        @Nullable Forecast forecast = null;
        if (options.forecastRows() > 0) {
            int rows = options.forecastRows();
            forecast = ForecastFit.fit(
                    engine, rows, features.size(), windows.lastRows(rows + 1, options.contextRows(), features.size()));
        }
        return ModelArtifact.uncalibrated(
                        features,
                        scaling,
                        new Predictors(options.network().windowRows(), network, forecast),
                        options.rule(),
                        interval,
                        provenance)
                .withCounts(counts(scaling));
    }

    /** All folds have one scaling, so the laws are fitted once. */
    private CountLaws counts(Scaling scaling) {
        CountLaws found = counts;
        if (found == null || !scaling.equals(countsScaling)) {
            found = CountFit.fit(histories, scaling);
            counts = found;
            countsScaling = scaling;
        }
        return found;
    }
}
