package dev.noether.incident.report;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes and reads texts in Flink's state: the number of UTF-8 bytes, then the bytes. */
public final class TextBytes {
    private TextBytes() {}

    /** Writes a text of any length; {@code writeUTF} would refuse long ones. */
    public static void write(String text, DataOutput target) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        target.writeInt(bytes.length);
        target.write(bytes);
    }

    /** Reads a text. */
    public static String read(DataInput source) throws IOException {
        return new String(StateBytes.read(source), StandardCharsets.UTF_8);
    }

    /** Writes a text that may be null. */
    public static void writeNullable(@Nullable String text, DataOutput target) throws IOException {
        target.writeBoolean(text != null);
        if (text != null) {
            write(text, target);
        }
    }

    /** Reads a text that may be null. */
    public static @Nullable String readNullable(DataInput source) throws IOException {
        return source.readBoolean() ? read(source) : null;
    }

    /** Writes texts in their order. */
    public static void writeAll(Collection<String> texts, DataOutput target) throws IOException {
        target.writeInt(texts.size());
        for (String text : texts) {
            write(text, target);
        }
    }

    /** Reads texts. */
    public static List<String> readAll(DataInput source) throws IOException {
        int count = StateBytes.readCount("texts", source);
        List<String> texts = new ArrayList<>(StateBytes.room(count));
        for (int i = 0; i < count; i++) {
            texts.add(read(source));
        }
        return List.copyOf(texts);
    }
}
