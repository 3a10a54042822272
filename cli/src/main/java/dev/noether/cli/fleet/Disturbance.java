package dev.noether.cli.fleet;

/** A scheduled incident, ready to be laid over the normal telemetry of its server. Immutable and thread-safe. */
final class Disturbance {
    private static final int MINUTES_PER_WEEK = 7 * 24 * 60;
    /** Enough rows of a week for a mean and a deviation, few enough to start at once. */
    private static final int MINUTES_BETWEEN_SAMPLES = 17;

    private static final ServerMetric[] METRICS = ServerMetric.values();

    private final LabelledIncident incident;
    private final int entity;
    private final NormalTelemetry telemetry;
    private final int[] struck;
    private final IncidentKind.Surroundings[] surroundings;

    private Disturbance(
            LabelledIncident incident,
            int entity,
            NormalTelemetry telemetry,
            int[] struck,
            IncidentKind.Surroundings[] surroundings) {
        this.incident = incident;
        this.entity = entity;
        this.telemetry = telemetry;
        this.struck = struck;
        this.surroundings = surroundings;
    }

    static Disturbance of(LabelledIncident incident, int entity, NormalTelemetry telemetry) {
        int[] struck =
                incident.features().stream().mapToInt(ServerMetric::indexOf).toArray();
        float[] before = new float[METRICS.length];
        telemetry.row(entity, incident.start() - 1, before);
        IncidentKind.Surroundings[] surroundings = new IncidentKind.Surroundings[struck.length];
        for (int i = 0; i < struck.length; i++) {
            surroundings[i] = surroundings(entity, struck[i], before[struck[i]], telemetry);
        }
        return new Disturbance(incident, entity, telemetry, struck, surroundings);
    }

    boolean covers(long minute) {
        return incident.covers(minute);
    }

    /** Fills the row of a minute that the incident covers; false where there is none. */
    boolean row(long minute, float[] row) {
        if (incident.kind() == IncidentKind.SILENCE) {
            return false;
        }
        telemetry.row(entity, minute, row);
        int elapsed = (int) (minute - incident.start());
        for (int i = 0; i < struck.length; i++) {
            int feature = struck[i];
            double value = incident.kind().disturbed(row[feature], surroundings[i], elapsed, incident.minutes());
            row[feature] = (float) METRICS[feature].possible(value);
        }
        return true;
    }

    private static IncidentKind.Surroundings surroundings(
            int entity, int feature, float before, NormalTelemetry telemetry) {
        float[] row = new float[METRICS.length];
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (long minute = 0; minute < MINUTES_PER_WEEK; minute += MINUTES_BETWEEN_SAMPLES) {
            telemetry.row(entity, minute, row);
            sum += row[feature];
            squares += (double) row[feature] * row[feature];
            count++;
        }
        double mean = sum / count;
        return new IncidentKind.Surroundings(before, mean, Math.sqrt(Math.max(0, squares / count - mean * mean)));
    }
}
