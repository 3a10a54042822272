package dev.noether.schemas.output;

import dev.noether.schemas.Rejected;
import dev.noether.schemas.RejectionReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Rejected records as JSON. The original key and value are each in one of two properties: as text ({@code keyText},
 * {@code valueText}) if they are UTF-8 without control characters, otherwise as base64 ({@code key}, {@code value}).
 */
final class RejectedJson extends JsonCodec<Rejected> {
    /** Greatest size of a key, bytes: enough for the base64 of the longest one that is kept. */
    private static final int MAX_KEY_BYTES = 44_000;

    private static final RejectionReason[] REASONS = RejectionReason.values();

    private final int maxValueBytes;

    /** @param maxValueBytes greatest number of bytes that the original value takes; what is longer is cut off */
    RejectedJson(int maxValueBytes) {
        this.maxValueBytes = maxValueBytes;
    }

    @Override
    void write(Rejected rejected, JsonWriter out) throws IOException {
        out.text("topic", rejected.topic());
        out.integer("partition", rejected.partition());
        out.integer("offset", rejected.offset());
        out.time("timestamp", rejected.timestamp());
        out.constant("reason", rejected.reason());
        out.text("error", rejected.error());
        write("key", "keyText", rejected.key(), MAX_KEY_BYTES, out);
        write("value", "valueText", rejected.value(), maxValueBytes, out);
        out.integer("valueBytes", rejected.valueBytes());
    }

    private static void write(String name, String textName, byte @Nullable [] bytes, int limit, JsonWriter out)
            throws IOException {
        @Nullable String text = bytes == null || bytes.length > limit ? null : JsonText.of(bytes);
        if (text != null && JsonText.bytes(text) > limit) {
            text = null;
        }
        if (bytes == null || text != null) {
            out.text(name, null);
        } else {
            // Three bytes are four characters of base64.
            out.binary(name, bytes, Math.min(bytes.length, limit / 4 * 3));
        }
        out.text(textName, text);
    }

    @Override
    Rejected read(JsonReader in) throws IOException {
        Draft draft = new Draft();
        for (String name = in.next(); name != null; name = in.next()) {
            draft.take(name, in);
        }
        return draft.rejected();
    }

    /** The properties that were read so far. */
    @SuppressWarnings("NullAway") // the annotation of an array is not the one of its field
    private static final class Draft {
        private @Nullable String topic;
        private long partition = JsonReader.ABSENT;
        private long offset = JsonReader.ABSENT;
        private long timestamp = JsonReader.ABSENT;
        private @Nullable RejectionReason reason;
        private @Nullable String error;
        private byte @Nullable [] key;
        private byte @Nullable [] value;
        private long valueBytes = JsonReader.ABSENT;

        void take(String name, JsonReader in) throws IOException {
            switch (name) {
                case "topic" -> topic = in.text();
                case "partition" -> partition = in.integer();
                case "offset" -> offset = in.integer();
                case "timestamp" -> timestamp = in.time();
                case "reason" -> reason = in.constant(REASONS, RejectionReason.OTHER);
                case "error" -> error = in.text();
                case "key" -> key = either(key, in.binary());
                case "keyText" -> key = either(key, bytes(in.text()));
                case "value" -> value = either(value, in.binary());
                case "valueText" -> value = either(value, bytes(in.text()));
                case "valueBytes" -> valueBytes = in.integer();
                default -> in.skip();
            }
        }

        private static byte @Nullable [] either(byte @Nullable [] before, byte @Nullable [] now) {
            return now == null ? before : now;
        }

        private static byte @Nullable [] bytes(@Nullable String text) {
            return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
        }

        Rejected rejected() {
            return new Rejected(
                    JsonReader.present("topic", topic),
                    JsonReader.small("partition", partition),
                    JsonReader.present("offset", offset),
                    JsonReader.present("timestamp", timestamp),
                    JsonReader.present("reason", reason),
                    JsonReader.present("error", error),
                    key,
                    value,
                    JsonReader.present("valueBytes", valueBytes));
        }
    }
}
