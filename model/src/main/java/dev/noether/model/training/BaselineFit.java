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

    private final Engine engine;
    private final List<EntityHistory> histories;
    private final List<RowStatistics> views = new ArrayList<>();
    private final RowStatistics raw;

    /**
     * Knows nothing yet.
     *
     * @param views of the models
     */
    BaselineFit(Engine engine, int views, int features, List<EntityHistory> histories) {
        this.engine = engine;
        this.histories = histories;
        this.raw = new RowStatistics(histories.size(), features);
        for (int v = 0; v < views; v++) {
            this.views.add(new RowStatistics(histories.size(), features));
        }
    }

    /**
     * Runs windows through the views of a model.
     *
     * @param model whose baselines are not looked at
     * @param windows of {@link ModelArtifact#contextRows} rows
     */
    void add(ModelArtifact model, Part windows) {
        int features = model.features().size();
        int context = model.contextRows();
        float[] nothing = new float[features];
        int width = context * features;
        for (int i = 0; i < windows.count(); i++) {
            raw.add(windows.entity()[i], windows.windows(), (i + 1) * width - features, nothing, 0);
        }
        try (Reconstruction network = engine.reconstruction(model.network(), CHUNK, features)) {
            int window = model.windowRows();
            add(views.get(0), network, windows, width, (context - window) * features, window * features, features);
        }
        @Nullable Forecast forecast = model.forecast();
        if (forecast != null) {
            int before = forecast.rows();
            try (Reconstruction prediction = engine.chain(forecast.layers(), CHUNK)) {
                int from = (context - 1 - before) * features;
                add(views.get(1), prediction, windows, width, from, before * features, features);
            }
        }
    }

    /** Whether there was no window. */
    boolean isEmpty() {
        return raw.countOfAll() == 0;
    }

    /** What an entity borrows that has no window. */
    EntityBaseline ofAll() {
        return new EntityBaseline(views.stream().map(RowStatistics::ofAll).toList(), raw.ofAll(), 0, 1);
    }

    /** By entity, of those that have a window. */
    SortedMap<String, EntityBaseline> byEntity() {
        return byEntity(new TreeMap<>());
    }

    /**
     * The same from a part of a history.
     *
     * @param whole baselines of all of it: an entity counts as known as well as it is there
     */
    SortedMap<String, EntityBaseline> byEntity(SortedMap<String, EntityBaseline> whole) {
        SortedMap<String, EntityBaseline> baselines = new TreeMap<>();
        for (int e = 0; e < histories.size(); e++) {
            int entity = e;
            if (raw.count(e) > 0) {
                String name = histories.get(e).entity();
                EntityBaseline inAll = whole.get(name);
                int rows = inAll == null ? ownRows(raw.count(e)) : inAll.rows();
                List<RunningScale> scales =
                        views.stream().map(view -> view.ofEntity(entity)).toList();
                baselines.put(name, new EntityBaseline(scales, raw.ofEntity(e), rows, 1));
            }
        }
        return baselines;
    }

    private static int ownRows(int count) {
        return count >= ENOUGH_ROWS ? EntityBaseline.SETTLED : count;
    }

    private static void add(
            RowStatistics statistics,
            Reconstruction prediction,
            Part windows,
            int width,
            int from,
            int inputs,
            int features) {
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
    }
}
