package dev.noether.cli.infer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.noether.flink.source.field.NumberText;
import dev.noether.flink.source.registry.RegistrySchemas;
import dev.noether.schemas.MalformedRecordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** Makes flat records of the formats that a detector can read. Not thread safe. */
final class Flattener {
    private static final int HEADER_BYTES = 5;

    private final FormRecognition recognition;
    private final @Nullable RegistrySchemas schemas;

    /**
     * Makes a flattener.
     *
     * @param schemas schemas of a registry; null if there is none
     */
    Flattener(FormRecognition recognition, @Nullable RegistrySchemas schemas) {
        this.recognition = recognition;
        this.schemas = schemas;
    }

    /** Returns the fields of a record; null if the bytes are no record of the form. */
    @Nullable
    FlatRecord of(RecordForm form, byte[] bytes) {
        return switch (form) {
            case JSON -> json(bytes);
            case CONFLUENT_AVRO -> avro(bytes);
            case INFLUX -> influx(bytes);
            default -> null;
        };
    }

    private @Nullable FlatRecord json(byte[] bytes) {
        JsonNode tree = recognition.tree(bytes);
        if (tree == null) {
            return null;
        }
        return flat(tree);
    }

    /** Returns the fields of an object. */
    static FlatRecord flat(JsonNode tree) {
        FlatRecord flat = new FlatRecord();
        add("", tree, flat);
        return flat;
    }

    private static void add(String path, JsonNode node, FlatRecord flat) {
        if (node.isObject()) {
            for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
                Map.Entry<String, JsonNode> field = fields.next();
                add(FlatRecord.inner(path, field.getKey()), field.getValue(), flat);
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size() && FlatRecord.isRead(i); i++) {
                add(FlatRecord.inner(path, Integer.toString(i)), node.get(i), flat);
            }
        } else if (node.isIntegralNumber() && node.canConvertToLong()) {
            flat.put(path, node.longValue());
        } else if (node.isNumber()) {
            flat.put(path, node.doubleValue());
        } else if (node.isBoolean()) {
            flat.put(path, node.booleanValue());
        } else if (node.isTextual()) {
            flat.put(path, node.textValue());
        }
    }

    private @Nullable FlatRecord avro(byte[] bytes) {
        if (schemas == null) {
            return null;
        }
        try {
            Schema schema = schemas.get(ByteBuffer.wrap(bytes).getInt(1));
            Object record = new GenericDatumReader<>(schema)
                    .read(
                            null,
                            DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null));
            FlatRecord flat = new FlatRecord();
            addAvro("", record, flat);
            return flat;
        } catch (MalformedRecordException | IOException | RuntimeException e) {
            return null;
        }
    }

    private static void addAvro(String path, @Nullable Object value, FlatRecord flat) {
        if (value instanceof GenericRecord record) {
            for (Schema.Field field : record.getSchema().getFields()) {
                addAvro(FlatRecord.inner(path, field.name()), record.get(field.pos()), flat);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((name, inner) -> addAvro(FlatRecord.inner(path, String.valueOf(name)), inner, flat));
        } else if (value instanceof Integer || value instanceof Long) {
            flat.put(path, ((Number) value).longValue());
        } else if (value instanceof Number number) {
            flat.put(path, number.doubleValue());
        } else if (value instanceof Boolean flag) {
            flat.put(path, flag);
        } else if (value instanceof CharSequence text) {
            flat.put(path, text.toString());
        }
    }

    /** Reads a line that {@link FormRecognition} has recognised. Names with backslashes keep them. */
    private static FlatRecord influx(byte[] bytes) {
        return line(new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .findFirst()
                .orElse(""));
    }

    /** Returns the measurement, the tags, the fields and the time of a line. */
    static FlatRecord line(String line) {
        FlatRecord flat = new FlatRecord();
        String text = line.strip();
        int head = end(text, 0, ' ');
        int at = end(text, 0, ',');
        flat.put("measurement", text.substring(0, Math.min(at, head)));
        while (at < head) {
            int equals = end(text, at + 1, '=');
            int end = Math.min(end(text, equals + 1, ','), head);
            flat.put("tags." + text.substring(at + 1, equals), text.substring(equals + 1, end));
            at = end;
        }
        at = head;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        while (at < text.length()) {
            int equals = end(text, at, '=');
            int end = Math.min(end(text, equals + 1, ','), end(text, equals + 1, ' '));
            flat.put("fields." + text.substring(at, equals), value(text.substring(equals + 1, end)));
            if (end >= text.length() || text.charAt(end) == ' ') {
                String time = text.substring(Math.min(end, text.length())).strip();
                flat.put("time", time.isEmpty() ? null : NumberText.parseInteger(time, 0));
                break;
            }
            at = end + 1;
        }
        return flat;
    }

    private static Object value(String text) {
        if (text.startsWith("\"")) {
            return text.substring(1, text.length() - 1);
        }
        if (text.matches("[-+]?\\d+[iu]")) {
            return NumberText.parseInteger(text.substring(0, text.length() - 1), 0);
        }
        double number = NumberText.parse(text);
        return Double.isNaN(number) ? (Object) (text.startsWith("t") || text.startsWith("T")) : (Object) number;
    }

    /** The position of a letter that is neither in quotation marks nor behind a backslash; the length if there is none. */
    private static int end(String text, int from, char letter) {
        boolean isQuoted = false;
        for (int i = from; i < text.length(); i++) {
            char now = text.charAt(i);
            if (now == '\\') {
                i++;
            } else if (now == '"' && (isQuoted || i > 0 && text.charAt(i - 1) == '=')) {
                isQuoted = !isQuoted;
            } else if (now == letter && !isQuoted) {
                return i;
            }
        }
        return text.length();
    }
}
