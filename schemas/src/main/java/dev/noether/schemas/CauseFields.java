package dev.noether.schemas;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Encoder;

/** Writes a list of {@link Cause}s and reads it. */
final class CauseFields {
    private CauseFields() {}

    static void write(List<Cause> causes, Encoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(causes.size());
        for (Cause cause : causes) {
            out.startItem();
            out.writeString(cause.feature());
            out.writeFloat(cause.deviation());
            out.writeFloat(cause.observed());
            out.writeFloat(cause.expected());
            RecordFields.writeSingle(cause.usualLow(), out);
            RecordFields.writeSingle(cause.usualHigh(), out);
        }
        out.writeArrayEnd();
    }

    static List<Cause> read(BinaryDecoder in, int limit, ShapeFindingFields.TextReader texts)
            throws IOException, MalformedRecordException {
        List<Cause> causes = new ArrayList<>();
        for (long items = in.readArrayStart(); items != 0; items = in.arrayNext()) {
            int count = RecordFields.checkedCount(items, limit / (3 * Float.BYTES));
            for (int i = 0; i < count; i++) {
                causes.add(new Cause(
                        texts.read(in, limit),
                        in.readFloat(),
                        in.readFloat(),
                        in.readFloat(),
                        RecordFields.readSingle(in),
                        RecordFields.readSingle(in)));
            }
        }
        return List.copyOf(causes);
    }
}
