package dev.noether.incident.report;

import dev.noether.schemas.ScheduleDifference;
import dev.noether.schemas.ScheduleFinding;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes and reads jobs that did not come or do not end in Flink's state. */
public final class ScheduleFindingBytes {
    private static final ScheduleDifference[] KINDS = ScheduleDifference.values();

    private ScheduleFindingBytes() {}

    /** Writes a finding that may be null. */
    public static void write(@Nullable ScheduleFinding finding, DataOutput target) throws IOException {
        target.writeBoolean(finding != null);
        if (finding == null) {
            return;
        }
        TextBytes.write(finding.feature(), target);
        target.writeByte(finding.kind().ordinal());
        TextBytes.write(finding.clock(), target);
        target.writeLong(finding.start());
        target.writeLong(finding.shortestMillis());
        target.writeLong(finding.longestMillis());
    }

    /** Reads a finding that may be null. */
    public static @Nullable ScheduleFinding read(DataInput source) throws IOException {
        if (!source.readBoolean()) {
            return null;
        }
        return new ScheduleFinding(
                TextBytes.read(source),
                StateBytes.readConstant(KINDS, source),
                TextBytes.read(source),
                source.readLong(),
                source.readLong(),
                source.readLong());
    }
}
