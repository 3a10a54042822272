package dev.noether.schemas;

import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** The codec of {@link Feedback}. */
public final class FeedbackCodec extends RecordCodec<Feedback> {
    private static final FeedbackVerdict[] VERDICTS = FeedbackVerdict.values();
    private static final IncidentKind[] KINDS = IncidentKind.values();
    private static final BreakShape[] SHAPES = BreakShape.values();

    public FeedbackCodec() {
        super(SchemaStore.newest("Feedback"), SchemaStore.released());
    }

    @Override
    protected void write(Feedback feedback, Encoder out) throws IOException {
        out.writeString(feedback.incident());
        out.writeEnum(feedback.verdict().ordinal());
        out.writeLong(feedback.time());
        writeText(feedback.author(), out);
        writeText(feedback.comment(), out);
        writeLong(feedback.effectiveFrom(), Feedback.FROM_ITS_TIME, out);
        JudgedIncident judged = feedback.judged();
        out.writeIndex(judged == null ? 0 : 1);
        if (judged != null) {
            write(judged, out);
        }
    }

    private static void write(JudgedIncident judged, Encoder out) throws IOException {
        out.writeString(judged.identity().detector());
        out.writeString(judged.identity().id());
        out.writeString(judged.entity());
        out.writeEnum(judged.kind().ordinal());
        out.writeLong(judged.start());
        out.writeLong(judged.end());
        writeNumber(judged.peakScore(), out);
        writeNumber(judged.threshold(), out);
        writeNumber(judged.pValue(), out);
        CauseFields.write(judged.diagnosis().causes(), out);
        out.writeEnum(judged.diagnosis().shape().ordinal());
        out.writeString(judged.diagnosis().description());
        ShapeFindingFields.write(judged.diagnosis().shapeFinding(), out);
    }

    @Override
    protected Feedback read(BinaryDecoder in, int limit) throws IOException, MalformedRecordException {
        String incident = readString(in, limit);
        FeedbackVerdict verdict = readEnum(in, VERDICTS);
        long time = in.readLong();
        @Nullable String author = readText(in, limit);
        @Nullable String comment = readText(in, limit);
        long effectiveFrom = readLong(in, Feedback.FROM_ITS_TIME);
        @Nullable JudgedIncident judged = readBranch(in, 2) == 0 ? null : readJudged(in, limit);
        return new Feedback(incident, verdict, time, author, comment, effectiveFrom, judged);
    }

    private JudgedIncident readJudged(BinaryDecoder in, int limit) throws IOException, MalformedRecordException {
        IncidentIdentity identity = new IncidentIdentity(
                readString(in, limit), readString(in, limit), readString(in, limit), readEnum(in, KINDS));
        long start = in.readLong();
        long end = in.readLong();
        double peakScore = readNumber(in);
        double threshold = readNumber(in);
        double pValue = readNumber(in);
        Diagnosis diagnosis = new Diagnosis(
                CauseFields.read(in, limit, this::readString),
                readEnum(in, SHAPES),
                readString(in, limit),
                ShapeFindingFields.read(in, limit, this::readString));
        return new JudgedIncident(identity, start, end, peakScore, threshold, pValue, diagnosis);
    }
}
