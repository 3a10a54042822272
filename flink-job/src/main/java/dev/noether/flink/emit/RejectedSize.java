package dev.noether.flink.emit;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.ingest.RejectedRecordWriter;

/** Largest size of a rejected record, which the sink must send and the topic must accept. */
public final class RejectedSize {
    private RejectedSize() {}

    /** Returns the largest size of a rejected record of a detector, in bytes. */
    public static int maxBytes(DetectorConfig config) {
        return config.output().rejectedMaxBytes() + RejectedRecordWriter.OVERHEAD_BYTES;
    }
}
