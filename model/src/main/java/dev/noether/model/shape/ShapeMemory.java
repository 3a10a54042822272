package dev.noether.model.shape;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The past of one entity: its scaled values in blocks of a stride. From them {@link OwnWindows} cuts windows, which end
 * with a block. A block is usable if all its rows follow each other and none is suspect.
 *
 * <p>The rows of all blocks with the same place in their block lie side by side, {@code [stride][slots]}: a sum over
 * the values of all windows then runs along arrays.
 *
 * <p>Not thread safe; allocates nothing after construction.
 */
final class ShapeMemory {
    /** The most windows of the past. */
    static final int MOST_WINDOWS = 5000;

    /** More than the longest period with the most windows needs. */
    private static final int MOST_VALUES = 1 << 19;

    /** For each window its squared length, and the factor from scaled to standardised values. */
    private static final int FIGURES = 2 * ShapeGroup.WINDOWS;

    private final int stride;
    private final int slots;
    private final float[] values;
    private final float[] figures;
    /** By slot, the number of usable blocks that end with the block; at most {@link Byte#MAX_VALUE}. */
    private final byte[] usable;

    private double center;
    private double scale;
    /** The slot of the block that is being filled. */
    private int next;
    /** The number of full blocks. */
    private int size;
    /** Rows of the block that is being filled. */
    private int rows;

    private boolean isSuspect;
    private boolean isAfterGap;
    /** Of the rows to come, as many are suspect. */
    private int suspectRows;

    private ShapeMemory(int stride, int slots) {
        this.stride = stride;
        this.slots = slots;
        this.values = new float[stride * slots];
        this.figures = new float[FIGURES * slots];
        this.usable = new byte[slots];
    }

    /**
     * Makes a memory without values.
     *
     * @param windows number of the windows of a group's longest size that are kept
     */
    static ShapeMemory of(ShapeGroup group, int windows) {
        return new ShapeMemory(group.stride(), slots(group, windows));
    }

    /** The number of blocks of a memory: so that its windows are cut, and one that is being filled. */
    static int slots(ShapeGroup group, int windows) {
        return windows + blocks(group.longestWindow(), group.stride()) + 1;
    }

    /** Whether the windows of a group fit into a memory. */
    static boolean canHold(ShapeGroup group, int windows) {
        return windows >= 0
                && windows <= MOST_WINDOWS
                && (windows == 0 || (long) group.stride() * slots(group, windows) <= MOST_VALUES);
    }

    /** The number of blocks that hold some rows. */
    static int blocks(int rows, int stride) {
        return (rows + stride - 1) / stride;
    }

    /** Whether this memory has the form that a group needs. */
    boolean fits(ShapeGroup group, int windows) {
        return stride == group.stride() && slots == slots(group, windows);
    }

    /** Whether the next value makes the present block full. */
    boolean isLastOfBlock() {
        return rows == stride - 1;
    }

    /** The number of full blocks. */
    int size() {
        return size;
    }

    /** Sets the level by which the values are scaled. */
    void setLevel(double newCenter, double newScale) {
        center = newCenter;
        scale = newScale;
    }

    /**
     * Adds the value that follows.
     *
     * @param value value in the unit of the feature
     * @param isEnd whether a block should end with it: where windows were judged, so that a window and those of its past
     *     lie alike in a period of whole strides
     * @return whether it completes a block; the rows of one that is too short or too long are dropped
     */
    boolean push(float value, boolean isEnd) {
        values[rows * slots + next] = SignalLevel.scaled(value, center, scale);
        isSuspect |= suspectRows > 0;
        suspectRows = Math.max(0, suspectRows - 1);
        rows++;
        if (isEnd != (rows == stride)) {
            breakOff();
            return false;
        }
        if (!isEnd) {
            return false;
        }
        int before = size == 0 || isAfterGap ? 0 : usable[slot(size - 1)];
        usable[next] = isSuspect ? 0 : (byte) Math.min(Byte.MAX_VALUE, before + 1);
        next = next + 1 == slots ? 0 : next + 1;
        // One slot is for the block that is being filled.
        size = Math.min(size + 1, slots - 1);
        startBlock(false);
        return true;
    }

    private void startBlock(boolean afterGap) {
        rows = 0;
        isSuspect = false;
        isAfterGap = afterGap;
    }

    /** The next value does not follow the newest one. */
    void breakOff() {
        startBlock(true);
    }

    /** The next values of a number belong to an anomaly, so that their windows do not count as normal. */
    void suspect(int newRows) {
        suspectRows = newRows;
    }

    /** Of the values to come, as many belong to an anomaly. */
    int suspectRows() {
        return suspectRows;
    }

    /** Forgets all values. */
    void clear() {
        next = 0;
        size = 0;
        suspectRows = 0;
        startBlock(false);
    }

    /** Copies the last rows up to the end of a block. */
    void copyRows(int block, int count, float[] target) {
        int slot = slot(block);
        int row = stride;
        for (int i = count - 1; i >= 0; i--) {
            if (row == 0) {
                row = stride;
                slot = slot == 0 ? slots - 1 : slot - 1;
            }
            row--;
            target[i] = values[row * slots + slot];
        }
    }

    /**
     * Adds multiples of the values that lie {@code back} rows before the ends of blocks.
     *
     * @param from first block; at least {@code back / stride}
     * @param sums receives a sum for each block, from the first one on
     */
    void addMultiples(float weight, int back, int from, float[] sums) {
        int base = (stride - 1 - back % stride) * slots;
        int source = slot(from - back / stride);
        int first = Math.min(size - from, slots - source);
        for (int i = 0; i < first; i++) {
            sums[i] += weight * values[base + source + i];
        }
        for (int i = first; i < size - from; i++) {
            sums[i] += weight * values[base - first + i];
        }
    }

    /** Sets the figures of a window that ends with the newest block. */
    void setFigures(int window, float squaredLength, float factor) {
        int slot = slot(size - 1);
        figures[2 * window * slots + slot] = squaredLength;
        figures[(2 * window + 1) * slots + slot] = factor;
    }

    /**
     * Makes squared distances, less a constant, of products with scaled values.
     *
     * @param window index of the window
     * @param from first block that ends a window
     * @param blocks number of blocks of a window
     * @param products for each block, from the first one on, the product with its window; receives the distance, or
     *     infinity if the window is not usable
     * @return the number of usable windows
     */
    int toSquaredDistances(int window, int from, int blocks, float[] products) {
        int lengths = 2 * window * slots;
        int factors = lengths + slots;
        int slot = slot(from);
        int count = 0;
        for (int i = 0; i < size - from; i++) {
            if (usable[slot] >= blocks) {
                products[i] = figures[lengths + slot] - 2 * figures[factors + slot] * products[i];
                count++;
            } else {
                products[i] = Float.POSITIVE_INFINITY;
            }
            slot = slot + 1 == slots ? 0 : slot + 1;
        }
        return count;
    }

    /** The slot of a full block; 0 is the oldest. */
    private int slot(int block) {
        int slot = next - size + block;
        return slot < 0 ? slot + slots : slot;
    }

    /** What is known of a value of the past. */
    enum Past {
        USABLE,
        /** It does not follow the value before it. */
        AFTER_GAP,
        SUSPECT
    }

    /** Receives the past of an entity. */
    interface Receiver {
        /** Receives a value in the unit of the feature. */
        void add(float value, Past kind);
    }

    /** Gives all values to a receiver, oldest first. */
    void replay(Receiver receiver) {
        for (int block = 0; block < size; block++) {
            int run = usable[slot(block)];
            Past kind = run == 0 ? Past.SUSPECT : Past.USABLE;
            boolean startsAnew = block > 0 && run == 1 && usable[slot(block - 1)] > 0;
            for (int row = 0; row < stride; row++) {
                float value = (float) (values[row * slots + slot(block)] * scale + center);
                receiver.add(value, row == 0 && startsAnew ? Past.AFTER_GAP : kind);
            }
        }
    }

    ShapeMemory copy() {
        ShapeMemory copy = new ShapeMemory(stride, slots);
        System.arraycopy(values, 0, copy.values, 0, values.length);
        System.arraycopy(figures, 0, copy.figures, 0, figures.length);
        System.arraycopy(usable, 0, copy.usable, 0, usable.length);
        copy.center = center;
        copy.scale = scale;
        copy.next = next;
        copy.size = size;
        copy.rows = rows;
        copy.isSuspect = isSuspect;
        copy.isAfterGap = isAfterGap;
        copy.suspectRows = suspectRows;
        return copy;
    }

    void write(DataOutput target) throws IOException {
        target.writeShort(stride);
        target.writeShort(slots);
        target.writeDouble(center);
        target.writeDouble(scale);
        target.writeShort(size);
        target.writeShort(rows);
        target.writeBoolean(isSuspect);
        target.writeBoolean(isAfterGap);
        target.writeShort(suspectRows);
        for (int block = 0; block < size; block++) {
            int slot = slot(block);
            target.writeByte(usable[slot]);
            for (int figure = 0; figure < FIGURES; figure++) {
                target.writeFloat(figures[figure * slots + slot]);
            }
            for (int row = 0; row < stride; row++) {
                target.writeFloat(values[row * slots + slot]);
            }
        }
        for (int row = 0; row < rows; row++) {
            target.writeFloat(values[row * slots + next]);
        }
    }

    /**
     * Reads a memory.
     *
     * @throws IOException if the bytes are damaged
     */
    static ShapeMemory read(DataInput source) throws IOException {
        int stride = source.readUnsignedShort();
        int slots = source.readUnsignedShort();
        ShapeState.require(
                stride >= 1 && slots >= 2 && (long) stride * slots <= MOST_VALUES,
                "a memory of " + slots + " blocks of " + stride + " rows");
        ShapeMemory memory = new ShapeMemory(stride, slots);
        memory.setLevel(source.readDouble(), source.readDouble());
        ShapeState.require(
                Double.isFinite(memory.center) && Double.isFinite(memory.scale),
                "a memory with a center of " + memory.center + " and a scale of " + memory.scale);
        memory.size = source.readUnsignedShort();
        memory.rows = source.readUnsignedShort();
        ShapeState.require(
                memory.size < slots && memory.rows < stride,
                "a memory with " + memory.size + " full blocks and " + memory.rows + " rows");
        memory.next = memory.size;
        memory.isSuspect = source.readBoolean();
        memory.isAfterGap = source.readBoolean();
        memory.suspectRows = source.readUnsignedShort();
        for (int slot = 0; slot < memory.size; slot++) {
            memory.readBlock(slot, source);
        }
        for (int row = 0; row < memory.rows; row++) {
            memory.values[row * slots + memory.next] = source.readFloat();
        }
        return memory;
    }

    private void readBlock(int slot, DataInput source) throws IOException {
        usable[slot] = source.readByte();
        for (int figure = 0; figure < FIGURES; figure++) {
            figures[figure * slots + slot] = source.readFloat();
        }
        for (int row = 0; row < stride; row++) {
            values[row * slots + slot] = source.readFloat();
        }
    }

    /** The bytes of the values and figures of a memory, stored and in the heap. */
    static long bytes(ShapeGroup group, int windows) {
        return slots(group, windows) * ((group.stride() + FIGURES) * (long) Float.BYTES + 1);
    }
}
