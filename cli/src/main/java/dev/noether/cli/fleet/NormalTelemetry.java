package dev.noether.cli.fleet;

/**
 * The metrics of the servers without faults.
 *
 * <p>Each server has a hidden load. The load depends on the time of day, the day of the week, a trend that all servers
 * share, and noise. Nearly every metric is a function of the load, with noise that grows with the level of the metric.
 * The metrics are therefore correlated, seasonal and heteroscedastic, like those of real servers. Immutable and
 * thread-safe.
 */
final class NormalTelemetry {
    private static final int MINUTES_PER_DAY = 24 * 60;
    private static final int NIGHTLY_CLEAN_UP_MINUTES = 90;
    private static final int BURST_MINUTES = 8;
    private static final double BURST_PROBABILITY = 0.01;
    /** The delay with which the memory use follows the load. */
    private static final int MEMORY_LAG_MINUTES = 10;
    /** The entity number of the noise that all servers share. */
    private static final int WHOLE_FLEET = -1;

    /** Noise streams of the load. The noise stream of a metric is its index in a row, from 0. */
    private static final int SLOW_LOAD = 100;

    private static final int MIDDLE_LOAD = 101;
    private static final int FAST_LOAD = 102;
    private static final int BURST = 103;

    private static final ServerMetric[] METRICS = ServerMetric.values();

    private final HashedNoise noise;
    private final NormalChange change;
    private final ServerProfile[] profiles;

    NormalTelemetry(HashedNoise noise, NormalChange change, ServerProfile... profiles) {
        this.noise = noise;
        this.change = change;
        this.profiles = profiles;
    }

    /**
     * Computes the metrics of one minute.
     *
     * @param row {@code [metrics]}, receives the values in the order of {@link ServerMetric}
     */
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
                    profile.memory().floor()
                            + profile.memory().gain() * smoothLoad(entity, minute - MEMORY_LAG_MINUTES)
                            + 0.3 * own;
                case NETWORK_IN_MEGABYTES -> profile.network().megabytesIn() * load * (1 + 0.05 * own);
                case NETWORK_OUT_MEGABYTES -> profile.network().megabytesOut() * load * (1 + 0.05 * own);
                case REQUEST_RATE -> profile.service().requests() * load * (1 + 0.03 * own);
                case LATENCY_MILLISECONDS ->
                    profile.service().latency()
                            * (1 + busy * busy / (1.1 - busy))
                            * (1 + 0.25 * burst)
                            * (1 + 0.06 * own);
                case ERROR_RATE ->
                    profile.service().errors() * (1 + 2 * busy * busy) * (1 + 0.8 * burst) * (1 + 0.2 * own);
                case DISK_PERCENT -> diskPercent(profile.disk(), minute) + 0.1 * own;
                case DISK_WRITE_MEGABYTES -> profile.disk().megabytesWritten() * (0.2 + load) * (1 + 0.1 * own);
                case QUEUE_LENGTH -> profile.service().queue() * busy / (1.1 - busy) * (1 + 0.15 * own);
                case CONNECTIONS -> profile.service().connections() * (0.3 + load) * (1 + 0.03 * own);
            };
            row[feature] = (float) metric.possible(value * change.factor(metric, minute));
        }
    }

    /** The factor by which a metric of one minute is another in a later minute because of the fleet's change. */
    double change(int feature, long from, long to) {
        return change.factor(METRICS[feature], to) / change.factor(METRICS[feature], from);
    }

    private double load(int entity, long minute) {
        return Math.max(0.02, smoothLoad(entity, minute) * (1 + 0.05 * noise.gaussian(entity, FAST_LOAD, minute)));
    }

    private double smoothLoad(int entity, long minute) {
        ServerProfile.Load load = profiles[entity].load();
        double season = 1 - load.swing() + load.swing() * timeOfDay(load, minute);
        double week = 1 - load.weekendDip() * weekend(minute);
        double trend = 1
                + 0.08 * noise.smooth(entity, SLOW_LOAD, minute, 60)
                + 0.05 * noise.smooth(entity, MIDDLE_LOAD, minute, 9)
                + 0.05 * noise.smooth(WHOLE_FLEET, SLOW_LOAD, minute, 120);
        return load.level() * season * week * trend;
    }

    /** From 0 at the quietest to 1 at the busiest minute of the day. */
    private static double timeOfDay(ServerProfile.Load load, long minute) {
        // StrictMath returns the same bits on every machine.
        return 0.5 + 0.5 * StrictMath.cos(2 * Math.PI * (minute - load.busiestMinute()) / MINUTES_PER_DAY);
    }

    /** From 0 on a working day to 1 at the weekend; minute 0 is midnight before a Monday. */
    private static double weekend(long minute) {
        double day = Math.floorMod(minute, 7L * MINUTES_PER_DAY) / (double) MINUTES_PER_DAY;
        return HashedNoise.smoothStep((day - 4.8) / 0.3) - HashedNoise.smoothStep((day - 6.7) / 0.3);
    }

    /** Grows during the day; the clean-up after midnight reduces it over 90 minutes. */
    private static double diskPercent(ServerProfile.Disk disk, long minute) {
        int minuteOfDay = (int) Math.floorMod(minute, (long) MINUTES_PER_DAY);
        double cleaned = 1 - HashedNoise.smoothStep((double) minuteOfDay / NIGHTLY_CLEAN_UP_MINUTES);
        return disk.floor() + disk.growth() * ((double) minuteOfDay / MINUTES_PER_DAY + cleaned);
    }

    /** A normal burst: from 0 to 1 and back within eight minutes, about once or twice a day. */
    private double burst(int entity, long minute) {
        if (noise.uniform(entity, BURST, Math.floorDiv(minute, (long) BURST_MINUTES)) >= BURST_PROBABILITY) {
            return 0;
        }
        double position = (double) Math.floorMod(minute, (long) BURST_MINUTES) / BURST_MINUTES;
        return 1 - Math.abs(2 * position - 1);
    }
}
