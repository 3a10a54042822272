package dev.noether.schemas;

import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Encoder;

/** The codec of {@link Feedback}, for programs that write feedback; no part of this version uses it. */
public final class FeedbackCodec extends RecordCodec<Feedback> {
    private static final FeedbackVerdict[] VERDICTS = FeedbackVerdict.values();

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
    }

    @Override
    protected Feedback read(BinaryDecoder in, int limit) throws IOException, MalformedRecordException {
        return new Feedback(
                readString(in, limit), readEnum(in, VERDICTS), in.readLong(), readText(in, limit), readText(in, limit));
    }
}
