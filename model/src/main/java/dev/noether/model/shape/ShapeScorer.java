package dev.noether.model.shape;

import dev.noether.model.engine.Engine;
import dev.noether.model.shape.ShapeModel.Member;
import org.jspecify.annotations.Nullable;

/**
 * The shape view of rows: their shape scores, and their alarm scores together with the other views.
 *
 * <p>With s<sub>w</sub> the standardised errors of the three windows, E the largest excess of a row over all training
 * rows within the last quarter of a period, and z the standardised alarm score of the row:
 * <pre>
 *   shape = ¼ s_quarter + ¼ s_half + ½ s_whole + E      score = ln(1 + e^shape)      alarm = ln(1 + e^(shape + z))
 * </pre>
 *
 * <p>Not thread safe; belongs to the thread of its engine. Allocates nothing per row.
 */
public final class ShapeScorer implements AutoCloseable {
    /** Above this, ln(1 + eˣ) is x in double precision. */
    private static final double LINEAR = 40;

    private final ShapeModel model;
    private final double origin;
    /** Rows of a state of an entity. */
    private final int stateRows;

    private final ShapeBatch[] batches;
    private final @Nullable ShapeState[] states;
    private final boolean[] isOutside;
    private final boolean[] isAfterGap;
    /** By row, whether a value left the newest ones of its entity when it came. */
    private final boolean[] hasLeft;
    /** That value: the past of an entity grows while rows are judged, so that it does not depend on the batch. */
    private final float[] left;
    /** By row, whether the windows that ended with this value were judged. */
    private final boolean[] wasDue;

    private double score;
    private double alarmScore;

    /** Makes a scorer of a feature without an origin. */
    public ShapeScorer(ShapeModel model, Engine engine, int capacity) {
        this(model, engine, capacity, 0);
    }

    /**
     * Makes a scorer.
     *
     * @param engine computes the products; not closed
     * @param capacity rows in a batch, at least 1
     * @param origin origin of the judged feature: all values are less it
     */
    public ShapeScorer(ShapeModel model, Engine engine, int capacity, double origin) {
        this.origin = origin;
        this.model = model;
        this.stateRows = model.rows();
        this.batches = model.groups().stream()
                .map(group -> new ShapeBatch(group, model.memory(), engine, capacity))
                .toArray(ShapeBatch[]::new);
        this.states = new ShapeState[capacity];
        this.isOutside = new boolean[capacity];
        this.isAfterGap = new boolean[capacity];
        this.hasLeft = new boolean[capacity];
        this.left = new float[capacity];
        this.wasDue = new boolean[capacity];
    }

    /**
     * Makes the state of an entity for this model.
     *
     * @param previous state of the entity for another model; null if there is none
     */
    public ShapeState start(String entity, @Nullable ShapeState previous) {
        Member member = model.entities().get(entity);
        ShapeState state =
                new ShapeState(stateRows, model.feature(), member == null ? groupOfUnknown() : member.group());
        state.setOrigin(origin);
        if (member != null) {
            state.setLevel(member.level().center(), member.level().scale());
        }
        if (previous != null) {
            state.copyValues(previous);
        }
        startMemory(state);
        if (previous != null && member != null) {
            copyMemory(previous, state);
        }
        return state;
    }

    private void startMemory(ShapeState state) {
        if (model.memory() > 0 && state.group() != ShapeState.UNKNOWN_GROUP) {
            state.setMemory(ShapeMemory.of(model.groups().get(state.group()), model.memory()));
        }
    }

    /** Takes over the past that was kept for another model. It is scaled by the new level, and described anew. */
    private void copyMemory(ShapeState previous, ShapeState state) {
        ShapeMemory old = previous.memory();
        ShapeMemory memory = state.memory();
        if (old == null || memory == null || previous.feature() != state.feature()) {
            return;
        }
        state.shareLevel(memory);
        ShapeBatch batch = batchOf(state);
        old.replay((value, kind) -> {
            switch (kind) {
                case AFTER_GAP -> memory.breakOff();
                case SUSPECT -> memory.suspect(1);
                default -> {}
            }
            batch.remember(memory, state.fromOrigin(previous.origin(), value), memory.isLastOfBlock());
        });
        // The rows of the last block are dropped, and fewer of the newest values may fit.
        memory.breakOff();
        memory.suspect(old.suspectRows());
    }

    private int groupOfUnknown() {
        return batches.length == 1 ? 0 : ShapeState.UNKNOWN_GROUP;
    }

    /** The batch of the group of an entity; the first one while the group is not known. */
    private ShapeBatch batchOf(ShapeState state) {
        return batches[Math.max(0, state.group())];
    }

    /** Chooses the group whose prototypes resemble the newest window of an entity most, if any does. */
    private void chooseGroup(ShapeState state) {
        int chosen = 0;
        double least = Double.POSITIVE_INFINITY;
        state.measureLevel(model.groups().get(0).common());
        for (int group = 0; group < batches.length; group++) {
            double error = batches[group].errorOfWhole(state);
            if (error < least) {
                least = error;
                chosen = group;
            }
        }
        if (least > ShapeBatch.MOST_UNLIKE) {
            state.forgetLevel();
        } else {
            state.setGroup(chosen);
            startMemory(state);
        }
    }

    /** Whether a state has the form that this model needs; a restored one may be of another model. */
    public boolean fits(ShapeState state) {
        return state.feature() == model.feature()
                && state.group() < batches.length
                && state.capacity() == stateRows
                && fits(state.memory(), state.group());
    }

    private boolean fits(@Nullable ShapeMemory memory, int group) {
        return memory == null
                ? model.memory() == 0 || group == ShapeState.UNKNOWN_GROUP
                : group >= 0 && memory.fits(model.groups().get(group), model.memory());
    }

    /** The index of the judged feature. */
    public int feature() {
        return model.feature();
    }

    /**
     * Adds a row of the batch.
     *
     * @param row index of the row in the batch
     * @param state state of its entity; changed
     * @param value value of the judged feature
     * @param back number of rows of the entity that are newer
     * @param startsAnew whether rows are missing before this one
     */
    public void add(int row, ShapeState state, float value, int back, boolean startsAnew) {
        states[row] = state;
        isOutside[row] = false;
        isAfterGap[row] = startsAnew && back == 0;
        hasLeft[row] = state.evicts(back) && !isAfterGap[row];
        left[row] = hasLeft[row] ? state.oldest() : 0;
        if (back > 0) {
            state.insert(back, value);
        } else {
            if (startsAnew) {
                state.startAnew();
            }
            state.append(value);
        }
        if (state.group() == ShapeState.UNKNOWN_GROUP
                && state.isDue(batches[0].group().stride())
                && state.size() == stateRows) {
            chooseGroup(state);
        }
        if (state.group() == ShapeState.UNKNOWN_GROUP) {
            batches[0].skip(row);
        } else {
            batchOf(state).add(row, state);
        }
        // As the state is now: a later row of the batch may find the level.
        hasLeft[row] &= state.memory() != null && state.hasLevel();
        wasDue[row] =
                hasLeft[row] && state.wasDue(stateRows, batchOf(state).group().stride());
    }

    /** Adds a row that does not belong to the signal of its entity, such as a late one; the state does not change. */
    public void addOutside(int row, ShapeState state) {
        states[row] = state;
        isOutside[row] = true;
        batchOf(state).skip(row);
    }

    /**
     * Judges a row. The rows of one entity must be judged in the order in which they were added.
     *
     * @param rowScore alarm score of the row by the other views; limited to the range of a float
     */
    public void judge(int row, double rowScore) {
        double limited = Math.min(rowScore, Float.MAX_VALUE);
        ShapeState state = stateOf(row);
        ShapeBatch batch = batchOf(state);
        RowReference rows = batch.group().rows();
        double excess = rows.excess(limited);
        if (!isOutside[row]) {
            if (isAfterGap[row]) {
                state.forgetResults();
            }
            remember(row, batch, state);
            batch.judge(row, state);
            state.rememberExcess(excess, batch.group().stride());
        }
        double shape = state.windows() + Math.max(excess, state.largestExcess());
        score = softened(shape);
        alarmScore = alarmScore(shape, rows, limited);
    }

    private void remember(int row, ShapeBatch batch, ShapeState state) {
        ShapeMemory memory = state.memory();
        if (memory == null) {
            return;
        }
        if (isAfterGap[row]) {
            memory.breakOff();
        }
        if (hasLeft[row]) {
            state.shareLevel(memory);
            batch.remember(memory, left[row], wasDue[row]);
        }
    }

    /**
     * Says that the row that was judged is anomalous: the windows with it, and the rows of the longest window before it,
     * do not become normal windows of the entity's past.
     *
     * @param row index of the row in the batch
     */
    public void suspect(int row) {
        ShapeMemory memory = stateOf(row).memory();
        if (memory != null && !isOutside[row]) {
            memory.suspect(stateRows);
        }
    }

    /**
     * The alarm score of all views together.
     *
     * @param shape shape score before it is softened
     * @param rows the alarm scores of single rows in training
     * @param alarmScore alarm score of the row by the other views
     */
    public static double alarmScore(double shape, RowReference rows, double alarmScore) {
        return softened(shape + rows.standardised(alarmScore));
    }

    /** The state of the entity of a row of the batch. */
    public ShapeState stateOf(int row) {
        ShapeState state = states[row];
        if (state == null) {
            throw new IndexOutOfBoundsException("the batch has no row " + row);
        }
        return state;
    }

    /** The view whose rows are judged. */
    public ShapeModel model() {
        return model;
    }

    private static double softened(double value) {
        return value > LINEAR ? value : Math.log1p(Math.exp(value));
    }

    /** The shape score of the row that was judged last, at least 0. */
    public double score() {
        return score;
    }

    /** The alarm score of the row that was judged last, at least 0. */
    public double alarmScore() {
        return alarmScore;
    }

    /** Empties the batch. */
    public void clear() {
        for (ShapeBatch batch : batches) {
            batch.clear();
        }
    }

    @Override
    public void close() {
        for (ShapeBatch batch : batches) {
            batch.close();
        }
    }
}
