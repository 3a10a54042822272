package dev.noether.incident.anomaly;

import dev.noether.incident.evidence.Evidence;
import dev.noether.incident.report.FindingBytes;
import dev.noether.incident.report.ScheduleFindingBytes;
import dev.noether.incident.report.TextBytes;
import dev.noether.schemas.IncidentPeak;
import dev.noether.schemas.IncidentTimes;
import dev.noether.schemas.ScheduleFinding;
import dev.noether.schemas.Severity;
import dev.noether.schemas.ShapeFinding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The state of an anomaly incident while it is open. Not thread safe. */
public final class OpenAnomaly {
    /** Severity of a stuck feature; the same as of a silent entity. */
    private static final Severity STUCK = Severity.MEDIUM;

    final long start;
    final FeatureHistory features;
    long lastAnomalous;
    long count;
    int updates;
    /** The peak's excess over its threshold in the last report. */
    double reportedExcess;

    Severity severity = Severity.LOW;

    /** Reason why the incident must not alert anybody; null as soon as one of its scores may. */
    @Nullable
    String suppressed;

    private double peakScore = Double.NEGATIVE_INFINITY;
    private long peakTime;
    private double pValue = Double.NaN;
    private double threshold = Double.NaN;
    private long modelVersion = -1;

    @Nullable
    private String modelHash;

    @Nullable
    private ShapeFinding shape;

    /** The first job that did not come or does not end. */
    @Nullable
    private ScheduleFinding schedule;

    /**
     * What the bytes of a state format hold.
     *
     * @param hasRepeats the runs of stuck features; the first format does not have them
     * @param hasFinding the finding of the shape view and the hash of the model; the first three formats do not have
     *     them
     * @param hasSchedule the job that recurs; the first five formats do not have it
     */
    public record StateContent(boolean hasRepeats, boolean hasFinding, boolean hasSchedule) {
        /** What {@link #write} writes. */
        static final StateContent ALL = new StateContent(true, true, true);
    }

    OpenAnomaly(Evidence first) {
        this(first.time(), new FeatureHistory());
        suppressed = first.suppressed();
    }

    private OpenAnomaly(long start, FeatureHistory features) {
        this.start = start;
        this.features = features;
        this.lastAnomalous = start;
        this.peakTime = start;
    }

    void add(Evidence evidence, SeverityBands bands) {
        count++;
        lastAnomalous = Math.max(lastAnomalous, evidence.time());
        features.add(evidence.features());
        if (evidence.isStuck()) {
            raiseSeverity(STUCK);
        }
        if (!evidence.isAnomalous()) {
            addStuck(evidence);
            return;
        }
        if (schedule == null) {
            schedule = cause(evidence.schedule());
        }
        if (evidence.alarmScore() > peakScore) {
            peakScore = evidence.alarmScore();
            peakTime = evidence.time();
            pValue = evidence.pValue();
            threshold = evidence.threshold();
            modelVersion = evidence.modelVersion();
            modelHash = evidence.modelHash();
            shape = evidence.shape();
        }
        raiseSeverity(bands.of(evidence.excess()));
    }

    /** A job that begins long after the incident is not its cause; then the result is null. */
    @Nullable
    private ScheduleFinding cause(@Nullable ScheduleFinding job) {
        return job == null || job.start() - start > job.shortestMillis() / 2 ? null : job;
    }

    private void raiseSeverity(Severity least) {
        if (least.compareTo(severity) > 0) {
            severity = least;
        }
    }

    /** Until a score exceeds its threshold, the run of equal values with the lowest p-value is the peak. */
    private void addStuck(Evidence evidence) {
        if (!hasPeak() && !(evidence.pValue() >= pValue)) {
            pValue = evidence.pValue();
            peakTime = evidence.time();
            modelVersion = evidence.modelVersion();
            modelHash = evidence.modelHash();
        }
    }

    /** Returns whether a score exceeded its threshold. */
    private boolean hasPeak() {
        return peakScore > Double.NEGATIVE_INFINITY;
    }

    /** Returns the peak's excess over its threshold; 0 if no score exceeded its threshold. */
    double excess() {
        return hasPeak() ? peakScore - threshold : 0;
    }

    IncidentPeak peak() {
        double score = hasPeak() ? peakScore : Double.NaN;
        return new IncidentPeak(score, peakTime, pValue, threshold, modelVersion, modelHash);
    }

    /** Returns how the shape of the signal differed at the peak; null if it did not. */
    @Nullable
    ShapeFinding shape() {
        return shape;
    }

    /** Returns the first job that did not come or does not end; null if there is none. */
    @Nullable
    ScheduleFinding schedule() {
        return schedule;
    }

    IncidentTimes times(long reported) {
        return new IncidentTimes(start, end(), reported);
    }

    /** Returns the first event time after the newest anomalous score, milliseconds. */
    public long end() {
        // A state of an earlier version may hold the largest time.
        return lastAnomalous == Long.MAX_VALUE ? lastAnomalous : lastAnomalous + 1;
    }

    /** Event time of the newest anomalous score, milliseconds. */
    public long lastAnomalous() {
        return lastAnomalous;
    }

    /** Returns an independent copy. Rarely called: only for a checkpoint during an incident. */
    public OpenAnomaly copy() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            write(new DataOutputStream(bytes));
            return read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), StateContent.ALL);
        } catch (IOException e) {
            throw new UncheckedIOException("a memory buffer does not fail", e);
        }
    }

    /** Writes the state. */
    public void write(DataOutput target) throws IOException {
        target.writeLong(start);
        target.writeLong(lastAnomalous);
        target.writeDouble(peakScore);
        target.writeLong(peakTime);
        target.writeDouble(pValue);
        target.writeDouble(threshold);
        target.writeLong(modelVersion);
        target.writeLong(count);
        target.writeInt(updates);
        target.writeDouble(reportedExcess);
        target.writeByte(severity.ordinal());
        TextBytes.writeNullable(suppressed, target);
        features.write(target);
        FindingBytes.write(shape, target);
        TextBytes.writeNullable(modelHash, target);
        ScheduleFindingBytes.write(schedule, target);
    }

    /**
     * Reads the state that {@link #write} wrote.
     *
     * @param content what the bytes hold; those of earlier state formats hold less
     */
    public static OpenAnomaly read(DataInput source, StateContent content) throws IOException {
        long start = source.readLong();
        long lastAnomalous = source.readLong();
        double peakScore = source.readDouble();
        long peakTime = source.readLong();
        double pValue = source.readDouble();
        double threshold = source.readDouble();
        long modelVersion = source.readLong();
        long count = source.readLong();
        int updates = source.readInt();
        double reportedExcess = source.readDouble();
        Severity severity = Severity.values()[source.readByte()];
        @Nullable String suppressed = TextBytes.readNullable(source);
        OpenAnomaly incident = new OpenAnomaly(start, FeatureHistory.read(source, content.hasRepeats()));
        incident.lastAnomalous = lastAnomalous;
        incident.peakScore = peakScore;
        incident.peakTime = peakTime;
        incident.pValue = pValue;
        incident.threshold = threshold;
        incident.modelVersion = modelVersion;
        incident.count = count;
        incident.updates = updates;
        incident.reportedExcess = reportedExcess;
        incident.severity = severity;
        incident.suppressed = suppressed;
        if (content.hasFinding()) {
            incident.shape = FindingBytes.read(source);
            incident.modelHash = TextBytes.readNullable(source);
        }
        incident.schedule = content.hasSchedule() ? ScheduleFindingBytes.read(source) : null;
        return incident;
    }
}
