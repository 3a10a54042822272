package dev.noether.incident.tracker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** What is remembered of an anomaly while it lasts. Not thread safe. */
final class OpenIncident {
    /** As bad as an entity that is silent. */
    private static final Severity STUCK = Severity.MEDIUM;

    final long start;
    final FeatureHistory features;
    long lastAnomalous;
    double peakScore = Double.NEGATIVE_INFINITY;
    long peakTime;
    double pValue = Double.NaN;
    double threshold = Double.NaN;
    long modelVersion = -1;
    long count;
    int updates;
    /** The excess at the peak when something was last said. */
    double reportedExcess;

    Severity severity = Severity.LOW;

    /** Why it must not wake anybody, as long as that holds for each of its rows. */
    @Nullable
    String suppressed;

    OpenIncident(Evidence first) {
        this(first.time(), new FeatureHistory());
        suppressed = first.suppressed();
    }

    private OpenIncident(long start, FeatureHistory features) {
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
            severity = severity.compareTo(STUCK) < 0 ? STUCK : severity;
        }
        if (!evidence.isAnomalous()) {
            addStuck(evidence);
            return;
        }
        if (evidence.alarmScore() > peakScore) {
            peakScore = evidence.alarmScore();
            peakTime = evidence.time();
            pValue = evidence.pValue();
            threshold = evidence.threshold();
            modelVersion = evidence.modelVersion();
        }
        Severity found = bands.of(evidence.excess());
        if (found.compareTo(severity) > 0) {
            severity = found;
        }
    }

    /** As long as no score exceeded its threshold, the least likely run of equal values is the peak. */
    private void addStuck(Evidence evidence) {
        if (!hasPeak() && !(evidence.pValue() >= pValue)) {
            pValue = evidence.pValue();
            peakTime = evidence.time();
            modelVersion = evidence.modelVersion();
        }
    }

    /** Whether a score exceeded its threshold. */
    boolean hasPeak() {
        return peakScore > Double.NEGATIVE_INFINITY;
    }

    /** By how much the peak exceeds its threshold; 0 where there is none. */
    double excess() {
        return hasPeak() ? peakScore - threshold : 0;
    }

    /** Rare: an incident is open, and a checkpoint is under way. */
    OpenIncident copy() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            write(new DataOutputStream(bytes));
            return read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), EntityTrack.FORMAT_VERSION);
        } catch (IOException e) {
            throw new UncheckedIOException("a memory buffer does not fail", e);
        }
    }

    void write(DataOutput target) throws IOException {
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
        ReportBytes.writeNullable(suppressed, target);
        features.write(target);
    }

    static OpenIncident read(DataInput source, int format) throws IOException {
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
        String suppressed = ReportBytes.readNullable(source);
        OpenIncident incident = new OpenIncident(start, FeatureHistory.read(source, format));
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
        return incident;
    }
}
