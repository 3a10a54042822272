package dev.noether.incident.report;

import dev.noether.schemas.Cause;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads causes in Flink's state. */
public final class CauseBytes {
    private CauseBytes() {}

    /** Writes a cause. */
    public static void write(Cause cause, DataOutput target) throws IOException {
        TextBytes.write(cause.feature(), target);
        target.writeFloat(cause.deviation());
        target.writeFloat(cause.observed());
        target.writeFloat(cause.expected());
        target.writeFloat(cause.usualLow());
        target.writeFloat(cause.usualHigh());
    }

    /** Reads a cause. */
    public static Cause read(DataInput source) throws IOException {
        return new Cause(
                TextBytes.read(source),
                source.readFloat(),
                source.readFloat(),
                source.readFloat(),
                source.readFloat(),
                source.readFloat());
    }

    static void writeAll(List<Cause> causes, DataOutput target) throws IOException {
        target.writeInt(causes.size());
        for (Cause cause : causes) {
            write(cause, target);
        }
    }

    static List<Cause> readAll(DataInput source) throws IOException {
        int count = StateBytes.readCount("causes", source);
        List<Cause> causes = new ArrayList<>(StateBytes.room(count));
        for (int i = 0; i < count; i++) {
            causes.add(read(source));
        }
        return List.copyOf(causes);
    }
}
