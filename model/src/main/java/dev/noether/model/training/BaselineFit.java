package dev.noether.model.training;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.autoencoder.Forecast;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.RunningScale;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.Reconstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Computes the baselines that entities start with: mean and variance of the residuals of each view, and of the scaled
 * values, over windows of a history. Not thread safe.
 */
final class BaselineFit {
    private static final int CHUNK = 1024;

    /**
     * An entity with this many training rows starts settled: its scales move at the model's rate from the first row on.
     */
    private static final int ENOUGH_ROWS = 200;

    private final Engine engine;
    private final List<EntityHistory> histories;
    private final List<ScaleAccumulator> views = new ArrayList<>();
    private final ScaleAccumulator raw;

    /**
     * Makes a fit without rows.
     *
     * @param views number of views of the models
     * @param features values in a row
     */
    BaselineFit(Engine engine, int views, int features, List<EntityHistory> histories) {
        this.engine = engine;
        this.histories = histories;
        this.raw = new ScaleAccumulator(histories.size(), features);
        for (int v = 0; v < views; v++) {
            this.views.add(new ScaleAccumulator(histories.size(), features));
        }
    }

    /**
     * Adds the residuals of a model on windows.
     *
     * @param model a model; its baselines are not used
     * @param windows windows of {@link ModelArtifact#contextRows} rows
     */
    void add(ModelArtifact model, WindowSet windows) {
        int features = model.features().size();
        int context = model.contextRows();
        float[] zeros = new float[features];
        int width = context * features;
        for (int i = 0; i < windows.count(); i++) {
            raw.add(windows.entity()[i], windows.windows(), (i + 1) * width - features, zeros, 0);
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

    /** Whether no window was added. */
    boolean isEmpty() {
        return raw.countOfAll() == 0;
    }

    /** The baseline for entities without a window: over all entities together, with no rows of its own. */
    EntityBaseline ofAll() {
        return new EntityBaseline(views.stream().map(ScaleAccumulator::ofAll).toList(), raw.ofAll(), 0, 1);
    }

    /** The baselines of the entities that have a window, by entity. */
    SortedMap<String, EntityBaseline> byEntity() {
        return byEntity(new TreeMap<>());
    }

    /**
     * The baselines over a part of a history, by entity.
     *
     * @param whole baselines over the whole history; an entity gets the row count that it has there
     */
    SortedMap<String, EntityBaseline> byEntity(SortedMap<String, EntityBaseline> whole) {
        SortedMap<String, EntityBaseline> baselines = new TreeMap<>();
        for (int e = 0; e < histories.size(); e++) {
            int entity = e;
            if (raw.count(e) > 0) {
                String name = histories.get(e).entity();
                EntityBaseline overWhole = whole.get(name);
                int rows = overWhole == null ? ownRows(raw.count(e)) : overWhole.rows();
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
            ScaleAccumulator statistics,
            Reconstruction prediction,
            WindowSet windows,
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
