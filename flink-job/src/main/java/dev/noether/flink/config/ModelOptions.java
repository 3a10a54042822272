package dev.noether.flink.config;

import static java.util.Objects.requireNonNull;

import dev.noether.model.engine.EngineChoice;
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
 * @param counters names of the features that are counters; {@code auto} stands for those that a training recognises
 * @param recurrence what models learn of signals in which something recurs
 * @param store absolute URI of the directory of model artifacts
 * @param keep number of newest models whose artifacts stay in the store
 */
public record ModelOptions(
        Architecture architecture,
        int codeSize,
        int forecastRows,
        List<Integer> hiddenWidths,
        EngineChoice engine,
        List<String> counters,
        RecurrenceOptions recurrence,
        URI store,
        int keep)
        implements Serializable {
    public ModelOptions {
        ModelSection.ARCHITECTURE.check(architecture);
        ModelSection.CODE_SIZE.check(codeSize);
        ModelSection.FORECAST_ROWS.check(forecastRows);
        ModelSection.HIDDEN_WIDTHS.check(hiddenWidths);
        ModelSection.ENGINE.check(engine);
        ModelSection.COUNTERS.check(counters);
        requireNonNull(recurrence, "recurrence");
        ModelSection.STORE.check(store);
        ModelSection.KEEP.check(keep);
        hiddenWidths = List.copyOf(hiddenWidths);
        counters = List.copyOf(counters);
    }

    static ModelOptions of(OptionValues values) {
        return new ModelOptions(
                values.get(ModelSection.ARCHITECTURE),
                values.get(ModelSection.CODE_SIZE),
                values.get(ModelSection.FORECAST_ROWS),
                values.get(ModelSection.HIDDEN_WIDTHS),
                values.get(ModelSection.ENGINE),
                values.get(ModelSection.COUNTERS),
                RecurrenceOptions.of(values),
                values.get(ModelSection.STORE),
                values.get(ModelSection.KEEP));
    }
}
