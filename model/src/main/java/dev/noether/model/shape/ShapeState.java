package dev.noether.model.shape;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The shape view's state of one entity: its newest values without a gap, and the results of its last windows.
 *
 * <p>A window is judged every {@link ShapeGroup#stride} rows. Its result holds until the next one. Not thread safe;
 * allocates nothing after construction.
 */
public final class ShapeState {
    /** The excess over all training rows is remembered for this many strides. */
    static final int EXCESS_BLOCKS = 4;

    /** The group of an entity that training has not seen, before its first full window. */
    static final int UNKNOWN_GROUP = -1;

    private final float[] ring;
    private final int feature;
    private int group;
    /** Origin of the feature, which values are less; in its own unit. */
    private double origin;

    private double center;
    private double scale;
    private int head;
    private int size;
    private int phase;
    /**
     * A bit for each window that was judged, or waits to be judged, since the values began. The results come later than
     * the values when rows are judged in batches.
     */
    private int asked;

    private final float[] standards = new float[ShapeGroup.WINDOWS];
    private final byte[] kinds = new byte[ShapeGroup.WINDOWS];
    private final float[] deviations = new float[ShapeGroup.WINDOWS];
    private final byte[] parts = new byte[ShapeGroup.WINDOWS];
    private final float[] excess = new float[EXCESS_BLOCKS + 1];
    private int excessPhase;
    /** Not stored: after a restore the position of a difference is off by less than a stride until the next result. */
    private int rowsSinceJudged;

    /** The past of the entity; null if the model keeps none, or if the group is not known. */
    private @Nullable ShapeMemory memory;

    /**
     * Makes a state without values.
     *
     * @param rows most values, at least the rows of the longest window
     * @param feature index of the judged feature
     * @param group index of the group of the entity
     */
    ShapeState(int rows, int feature, int group) {
        this.ring = new float[rows];
        this.feature = feature;
        this.group = group;
        forgetResults();
    }

    /** Sets the group of an entity whose group was not known. */
    void setGroup(int newGroup) {
        group = newGroup;
    }

    /** Begins to keep the past. */
    void setMemory(@Nullable ShapeMemory newMemory) {
        memory = newMemory;
    }

    /** The past of the entity; null if there is none. */
    @Nullable
    ShapeMemory memory() {
        return memory;
    }

    /** Whether a value that lies {@code back} values before the newest one makes the oldest one leave. */
    boolean evicts(int back) {
        return size == ring.length && back < size;
    }

    /** The oldest value. */
    float oldest() {
        return value(0);
    }

    /** Scales a past as the signal is scaled. */
    void shareLevel(ShapeMemory past) {
        past.setLevel(center, scale);
    }

    /** Sets the level of the signal. */
    void setLevel(double newCenter, double newScale) {
        center = newCenter;
        scale = newScale;
    }

    /** Forgets the level: windows are not judged until it is measured again. */
    void forgetLevel() {
        setLevel(0, 0);
    }

    /** Whether the level of the signal is known. */
    boolean hasLevel() {
        return scale > 0;
    }

    /** Measures the level of the signal from the present values. */
    void measureLevel(SignalLevel common) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += value(i);
        }
        double mean = sum / size;
        double squares = 0;
        for (int i = 0; i < size; i++) {
            squares += (value(i) - mean) * (value(i) - mean);
        }
        double deviation = Math.sqrt(squares / size);
        setLevel(mean, deviation > 1e-3 * common.scale() ? deviation : common.scale());
    }

    /** Appends a value that follows the newest one. */
    void append(float value) {
        ring[head] = value;
        head = head + 1 == ring.length ? 0 : head + 1;
        size = Math.min(size + 1, ring.length);
        phase++;
    }

    /** Inserts a value before the {@code back} newest ones; ignored if there are fewer. */
    void insert(int back, float value) {
        if (back > size - 1) {
            return;
        }
        append(0);
        for (int i = 0; i < back; i++) {
            ring[slot(size - 1 - i)] = ring[slot(size - 2 - i)];
        }
        ring[slot(size - 1 - back)] = value;
    }

    /** Forgets all values: the next one does not follow the newest one. The results are forgotten separately. */
    void startAnew() {
        head = 0;
        size = 0;
        phase = 0;
        asked = 0;
    }

    /** Forgets the results of all windows, which lie before a gap. */
    void forgetResults() {
        Arrays.fill(standards, Float.NaN);
        Arrays.fill(excess, 0);
        excessPhase = 0;
        rowsSinceJudged = 0;
    }

    /** The origin of the feature: values are less it. */
    public double origin() {
        return origin;
    }

    /** Sets the origin of a state without values, or of one that was read. */
    public void setOrigin(double newOrigin) {
        origin = newOrigin;
    }

    /** Takes over the values of another state of the same feature, the newest ones if there are more than fit. */
    void copyValues(ShapeState other) {
        if (other.feature != feature) {
            return;
        }
        int count = Math.min(other.size, ring.length);
        for (int i = other.size - count; i < other.size; i++) {
            append(fromOrigin(other.origin, other.value(i)));
        }
    }

    /** The value less the origin of this state, of a value less another origin. */
    float fromOrigin(double other, float value) {
        return other == origin ? value : (float) (value + (other - origin));
    }

    /** Whether as many rows have come as to judge the windows; if so, counting begins anew. */
    boolean isDue(int stride) {
        if (phase < stride) {
            return false;
        }
        phase = 0;
        return true;
    }

    /** Whether the windows were judged that ended with the row which came {@code rows} rows before the newest one. */
    boolean wasDue(int rows, int stride) {
        return Math.floorMod(phase - rows, stride) == 0;
    }

    /** Whether a window is full for the first time since the values began; if so, it counts as judged. */
    boolean isFirst(int window, int rows) {
        boolean isFirst = size >= rows && (asked & 1 << window) == 0;
        if (isFirst) {
            asked |= 1 << window;
        }
        return isFirst;
    }

    /** Copies the newest values, scaled and limited, oldest first, to {@code target[0 .. rows)}. */
    void copyScaled(int rows, float[] target) {
        for (int i = 0; i < rows; i++) {
            target[i] = SignalLevel.scaled(value(size - rows + i), center, scale);
        }
    }

    void setResult(int window, float standardised, ShapeKind kind, double deviation, int part) {
        standards[window] = standardised;
        kinds[window] = (byte) kind.ordinal();
        deviations[window] = (float) deviation;
        parts[window] = (byte) part;
    }

    /** Counts a row that was judged. */
    void countJudged(boolean hasResult) {
        rowsSinceJudged = hasResult ? 0 : rowsSinceJudged + 1;
    }

    /** The number of rows that were judged after the last windows. */
    int rowsSinceJudged() {
        return rowsSinceJudged;
    }

    /** Remembers by how much a row exceeds all training rows. */
    void rememberExcess(double rowExcess, int stride) {
        // It may be more: a restored state may belong to a model with another stride.
        if (excessPhase >= stride) {
            excessPhase = 0;
            System.arraycopy(excess, 0, excess, 1, EXCESS_BLOCKS);
            excess[0] = 0;
        }
        excessPhase++;
        excess[0] = Math.max(excess[0], (float) Math.min(rowExcess, Float.MAX_VALUE));
    }

    /** The largest excess of the last rows. */
    double largestExcess() {
        float largest = 0;
        for (float value : excess) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    /** The weighted sum of the standardised errors of the windows; a window that is not full counts as usual. */
    double windows() {
        double sum = 0;
        for (int window = 0; window < standards.length; window++) {
            if (!Float.isNaN(standards[window])) {
                sum += ShapeGroup.weight(window) * standards[window];
            }
        }
        return sum;
    }

    /** Makes an independent copy. */
    public ShapeState copy() {
        ShapeState copy = new ShapeState(ring.length, feature, group);
        System.arraycopy(ring, 0, copy.ring, 0, ring.length);
        copy.origin = origin;
        copy.center = center;
        copy.scale = scale;
        copy.head = head;
        copy.size = size;
        copy.phase = phase;
        copy.asked = asked;
        System.arraycopy(standards, 0, copy.standards, 0, standards.length);
        System.arraycopy(kinds, 0, copy.kinds, 0, kinds.length);
        System.arraycopy(deviations, 0, copy.deviations, 0, deviations.length);
        System.arraycopy(parts, 0, copy.parts, 0, parts.length);
        System.arraycopy(excess, 0, copy.excess, 0, excess.length);
        copy.excessPhase = excessPhase;
        copy.rowsSinceJudged = rowsSinceJudged;
        copy.memory = memory == null ? null : memory.copy();
        return copy;
    }

    /** Writes the state. */
    public void write(DataOutput target) throws IOException {
        target.writeShort(ring.length);
        target.writeShort(feature);
        target.writeShort(group);
        target.writeDouble(center);
        target.writeDouble(scale);
        target.writeShort(size);
        for (int i = 0; i < size; i++) {
            target.writeFloat(value(i));
        }
        target.writeShort(phase);
        target.writeByte(standards.length);
        for (int window = 0; window < standards.length; window++) {
            target.writeFloat(standards[window]);
            target.writeByte(kinds[window]);
            target.writeFloat(deviations[window]);
            target.writeByte(parts[window]);
        }
        target.writeByte(excess.length);
        for (float value : excess) {
            target.writeFloat(value);
        }
        target.writeShort(excessPhase);
        target.writeBoolean(memory != null);
        if (memory != null) {
            memory.write(target);
        }
    }

    /**
     * Reads a state.
     *
     * @throws IOException if the bytes are damaged
     */
    public static ShapeState read(DataInput source) throws IOException {
        int rows = source.readUnsignedShort();
        int feature = source.readUnsignedShort();
        int group = source.readShort();
        require(group >= UNKNOWN_GROUP, "group " + group);
        require(rows >= 1 && rows <= ShapeModel.MOST_ROWS, "a ring of " + rows + " rows");
        ShapeState state = new ShapeState(rows, feature, group);
        state.setLevel(source.readDouble(), source.readDouble());
        require(
                Double.isFinite(state.center) && state.scale >= 0 && state.scale < Double.POSITIVE_INFINITY,
                "a center of " + state.center + " and a scale of " + state.scale);
        int size = source.readUnsignedShort();
        require(size <= rows, size + " of " + rows + " rows");
        for (int i = 0; i < size; i++) {
            state.append(source.readFloat());
        }
        state.phase = source.readUnsignedShort();
        int windows = source.readByte();
        require(windows == state.standards.length, windows + " windows");
        for (int window = 0; window < windows; window++) {
            state.standards[window] = source.readFloat();
            state.kinds[window] = source.readByte();
            state.deviations[window] = source.readFloat();
            state.parts[window] = source.readByte();
            require(!Float.isInfinite(state.standards[window]), "an infinite error");
            require(ShapeKind.isOrdinal(state.kinds[window]), "a difference of kind " + state.kinds[window]);
            state.asked |= Float.isNaN(state.standards[window]) ? 0 : 1 << window;
        }
        int blocks = source.readByte();
        require(blocks == state.excess.length, blocks + " blocks");
        for (int block = 0; block < blocks; block++) {
            state.excess[block] = source.readFloat();
            require(Float.isFinite(state.excess[block]), "an excess of " + state.excess[block]);
        }
        state.excessPhase = source.readUnsignedShort();
        state.memory = source.readBoolean() ? ShapeMemory.read(source) : null;
        return state;
    }

    static void require(boolean isValid, String found) throws IOException {
        if (!isValid) {
            throw new IOException("the state of the shape view is damaged: it has " + found);
        }
    }

    private float value(int index) {
        return ring[slot(index)];
    }

    /** The slot of a value; index 0 is the oldest. */
    private int slot(int index) {
        int slot = head - size + index;
        return slot < 0 ? slot + ring.length : slot;
    }

    /** The number of values without a gap. */
    int size() {
        return size;
    }

    /** The most values. */
    public int capacity() {
        return ring.length;
    }

    /** The index of the judged feature. */
    int feature() {
        return feature;
    }

    /** The index of the group; {@link #UNKNOWN_GROUP} before the first full window of an entity that is in none. */
    public int group() {
        return group;
    }

    /** The standardised error of a window; NaN if it was not full yet. */
    public float standardised(int window) {
        return standards[window];
    }

    /** Whether any window was judged. */
    public boolean isJudged() {
        for (float standard : standards) {
            if (!Float.isNaN(standard)) {
                return true;
            }
        }
        return false;
    }

    /** The kind of the difference of a window. */
    public ShapeKind kind(int window) {
        return ShapeKind.of(kinds[window]);
    }

    /** The strongest step of a window, in standard deviations. */
    public float deviations(int window) {
        return deviations[window];
    }

    /** The part of a window that broke, in [0, {@link ShapeExplanation#PARTS}); 0 is the oldest. */
    public int part(int window) {
        return parts[window];
    }
}
