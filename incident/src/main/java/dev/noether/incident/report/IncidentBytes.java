package dev.noether.incident.report;

import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Cause;
import dev.noether.schemas.Diagnosis;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentGroup;
import dev.noether.schemas.IncidentIdentity;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentPeak;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.IncidentTimes;
import dev.noether.schemas.Severity;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads incidents in Flink's state. The bytes do not hold the detector's name, because the state belongs to
 * one detector. Checkpoints hold these bytes: the order of the fields must not change.
 */
public final class IncidentBytes {
    private static final IncidentKind[] KINDS = IncidentKind.values();
    private static final IncidentState[] STATES = IncidentState.values();
    private static final Severity[] SEVERITIES = Severity.values();
    private static final BreakShape[] SHAPES = BreakShape.values();

    private IncidentBytes() {}

    /** Writes an incident without its detector's name. */
    public static void write(Incident incident, DataOutput target) throws IOException {
        TextBytes.write(incident.id(), target);
        TextBytes.write(incident.entity(), target);
        target.writeByte(incident.kind().ordinal());
        target.writeByte(incident.state().ordinal());
        target.writeByte(incident.severity().ordinal());
        target.writeLong(incident.start());
        target.writeLong(incident.end());
        target.writeLong(incident.time());
        target.writeDouble(incident.peak().score());
        target.writeLong(incident.peak().time());
        target.writeDouble(incident.peak().pValue());
        target.writeDouble(incident.peak().threshold());
        target.writeLong(incident.count());
        CauseBytes.writeAll(incident.diagnosis().causes(), target);
        target.writeByte(incident.diagnosis().shape().ordinal());
        TextBytes.write(incident.description(), target);
        TextBytes.writeAll(incident.group().members(), target);
        target.writeInt(incident.group().memberCount());
        TextBytes.writeNullable(incident.group().id(), target);
        TextBytes.writeNullable(incident.suppressed(), target);
        target.writeLong(incident.peak().modelVersion());
        FindingBytes.write(incident.diagnosis().shapeFinding(), target);
        TextBytes.writeNullable(incident.peak().modelHash(), target);
    }

    /**
     * Reads an incident.
     *
     * @param source the bytes that {@link #write} wrote
     * @param detector name of the detector that the state belongs to
     * @param hasFinding whether the bytes hold the finding of the shape view and the hash of the model; those of
     *     earlier versions do not
     */
    public static Incident read(DataInput source, String detector, boolean hasFinding) throws IOException {
        String id = TextBytes.read(source);
        String entity = TextBytes.read(source);
        IncidentIdentity identity = new IncidentIdentity(detector, id, entity, StateBytes.readConstant(KINDS, source));
        IncidentState state = StateBytes.readConstant(STATES, source);
        Severity severity = StateBytes.readConstant(SEVERITIES, source);
        IncidentTimes times = new IncidentTimes(source.readLong(), source.readLong(), source.readLong());
        double peakScore = source.readDouble();
        long peakTime = source.readLong();
        double pValue = source.readDouble();
        double threshold = source.readDouble();
        long count = source.readLong();
        List<Cause> causes = CauseBytes.readAll(source);
        BreakShape shape = StateBytes.readConstant(SHAPES, source);
        String description = TextBytes.read(source);
        List<String> members = TextBytes.readAll(source);
        int memberCount = source.readInt();
        IncidentGroup group = new IncidentGroup(TextBytes.readNullable(source), members, memberCount);
        @Nullable String suppressed = TextBytes.readNullable(source);
        long modelVersion = source.readLong();
        Diagnosis diagnosis = new Diagnosis(causes, shape, description, hasFinding ? FindingBytes.read(source) : null);
        @Nullable String modelHash = hasFinding ? TextBytes.readNullable(source) : null;
        IncidentPeak peak = new IncidentPeak(peakScore, peakTime, pValue, threshold, modelVersion, modelHash);
        return new Incident(identity, state, severity, times, peak, count, diagnosis, group, suppressed);
    }
}
