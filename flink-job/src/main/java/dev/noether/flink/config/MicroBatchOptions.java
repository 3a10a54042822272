package dev.noether.flink.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * How many windows go through the network at once.
 *
 * @param size scored when this many wait
 * @param linger scored when the oldest has waited this long
 */
public record MicroBatchOptions(int size, Duration linger) implements Serializable {
    public MicroBatchOptions {
        Options.MICRO_BATCH_SIZE.check(size);
        Options.MICRO_BATCH_LINGER.check(linger);
    }
}
