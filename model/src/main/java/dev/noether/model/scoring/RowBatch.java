package dev.noether.model.scoring;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.autoencoder.Forecast;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.Reconstruction;
import dev.noether.model.feature.RowRing;
import dev.noether.model.feature.Scaling;
import dev.noether.model.feature.StaleContext;
import dev.noether.model.feature.WindowBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Rows that wait to be judged, with the predictions of all views. All rows of a batch are predicted together, when the
 * first of them is judged. Not thread safe; allocates nothing after construction.
 */
final class RowBatch implements AutoCloseable {
    private final int features;
    private final int capacity;
    private final int contextRows;
    private final StaleContext stale;
    private final double @Nullable [] origin;
    private final Scaling contextScaling;
    private final float[] context;
    private final float[] newest;
    private final float[] observed;
    private final boolean[] missing;
    private final boolean[] lacksFeatures;
    private final ViewBatch[] views;
    /** What a schedule takes off the newest row, for all rows of the batch; empty if the model has none. */
    private final float[] expectedAmounts;

    private final boolean[] hasAmounts;
    private int rows;
    private boolean isPredicted;

    /**
     * Makes an empty batch.
     *
     * @param capacity largest number of rows, at least 1
     */
    RowBatch(ModelArtifact model, Engine engine, int capacity) {
        this.features = model.features().size();
        this.capacity = capacity;
        this.contextRows = model.contextRows();
        this.stale = new StaleContext(contextRows, model.rowInterval());
        this.origin = model.scaling().origin();
        this.contextScaling = model.scaling().repeated(contextRows);
        this.context = new float[contextRows * features];
        this.newest = new float[capacity * features];
        this.observed = new float[capacity * features];
        this.missing = new boolean[capacity * features];
        this.lacksFeatures = new boolean[capacity];
        this.expectedAmounts = new float[model.schedule() == null ? 0 : capacity * features];
        this.hasAmounts = new boolean[capacity];
        this.views = new ViewBatch[model.views()];
        int window = model.windowRows();
        Reconstruction reconstruction = engine.reconstruction(model.network(), capacity, features);
        views[0] = new ViewBatch(reconstruction, (contextRows - window) * features, window * features, features, true);
        @Nullable Forecast forecast = model.forecast();
        if (forecast != null) {
            int before = forecast.rows();
            views[1] = new ViewBatch(
                    engine.chain(forecast.layers(), capacity),
                    (contextRows - 1 - before) * features,
                    before * features,
                    features,
                    false);
        }
    }

    /** The views of the rows, in order. Not a copy. */
    ViewBatch[] views() {
        return views;
    }

    /** The view whose context is used for contributions: the one that reads the oldest rows. */
    ViewBatch longestView() {
        return views[views.length - 1];
    }

    int size() {
        return rows;
    }

    boolean isFull() {
        return rows == capacity;
    }

    int add(WindowBuffer buffer, int position) {
        return addLess(buffer, position, null);
    }

    /**
     * Adds a row.
     *
     * @param amounts what a schedule takes off the row and those before it, {@code [contextRows, features]}; null:
     *     nothing
     */
    int addLess(WindowBuffer buffer, int position, float @Nullable [] amounts) {
        int row = rows++;
        lacksFeatures[row] = false;
        hasAmounts[row] = amounts != null;
        int last = (contextRows - 1) * features;
        buffer.copyRows(position, contextRows, context);
        if (buffer.origin() != origin) {
            RowRing.moveOrigin(context, contextRows, features, buffer.origin(), origin);
        }
        System.arraycopy(context, last, observed, row * features, features);
        if (amounts != null) {
            for (int i = 0; i < context.length; i++) {
                context[i] -= amounts[i];
            }
            System.arraycopy(amounts, last, expectedAmounts, row * features, features);
        }
        contextScaling.toModel(context);
        System.arraycopy(context, last, newest, row * features, features);
        StaleContext.fill(context, 0, stale.count(buffer, position), features);
        for (ViewBatch view : views) {
            view.put(row, context);
        }
        isPredicted = false;
        return row;
    }

    int add(WindowBuffer buffer, int position, boolean[] filledIn) {
        int row = add(buffer, position);
        setFilledIn(row, filledIn);
        return row;
    }

    /** Notes that some features of a row were filled in. */
    void setFilledIn(int row, boolean[] filledIn) {
        lacksFeatures[row] = true;
        System.arraycopy(filledIn, 0, missing, row * features, features);
    }

    /** What a schedule takes off a feature of a row. */
    float amount(int row, int feature) {
        return hasAmounts[row] ? expectedAmounts[row * features + feature] : 0;
    }

    /** Computes the predictions of all rows, unless they are computed already. */
    void predict() {
        if (!isPredicted) {
            for (ViewBatch view : views) {
                view.run(rows);
            }
            isPredicted = true;
        }
    }

    /** Copies the values of a row, and sets the position of its context. */
    void copyTo(int row, JudgedRow target) {
        int offset = row * features;
        System.arraycopy(observed, offset, target.observed, 0, features);
        System.arraycopy(newest, offset, target.observedScaled, 0, features);
        target.lacksFeatures = lacksFeatures[row];
        if (target.lacksFeatures) {
            System.arraycopy(missing, offset, target.missing, 0, features);
        }
        target.hasAmounts = hasAmounts[row];
        if (target.hasAmounts) {
            System.arraycopy(expectedAmounts, offset, target.amounts, 0, features);
        }
        target.contextFrom = longestView().contextFrom(row);
    }

    void clear() {
        rows = 0;
        isPredicted = false;
    }

    @Override
    public void close() {
        for (ViewBatch view : views) {
            view.close();
        }
    }
}
