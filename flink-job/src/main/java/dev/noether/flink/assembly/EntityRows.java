package dev.noether.flink.assembly;

import java.io.IOException;
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

    private static final int FORMAT_VERSION = 2;
    private static final int WITHOUT_PARTITIONS = 1;
    private static final int FIRST_ROWS = 4;

    private final AssemblyShape shape;
    private final PreviousReadings previous;
    private final EntityPartitions partitions;
    /** Ascending by interval, from {@code first} on; the other places are null. */
    private OpenRow[] open;

    private int first;
    private int size;
    private long closedUpTo = NEVER;
    private long newest = NEVER;
    private long timer = NEVER;

    EntityRows(AssemblyShape shape) {
        this(shape, new PreviousReadings(), new EntityPartitions(), new OpenRow[FIRST_ROWS], 0);
    }

    private EntityRows(
            AssemblyShape shape, PreviousReadings previous, EntityPartitions partitions, OpenRow[] open, int size) {
        this.shape = shape;
        this.previous = previous;
        this.partitions = partitions;
        this.open = open;
        this.size = size;
    }

    EntityRows copy() {
        OpenRow[] rows = new OpenRow[open.length];
        for (int i = 0; i < size; i++) {
            rows[i] = open[first + i].copy();
        }
        EntityRows copy = new EntityRows(shape, previous.copy(), partitions.copy(), rows, size);
        copy.closedUpTo = closedUpTo;
        copy.newest = newest;
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
        return open[first];
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

    /** The partitions that have values of this entity. */
    EntityPartitions partitions() {
        return partitions;
    }

    /** Notes the time of a value. */
    void see(long time) {
        newest = Math.max(newest, time);
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
        int at = placeOf(interval);
        return at < first + size && open[at].interval() == interval ? open[at] : null;
    }

    /** Returns the place of the first open interval that is not before an interval. */
    private int placeOf(long interval) {
        int low = first;
        int high = first + size;
        // Most values belong to the newest interval; in a catch-up there may be many older ones.
        int middle = high - 1;
        while (low < high) {
            if (open[middle].interval() < interval) {
                low = middle + 1;
            } else {
                high = middle;
            }
            middle = (low + high) >>> 1;
        }
        return low;
    }

    /** Adds an interval that is not open. */
    void add(OpenRow row) {
        if (first + size == open.length) {
            makeRoom();
        }
        int at = placeOf(row.interval());
        System.arraycopy(open, at, open, at + 1, first + size - at);
        open[at] = row;
        size++;
    }

    /** Moves the rows to the beginning of the array, and doubles it if more than half of it is full. */
    private void makeRoom() {
        OpenRow[] rows = size > open.length / 2 ? new OpenRow[2 * open.length] : new OpenRow[open.length];
        System.arraycopy(open, first, rows, 0, size);
        open = rows;
        first = 0;
    }

    /** Removes the oldest open interval. */
    @SuppressWarnings("NullAway") // the places behind the last row are null
    OpenRow removeFirst() {
        OpenRow removed = open[first];
        open[first++] = null;
        if (--size == 0) {
            first = 0;
        }
        closeUpTo(removed.interval());
        return removed;
    }

    void write(DataOutputView target) throws IOException {
        target.writeByte(FORMAT_VERSION);
        shape.write(target);
        target.writeLong(closedUpTo);
        target.writeLong(newest);
        target.writeLong(timer);
        partitions.write(target);
        previous.write(target);
        target.writeInt(size);
        for (int i = 0; i < size; i++) {
            open[first + i].write(target);
        }
    }

    /**
     * Reads what {@link #write} wrote, in this version or in version 1, which had the greatest time of all partitions.
     *
     * @throws IOException if the format version is unknown
     */
    static EntityRows read(DataInputView source) throws IOException {
        int version = source.readByte();
        if (version < WITHOUT_PARTITIONS || version > FORMAT_VERSION) {
            throw new IOException(
                    "found state format version " + version + " of an import, supports at most " + FORMAT_VERSION);
        }
        EntityRows rows = new EntityRows(AssemblyShape.read(source));
        rows.closedUpTo = source.readLong();
        rows.newest = source.readLong();
        if (version == WITHOUT_PARTITIONS) {
            rows.partitions.see(EntityPartitions.UNKNOWN_PARTITION, source.readLong());
            rows.timer = source.readLong();
        } else {
            rows.timer = source.readLong();
            rows.partitions.read(source);
        }
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
