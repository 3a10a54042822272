package dev.noether.flink.assembly;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The values of each series in one interval, for features that are rates or differences: the readings in the order of
 * their times, or the sum of the increases. Not thread safe; allocates only when it grows, and keeps its arrays when it is
 * cleared.
 */
final class SeriesSamples {
    /** Series at most in one interval of an entity. */
    static final int MOST_SERIES = 1 << 12;

    /** Readings of one series at most in one interval; beyond it, those that change nothing are removed. */
    static final int MOST_READINGS = 1 << 12;

    /** Readings of all series at most in one interval of an entity: 1 MiB, and room to grow. */
    static final int MOST_READINGS_OF_ALL = 1 << 16;

    private static final int FIRST_READINGS = 4;

    private final SeriesIndex index;
    /** {@code [series]}, number of readings or of increases. */
    private int[] counts;
    /** {@code [series][readings]}, ascending; of increases only the newest. */
    private long[][] times;
    /** {@code [series][readings]}; of increases the sum, and what it has lost by rounding. */
    private double[][] values;
    /** Readings of all series. */
    private int readings;

    SeriesSamples() {
        this(new SeriesIndex(), new int[0], new long[0][], new double[0][], 0);
    }

    private SeriesSamples(SeriesIndex index, int[] counts, long[][] times, double[][] values, int readings) {
        this.readings = readings;
        this.index = index;
        this.counts = counts;
        this.times = times;
        this.values = values;
    }

    SeriesSamples copy() {
        SeriesSamples copy = new SeriesSamples(index.copy(), counts.clone(), times.clone(), values.clone(), readings);
        for (int i = 0; i < index.size(); i++) {
            copy.times[i] = times[i].clone();
            copy.values[i] = values[i].clone();
        }
        // The arrays behind the last series are spare: the copy must not share them.
        for (int i = index.size(); i < counts.length; i++) {
            copy.times[i] = new long[0];
            copy.values[i] = new double[0];
        }
        return copy;
    }

    void clear() {
        index.clear();
        readings = 0;
    }

    int size() {
        return index.size();
    }

    /** Number of readings that the arrays have room for. */
    int room() {
        int room = 0;
        for (long[] ofSeries : times) {
            room += ofSeries.length;
        }
        return room;
    }

    int feature(int at) {
        return index.code(at) >> 1;
    }

    boolean isIncrease(int at) {
        return (index.code(at) & 1) != 0;
    }

    long series(int at) {
        return index.series(at);
    }

    /** Time of the newest value of a series. */
    long newestTime(int at) {
        return isIncrease(at) ? times[at][0] : times[at][counts[at] - 1];
    }

    /** The newest reading of a series. */
    double newestReading(int at) {
        return values[at][counts[at] - 1];
    }

    /**
     * Adds a value.
     *
     * @return whether there was room for it
     */
    boolean add(int feature, boolean isIncrease, long series, long time, double value) {
        int code = 2 * feature + (isIncrease ? 1 : 0);
        int at = index.find(code, series);
        if (at < 0) {
            // A series needs room for its first reading: it must not be empty.
            if (index.size() == MOST_SERIES || !isIncrease && readings >= MOST_READINGS_OF_ALL) {
                return false;
            }
            at = open(code, series);
        }
        if (isIncrease) {
            addIncrease(at, time, value);
            return true;
        }
        return addReading(at, time, value);
    }

    private int open(int code, long series) {
        int at = index.add(code, series);
        if (at >= counts.length) {
            int former = counts.length;
            counts = Arrays.copyOf(counts, index.capacity());
            times = Arrays.copyOf(times, index.capacity());
            values = Arrays.copyOf(values, index.capacity());
            Arrays.fill(times, former, times.length, new long[0]);
            Arrays.fill(values, former, values.length, new double[0]);
        }
        counts[at] = 0;
        reserve(at, FIRST_READINGS);
        return at;
    }

    private void reserve(int at, int readings) {
        if (times[at].length < readings) {
            times[at] = Arrays.copyOf(times[at], readings);
            values[at] = Arrays.copyOf(values[at], readings);
        }
    }

    private void addIncrease(int at, long time, double value) {
        double[] sum = values[at];
        if (counts[at]++ == 0) {
            sum[0] = value;
            sum[1] = 0;
            times[at][0] = time;
            return;
        }
        double total = sum[0] + value;
        double part = total - sum[0];
        sum[1] += (sum[0] - (total - part)) + (value - part);
        sum[0] = total;
        times[at][0] = Math.max(times[at][0], time);
    }

    private boolean addReading(int at, long time, double value) {
        int count = counts[at];
        int position = count;
        while (position > 0 && times[at][position - 1] > time) {
            position--;
        }
        if (position > 0 && times[at][position - 1] == time) {
            values[at][position - 1] = Math.max(values[at][position - 1], value);
            return true;
        }
        if (count == MOST_READINGS || readings >= MOST_READINGS_OF_ALL) {
            thin(at);
            return counts[at] < count && addReading(at, time, value);
        }
        if (count == times[at].length) {
            reserve(at, 2 * count);
        }
        System.arraycopy(times[at], position, times[at], position + 1, count - position);
        System.arraycopy(values[at], position, values[at], position + 1, count - position);
        times[at][position] = time;
        values[at][position] = value;
        counts[at]++;
        readings++;
        return true;
    }

    /** Removes the readings between two others that the counter reached without a reset. */
    private void thin(int at) {
        long[] time = times[at];
        double[] value = values[at];
        int kept = 1;
        for (int i = 1; i < counts[at]; i++) {
            boolean isLast = i == counts[at] - 1;
            if (isLast || value[i] < value[kept - 1] || value[i + 1] < value[i]) {
                time[kept] = time[i];
                value[kept++] = value[i];
            }
        }
        readings -= counts[at] - kept;
        counts[at] = kept;
    }

    /**
     * Returns by how much a series has grown in the interval. A reading below the one before is a reset: the counter
     * began again at 0, as in Prometheus.
     *
     * @param before last reading before the interval; NaN if there is none; without effect on increases
     */
    double growth(int at, double before) {
        if (isIncrease(at)) {
            return values[at][0] + values[at][1];
        }
        double growth = 0;
        double previous = before;
        for (int i = 0; i < counts[at]; i++) {
            double reading = values[at][i];
            growth += reading < previous ? reading : reading - previous;
            previous = reading;
        }
        return growth;
    }

    void write(DataOutputView target) throws IOException {
        target.writeInt(index.size());
        for (int i = 0; i < index.size(); i++) {
            target.writeInt(index.code(i));
            target.writeLong(index.series(i));
            target.writeInt(counts[i]);
            int stored = isIncrease(i) ? 2 : counts[i];
            for (int j = 0; j < stored; j++) {
                target.writeLong(times[i][j]);
                target.writeDouble(values[i][j]);
            }
        }
    }

    void read(DataInputView source) throws IOException {
        int size = source.readInt();
        for (int i = 0; i < size; i++) {
            int at = open(source.readInt(), source.readLong());
            counts[at] = source.readInt();
            int stored = isIncrease(at) ? 2 : counts[at];
            readings += isIncrease(at) ? 0 : stored;
            reserve(at, stored);
            for (int j = 0; j < stored; j++) {
                times[at][j] = source.readLong();
                values[at][j] = source.readDouble();
            }
        }
    }
}
