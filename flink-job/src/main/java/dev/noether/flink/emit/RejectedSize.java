package dev.noether.flink.emit;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.ingest.RejectedRecordWriter;

/** How large a rejected record can be: what the sink must send and the topic must take. */
public final class RejectedSize {
    private RejectedSize() {}

    /** The most bytes that a rejected record of this detector has. */
    public static int most(DetectorConfig config) {
        return config.output().rejectedMaxBytes() + RejectedRecordWriter.OVERHEAD_BYTES;
    }
}
