package dev.noether.flink.scoring;

import dev.noether.flink.release.ModelsInForce.Loaded;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.schemas.StuckFeature;
import dev.noether.schemas.UnscoredReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@link RowPlacement}: for each row of a micro-batch, either its place in the batch of a model, or the
 * reason why there is no score. One array for each property.
 *
 * <p>The arrays of numbers are used again for each micro-batch; the arrays of references are made anew, for the reason
 * given in {@link PendingRows}. Not thread safe.
 */
final class PlacedRows {
    private final PendingRows rows;
    private @Nullable Loaded[] models;
    private @Nullable UnscoredReason[] reasons;
    private final int[] batchRows;
    private final long[] windowStarts;
    private final boolean[] isDuplicate;
    /** {@code [rows]}; null while no row of the micro-batch has a stuck feature, which is the normal case. */
    private @Nullable List<StuckFeature> @Nullable [] stuckFeatures;

    /** Makes room for the rows of any micro-batch of the pending rows. */
    PlacedRows(PendingRows rows) {
        this.rows = rows;
        models = new Loaded[0];
        reasons = new UnscoredReason[0];
        batchRows = new int[rows.capacity()];
        windowStarts = new long[rows.capacity()];
        isDuplicate = new boolean[rows.capacity()];
    }

    /** Begins with the present micro-batch: no row has a result. */
    void begin() {
        models = new Loaded[rows.size()];
        reasons = new UnscoredReason[rows.size()];
        stuckFeatures = null;
    }

    /**
     * Sets the place of a row that gets a score.
     *
     * @param index position of the row in the micro-batch
     * @param model model that scores the row
     * @param batchRow position of the row in the batch of that model
     * @param windowStart event time of the first row of the window, milliseconds since 1970 UTC
     * @param duplicate whether an earlier row of the entity has the same event time, and stays in the window
     */
    void setScored(int index, Loaded model, int batchRow, long windowStart, boolean duplicate) {
        models[index] = model;
        batchRows[index] = batchRow;
        windowStarts[index] = windowStart;
        isDuplicate[index] = duplicate;
    }

    /** Sets the reason why a row gets no score. */
    void setUnscored(int index, UnscoredReason reason) {
        reasons[index] = reason;
    }

    /** Sets the stuck features of a row, at least one. */
    @SuppressWarnings("unchecked") // an array of a generic type
    void setStuckFeatures(int index, List<StuckFeature> features) {
        if (stuckFeatures == null) {
            stuckFeatures = new List[rows.size()];
        }
        stuckFeatures[index] = features;
    }

    int size() {
        return rows.size();
    }

    ObservationRow row(int index) {
        return rows.row(index);
    }

    EntityState state(int index) {
        return rows.state(index);
    }

    /** Returns the reason why a row gets no score; null if it gets one. */
    @Nullable
    UnscoredReason reason(int index) {
        return reasons[index];
    }

    /** Returns the model that scores a row; null if the row gets no score. */
    @Nullable
    Loaded model(int index) {
        return models[index];
    }

    int batchRow(int index) {
        return batchRows[index];
    }

    long windowStart(int index) {
        return windowStarts[index];
    }

    boolean isDuplicate(int index) {
        return isDuplicate[index];
    }

    /** Returns the stuck features of a row, nearly always none. */
    List<StuckFeature> stuckFeatures(int index) {
        List<StuckFeature> features = stuckFeatures == null ? null : stuckFeatures[index];
        return features == null ? List.of() : features;
    }
}
