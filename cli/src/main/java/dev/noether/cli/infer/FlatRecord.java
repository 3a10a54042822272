package dev.noether.cli.infer;

import dev.noether.flink.source.field.NumberText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a record by path: texts, {@link Long}, {@link Double} and {@link Boolean}. A dot separates the names of
 * nested fields, a number is a position in a list. Not thread safe.
 */
final class FlatRecord {
    private static final int MAX_FIELDS = 2_000;
    private static final int MAX_LIST = 16;

    private final Map<String, Object> fields = new LinkedHashMap<>();

    /** Adds a field. Beyond {@value #MAX_FIELDS} fields the rest is left out. */
    void put(String path, @Nullable Object value) {
        if (value != null && fields.size() < MAX_FIELDS) {
            fields.put(path, value);
        }
    }

    /** Whether a position of a list is read. */
    static boolean isRead(int position) {
        return position < MAX_LIST;
    }

    /** Returns the path of a field in another one. */
    static String inner(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Returns the value of a field; null if there is none. */
    @Nullable
    Object get(String path) {
        return fields.get(path);
    }

    /** The fields. */
    Map<String, Object> fields() {
        return fields;
    }

    /** Returns a value as a number: a number, a flag, or a text that says a number; NaN if it is none. */
    static double number(@Nullable Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        return value instanceof String text ? NumberText.parse(text) : Double.NaN;
    }
}
