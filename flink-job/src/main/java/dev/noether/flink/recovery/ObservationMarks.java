package dev.noether.flink.recovery;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.ingest.ObservationDeserializer;
import dev.noether.flink.ingest.ObservationIdentity;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.Score;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Marks of the observations that one partition of the topic has now, by offset. A result of another observation has,
 * but for one in four billion, another mark: so the results of an earlier topic of the same name are recognised. Needs
 * eight bytes for each offset. Not thread safe.
 */
final class ObservationMarks {
    private static final int CHUNK_BITS = 16;
    private static final int MASK = (1 << CHUNK_BITS) - 1;
    private static final int UNKNOWN = 0;
    private static final int UNDECODABLE = 1;

    private final Map<Long, long[]> chunks = new TreeMap<>();
    private final ObservationDeserializer deserializer;

    private ObservationMarks(DetectorConfig config) {
        deserializer = new ObservationDeserializer(config);
    }

    /** Reads the observations of a partition with offsets in {@code [from, to)}. */
    static ObservationMarks read(DetectorConfig config, int partition, long from, long to) {
        ObservationMarks marks = new ObservationMarks(config);
        TopicReader.read(config, config.topics().observations(), partition, from, to, marks::add);
        return marks;
    }

    /** Returns the mark of a score: it has the entity and the event time of its observation. */
    static int of(Score score) {
        return scored(score.entity(), score.eventTime());
    }

    /** Returns the mark of a rejected record: it has the Kafka timestamp and the length of its observation. */
    static int of(Rejected rejected) {
        return rejected(rejected.timestamp(), rejected.valueBytes());
    }

    /** Whether the topic has an observation with this mark of a score at an offset, or none at all. */
    boolean allowsScore(long offset, int mark) {
        int known = (int) (at(offset) >>> Integer.SIZE);
        return known == UNKNOWN || known == mark;
    }

    /** Whether the topic has an observation with this mark of a rejected record at an offset, or none at all. */
    boolean allowsRejected(long offset, int mark) {
        int known = (int) at(offset);
        return known == UNKNOWN || known == mark;
    }

    private long at(long offset) {
        long[] chunk = chunks.get(offset >> CHUNK_BITS);
        return chunk == null ? UNKNOWN : chunk[(int) offset & MASK];
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        long[] chunk = chunks.computeIfAbsent(record.offset() >> CHUNK_BITS, key -> new long[1 << CHUNK_BITS]);
        long length = record.value() == null ? -1 : record.value().length;
        chunk[(int) record.offset() & MASK] =
                (long) scored(record) << Integer.SIZE | Integer.toUnsignedLong(rejected(record.timestamp(), length));
    }

    private int scored(ConsumerRecord<byte[], byte[]> record) {
        ObservationIdentity identity = deserializer.identity(record);
        return identity == null ? UNDECODABLE : scored(identity.entity(), identity.eventTime());
    }

    private static int scored(String entity, long eventTime) {
        return known(31 * entity.hashCode() + Long.hashCode(eventTime * 0x9E3779B97F4A7C15L));
    }

    private static int rejected(long timestamp, long valueBytes) {
        return known(31 * Long.hashCode(timestamp * 0x9E3779B97F4A7C15L) + Long.hashCode(valueBytes));
    }

    private static int known(int hash) {
        return hash == UNKNOWN || hash == UNDECODABLE ? 2 : hash;
    }
}
