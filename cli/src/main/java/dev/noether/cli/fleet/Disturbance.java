package dev.noether.cli.fleet;

/** The effect of a scheduled fault on the normal telemetry of its server. Immutable and thread-safe. */
final class Disturbance {
    private static final int MINUTES_PER_WEEK = 7 * 24 * 60;
    /**
     * Distance of the rows from which mean and deviation are estimated; small enough for an estimate, large enough to
     * be fast.
     */
    private static final int MINUTES_BETWEEN_SAMPLES = 17;

    private static final ServerMetric[] METRICS = ServerMetric.values();

    private final LabelledFault fault;
    private final int entity;
    private final NormalTelemetry telemetry;
    private final int[] affected;
    private final FaultKind.FeatureStatistics[] statistics;

    private Disturbance(
            LabelledFault fault,
            int entity,
            NormalTelemetry telemetry,
            int[] affected,
            FaultKind.FeatureStatistics[] statistics) {
        this.fault = fault;
        this.entity = entity;
        this.telemetry = telemetry;
        this.affected = affected;
        this.statistics = statistics;
    }

    static Disturbance of(LabelledFault fault, int entity, NormalTelemetry telemetry) {
        int[] affected =
                fault.features().stream().mapToInt(ServerMetric::indexOf).toArray();
        float[] before = new float[METRICS.length];
        telemetry.row(entity, fault.start() - 1, before);
        FaultKind.FeatureStatistics[] statistics = new FaultKind.FeatureStatistics[affected.length];
        for (int i = 0; i < affected.length; i++) {
            statistics[i] = statistics(entity, affected[i], before[affected[i]], telemetry, fault.start());
        }
        return new Disturbance(fault, entity, telemetry, affected, statistics);
    }

    /** Whether the fault lasts in that minute. */
    boolean covers(long minute) {
        return fault.covers(minute);
    }

    /**
     * Computes the row of a minute that the fault covers.
     *
     * @param row {@code [metrics]}, receives the values
     * @return false if the server reports nothing; {@code row} is unchanged then
     */
    boolean row(long minute, float[] row) {
        if (fault.kind() == FaultKind.SILENCE) {
            return false;
        }
        telemetry.row(entity, minute, row);
        int elapsed = (int) (minute - fault.start());
        for (int i = 0; i < affected.length; i++) {
            int feature = affected[i];
            double value = fault.kind().faultyValue(row[feature], statistics[i], elapsed, fault.minutes());
            row[feature] = (float) METRICS[feature].possible(value);
        }
        return true;
    }

    /** The statistics of a normal week as it would be if the fleet were as it is at the start of the fault. */
    private static FaultKind.FeatureStatistics statistics(
            int entity, int feature, float before, NormalTelemetry telemetry, long start) {
        float[] row = new float[METRICS.length];
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (long minute = 0; minute < MINUTES_PER_WEEK; minute += MINUTES_BETWEEN_SAMPLES) {
            telemetry.row(entity, minute, row);
            double value = row[feature] * telemetry.change(feature, minute, start);
            sum += value;
            squares += value * value;
            count++;
        }
        double mean = sum / count;
        return new FaultKind.FeatureStatistics(before, mean, Math.sqrt(Math.max(0, squares / count - mean * mean)));
    }
}
