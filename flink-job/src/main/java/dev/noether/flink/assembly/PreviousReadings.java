package dev.noether.flink.assembly;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The last reading of each series of an entity before its open intervals. Of more than {@value #MOST} series, those whose
 * reading is oldest are forgotten. Not thread safe.
 */
final class PreviousReadings {
    /** Series of an entity at most. */
    static final int MOST = 1 << 12;

    private static final int SHARE = 8;

    private SeriesIndex index;
    private long[] times;
    private double[] values;

    PreviousReadings() {
        this(new SeriesIndex(), new long[0], new double[0]);
    }

    private PreviousReadings(SeriesIndex index, long[] times, double[] values) {
        this.index = index;
        this.times = times;
        this.values = values;
    }

    PreviousReadings copy() {
        return new PreviousReadings(index.copy(), times.clone(), values.clone());
    }

    int size() {
        return index.size();
    }

    /** Returns the place of a series of readings; -1 if it has none. */
    int find(int feature, long series) {
        return index.find(2 * feature, series);
    }

    long time(int at) {
        return times[at];
    }

    double value(int at) {
        return values[at];
    }

    /**
     * Stores the last reading of a series.
     *
     * @return number of series that were forgotten for it
     */
    int put(int feature, long series, long time, double value) {
        int at = index.find(2 * feature, series);
        int forgotten = 0;
        if (at < 0) {
            if (index.size() == MOST) {
                forgotten = forgetOldest();
            }
            at = index.add(2 * feature, series);
            if (index.capacity() > times.length) {
                times = Arrays.copyOf(times, index.capacity());
                values = Arrays.copyOf(values, index.capacity());
            }
        }
        times[at] = time;
        values[at] = value;
        return forgotten;
    }

    /** Forgets an eighth of all, by time, then by series: the choice does not depend on their order. */
    private int forgetOldest() {
        Comparator<Integer> oldestFirst = Comparator.<Integer>comparingLong(at -> times[at])
                .thenComparingLong(index::series)
                .thenComparingInt(index::code);
        int[] kept = IntStream.range(0, index.size())
                .boxed()
                .sorted(oldestFirst)
                .skip(MOST / SHARE)
                .mapToInt(Integer::intValue)
                .toArray();
        PreviousReadings smaller = new PreviousReadings();
        for (int at : kept) {
            smaller.put(index.code(at) >> 1, index.series(at), times[at], values[at]);
        }
        index = smaller.index;
        times = smaller.times;
        values = smaller.values;
        return MOST / SHARE;
    }

    void write(DataOutputView target) throws IOException {
        target.writeInt(index.size());
        for (int i = 0; i < index.size(); i++) {
            target.writeInt(index.code(i) >> 1);
            target.writeLong(index.series(i));
            target.writeLong(times[i]);
            target.writeDouble(values[i]);
        }
    }

    void read(DataInputView source) throws IOException {
        int size = source.readInt();
        for (int i = 0; i < size; i++) {
            put(source.readInt(), source.readLong(), source.readLong(), source.readDouble());
        }
    }
}
