package dev.noether.incident.report;

import dev.noether.schemas.ShapeDifference;
import dev.noether.schemas.ShapeFinding;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes and reads findings of the shape view in Flink's state. */
public final class FindingBytes {
    private static final ShapeDifference[] KINDS = ShapeDifference.values();

    private FindingBytes() {}

    /** Writes a finding that may be null. */
    public static void write(@Nullable ShapeFinding finding, DataOutput target) throws IOException {
        target.writeBoolean(finding != null);
        if (finding == null) {
            return;
        }
        TextBytes.write(finding.feature(), target);
        target.writeByte(finding.kind().ordinal());
        target.writeFloat(finding.deviations());
        target.writeFloat(finding.error());
        target.writeInt(finding.periodRows());
        target.writeInt(finding.windowRows());
        target.writeInt(finding.brokenFrom());
        target.writeInt(finding.brokenTo());
    }

    /** Reads a finding that may be null. */
    public static @Nullable ShapeFinding read(DataInput source) throws IOException {
        if (!source.readBoolean()) {
            return null;
        }
        return new ShapeFinding(
                TextBytes.read(source),
                StateBytes.readConstant(KINDS, source),
                source.readFloat(),
                source.readFloat(),
                source.readInt(),
                source.readInt(),
                source.readInt(),
                source.readInt());
    }
}
