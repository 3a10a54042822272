package dev.noether.flink.source.format;

import dev.noether.flink.mapping.TimeForm;
import dev.noether.flink.source.field.FieldValues;
import dev.noether.flink.source.field.PathTree;
import dev.noether.flink.source.field.TextCache;
import dev.noether.schemas.MalformedRecordException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Turns a schema and the wanted paths into steps, once; the steps then read record after record. What no path leads to
 * is skipped. A union counts as the value that it holds. One instance compiles one schema.
 */
final class AvroCompiler {
    private static final int[] NO_SLOTS = new int[0];

    private final TextCache texts;
    /** Steps that skip records, so that a record that holds itself ends. */
    private final Map<Schema, Skip> skips = new IdentityHashMap<>();

    AvroCompiler(TextCache texts) {
        this.texts = texts;
    }

    /** A step that skips a record, whose steps are known later. */
    private static final class Skip {
        private AvroStep[] steps = new AvroStep[0];
    }

    /**
     * Compiles a schema.
     *
     * @param node paths below the value; null if no path leads here
     */
    AvroStep compile(Schema schema, @Nullable PathTree node) {
        int[] slots = node == null ? NO_SLOTS : node.slots();
        return switch (schema.getType()) {
            case RECORD -> node == null ? skipRecord(schema) : record(schema, node);
            case UNION -> union(schema.getTypes(), node);
            case ARRAY -> list(schema.getElementType(), node, slots);
            case MAP -> map(schema.getValueType(), node, slots);
            case STRING -> text(slots);
            case BYTES -> decimal(schema, slots, AvroInput::readLength);
            case FIXED -> decimal(schema, slots, in -> schema.getFixedSize());
            case ENUM -> symbol(schema.getEnumSymbols().toArray(new String[0]), slots);
            case INT, LONG -> integer(schema, slots);
            case FLOAT -> (in, out) -> out.set(slots, (double) in.readFloat());
            case DOUBLE -> (in, out) -> out.set(slots, in.readDouble());
            case BOOLEAN -> (in, out) -> out.set(slots, in.readFlag());
            case NULL -> (in, out) -> out.setAbsent(slots);
        };
    }

    private AvroStep record(Schema schema, PathTree node) {
        int[] slots = node.slots();
        AvroStep[] steps = schema.getFields().stream()
                .map(field -> compile(field.schema(), node.child(field.name())))
                .toArray(AvroStep[]::new);
        return (in, out) -> {
            out.setOther(slots, "a record");
            in.enter();
            for (AvroStep step : steps) {
                step.run(in, out);
            }
            in.leave();
        };
    }

    private AvroStep skipRecord(Schema schema) {
        Skip known = skips.get(schema);
        Skip skip = known == null ? new Skip() : known;
        if (known == null) {
            skips.put(schema, skip);
            skip.steps = schema.getFields().stream()
                    .map(field -> compile(field.schema(), null))
                    .toArray(AvroStep[]::new);
        }
        return (in, out) -> {
            in.enter();
            for (AvroStep step : skip.steps) {
                step.run(in, out);
            }
            in.leave();
        };
    }

    private AvroStep union(List<Schema> types, @Nullable PathTree node) {
        AvroStep[] branches = types.stream().map(type -> compile(type, node)).toArray(AvroStep[]::new);
        return (in, out) -> branches[in.readIndex(branches.length)].run(in, out);
    }

    private AvroStep list(Schema item, @Nullable PathTree node, int[] slots) {
        AvroStep skip = compile(item, null);
        Map<Integer, AvroStep> wanted = new HashMap<>();
        if (node != null) {
            node.children().forEach((name, child) -> {
                if (name.length() < 10 && name.chars().allMatch(Character::isDigit) && !name.isEmpty()) {
                    wanted.put(Integer.parseInt(name), compile(item, child));
                }
            });
        }
        return (in, out) -> {
            out.setOther(slots, "a list");
            int index = 0;
            for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
                for (int i = 0; i < count; i++) {
                    (wanted.isEmpty() ? skip : wanted.getOrDefault(index, skip)).run(in, out);
                    index++;
                }
            }
        };
    }

    private AvroStep map(Schema value, @Nullable PathTree node, int[] slots) {
        AvroStep skip = compile(value, null);
        Map<String, AvroStep> wanted = new HashMap<>();
        if (node != null) {
            node.children().forEach((name, child) -> wanted.put(name, compile(value, child)));
        }
        boolean isOfTexts = value.getType() == Schema.Type.STRING;
        return (in, out) -> {
            out.setOther(slots, "a map");
            boolean areLabels = isOfTexts && out.areLabels(slots);
            for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
                for (int i = 0; i < count; i++) {
                    int length = in.readLength();
                    int from = in.advance(length);
                    if (areLabels) {
                        addLabel(texts.get(in.bytes(), from, length), in, out);
                    }
                    AvroStep step = wanted.isEmpty() ? null : wanted.get(texts.get(in.bytes(), from, length));
                    (step == null ? skip : step).run(in, out);
                }
            }
        };
    }

    /** Adds the text that comes next as a label, and stays before it. */
    private void addLabel(String name, AvroInput in, FieldValues out) throws MalformedRecordException {
        int start = in.position();
        int length = in.readLength();
        int from = in.advance(length);
        out.addLabel(name, texts.get(in.bytes(), from, length));
        in.goTo(start);
    }

    private AvroStep text(int[] slots) {
        return (in, out) -> {
            int length = in.readLength();
            int from = in.advance(length);
            if (slots.length > 0) {
                out.set(slots, texts.get(in.bytes(), from, length));
            }
        };
    }

    private static AvroStep symbol(String[] symbols, int[] slots) {
        return (in, out) -> {
            String symbol = symbols[in.readIndex(symbols.length)];
            out.set(slots, symbol);
        };
    }

    private static AvroStep integer(Schema schema, int[] slots) {
        TimeForm form = unit(schema);
        return form == TimeForm.AUTO
                ? (in, out) -> out.set(slots, in.readLong())
                : (in, out) -> out.setTime(slots, in.readLong(), form);
    }

    private static TimeForm unit(Schema schema) {
        String name =
                schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
        return switch (name) {
            case "timestamp-millis", "local-timestamp-millis" -> TimeForm.MILLISECONDS;
            case "timestamp-micros", "local-timestamp-micros" -> TimeForm.MICROSECONDS;
            case "timestamp-nanos", "local-timestamp-nanos" -> TimeForm.NANOSECONDS;
            default -> TimeForm.AUTO;
        };
    }

    /** The number of bytes of a value. */
    private interface Length {
        int of(AvroInput in) throws MalformedRecordException;
    }

    private static AvroStep decimal(Schema schema, int[] slots, Length length) {
        if (slots.length == 0 || !(schema.getLogicalType() instanceof LogicalTypes.Decimal decimal)) {
            return (in, out) -> {
                in.advance(length.of(in));
                out.setOther(slots, "bytes");
            };
        }
        int scale = decimal.getScale();
        return (in, out) -> {
            int count = length.of(in);
            int from = in.advance(count);
            if (count == 0) {
                out.setOther(slots, "a decimal without bytes");
            } else {
                BigInteger unscaled = new BigInteger(Arrays.copyOfRange(in.bytes(), from, from + count));
                out.set(slots, new BigDecimal(unscaled, scale).doubleValue());
            }
        };
    }
}
