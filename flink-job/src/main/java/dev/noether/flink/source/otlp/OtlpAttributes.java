package dev.noether.flink.source.otlp;

import static dev.noether.flink.source.otlp.ProtoInput.BYTES;
import static dev.noether.flink.source.otlp.ProtoInput.FIXED64;
import static dev.noether.flink.source.otlp.ProtoInput.VARINT;
import static dev.noether.flink.source.otlp.ProtoInput.tag;

import dev.noether.flink.source.field.FieldValues;
import dev.noether.flink.source.field.TextCache;
import dev.noether.schemas.MalformedRecordException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads attributes: each one becomes a label of the series, and the wanted ones are set. Lists and maps are neither.
 * Not thread safe.
 */
final class OtlpAttributes {
    private static final int KEY = tag(1, BYTES);
    private static final int VALUE = tag(2, BYTES);
    private static final int TEXT = tag(1, BYTES);
    private static final int FLAG = tag(2, VARINT);
    private static final int INTEGER = tag(3, VARINT);
    private static final int DECIMAL = tag(4, FIXED64);
    private static final int[] NO_SLOTS = new int[0];

    private final Map<String, int[]> slots = new HashMap<>();
    private final TextCache texts;

    /**
     * Makes a reader.
     *
     * @param names {@code [slots]}, name of each wanted attribute
     */
    OtlpAttributes(List<String> names, TextCache texts) {
        this.texts = texts;
        for (int slot = 0; slot < names.size(); slot++) {
            int[] known = slots.getOrDefault(names.get(slot), NO_SLOTS);
            int[] more = Arrays.copyOf(known, known.length + 1);
            more[known.length] = slot;
            slots.put(names.get(slot), more);
        }
    }

    /** Reads the attribute that the current field is. */
    void read(ProtoInput in, FieldValues labels) throws MalformedRecordException {
        int outer = in.enter();
        String key = "";
        int value = -1;
        while (in.next()) {
            if (in.tag() == KEY) {
                key = text(in);
            } else if (in.tag() == VALUE) {
                value = in.position();
                in.skip();
            } else {
                in.skip();
            }
        }
        if (value >= 0) {
            in.goTo(value);
            readValue(in, key, labels);
        }
        in.leave(outer);
    }

    private void readValue(ProtoInput in, String key, FieldValues labels) throws MalformedRecordException {
        int[] wanted = slots.getOrDefault(key, NO_SLOTS);
        int outer = in.enter();
        while (in.next()) {
            int tag = in.tag();
            if (tag == TEXT) {
                String text = text(in);
                labels.set(wanted, text);
                labels.addLabel(key, text);
            } else if (tag == FLAG) {
                boolean flag = in.readVarint() != 0;
                labels.set(wanted, flag);
                labels.addLabel(key, flag ? "true" : "false");
            } else if (tag == INTEGER) {
                long integer = in.readVarint();
                labels.set(wanted, integer);
                labels.addLabel(key, Long.toString(integer));
            } else if (tag == DECIMAL) {
                double number = in.readDouble();
                labels.set(wanted, number);
                labels.addLabel(key, Double.toString(number));
            } else {
                in.skip();
                labels.setOther(wanted, "a list or a map");
            }
        }
        in.leave(outer);
    }

    String text(ProtoInput in) throws MalformedRecordException {
        int length = in.readLength();
        int from = in.advance(length);
        return texts.get(in.bytes(), from, length);
    }
}
