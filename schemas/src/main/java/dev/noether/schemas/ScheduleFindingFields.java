package dev.noether.schemas;

import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** Writes the field of a {@link ScheduleFinding}, which may be null, and reads it. */
final class ScheduleFindingFields {
    private static final ScheduleDifference[] KINDS = ScheduleDifference.values();

    private ScheduleFindingFields() {}

    static void write(@Nullable ScheduleFinding finding, Encoder out) throws IOException {
        if (finding == null) {
            out.writeIndex(0);
            return;
        }
        out.writeIndex(1);
        out.writeString(finding.feature());
        out.writeEnum(finding.kind().ordinal());
        out.writeString(finding.clock());
        out.writeLong(finding.start());
        out.writeLong(finding.shortestMillis());
        out.writeLong(finding.longestMillis());
    }

    static @Nullable ScheduleFinding read(BinaryDecoder in, int limit, ShapeFindingFields.TextReader texts)
            throws IOException, MalformedRecordException {
        if (RecordFields.readBranch(in, 2) == 0) {
            return null;
        }
        return new ScheduleFinding(
                texts.read(in, limit),
                RecordFields.readEnum(in, KINDS),
                texts.read(in, limit),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }
}
