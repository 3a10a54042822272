package dev.noether.schemas;

import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Encoder;

/** The codec of {@link TrainingRequest}. */
public final class TrainingRequestCodec extends RecordCodec<TrainingRequest> {
    public TrainingRequestCodec() {
        super(SchemaStore.newest("TrainingRequest"), SchemaStore.released());
    }

    @Override
    protected void write(TrainingRequest request, Encoder out) throws IOException {
        out.writeString(request.detector());
        out.writeLong(request.requestedAt());
        out.writeString(request.requestedBy());
        writeLong(request.from(), Long.MIN_VALUE, out);
        writeLong(request.to(), Long.MAX_VALUE, out);
    }

    @Override
    protected TrainingRequest read(BinaryDecoder in, int limit) throws IOException, MalformedRecordException {
        return new TrainingRequest(
                readString(in, limit),
                in.readLong(),
                readString(in, limit),
                readLong(in, Long.MIN_VALUE),
                readLong(in, Long.MAX_VALUE));
    }
}
