package dev.noether.schemas;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Encoder;

/** The codec of {@link Observation}. */
public final class ObservationCodec extends RecordCodec<Observation> {
    private static final int POSITIONAL = 0;
    private static final int NAMED = 1;

    public ObservationCodec() {
        super(SchemaStore.newest("Observation"), SchemaStore.released());
    }

    @Override
    protected void write(Observation observation, Encoder out) throws IOException {
        out.writeString(observation.entity());
        out.writeLong(observation.eventTime());
        if (observation.features() instanceof Features.Positional positional) {
            out.writeIndex(POSITIONAL);
            out.writeLong(positional.schemaFingerprint());
            float[] values = positional.values();
            out.writeArrayStart();
            out.setItemCount(values.length);
            for (float value : values) {
                out.startItem();
                out.writeFloat(value);
            }
            out.writeArrayEnd();
        } else if (observation.features() instanceof Features.Named named) {
            out.writeIndex(NAMED);
            out.writeMapStart();
            out.setItemCount(named.values().size());
            for (Map.Entry<String, Float> feature : named.values().entrySet()) {
                out.startItem();
                out.writeString(feature.getKey());
                out.writeFloat(feature.getValue());
            }
            out.writeMapEnd();
        }
    }

    @Override
    protected Observation read(BinaryDecoder in, int limit) throws IOException, MalformedRecordException {
        String entity = readString(in, limit);
        long eventTime = in.readLong();
        Features features = readBranch(in, 2) == POSITIONAL ? readPositional(in, limit) : readNamed(in, limit);
        return new Observation(entity, eventTime, features);
    }

    private static Features readPositional(BinaryDecoder in, int limit) throws IOException, MalformedRecordException {
        long fingerprint = in.readLong();
        float[] values = new float[0];
        int filled = 0;
        for (long items = in.readArrayStart(); items != 0; items = in.arrayNext()) {
            int count = checkedCount(items, limit / Float.BYTES);
            if (filled + count > values.length) {
                // Usually there is one block, and the size is exact. Doubling avoids one copy for each of many small
                // blocks.
                values = Arrays.copyOf(values, Math.max(filled + count, 2 * filled));
            }
            for (int i = 0; i < count; i++) {
                values[filled++] = in.readFloat();
            }
        }
        values = filled == values.length ? values : Arrays.copyOf(values, filled);
        return new Features.Positional(fingerprint, values);
    }

    private Features readNamed(BinaryDecoder in, int limit) throws IOException, MalformedRecordException {
        Map<String, Float> values = new HashMap<>();
        for (long items = in.readMapStart(); items != 0; items = in.mapNext()) {
            int count = checkedCount(items, limit / Float.BYTES);
            for (int i = 0; i < count; i++) {
                values.put(readString(in, limit), in.readFloat());
            }
        }
        return new Features.Named(values);
    }
}
