package dev.noether.incident.tracker;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes reports, and what they are made of, as plain numbers and UTF-8 texts, for state. */
final class ReportBytes {
    private static final IncidentKind[] KINDS = IncidentKind.values();
    private static final IncidentState[] STATES = IncidentState.values();
    private static final Severity[] SEVERITIES = Severity.values();
    private static final BreakShape[] SHAPES = BreakShape.values();

    private ReportBytes() {}

    static void write(IncidentReport report, DataOutput target) throws IOException {
        writeText(report.id(), target);
        writeText(report.entity(), target);
        target.writeByte(report.kind().ordinal());
        target.writeByte(report.state().ordinal());
        target.writeByte(report.severity().ordinal());
        target.writeLong(report.start());
        target.writeLong(report.end());
        target.writeLong(report.time());
        target.writeDouble(report.peakScore());
        target.writeLong(report.peakTime());
        target.writeDouble(report.pValue());
        target.writeDouble(report.threshold());
        target.writeLong(report.count());
        target.writeInt(report.leading().size());
        for (LeadingFeature feature : report.leading()) {
            writeLeading(feature, target);
        }
        target.writeByte(report.shape().ordinal());
        writeText(report.description(), target);
        writeTexts(report.members(), target);
        target.writeInt(report.memberCount());
        writeNullable(report.group(), target);
        writeNullable(report.suppressed(), target);
        target.writeLong(report.modelVersion());
    }

    static IncidentReport read(DataInput source) throws IOException {
        return new IncidentReport(
                readText(source),
                readText(source),
                KINDS[source.readByte()],
                STATES[source.readByte()],
                SEVERITIES[source.readByte()],
                source.readLong(),
                source.readLong(),
                source.readLong(),
                source.readDouble(),
                source.readLong(),
                source.readDouble(),
                source.readDouble(),
                source.readLong(),
                readAllLeading(source),
                SHAPES[source.readByte()],
                readText(source),
                readTexts(source),
                source.readInt(),
                readNullable(source),
                readNullable(source),
                source.readLong());
    }

    static void writeLeading(LeadingFeature feature, DataOutput target) throws IOException {
        writeText(feature.feature(), target);
        target.writeFloat(feature.deviation());
        target.writeFloat(feature.observed());
        target.writeFloat(feature.expected());
        target.writeFloat(feature.usualLow());
        target.writeFloat(feature.usualHigh());
    }

    static LeadingFeature readLeading(DataInput source) throws IOException {
        return new LeadingFeature(
                readText(source),
                source.readFloat(),
                source.readFloat(),
                source.readFloat(),
                source.readFloat(),
                source.readFloat());
    }

    private static List<LeadingFeature> readAllLeading(DataInput source) throws IOException {
        int count = source.readInt();
        List<LeadingFeature> features = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            features.add(readLeading(source));
        }
        return List.copyOf(features);
    }

    /** Not {@code writeUTF}, which refuses long texts. */
    static void writeText(String text, DataOutput target) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        target.writeInt(bytes.length);
        target.write(bytes);
    }

    static String readText(DataInput source) throws IOException {
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static void writeNullable(@Nullable String text, DataOutput target) throws IOException {
        target.writeBoolean(text != null);
        if (text != null) {
            writeText(text, target);
        }
    }

    static @Nullable String readNullable(DataInput source) throws IOException {
        return source.readBoolean() ? readText(source) : null;
    }

    static void writeTexts(Iterable<String> texts, DataOutput target) throws IOException {
        List<String> all = new ArrayList<>();
        texts.forEach(all::add);
        target.writeInt(all.size());
        for (String text : all) {
            writeText(text, target);
        }
    }

    static List<String> readTexts(DataInput source) throws IOException {
        int count = source.readInt();
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(readText(source));
        }
        return List.copyOf(texts);
    }
}
