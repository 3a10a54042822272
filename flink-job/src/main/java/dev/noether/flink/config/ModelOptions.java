package dev.noether.flink.config;

import dev.noether.model.engine.EngineKind;
import dev.noether.model.training.Architecture;
import java.io.Serializable;
import java.net.URI;
import java.util.List;

/**
 * The network, its engine and the store of the model artifacts.
 *
 * @param architecture network before training
 * @param codeSize width of the bottleneck
 * @param forecastRows number of rows that the forecast uses; 0 for no forecast
 * @param hiddenWidths widths of the layers from the input to the bottleneck; empty to derive them from the input
 * @param engine library that computes the network
 * @param store absolute URI of the directory of model artifacts
 */
public record ModelOptions(
        Architecture architecture,
        int codeSize,
        int forecastRows,
        List<Integer> hiddenWidths,
        EngineKind engine,
        URI store)
        implements Serializable {
    public ModelOptions {
        Options.MODEL_ARCHITECTURE.check(architecture);
        Options.MODEL_CODE_SIZE.check(codeSize);
        Options.MODEL_FORECAST_ROWS.check(forecastRows);
        Options.MODEL_HIDDEN_WIDTHS.check(hiddenWidths);
        Options.MODEL_ENGINE.check(engine);
        Options.MODEL_STORE.check(store);
        hiddenWidths = List.copyOf(hiddenWidths);
    }

    static ModelOptions of(OptionValues values) {
        return new ModelOptions(
                values.get(Options.MODEL_ARCHITECTURE),
                values.get(Options.MODEL_CODE_SIZE),
                values.get(Options.MODEL_FORECAST_ROWS),
                values.get(Options.MODEL_HIDDEN_WIDTHS),
                values.get(Options.MODEL_ENGINE),
                values.get(Options.MODEL_STORE));
    }
}
