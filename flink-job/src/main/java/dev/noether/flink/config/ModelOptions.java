package dev.noether.flink.config;

import dev.noether.model.engine.EngineKind;
import dev.noether.model.training.Architecture;
import java.io.Serializable;
import java.net.URI;
import java.util.List;

/**
 * The network and where its artifacts lie.
 *
 * @param architecture what the network is before its training
 * @param codeSize width of the bottleneck
 * @param forecastRows rows that the forecast looks back; 0: no such view
 * @param hiddenWidths widths of the layers from the input to the bottleneck; empty: derived from the input
 * @param engine who does the arithmetic
 * @param store directory of the model artifacts, absolute
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
}
