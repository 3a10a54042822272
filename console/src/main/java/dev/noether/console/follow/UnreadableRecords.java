package dev.noether.console.follow;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs records that are skipped because they cannot be read: the first ones, and then each thousandth. */
final class UnreadableRecords {
    private static final Logger LOG = LoggerFactory.getLogger(UnreadableRecords.class);
    private static final int EACH = 10;
    private static final int SOME = 1_000;

    private long count;

    void skip(ConsumerRecord<byte[], byte[]> record, Exception reason) {
        count++;
        if (count <= EACH || count % SOME == 0) {
            LOG.warn(
                    "{} partition {} offset {} cannot be read and is skipped ({} so far): {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    count,
                    reason.getMessage());
        }
    }
}
