package dev.noether.schemas;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Encoder;

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
        out.writeString(incident.detector());
        out.writeString(incident.id());
        out.writeString(incident.entity());
        out.writeEnum(incident.kind().ordinal());
        out.writeEnum(incident.state().ordinal());
        out.writeEnum(incident.severity().ordinal());
        out.writeLong(incident.start());
        out.writeLong(incident.end());
        out.writeLong(incident.time());
        writeNumber(incident.peakScore(), out);
        out.writeLong(incident.peakTime());
        writeNumber(incident.pValue(), out);
        writeNumber(incident.threshold(), out);
        out.writeLong(incident.count());
        writeCauses(incident.causes(), out);
        out.writeEnum(incident.shape().ordinal());
        out.writeString(incident.description());
        writeTexts(incident.members(), out);
        out.writeInt(incident.memberCount());
        writeText(incident.group(), out);
        writeText(incident.suppressed(), out);
        writeModelVersion(incident.modelVersion(), out);
    }

    @Override
    protected Incident read(BinaryDecoder in, int limit) throws IOException, MalformedRecordException {
        return new Incident(
                readString(in, limit),
                readString(in, limit),
                readString(in, limit),
                readEnum(in, KINDS),
                readEnum(in, STATES),
                readEnum(in, SEVERITIES),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                readNumber(in),
                in.readLong(),
                readNumber(in),
                readNumber(in),
                in.readLong(),
                readCauses(in, limit),
                readEnum(in, SHAPES),
                readString(in, limit),
                readTexts(in, limit),
                in.readInt(),
                readText(in, limit),
                readText(in, limit),
                readModelVersion(in));
    }

    private static void writeCauses(List<Cause> causes, Encoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(causes.size());
        for (Cause cause : causes) {
            out.startItem();
            out.writeString(cause.feature());
            out.writeFloat(cause.deviation());
            out.writeFloat(cause.observed());
            out.writeFloat(cause.expected());
            writeFraction(cause.usualLow(), out);
            writeFraction(cause.usualHigh(), out);
        }
        out.writeArrayEnd();
    }

    private List<Cause> readCauses(BinaryDecoder in, int limit) throws IOException, MalformedRecordException {
        List<Cause> causes = new ArrayList<>();
        for (long items = in.readArrayStart(); items != 0; items = in.arrayNext()) {
            int count = checkedCount(items, limit / (3 * Float.BYTES));
            for (int i = 0; i < count; i++) {
                causes.add(new Cause(
                        readString(in, limit),
                        in.readFloat(),
                        in.readFloat(),
                        in.readFloat(),
                        readFraction(in),
                        readFraction(in)));
            }
        }
        return List.copyOf(causes);
    }
}
