package dev.noether.model.incident;

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

    double excess() {
        return peakScore - threshold;
    }

    /** Rare: an incident is open, and a checkpoint is under way. */
    OpenIncident copy() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            write(new DataOutputStream(bytes));
            return read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
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

    static OpenIncident read(DataInput source) throws IOException {
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
        OpenIncident incident = new OpenIncident(start, FeatureHistory.read(source));
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
