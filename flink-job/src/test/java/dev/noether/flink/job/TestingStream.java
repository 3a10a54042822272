package dev.noether.flink.job;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.ingest.Garbage;
import dev.noether.schemas.Features;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import dev.noether.testing.Patience;
import dev.noether.testing.TestingKafka;
import dev.noether.testing.TestingKafka.Place;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** What a test sends into an observations topic, and where each record came to lie. Keyed by entity. */
final class TestingStream {
    private static final int AT_ONCE = 50;
    private static final long PAUSE_MILLIS = 25;

    private final EmbeddedBroker broker;
    private final DetectorConfig config;
    private final List<Sent> planned = new ArrayList<>();
    private final Map<Place, Sent> sent = new HashMap<>();
    private CompletableFuture<Void> sending = CompletableFuture.completedFuture(null);

    /** A record: an observation as it is, or spoiled. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sent(Observation observation, @Nullable Garbage garbage, byte[] bytes) {}

    TestingStream(EmbeddedBroker broker, DetectorConfig config) {
        this.broker = broker;
        this.config = config;
    }

    /** Plans a good observation. */
    void add(String entity, long eventTime, float[] values) {
        Observation observation = observation(entity, eventTime, values);
        planned.add(new Sent(observation, null, new ObservationCodec().encode(observation)));
    }

    /** Plans one that is spoiled. */
    void add(Garbage garbage, String entity, long eventTime, float[] values, RandomGenerator random) {
        Observation observation = observation(entity, eventTime, values);
        planned.add(new Sent(observation, garbage, garbage.bytes(observation, random)));
    }

    /** Records that were planned. */
    int size() {
        return planned.size();
    }

    /** The latest event time that was planned. */
    long newestEventTime() {
        return planned.stream()
                .filter(one -> one.garbage() == null)
                .mapToLong(one -> one.observation().eventTime())
                .max()
                .orElseThrow();
    }

    /** Sends some of the planned records, in order. */
    void send(int from, int to) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (Sent one : planned.subList(from, to)) {
            byte[] key = one.observation().entity().getBytes(StandardCharsets.UTF_8);
            records.add(new ProducerRecord<>(
                    config.topics().observations(), null, one.observation().eventTime(), key, one.bytes()));
        }
        List<Place> places = TestingKafka.send(broker.bootstrapServers(), records);
        synchronized (sent) {
            for (int i = from; i < to; i++) {
                sent.put(places.get(i - from), planned.get(i));
            }
        }
    }

    void send() throws Exception {
        send(0, size());
    }

    /**
     * Sends observations in the background, a few at a time, after all earlier ones. The test continues while they are
     * sent.
     */
    void trickle(int from, int to) {
        sending = sending.thenRunAsync(() -> {
            try {
                for (int i = from; i < to; i += AT_ONCE) {
                    send(i, Math.min(i + AT_ONCE, to));
                    Thread.sleep(PAUSE_MILLIS);
                }
            } catch (Exception e) {
                throw new IllegalStateException("the stream broke off", e);
            }
        });
    }

    /** Waits until all is sent that was sent in the background. */
    void awaitSent() throws Exception {
        sending.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
    }

    /** The good records by place. */
    Map<Place, Sent> good() {
        return select(true);
    }

    /** The garbage by place. */
    Map<Place, Sent> bad() {
        return select(false);
    }

    private Map<Place, Sent> select(boolean good) {
        Map<Place, Sent> selected = new HashMap<>();
        synchronized (sent) {
            sent.forEach((place, one) -> {
                if ((one.garbage() == null) == good) {
                    selected.put(place, one);
                }
            });
        }
        return selected;
    }

    private Observation observation(String entity, long eventTime, float[] values) {
        return new Observation(
                entity, eventTime, new Features.Positional(config.features().fingerprint(), values));
    }
}
