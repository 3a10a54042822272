package dev.noether.cli.fleet;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A fleet of servers that reports one row per server and minute, with labelled incidents in its live part.
 *
 * <p>Minute 0 is a Monday's midnight; the history is the minutes [0, {@link #liveStart()}) and holds no incident; the
 * incidents lie before {@link #liveEnd()}, after which the fleet goes on without any. A row depends on nothing but the
 * options, the server and the minute: rows may be asked for in any order, and again. Thread-safe.
 */
public final class FleetSimulator {
    private static final List<String> FEATURE_NAMES =
            Arrays.stream(ServerMetric.values()).map(ServerMetric::featureName).toList();

    private final FleetOptions options;
    private final List<String> entityNames;
    private final NormalTelemetry telemetry;
    private final IncidentSchedule schedule;
    /** {@code [entity][incident]}, by the order of their starts. */
    private final Disturbance[][] disturbances;

    /** @throws IllegalArgumentException if there are more incidents than the servers have time for */
    public FleetSimulator(FleetOptions options) {
        this.options = options;
        HashedNoise noise = new HashedNoise(options.seed());
        ServerProfile[] profiles = new ServerProfile[options.entities()];
        Arrays.setAll(profiles, entity -> ServerProfile.of(entity, noise));
        entityNames = Arrays.stream(profiles).map(ServerProfile::name).toList();
        telemetry = new NormalTelemetry(noise, profiles);
        schedule = IncidentSchedule.of(options, profiles);
        disturbances = new Disturbance[profiles.length][];
        Arrays.setAll(
                disturbances,
                entity -> schedule.incidentsOf(entity).stream()
                        .map(incident -> Disturbance.of(incident, entity, telemetry))
                        .toArray(Disturbance[]::new));
    }

    /** The names of the features in the order of a row; equal for all servers. */
    public static List<String> featureNames() {
        return FEATURE_NAMES;
    }

    /** The names of the servers; the index is the entity's number in the other methods. */
    public List<String> entityNames() {
        return entityNames;
    }

    /** The first minute of the live part. */
    public long liveStart() {
        return options.historyMinutes();
    }

    /** The first minute after the part that holds incidents. */
    public long liveEnd() {
        return (long) options.historyMinutes() + options.liveMinutes();
    }

    /**
     * What a server reports for one minute; allocates nothing.
     *
     * @param entity number of the server, in [0, number of servers)
     * @param minute simulated minute, at least 0
     * @param row {@code [features]}, is filled
     * @return false if the server is silent, and then {@code row} is left as it was
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

    /** All incidents, by the order of their starts: the ground truth. */
    public List<LabelledIncident> incidents() {
        return schedule.incidents();
    }

    /** The incident that the server has in that minute. */
    public Optional<LabelledIncident> incidentAt(int entity, long minute) {
        return schedule.incidentsOf(checkedEntity(entity)).stream()
                .filter(incident -> incident.covers(minute))
                .findFirst();
    }

    /** Whether the server has an incident in that minute; allocates nothing. */
    public boolean label(int entity, long minute) {
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
