package dev.noether.flink.recovery;

import java.util.Locale;

/**
 * What the output topics say about one partition of the observations topic.
 *
 * @param partition the partition
 * @param from offset of the first observation that the output topics can say something about
 * @param results offsets with a committed score or rejected record, from {@code from} on
 * @param missing offsets of observations without one, although a later observation has one or was read
 * @param end offset behind the last observation
 * @param entities number of entities with a score
 */
public record PartitionAudit(
        int partition, long from, OffsetRanges results, OffsetRanges missing, long end, int entities) {
    /** First offset behind all results. */
    public long next() {
        return Math.max(results.end(), from);
    }

    /** First offset without a result. */
    public long firstWithout() {
        return missing.isEmpty() ? next() : missing.first();
    }

    /** Returns the audit with other missing offsets. */
    PartitionAudit withMissing(OffsetRanges other) {
        return new PartitionAudit(partition, from, results, other, end, entities);
    }

    /** The missing results in words. */
    public String message() {
        String count = missing.count() == 1
                ? String.format(Locale.ROOT, "1 observation, at offset %,d, has", missing.first())
                : String.format(
                        Locale.ROOT,
                        "%,d observations between offsets %,d and %,d have",
                        missing.count(),
                        missing.first(),
                        missing.end() - 1);
        return "partition " + partition + ": " + count + " no score";
    }
}
