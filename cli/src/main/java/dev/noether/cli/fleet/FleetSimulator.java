package dev.noether.cli.fleet;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A fleet of servers that reports one row per server and minute, with labelled faults in its live part.
 *
 * <p>Minute 0 is midnight before a Monday. The history [0, {@link #liveStart()}) has no faults. All faults end before
 * {@link #liveEnd()}; the fleet reports without faults after it. A row depends only on the options, the server and the
 * minute, so rows can be requested in any order. Thread-safe.
 */
public final class FleetSimulator {
    private static final List<String> FEATURE_NAMES =
            Arrays.stream(ServerMetric.values()).map(ServerMetric::featureName).toList();

    private final FleetOptions options;
    private final List<String> entityNames;
    private final NormalTelemetry telemetry;
    private final FaultSchedule schedule;
    /** {@code [entity][fault]}, in the order of their starts. */
    private final Disturbance[][] disturbances;

    /**
     * Makes a fleet.
     *
     * @throws IllegalArgumentException if there are more faults than the servers have time for
     */
    public FleetSimulator(FleetOptions options) {
        this.options = options;
        HashedNoise noise = new HashedNoise(options.seed());
        ServerProfile[] profiles = new ServerProfile[options.entities()];
        Arrays.setAll(profiles, entity -> ServerProfile.of(entity, noise));
        entityNames = Arrays.stream(profiles).map(ServerProfile::name).toList();
        telemetry = new NormalTelemetry(noise, options.change(), profiles);
        schedule = FaultSchedule.of(options, profiles);
        disturbances = new Disturbance[profiles.length][];
        Arrays.setAll(
                disturbances,
                entity -> schedule.faultsOf(entity).stream()
                        .map(fault -> Disturbance.of(fault, entity, telemetry))
                        .toArray(Disturbance[]::new));
    }

    /** The names of the features in the order of a row. */
    public static List<String> featureNames() {
        return FEATURE_NAMES;
    }

    /** The names of the servers. The index of a name is the entity number in the other methods. */
    public List<String> entityNames() {
        return entityNames;
    }

    /** The first minute of the live part. */
    public long liveStart() {
        return options.historyMinutes();
    }

    /** The first minute after the part with faults. */
    public long liveEnd() {
        return (long) options.historyMinutes() + options.liveMinutes();
    }

    /**
     * Computes the row that a server reports for one minute. Allocates nothing.
     *
     * @param entity number of the server, in [0, number of servers)
     * @param minute simulated minute, at least 0
     * @param row {@code [features]}, receives the values
     * @return false if the server reports nothing; {@code row} is unchanged then
     * @throws IllegalArgumentException if an argument is out of range
     */
    public boolean row(int entity, long minute, float[] row) {
        if (row.length != FEATURE_NAMES.size()) {
            throw new IllegalArgumentException(
                    "`row` must be of length " + FEATURE_NAMES.size() + " (got " + row.length + ")");
        }
        Disturbance[] scheduled = disturbances[checkedEntity(entity)];
        if (minute < 0) {
            throw new IllegalArgumentException("`minute` must be at least 0 (got " + minute + ")");
        }
        for (Disturbance disturbance : scheduled) {
            if (disturbance.covers(minute)) {
                return disturbance.row(minute, row);
            }
        }
        telemetry.row(entity, minute, row);
        return true;
    }

    /** All faults, in the order of their starts: the ground truth. */
    public List<LabelledFault> faults() {
        return schedule.faults();
    }

    /** The fault that the server has in that minute. */
    public Optional<LabelledFault> faultAt(int entity, long minute) {
        return schedule.faultsOf(checkedEntity(entity)).stream()
                .filter(fault -> fault.covers(minute))
                .findFirst();
    }

    /** Whether the server has a fault in that minute. Allocates nothing. */
    public boolean isFaulty(int entity, long minute) {
        for (Disturbance disturbance : disturbances[checkedEntity(entity)]) {
            if (disturbance.covers(minute)) {
                return true;
            }
        }
        return false;
    }

    private int checkedEntity(int entity) {
        if (entity < 0 || entity >= disturbances.length) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "`entity` must be in [0, %d) (got %d)", disturbances.length, entity));
        }
        return entity;
    }
}
