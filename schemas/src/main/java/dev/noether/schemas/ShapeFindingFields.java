package dev.noether.schemas;

import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** Writes the field of a {@link ShapeFinding}, which may be null, and reads it. */
final class ShapeFindingFields {
    private static final ShapeDifference[] KINDS = ShapeDifference.values();

    /** Reads a text with a bound of its length. */
    @FunctionalInterface
    interface TextReader {
        String read(BinaryDecoder in, int limit) throws IOException, MalformedRecordException;
    }

    private ShapeFindingFields() {}

    static void write(@Nullable ShapeFinding finding, Encoder out) throws IOException {
        if (finding == null) {
            out.writeIndex(0);
            return;
        }
        out.writeIndex(1);
        out.writeString(finding.feature());
        out.writeEnum(finding.kind().ordinal());
        out.writeFloat(finding.deviations());
        out.writeFloat(finding.error());
        out.writeInt(finding.periodRows());
        out.writeInt(finding.windowRows());
        out.writeInt(finding.brokenFrom());
        out.writeInt(finding.brokenTo());
    }

    static @Nullable ShapeFinding read(BinaryDecoder in, int limit, TextReader texts)
            throws IOException, MalformedRecordException {
        if (RecordFields.readBranch(in, 2) == 0) {
            return null;
        }
        return new ShapeFinding(
                texts.read(in, limit),
                RecordFields.readEnum(in, KINDS),
                in.readFloat(),
                in.readFloat(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt());
    }
}
