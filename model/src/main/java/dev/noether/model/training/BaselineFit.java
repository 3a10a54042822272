package dev.noether.model.training;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.autoencoder.Forecast;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.RunningScale;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.Reconstruction;
import dev.noether.model.training.HistorySplit.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The baselines that entities start with: mean and variance of what each view missed, and of the scaled values themselves,
 * over windows of a history. Not thread safe.
 */
final class BaselineFit {
    private static final int CHUNK = 1024;

    /** An entity with so many training rows starts settled: its scales are its own, and move at the model's rate. */
    private static final int ENOUGH_ROWS = 200;

    private final List<EntityHistory> histories;
    private final List<RowStatistics> views = new ArrayList<>();
    private final RowStatistics raw;

    /**
     * Runs the windows through both views of a model.
     *
     * @param model whose baselines are not looked at
     * @param windows of {@link ModelArtifact#contextRows} rows, at least one
     */
    BaselineFit(Engine engine, ModelArtifact model, Part windows, List<EntityHistory> histories) {
        this.histories = histories;
        int features = model.features().size();
        int context = model.contextRows();
        this.raw = new RowStatistics(histories.size(), features);
        float[] nothing = new float[features];
        int width = context * features;
        for (int i = 0; i < windows.count(); i++) {
            raw.add(windows.entity()[i], windows.windows(), (i + 1) * width - features, nothing, 0);
        }
        try (Reconstruction network = engine.reconstruction(model.network(), CHUNK, features)) {
            int window = model.windowRows();
            views.add(view(network, windows, width, (context - window) * features, window * features, features));
        }
        @Nullable Forecast forecast = model.forecast();
        if (forecast != null) {
            int before = forecast.rows();
            try (Reconstruction prediction = engine.chain(forecast.layers(), CHUNK)) {
                int from = (context - 1 - before) * features;
                views.add(view(prediction, windows, width, from, before * features, features));
            }
        }
    }

    /** What an entity borrows that has no window. */
    EntityBaseline ofAll() {
        return new EntityBaseline(views.stream().map(RowStatistics::ofAll).toList(), raw.ofAll(), 0, 1);
    }

    /** By entity, of those that have a window. */
    SortedMap<String, EntityBaseline> byEntity() {
        SortedMap<String, EntityBaseline> baselines = new TreeMap<>();
        for (int e = 0; e < histories.size(); e++) {
            int entity = e;
            if (raw.count(e) > 0) {
                List<RunningScale> scales =
                        views.stream().map(view -> view.ofEntity(entity)).toList();
                baselines.put(
                        histories.get(e).entity(),
                        new EntityBaseline(scales, raw.ofEntity(e), ownRows(raw.count(e)), 1));
            }
        }
        return baselines;
    }

    private static int ownRows(int count) {
        return count >= ENOUGH_ROWS ? EntityBaseline.SETTLED : count;
    }

    private RowStatistics view(Reconstruction prediction, Part windows, int width, int from, int inputs, int features) {
        RowStatistics statistics = new RowStatistics(histories.size(), features);
        float[] input = new float[CHUNK * inputs];
        float[] output = new float[CHUNK * features];
        for (int start = 0; start < windows.count(); start += CHUNK) {
            int count = Math.min(CHUNK, windows.count() - start);
            for (int i = 0; i < count; i++) {
                System.arraycopy(windows.windows(), (start + i) * width + from, input, i * inputs, inputs);
            }
            prediction.run(input, count, output);
            for (int i = 0; i < count; i++) {
                int newest = (start + i + 1) * width - features;
                statistics.add(windows.entity()[start + i], windows.windows(), newest, output, i * features);
            }
        }
        return statistics;
    }
}
