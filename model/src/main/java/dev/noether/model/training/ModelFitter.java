package dev.noether.model.training;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.artifact.Predictors;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.Forecast;
import dev.noether.model.engine.Engine;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.Scaling;
import java.time.Duration;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Fits the forecast and puts the parts of a model together; baselines and calibration are still those of no data. */
final class ModelFitter {
    private final Engine engine;
    private final DetectorOptions options;
    private final FeatureSchema features;
    private final Duration interval;
    private final SortedMap<String, String> provenance;

    /**
     * Makes a fitter.
     *
     * @param interval usual time from a row of an entity to its next
     * @param provenance provenance of the models
     */
    ModelFitter(
            Engine engine,
            DetectorOptions options,
            FeatureSchema features,
            Duration interval,
            SortedMap<String, String> provenance) {
        this.engine = engine;
        this.options = options;
        this.features = features;
        this.interval = interval;
        this.provenance = provenance;
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
                provenance);
    }
}
