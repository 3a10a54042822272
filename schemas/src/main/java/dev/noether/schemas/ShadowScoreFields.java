package dev.noether.schemas;

import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** Writes the field of a {@link ShadowScore}, which may be null, and reads it. Not thread safe. */
final class ShadowScoreFields {
    private static final Verdict[] VERDICTS = Verdict.values();

    private final RepeatedText hash = new RepeatedText();

    void write(@Nullable ShadowScore shadow, Encoder out) throws IOException {
        if (shadow == null) {
            out.writeIndex(0);
            return;
        }
        out.writeIndex(1);
        out.writeLong(shadow.modelVersion());
        hash.writeValue(shadow.modelHash(), out);
        out.writeEnum(shadow.verdict().ordinal());
        RecordFields.writeNumber(shadow.pValue(), out);
    }

    @Nullable
    ShadowScore read(BinaryDecoder in, int limit, ShapeFindingFields.TextReader texts)
            throws IOException, MalformedRecordException {
        if (RecordFields.readBranch(in, 2) == 0) {
            return null;
        }
        return new ShadowScore(
                in.readLong(), texts.read(in, limit), RecordFields.readEnum(in, VERDICTS), RecordFields.readNumber(in));
    }
}
