package dev.noether.model.shape;

import dev.noether.model.engine.Engine;

/**
 * The past of the entities of a training history, as live scoring would have known it at each row: for the calibration of
 * the alarms. Not thread safe; belongs to the thread of its engine.
 */
final class ReplayedPast implements AutoCloseable {
    private final ShapeMemory memory;
    private final OwnWindows windows;
    /** The newest rows of an entity, which are not yet part of its past. */
    private final int newestRows;

    private float[] values = {};
    private int pushedRows;

    /**
     * Makes an empty past.
     *
     * @param index index of the window in its group
     * @param model the shape view, with a memory
     */
    ReplayedPast(ShapeModel model, ShapeGroup group, int index, Engine engine) {
        this.memory = ShapeMemory.of(group, model.memory());
        this.windows = new OwnWindows(group, index, model.memory(), engine);
        this.newestRows = model.rows();
    }

    /** The next run is of another entity. */
    void startEntity() {
        memory.clear();
        // The values are scaled already.
        memory.setLevel(0, 1);
    }

    /**
     * Begins a run after a gap.
     *
     * @param scaled its values
     */
    void startRun(float[] scaled) {
        memory.breakOff();
        values = scaled;
        pushedRows = 0;
    }

    /**
     * Returns the error of a window with the past before it, or a smaller limit. The windows of a run must come in order
     * of time.
     *
     * @param end index of the value behind the window
     * @param whitened holds the window, whitened
     * @param at index of its first value
     * @param limit error of the window without the past
     */
    double error(int end, float[] whitened, int at, double limit) {
        while (pushedRows < end - newestRows) {
            if (memory.push(values[pushedRows++], memory.isLastOfBlock())) {
                windows.describe(memory);
            }
        }
        return windows.explains(memory, whitened, at, limit) ? windows.error() : limit;
    }

    @Override
    public void close() {
        windows.close();
    }
}
