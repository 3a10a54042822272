package dev.noether.cli.scenario;

import dev.noether.cli.stream.ObservationPublisher;
import dev.noether.flink.config.DetectorConfig;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Simulated shops, each with four features that follow its number of visitors. Values and noise grow with the traffic.
 * Each row depends on its number and the seed alone. Not thread safe.
 */
final class ShopTraffic implements AutoCloseable {
    /** The features of a row. */
    static final List<String> FEATURES = List.of("visits", "orders", "latency", "cpu");

    private static final long START = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
    private static final long DAY = 86_400_000;
    private static final double[] FACTORS = {100, 6, 30, 25};
    private static final double[] OFFSETS = {0, 0, 20, 5};
    private static final double NOISE = 0.08;

    private final ObservationPublisher publisher;
    private final int shops;
    private final long interval;
    private final long seed;
    private long sent;

    /** How a row differs from what is usual. */
    @FunctionalInterface
    interface Special {
        /** Nothing special. */
        Special NONE = (row, shop, values) -> {};

        /** Changes the values of a row. */
        void change(long row, int shop, float... values);
    }

    /**
     * Creates the traffic.
     *
     * @param config detector that gets the observations
     * @param interval milliseconds between two rows of a shop
     */
    ShopTraffic(DetectorConfig config, int shops, long interval, long seed) {
        this.publisher =
                new ObservationPublisher(config.kafka(), config.topics().observations(), config.features());
        this.shops = shops;
        this.interval = interval;
        this.seed = seed;
    }

    /** The event time of a row, milliseconds since 1970 UTC. */
    long time(long row) {
        return START + row * interval;
    }

    /**
     * Sends the rows in [from, to) of all shops.
     *
     * @param traffic traffic in parts of a usual day's
     * @param special changes rows
     */
    void send(long from, long to, double traffic, Special special) {
        for (long row = from; row < to; row++) {
            for (int shop = 0; shop < shops; shop++) {
                float[] values = values(row, shop, traffic);
                special.change(row, shop, values);
                publisher.send("shop-" + shop, time(row), values, ObservationPublisher.DeliveryListener.NONE);
                sent++;
            }
        }
        publisher.flush();
    }

    /** Number of rows that were sent. */
    long sent() {
        return sent;
    }

    @Override
    public void close() {
        publisher.close();
    }

    private float[] values(long row, int shop, double traffic) {
        SplittableRandom random = new SplittableRandom(seed + 1_000_003 * row + shop);
        double timeOfDay = 2 * Math.PI * (row * interval % DAY) / DAY;
        double visitors = traffic * (1.2 - Math.cos(timeOfDay)) * (1 + NOISE * random.nextGaussian());
        float[] values = new float[FEATURES.size()];
        for (int j = 0; j < values.length; j++) {
            values[j] = (float) (OFFSETS[j] + FACTORS[j] * visitors * (1 + NOISE / 2 * random.nextGaussian()));
        }
        return values;
    }
}
