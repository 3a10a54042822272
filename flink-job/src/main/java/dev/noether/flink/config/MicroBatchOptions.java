package dev.noether.flink.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * Sizes of the micro-batches: how many windows the network computes at once.
 *
 * @param size number of waiting windows at which they are scored
 * @param linger waiting time of the oldest window at which they are scored
 */
public record MicroBatchOptions(int size, Duration linger) implements Serializable {
    public MicroBatchOptions {
        MicroBatchSection.SIZE.check(size);
        MicroBatchSection.LINGER.check(linger);
    }

    static MicroBatchOptions of(OptionValues values) {
        return new MicroBatchOptions(values.get(MicroBatchSection.SIZE), values.get(MicroBatchSection.LINGER));
    }
}
