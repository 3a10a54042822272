package dev.noether.flink.assembly;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The values of an entity in one interval that is not closed. Not thread safe; used again after it is closed. */
final class OpenRow {
    private final Aggregates aggregates;
    private final SeriesSamples samples;
    private long interval;
    private long openedAt;

    OpenRow(int features) {
        this(new Aggregates(features), new SeriesSamples());
    }

    private OpenRow(Aggregates aggregates, SeriesSamples samples) {
        this.aggregates = aggregates;
        this.samples = samples;
    }

    OpenRow copy() {
        OpenRow copy = new OpenRow(aggregates.copy(), samples.copy());
        copy.interval = interval;
        copy.openedAt = openedAt;
        return copy;
    }

    /** Begins an interval without values. */
    void open(long interval, long openedAt) {
        this.interval = interval;
        this.openedAt = openedAt;
        aggregates.clear();
        samples.clear();
    }

    /** Number of the interval since 1970 UTC. */
    long interval() {
        return interval;
    }

    /** Time of the clock at which the interval got its first value, milliseconds since 1970 UTC. */
    long openedAt() {
        return openedAt;
    }

    /** Aggregates of the features that are no rates and no differences. */
    Aggregates aggregates() {
        return aggregates;
    }

    /** Values of the features that are rates or differences. */
    SeriesSamples samples() {
        return samples;
    }

    void write(DataOutputView target) throws IOException {
        target.writeLong(interval);
        target.writeLong(openedAt);
        aggregates.write(target);
        samples.write(target);
    }

    void read(DataInputView source) throws IOException {
        open(source.readLong(), source.readLong());
        aggregates.read(source);
        samples.read(source);
    }
}
