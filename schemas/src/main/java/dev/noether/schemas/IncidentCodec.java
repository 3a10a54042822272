package dev.noether.schemas;

import java.io.IOException;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** The codec of {@link Incident}. */
public final class IncidentCodec extends RecordCodec<Incident> {
    private static final IncidentKind[] KINDS = IncidentKind.values();
    private static final IncidentState[] STATES = IncidentState.values();
    private static final Severity[] SEVERITIES = Severity.values();
    private static final BreakShape[] SHAPES = BreakShape.values();

    public IncidentCodec() {
        super(SchemaStore.newest("Incident"), SchemaStore.released());
    }

    @Override
    protected void write(Incident incident, Encoder out) throws IOException {
        out.writeString(incident.identity().detector());
        out.writeString(incident.id());
        out.writeString(incident.entity());
        out.writeEnum(incident.kind().ordinal());
        out.writeEnum(incident.state().ordinal());
        out.writeEnum(incident.severity().ordinal());
        out.writeLong(incident.start());
        out.writeLong(incident.end());
        out.writeLong(incident.time());
        IncidentPeak peak = incident.peak();
        writeNumber(peak.score(), out);
        out.writeLong(peak.time());
        writeNumber(peak.pValue(), out);
        writeNumber(peak.threshold(), out);
        out.writeLong(incident.count());
        CauseFields.write(incident.diagnosis().causes(), out);
        out.writeEnum(incident.diagnosis().shape().ordinal());
        out.writeString(incident.description());
        writeTexts(incident.group().members(), out);
        out.writeInt(incident.group().memberCount());
        writeText(incident.group().id(), out);
        writeText(incident.suppressed(), out);
        writeModelVersion(peak.modelVersion(), out);
        ShapeFindingFields.write(incident.diagnosis().shapeFinding(), out);
        writeText(peak.modelHash(), out);
    }

    @Override
    protected Incident read(BinaryDecoder in, int limit) throws IOException, MalformedRecordException {
        String detector = readString(in, limit);
        String id = readString(in, limit);
        String entity = readString(in, limit);
        IncidentIdentity identity = new IncidentIdentity(detector, id, entity, readEnum(in, KINDS));
        IncidentState state = readEnum(in, STATES);
        Severity severity = readEnum(in, SEVERITIES);
        IncidentTimes times = new IncidentTimes(in.readLong(), in.readLong(), in.readLong());
        double peakScore = readNumber(in);
        long peakTime = in.readLong();
        double pValue = readNumber(in);
        double threshold = readNumber(in);
        long count = in.readLong();
        List<Cause> causes = CauseFields.read(in, limit, this::readString);
        BreakShape shape = readEnum(in, SHAPES);
        String description = readString(in, limit);
        List<String> members = readTexts(in, limit);
        int memberCount = in.readInt();
        IncidentGroup group = new IncidentGroup(readText(in, limit), members, memberCount);
        @Nullable String suppressed = readText(in, limit);
        long modelVersion = readModelVersion(in);
        @Nullable ShapeFinding finding = ShapeFindingFields.read(in, limit, this::readString);
        IncidentPeak peak = new IncidentPeak(peakScore, peakTime, pValue, threshold, modelVersion, readText(in, limit));
        Diagnosis diagnosis = new Diagnosis(causes, shape, description, finding);
        return new Incident(identity, state, severity, times, peak, count, diagnosis, group, suppressed);
    }
}
