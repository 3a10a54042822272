package dev.noether.flink.scoring;

import dev.noether.flink.release.ModelsInForce;
import dev.noether.flink.release.ModelsInForce.Loaded;
import dev.noether.flink.scoring.MissingValues.FilledRow;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.model.feature.CounterReadings;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.schedule.ScheduleState;
import dev.noether.model.scoring.WindowScorer;
import dev.noether.schemas.StuckFeature;
import dev.noether.schemas.UnscoredReason;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the rows of a micro-batch into the windows of their entities, and the windows into the batches of the models.
 *
 * <p>A row is in order if it is newer than the newest of its entity. Other rows are late ({@link LateRowCheck}),
 * duplicates ({@link DuplicateCheck}) or out of order. Rows in order and out of order enter the window at the position
 * of their event time. Late rows and duplicates are judged in a {@link DetachedWindow}. Not thread safe.
 */
final class RowPlacement {
    /** Where a row is judged. */
    private enum Place {
        /** In the window of its entity. */
        IN_WINDOW,
        /** Beside the window: the row is late. */
        OUTSIDE,
        /** Beside the window, in the place of a row that it repeats. */
        DUPLICATE
    }

    private final PendingRows pending;
    private final PlacedRows placed;
    private final ModelsInForce models;
    private final ShadowScoring shadow;
    private final LateRowCheck lateRows;
    private final DuplicateCheck duplicates;
    private final MissingValues missingValues;
    private final StuckFeatureCheck stuckFeatures;
    private final DetachedWindow detached;
    private final double[] rated;

    /**
     * Makes a placement.
     *
     * @param options options of the detector
     * @param pending micro-batch whose rows it places
     * @param models models in force
     * @param shadow the challenger, if there is one
     * @param metrics metrics, for late, duplicate, out-of-order and incomplete rows
     */
    RowPlacement(
            ScoringOptions options,
            PendingRows pending,
            ModelsInForce models,
            ShadowScoring shadow,
            ScoringMetrics metrics) {
        this.pending = pending;
        this.models = models;
        this.shadow = shadow;
        placed = new PlacedRows(pending);
        lateRows = new LateRowCheck(options, metrics);
        duplicates = new DuplicateCheck(options, metrics);
        missingValues = new MissingValues(options, metrics);
        stuckFeatures = new StuckFeatureCheck(options.features());
        detached = new DetachedWindow(options);
        rated = new double[options.window().featureCount()];
    }

    /**
     * Places all pending rows. The windows of their entities change, and the batches of the models hold the rows until
     * {@link ModelsInForce#clearBatches}.
     *
     * @return the result, valid until the next call
     */
    PlacedRows place() {
        placed.begin();
        for (int i = 0; i < pending.size(); i++) {
            place(i, models.at(pending.row(i).eventTime()));
        }
        return placed;
    }

    private void place(int index, @Nullable Loaded model) {
        ObservationRow row = placed.row(index);
        EntityState state = placed.state(index);
        WindowBuffer window = state.window();
        long eventTime = row.eventTime();
        setOrigin(window, row, model);
        setCounters(state, model);
        boolean isLate = lateRows.isLate(window, eventTime);
        boolean isInOrder = window.size() == 0 || eventTime > window.newestTime();
        int original = isInOrder || isLate ? DuplicateCheck.NONE : duplicates.count(window, eventTime);
        double[] read = rates(row, state, isInOrder);
        FilledRow filled = missingValues.fill(read, state, model, isInOrder);
        double[] values = filled == null ? read : filled.values();
        if (isLate) {
            if (lateRows.isScored()) {
                WindowBuffer late = detached.endingWith(window, window.size(), window.newestTime(), values);
                addToBatch(index, model, late, late.size() - 1, filled, Place.OUTSIDE);
            } else {
                placed.setUnscored(index, UnscoredReason.LATE);
            }
        } else if (original != DuplicateCheck.NONE) {
            WindowBuffer duplicate = detached.endingWith(window, original, eventTime, values);
            addToBatch(index, model, duplicate, duplicate.size() - 1, filled, Place.DUPLICATE);
        } else {
            int position = window.add(eventTime, values, 0);
            if (isInOrder && model != null) {
                checkStuckFeatures(index, model, filled);
            }
            addToBatch(index, model, window, position, filled, Place.IN_WINDOW);
        }
    }

    /**
     * Rows are kept as differences to the origins of the model in force. Before the first model nobody knows which
     * features need one; the first row serves then, so that the first scores have an exact context.
     */
    private static void setOrigin(WindowBuffer window, ObservationRow row, @Nullable Loaded model) {
        if (model != null) {
            double @Nullable [] origin = model.scorer().model().scaling().origin();
            if (window.origin() != origin) {
                window.setOrigin(origin);
            }
        } else if (window.size() == 0 && window.origin() == null) {
            window.setOrigin(firstOrigin(row.values()));
        }
    }

    /**
     * The window has increases per second in place of the counters of the model in force. The first model with counters
     * finds totals, and converts them; if other features are counters later, the rows of before are no context.
     */
    private static void setCounters(EntityState state, @Nullable Loaded model) {
        CounterReadings readings = state.readings();
        int[] counters = model == null ? null : model.scorer().model().input().counters();
        if (counters == null || readings == null && counters.length == 0) {
            return;
        }
        if (readings == null) {
            state.setReadings(CounterReadings.ofWindow(state.window(), counters));
            state.dropShape();
        } else if (!Arrays.equals(readings.counters(), counters)) {
            state.window().clear();
            state.dropShape();
            state.setReadings(counters.length == 0 ? null : new CounterReadings(counters));
        }
    }

    /** Returns the values of a row, with increases per second in place of the counters; valid until the next call. */
    private double[] rates(ObservationRow row, EntityState state, boolean isInOrder) {
        CounterReadings readings = state.readings();
        if (readings == null) {
            return row.values();
        }
        System.arraycopy(row.values(), 0, rated, 0, rated.length);
        readings.toRates(row.eventTime(), rated, 0, isInOrder);
        return rated;
    }

    /** Returns the values that are no floats; null if there is none. */
    private static double @Nullable [] firstOrigin(double[] values) {
        double @Nullable [] origin = null;
        for (int i = 0; i < values.length; i++) {
            if ((float) values[i] != values[i] && !Double.isNaN(values[i])) {
                origin = origin == null ? new double[values.length] : origin;
                origin[i] = values[i];
            }
        }
        return origin;
    }

    private void checkStuckFeatures(int index, Loaded model, @Nullable FilledRow filled) {
        List<StuckFeature> stuck = stuckFeatures.check(
                placed.state(index), model.repeatLimits(), filled == null ? null : filled.isFilled());
        if (!stuck.isEmpty()) {
            placed.setStuckFeatures(index, stuck);
        }
    }

    /** Puts the window that ends at a position into the batch of the model, if there is a model and a full window. */
    private void addToBatch(
            int index,
            @Nullable Loaded model,
            WindowBuffer window,
            int position,
            @Nullable FilledRow filled,
            Place place) {
        if (model == null) {
            placed.setUnscored(index, UnscoredReason.COLD_START);
        } else if (!window.windowEndsAt(position)) {
            placed.setUnscored(index, incompleteWindow(placed.state(index).window(), position));
        } else {
            EntityState state = placed.state(index);
            ObservationRow row = placed.row(index);
            // Before the champion: a challenger that is new takes over the values of its shape view before this row.
            addToShadow(index, row, state, window, position, filled, place);
            int batchRow = add(model, state, row.entity(), window, position, filled, place);
            long windowStart = Math.min(window.windowStart(position), row.eventTime());
            placed.setScored(index, model, batchRow, windowStart, place == Place.DUPLICATE);
        }
    }

    private void addToShadow(
            int index,
            ObservationRow row,
            EntityState state,
            WindowBuffer window,
            int position,
            @Nullable FilledRow filled,
            Place place) {
        Loaded challenger = shadow.at(row.eventTime());
        if (challenger != null) {
            long began = shadow.clock();
            EntityState own = state.challengerFor(row.entity(), challenger);
            shadow.placed(index, add(challenger, own, row.entity(), window, position, filled, place));
            shadow.spent(began);
        } else if (state.challenger() != null && !shadow.isKnown()) {
            state.setChallenger(null);
        }
    }

    /** Puts a window into the batch of a model; returns its place there. */
    private static int add(
            Loaded model,
            EntityState state,
            String entity,
            WindowBuffer window,
            int position,
            @Nullable FilledRow filled,
            Place place) {
        int batchRow = addToModel(model, state, entity, window, position, filled, place);
        addToShape(model, state, entity, batchRow, window, position, place);
        return batchRow;
    }

    private static int addToModel(
            Loaded model,
            EntityState state,
            String entity,
            WindowBuffer window,
            int position,
            @Nullable FilledRow filled,
            Place place) {
        WindowScorer scorer = model.scorer();
        boolean @Nullable [] isFilled = filled == null ? null : filled.isFilled();
        if (scorer.hasSchedule(entity)) {
            ScheduleState schedule = state.scheduleOf();
            // A row beside the window leaves no trace in the state.
            return scorer.add(
                    window, position, isFilled, entity, place == Place.IN_WINDOW ? schedule : schedule.copy());
        }
        if (place == Place.IN_WINDOW) {
            state.setSchedule(null);
        }
        return isFilled == null ? scorer.add(window, position) : scorer.add(window, position, isFilled);
    }

    private static void addToShape(
            Loaded model,
            EntityState state,
            String entity,
            int batchRow,
            WindowBuffer window,
            int position,
            Place place) {
        boolean isInWindow = place == Place.IN_WINDOW;
        if (model.scorer().hasShape()) {
            if (isInWindow) {
                model.scorer().addShape(batchRow, state.shapeFor(entity, model), window, position);
            } else {
                model.scorer().addShapeOutside(batchRow, state.shapeOutside(entity, model));
            }
        } else if (isInWindow) {
            state.dropShape();
        }
    }

    /**
     * A row in order has no full window if it is one of the entity's first rows. A row out of order has none if the
     * rows before it have already left the window; it counts as late.
     */
    private static UnscoredReason incompleteWindow(WindowBuffer window, int position) {
        return position == window.size() - 1 || window.size() < window.windowRows()
                ? UnscoredReason.WARM_UP
                : UnscoredReason.LATE;
    }
}
