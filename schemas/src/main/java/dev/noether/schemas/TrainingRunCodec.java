package dev.noether.schemas;

import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Encoder;

/** The codec of {@link TrainingRun}. */
public final class TrainingRunCodec extends RecordCodec<TrainingRun> {
    private static final TrainingCause[] CAUSES = TrainingCause.values();
    private static final TrainingOutcome[] OUTCOMES = TrainingOutcome.values();

    public TrainingRunCodec() {
        super(SchemaStore.newest("TrainingRun"), SchemaStore.released());
    }

    @Override
    protected void write(TrainingRun run, Encoder out) throws IOException {
        out.writeString(run.detector());
        out.writeEnum(run.cause().ordinal());
        out.writeEnum(run.outcome().ordinal());
        out.writeLong(run.startedAt());
        writeLong(run.endedAt(), TrainingRun.NOT_ENDED, out);
        writeModelVersion(run.version(), out);
        out.writeString(run.runner());
        writeText(run.message(), out);
    }

    @Override
    protected TrainingRun read(BinaryDecoder in, int limit) throws IOException, MalformedRecordException {
        return new TrainingRun(
                readString(in, limit),
                readEnum(in, CAUSES),
                readEnum(in, OUTCOMES),
                in.readLong(),
                readLong(in, TrainingRun.NOT_ENDED),
                readModelVersion(in),
                readString(in, limit),
                readText(in, limit));
    }
}
