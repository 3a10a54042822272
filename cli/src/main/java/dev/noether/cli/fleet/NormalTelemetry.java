package dev.noether.cli.fleet;

/**
 * What the servers report while nothing is wrong.
 *
 * <p>One hidden load per server carries the day, the week, the weather of the whole fleet and its own noise; nearly every
 * metric follows that load, each with its own law and a noise that grows with its level. That makes the metrics
 * correlated, seasonal and heteroscedastic, as real ones are. Immutable and thread-safe.
 */
final class NormalTelemetry {
    private static final int MINUTES_PER_DAY = 24 * 60;
    private static final int NIGHTLY_CLEAN_UP_MINUTES = 90;
    private static final int BURST_MINUTES = 8;
    private static final double BURST_PROBABILITY = 0.01;
    /** How far back memory looks: it follows the load with a delay. */
    private static final int MEMORY_LAG_MINUTES = 10;
    /** Noise of the fleet as a whole has no entity. */
    private static final int WHOLE_FLEET = -1;

    /** Noise streams of the load; the metrics' own streams are their places in a row, from 0. */
    private static final int SLOW_LOAD = 100;

    private static final int MIDDLE_LOAD = 101;
    private static final int FAST_LOAD = 102;
    private static final int BURST = 103;

    private static final ServerMetric[] METRICS = ServerMetric.values();

    private final HashedNoise noise;
    private final ServerProfile[] profiles;

    NormalTelemetry(HashedNoise noise, ServerProfile... profiles) {
        this.noise = noise;
        this.profiles = profiles;
    }

    /** Writes the {@link ServerMetric}s of that minute in their order. */
    void row(int entity, long minute, float[] row) {
        ServerProfile profile = profiles[entity];
        double load = load(entity, minute);
        double busy = load / (load + 0.8);
        double burst = burst(entity, minute);
        for (int feature = 0; feature < METRICS.length; feature++) {
            ServerMetric metric = METRICS[feature];
            double own = noise.gaussian(entity, feature, minute);
            double value = switch (metric) {
                case CPU_PERCENT -> 100 * busy * (1 + 0.03 * own);
                case LOAD_AVERAGE -> 8 * load * (1 + 0.05 * own);
                case MEMORY_PERCENT ->
                    profile.memoryFloor()
                            + profile.memoryGain() * smoothLoad(entity, minute - MEMORY_LAG_MINUTES)
                            + 0.3 * own;
                case NETWORK_IN_MEGABYTES -> profile.megabytesIn() * load * (1 + 0.05 * own);
                case NETWORK_OUT_MEGABYTES -> profile.megabytesOut() * load * (1 + 0.05 * own);
                case REQUEST_RATE -> profile.requests() * load * (1 + 0.03 * own);
                case LATENCY_MILLISECONDS ->
                    profile.latency() * (1 + busy * busy / (1.1 - busy)) * (1 + 0.25 * burst) * (1 + 0.06 * own);
                case ERROR_RATE -> profile.errors() * (1 + 2 * busy * busy) * (1 + 0.8 * burst) * (1 + 0.2 * own);
                case DISK_PERCENT -> disk(profile, minute) + 0.1 * own;
                case DISK_WRITE_MEGABYTES -> profile.megabytesWritten() * (0.2 + load) * (1 + 0.1 * own);
                case QUEUE_LENGTH -> profile.queue() * busy / (1.1 - busy) * (1 + 0.15 * own);
                case CONNECTIONS -> profile.connections() * (0.3 + load) * (1 + 0.03 * own);
            };
            row[feature] = (float) metric.possible(value);
        }
    }

    private double load(int entity, long minute) {
        return Math.max(0.02, smoothLoad(entity, minute) * (1 + 0.05 * noise.gaussian(entity, FAST_LOAD, minute)));
    }

    private double smoothLoad(int entity, long minute) {
        ServerProfile profile = profiles[entity];
        double season = 1 - profile.swing() + profile.swing() * timeOfDay(profile, minute);
        double week = 1 - profile.weekendDip() * weekend(minute);
        double weather = 1
                + 0.08 * noise.smooth(entity, SLOW_LOAD, minute, 60)
                + 0.05 * noise.smooth(entity, MIDDLE_LOAD, minute, 9)
                + 0.05 * noise.smooth(WHOLE_FLEET, SLOW_LOAD, minute, 120);
        return profile.level() * season * week * weather;
    }

    /** From 0 at the quietest to 1 at the busiest minute of the day. */
    private static double timeOfDay(ServerProfile profile, long minute) {
        // StrictMath, so that every machine finds the same bits.
        return 0.5 + 0.5 * StrictMath.cos(2 * Math.PI * (minute - profile.busiestMinute()) / MINUTES_PER_DAY);
    }

    /** From 0 on a working day to 1 at the weekend; minute 0 is a Monday's midnight. */
    private static double weekend(long minute) {
        double day = Math.floorMod(minute, 7L * MINUTES_PER_DAY) / (double) MINUTES_PER_DAY;
        return HashedNoise.smoothStep((day - 4.8) / 0.3) - HashedNoise.smoothStep((day - 6.7) / 0.3);
    }

    /** Fills up through the day and is cleaned, not at once, in the first minutes after midnight. */
    private static double disk(ServerProfile profile, long minute) {
        int minuteOfDay = (int) Math.floorMod(minute, (long) MINUTES_PER_DAY);
        double cleaned = 1 - HashedNoise.smoothStep((double) minuteOfDay / NIGHTLY_CLEAN_UP_MINUTES);
        return profile.diskFloor() + profile.diskGrowth() * ((double) minuteOfDay / MINUTES_PER_DAY + cleaned);
    }

    /** From 0 to 1 and back within a few minutes, about once or twice a day: a hiccup that belongs to normal life. */
    private double burst(int entity, long minute) {
        if (noise.uniform(entity, BURST, Math.floorDiv(minute, (long) BURST_MINUTES)) >= BURST_PROBABILITY) {
            return 0;
        }
        double position = (double) Math.floorMod(minute, (long) BURST_MINUTES) / BURST_MINUTES;
        return 1 - Math.abs(2 * position - 1);
    }
}
