package dev.noether.lab.chaos.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noether.cli.fleet.FleetOptions;
import dev.noether.cli.fleet.FleetSimulator;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.schemas.Features;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends one observation of each server in every step, for as long as it runs. The values depend on the seed, the server
 * and the step alone; the event time is the clock time for which the step was planned. While the broker is away the
 * observations wait in memory; an idempotent producer neither loses nor repeats them. Thread-safe.
 */
public final class SteadyLoad implements AutoCloseable {
    private static final int MINUTES_OF_LIVE_PART = 30 * 24 * 60;
    private static final int MINUTES_PER_FAULT = 60;
    private static final int MOST_FAULTS_OF_A_SERVER = 20;
    /** The longest outage of the broker that loses no observation. */
    private static final int PATIENCE_MILLIS = 15 * 60_000;

    private final LoadOptions options;
    private final String topic;
    private final long fingerprint;
    private final FleetSimulator fleet;
    private final KafkaProducer<byte[], byte[]> producer;
    /** Apart from the load's own: the broker refuses a whole batch for one record with an impossible timestamp. */
    private final KafkaProducer<byte[], byte[]> foreign;
    /** Event time of step 0, milliseconds since 1970 UTC. */
    private final long base;
    /** Guarded by this. */
    private final ObservationCodec codec = new ObservationCodec();
    /** The steps that each server reported; guarded by this. */
    private final List<BitSet> sent = new ArrayList<>();

    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "steady-load");
    private volatile int step;
    private volatile boolean stopped;

    /** Makes a load whose live part begins now. */
    public SteadyLoad(DetectorConfig config, LoadOptions options) {
        this.options = options;
        topic = config.topics().observations();
        fingerprint = config.features().fingerprint();
        fleet = new FleetSimulator(new FleetOptions(
                options.hosts(),
                options.historyRows(),
                MINUTES_OF_LIVE_PART,
                Math.min(MINUTES_OF_LIVE_PART / MINUTES_PER_FAULT, options.hosts() * MOST_FAULTS_OF_A_SERVER),
                options.seed()));
        for (int host = 0; host < options.hosts(); host++) {
            sent.add(new BitSet());
        }
        base = System.currentTimeMillis() - options.historyRows() * options.stepMillis();
        producer = new KafkaProducer<>(settings(config), new ByteArraySerializer(), new ByteArraySerializer());
        foreign = new KafkaProducer<>(settings(config), new ByteArraySerializer(), new ByteArraySerializer());
        thread.setDaemon(true);
    }

    /** Sends the history and waits until it is in the topic. */
    public void sendHistory() {
        while (step < options.historyRows()) {
            sendStep();
        }
        flush();
    }

    /** Begins to send the live part. Steps that are due already are sent at once. */
    public void start() {
        thread.start();
    }

    /** The event time of the next step: all observations sent from now on have it or a later one. */
    public long nextEventTime() {
        return eventTime(step);
    }

    /** The event time of a step, milliseconds since 1970 UTC. */
    public long eventTime(int ofStep) {
        return base + ofStep * options.stepMillis();
    }

    /** The step of an event time; -1 if no step has it. */
    public int step(long eventTime) {
        long distance = eventTime - base;
        return distance < 0 || distance % options.stepMillis() != 0
                ? -1
                : (int) Math.min(Integer.MAX_VALUE, distance / options.stepMillis());
    }

    /** The names of the servers. */
    public List<String> hosts() {
        return fleet.entityNames();
    }

    /** The steps that a server has reported. */
    public synchronized BitSet sent(int host) {
        return (BitSet) sent.get(host).clone();
    }

    /** The servers that reported in every step so far. */
    public synchronized Set<String> neverSilent() {
        Set<String> names = new HashSet<>();
        for (int host = 0; host < options.hosts(); host++) {
            if (sent.get(host).cardinality() == sent.get(host).length()) {
                names.add(hosts().get(host));
            }
        }
        return names;
    }

    /** The observations that the broker has acknowledged. */
    public long acknowledged() {
        return acknowledged.get();
    }

    /** An observation with the values of a server of the fleet, as bytes. */
    public byte[] observation(String entity, int host, long eventTime) {
        float[] row = new float[FleetSimulator.featureNames().size()];
        fleet.row(host, options.historyRows() - 1L, row);
        return encoded(entity, eventTime, row);
    }

    /**
     * Sends a record that is none of the load's own. The broker may refuse its timestamp: the record is then nowhere.
     *
     * @param timestamp Kafka timestamp, milliseconds since 1970 UTC
     */
    @SuppressWarnings("NullAway") // Kafka allows null for a key and a value
    public void sendForeign(String key, byte @Nullable [] value, long timestamp) {
        throwFailure();
        foreign.send(
                new ProducerRecord<>(topic, null, timestamp, key.getBytes(UTF_8), value), (metadata, exception) -> {
                    boolean refused = exception instanceof InvalidTimestampException
                            || exception instanceof InvalidRecordException;
                    if (!refused) {
                        completed(metadata, exception);
                    }
                });
    }

    /**
     * Waits until everything that was sent is in the topic.
     *
     * @throws IllegalStateException if something could not be delivered
     */
    public void flush() {
        producer.flush();
        foreign.flush();
        throwFailure();
    }

    /** Stops after the current step, and waits until everything is in the topic. */
    public void stop() throws InterruptedException {
        stopped = true;
        thread.join();
        flush();
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
        producer.close(java.time.Duration.ofSeconds(2));
        foreign.close(java.time.Duration.ofSeconds(2));
    }

    private void run() {
        try {
            while (!stopped) {
                long ahead = eventTime(step) - System.currentTimeMillis();
                if (ahead > 0) {
                    Thread.sleep(ahead);
                }
                sendStep();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private void sendStep() {
        throwFailure();
        int current = step;
        float[] row = new float[FleetSimulator.featureNames().size()];
        for (int host = 0; host < options.hosts(); host++) {
            if (fleet.row(host, current, row)) {
                String name = fleet.entityNames().get(host);
                byte[] value = encoded(name, eventTime(current), row);
                producer.send(
                        new ProducerRecord<>(topic, null, eventTime(current), name.getBytes(UTF_8), value),
                        this::completed);
                synchronized (this) {
                    sent.get(host).set(current);
                }
            }
        }
        step = current + 1;
    }

    private synchronized byte[] encoded(String entity, long eventTime, float[] row) {
        return codec.encode(new Observation(entity, eventTime, new Features.Positional(fingerprint, row.clone())));
    }

    private void completed(@Nullable Object metadata, @Nullable Exception exception) {
        if (exception == null) {
            acknowledged.incrementAndGet();
        } else {
            failure.compareAndSet(null, exception);
        }
    }

    private void throwFailure() {
        Exception cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException(
                    "the load could not be delivered, so the run says nothing: " + cause.getMessage(), cause);
        }
    }

    private static Properties settings(DetectorConfig config) {
        Properties properties = config.kafka().clientProperties();
        properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
        properties.setProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, "5");
        properties.setProperty(ProducerConfig.BUFFER_MEMORY_CONFIG, Long.toString(256L << 20));
        properties.setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, Integer.toString(PATIENCE_MILLIS));
        properties.setProperty(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.toString(PATIENCE_MILLIS));
        properties.setProperty(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
        properties.setProperty(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "500");
        properties.setProperty(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, "500");
        return properties;
    }
}
