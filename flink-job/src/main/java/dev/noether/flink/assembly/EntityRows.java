package dev.noether.flink.assembly;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * The state of one entity in an import: its open intervals, the last readings of its series, and up to which interval all
 * are closed. Not thread safe.
 */
final class EntityRows {
    /** The time of an entity without values. */
    static final long NEVER = Long.MIN_VALUE;

    private static final int FORMAT_VERSION = 1;
    private static final int FIRST_ROWS = 4;

    private final AssemblyShape shape;
    private final PreviousReadings previous;
    /** Ascending by interval; the ones behind {@code size} are null. */
    private OpenRow[] open;

    private int size;
    private long closedUpTo = NEVER;
    private long newest = NEVER;
    private long reached = NEVER;
    private long timer = NEVER;

    EntityRows(AssemblyShape shape) {
        this(shape, new PreviousReadings(), new OpenRow[FIRST_ROWS], 0);
    }

    private EntityRows(AssemblyShape shape, PreviousReadings previous, OpenRow[] open, int size) {
        this.shape = shape;
        this.previous = previous;
        this.open = open;
        this.size = size;
    }

    EntityRows copy() {
        OpenRow[] rows = new OpenRow[open.length];
        for (int i = 0; i < size; i++) {
            rows[i] = open[i].copy();
        }
        EntityRows copy = new EntityRows(shape, previous.copy(), rows, size);
        copy.closedUpTo = closedUpTo;
        copy.newest = newest;
        copy.reached = reached;
        copy.timer = timer;
        return copy;
    }

    /** What the features were when the state was made. */
    AssemblyShape shape() {
        return shape;
    }

    PreviousReadings previous() {
        return previous;
    }

    /** Number of open intervals. */
    int size() {
        return size;
    }

    /** The oldest open interval. */
    OpenRow first() {
        return open[0];
    }

    /** The last interval that was closed; all before it are closed too. {@link #NEVER} if there is none. */
    long closedUpTo() {
        return closedUpTo;
    }

    void closeUpTo(long interval) {
        closedUpTo = Math.max(closedUpTo, interval);
    }

    /** Time of the newest value. */
    long newest() {
        return newest;
    }

    /** Event time that the partitions of this entity have reached. */
    long reached() {
        return reached;
    }

    /** Notes a value. */
    void see(long time, long partitionReached) {
        newest = Math.max(newest, time);
        reached = Math.max(reached, partitionReached);
    }

    /** Time of the next look at the clock; {@link #NEVER} for none. */
    long timer() {
        return timer;
    }

    void setTimer(long time) {
        timer = time;
    }

    /** Returns an open interval; null if it is not open. */
    @Nullable
    OpenRow find(long interval) {
        // Most values belong to the newest interval.
        for (int i = size - 1; i >= 0 && open[i].interval() >= interval; i--) {
            if (open[i].interval() == interval) {
                return open[i];
            }
        }
        return null;
    }

    /** Adds an interval that is not open. */
    void add(OpenRow row) {
        if (size == open.length) {
            open = Arrays.copyOf(open, 2 * size);
        }
        int at = size;
        while (at > 0 && open[at - 1].interval() > row.interval()) {
            open[at] = open[at - 1];
            at--;
        }
        open[at] = row;
        size++;
    }

    /** Removes the oldest open interval. */
    @SuppressWarnings("NullAway") // the places behind the last row are null
    OpenRow removeFirst() {
        OpenRow first = open[0];
        System.arraycopy(open, 1, open, 0, size - 1);
        open[--size] = null;
        closeUpTo(first.interval());
        return first;
    }

    void write(DataOutputView target) throws IOException {
        target.writeByte(FORMAT_VERSION);
        shape.write(target);
        target.writeLong(closedUpTo);
        target.writeLong(newest);
        target.writeLong(reached);
        target.writeLong(timer);
        previous.write(target);
        target.writeInt(size);
        for (int i = 0; i < size; i++) {
            open[i].write(target);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if the format version is unknown
     */
    static EntityRows read(DataInputView source) throws IOException {
        int version = source.readByte();
        if (version != FORMAT_VERSION) {
            throw new IOException(
                    "found state format version " + version + " of an import, supports only " + FORMAT_VERSION);
        }
        EntityRows rows = new EntityRows(AssemblyShape.read(source));
        rows.closedUpTo = source.readLong();
        rows.newest = source.readLong();
        rows.reached = source.readLong();
        rows.timer = source.readLong();
        rows.previous.read(source);
        int open = source.readInt();
        for (int i = 0; i < open; i++) {
            OpenRow row = new OpenRow(rows.shape.features());
            row.read(source);
            rows.add(row);
        }
        return rows;
    }
}
