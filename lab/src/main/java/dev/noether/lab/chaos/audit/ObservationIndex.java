package dev.noether.lab.chaos.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.lab.chaos.fault.DataFaults;
import dev.noether.lab.chaos.load.SteadyLoad;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.LongToIntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The records of the observations topic, read back: what each of them is, and whether the load's own are all there,
 * once. Not thread-safe.
 */
public final class ObservationIndex {
    /** What a record of the topic must become. */
    public enum Expected {
        /** An observation of the steady load: one score. */
        SCORE,
        /** No observation: one rejected record. */
        REJECTION,
        /** A record of which the detector decides: one score or one rejected record. */
        EITHER
    }

    private static final byte SCORE = 1;
    private static final byte REJECTION = 2;
    private static final byte EITHER = 3;

    private final LongToIntFunction steps;
    private final IntFunction<BitSet> sent;
    private final Map<String, Integer> hosts = new HashMap<>();
    private final byte[][] expected;
    private final BitSet[] received;
    private final ObservationCodec codec = new ObservationCodec();
    private long size;
    private long bad;
    private long doubledByTheLoad;

    /**
     * Makes an empty index.
     *
     * @param names the servers of the load
     * @param steps the step of an event time, -1 if it has none
     * @param sent the steps that a server has reported
     * @param ends {@code [partitions]}, number of records
     */
    ObservationIndex(List<String> names, LongToIntFunction steps, IntFunction<BitSet> sent, long... ends) {
        this.steps = steps;
        this.sent = sent;
        for (int host = 0; host < names.size(); host++) {
            hosts.put(names.get(host), host);
        }
        expected = new byte[ends.length][];
        for (int partition = 0; partition < ends.length; partition++) {
            expected[partition] = new byte[Math.toIntExact(ends[partition])];
        }
        received = new BitSet[names.size()];
        Arrays.setAll(received, host -> new BitSet());
    }

    /** Reads the whole topic. */
    public static ObservationIndex read(DetectorConfig config, SteadyLoad load) {
        String topic = config.topics().observations();
        ObservationIndex index =
                new ObservationIndex(load.hosts(), load::step, load::sent, TopicReader.endOffsets(config, topic));
        TopicReader.readAll(config, topic, index::add);
        return index;
    }

    /** The records of the topic. */
    public long size() {
        return size;
    }

    /** The records that are surely no observations. */
    public long bad() {
        return bad;
    }

    /** The load's own observations that are not in the topic. */
    public long lostByTheLoad() {
        long lost = 0;
        for (int host = 0; host < received.length; host++) {
            BitSet missing = (BitSet) sent.apply(host).clone();
            missing.andNot(received[host]);
            lost += missing.cardinality();
        }
        return lost;
    }

    /** The load's own observations that are in the topic more than once. */
    public long doubledByTheLoad() {
        return doubledByTheLoad;
    }

    /** What the record at a position must become; null if the topic has no record there. */
    public @Nullable Expected expected(int partition, long offset) {
        if (partition < 0 || partition >= expected.length || offset < 0 || offset >= expected[partition].length) {
            return null;
        }
        return switch (expected[partition][(int) offset]) {
            case SCORE -> Expected.SCORE;
            case REJECTION -> Expected.REJECTION;
            case EITHER -> Expected.EITHER;
            default -> null;
        };
    }

    /** The number of offsets of each partition. */
    long[] ends() {
        return Arrays.stream(expected).mapToLong(array -> array.length).toArray();
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
        size++;
        int offset = (int) record.offset();
        String key = record.key() == null ? "" : new String(record.key(), UTF_8);
        Integer host = hosts.get(key);
        if (host != null) {
            expected[record.partition()][offset] = SCORE;
            addOwn(host, record);
        } else if (key.startsWith(DataFaults.BAD)) {
            expected[record.partition()][offset] = REJECTION;
            bad++;
        } else {
            expected[record.partition()][offset] = EITHER;
        }
    }

    private void addOwn(int host, ConsumerRecord<byte[], byte[]> record) {
        try {
            Observation observation = codec.decode(record.value());
            int step = steps.applyAsInt(observation.eventTime());
            if (step < 0 || received[host].get(step)) {
                doubledByTheLoad++;
            } else {
                received[host].set(step);
            }
        } catch (MalformedRecordException e) {
            throw new IllegalStateException("an observation of the load cannot be read back", e);
        }
    }
}
