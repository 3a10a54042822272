package dev.noether.flink.emit;

import java.io.Serializable;

/**
 * Decides when a sink may begin to write. A sink that writes in transactions ends, before its first record, the open
 * transactions of another job with the same ids.
 */
@FunctionalInterface
public interface WriteGate extends Serializable {
    /** Lets every sink write at once. */
    WriteGate OPEN = () -> {};

    /**
     * Returns when the sink may write.
     *
     * @throws InterruptedException if the task is cancelled meanwhile
     * @throws RuntimeException if the sink may not write; the job then fails
     */
    void await() throws InterruptedException;
}
