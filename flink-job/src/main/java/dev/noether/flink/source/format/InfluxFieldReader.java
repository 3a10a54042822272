package dev.noether.flink.source.format;

import dev.noether.flink.mapping.TimeForm;
import dev.noether.flink.source.field.FieldReader;
import dev.noether.flink.source.field.FieldValues;
import dev.noether.flink.source.field.NumberText;
import dev.noether.flink.source.field.RowReceiver;
import dev.noether.flink.source.field.TextCache;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RejectionReason;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads lines of InfluxDB's line protocol, {@code cpu,host=a usage=12.5,procs=3i 1790000000000000000}. Empty lines and
 * comments beside them are allowed. Paths are {@code tags.NAME}, {@code fields.NAME}, {@code NAME} for a tag or field of
 * this name, {@code measurement} and {@code time}, which is in nanoseconds. {@code MEASUREMENT.NAME} is a field of this
 * measurement alone. The tags are the labels of a series. Not thread safe.
 */
public final class InfluxFieldReader implements FieldReader {
    private static final int[] NO_SLOTS = new int[0];
    private static final String TAGS = "tags.";
    private static final String FIELDS = "fields.";
    /** The letters that end a name; a backslash makes them part of it. */
    private static final String AFTER_KEY = "=, ";

    private static final String AFTER_VALUE = ", ";

    /** Slots by name of a tag and of a field. */
    private final Map<String, int[]> tags = new HashMap<>();

    private final Map<String, int[]> fields = new HashMap<>();
    /** Slots by the name of a field, in measurements that a path names. */
    private final Map<String, Map<String, int[]>> fieldsOf = new HashMap<>();

    private final int[] measurement;
    private final int[] time;
    private final TextCache texts = new TextCache();

    private byte[] bytes = new byte[0];
    private byte[] unescaped = new byte[64];
    private final char[] letters = new char[64];
    private Map<String, int[]> wanted = fields;
    private int at;
    private int end;
    private int next;

    /**
     * Makes a reader.
     *
     * @param paths {@code [slots]}, path of each field
     */
    public InfluxFieldReader(List<String> paths) {
        for (int slot = 0; slot < paths.size(); slot++) {
            String path = paths.get(slot);
            if (path.startsWith(TAGS)) {
                add(tags, path.substring(TAGS.length()), slot);
            } else if (path.startsWith(FIELDS)) {
                add(fields, path.substring(FIELDS.length()), slot);
                addOfMeasurement(path.substring(FIELDS.length()), slot);
            } else {
                add(tags, path, slot);
                add(fields, path, slot);
                addOfMeasurement(path, slot);
            }
        }
        fieldsOf.values()
                .forEach(own -> fields.forEach((name, slots) -> {
                    for (int slot : slots) {
                        add(own, name, slot);
                    }
                }));
        measurement = slots(tags, "measurement");
        time = slots(tags, "time");
    }

    /** Each dot may be the one between the names of a measurement and of its field. */
    private void addOfMeasurement(String path, int slot) {
        for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
            add(
                    fieldsOf.computeIfAbsent(path.substring(0, dot), name -> new HashMap<>()),
                    path.substring(dot + 1),
                    slot);
        }
    }

    private static void add(Map<String, int[]> byName, String name, int slot) {
        int[] slots = slots(byName, name);
        int[] longer = Arrays.copyOf(slots, slots.length + 1);
        longer[slots.length] = slot;
        byName.put(name, longer);
    }

    private static int[] slots(Map<String, int[]> byName, String name) {
        return byName.getOrDefault(name, NO_SLOTS);
    }

    @Override
    public void read(byte[] record, FieldValues values) throws MalformedRecordException {
        start(record);
        if (!findLine()) {
            throw malformed("the record has no line");
        }
        int from = at;
        int to = end;
        if (findLine()) {
            throw malformed("the record has several lines, expected one");
        }
        at = from;
        end = to;
        readLine(values);
    }

    @Override
    public void readRows(byte[] record, FieldValues values, RowReceiver rows) throws MalformedRecordException {
        start(record);
        if (!findLine()) {
            throw malformed("the record has no line");
        }
        do {
            values.clear();
            readLine(values);
            rows.row();
        } while (findLine());
    }

    private void start(byte[] record) {
        bytes = record;
        next = 0;
    }

    private void readLine(FieldValues values) throws MalformedRecordException {
        String name = name(AFTER_VALUE);
        values.set(measurement, name);
        values.addLabel("measurement", name);
        wanted = fieldsOf.getOrDefault(name, fields);
        if (name.isEmpty()) {
            throw malformed("the line begins without a measurement");
        }
        while (at < end && bytes[at] == ',') {
            at++;
            String tag = name(AFTER_KEY);
            expect('=', "the tag " + shown(tag));
            String value = name(AFTER_VALUE);
            values.set(slots(tags, tag), value);
            values.addLabel(tag, value);
        }
        skipSpaces();
        readField(values);
        while (at < end && bytes[at] == ',') {
            at++;
            readField(values);
        }
        if (at < end && !isSpace(bytes[at])) {
            throw malformed("a field is followed by " + shown("" + (char) bytes[at]) + ", expected a comma or a space");
        }
        readTime(values);
    }

    /** Finds the next line that is neither empty nor a comment. */
    private boolean findLine() {
        while (next < bytes.length) {
            int stop = lineEnd(next);
            int first = next;
            next = stop + 1;
            while (first < stop && isSpace(bytes[first])) {
                first++;
            }
            if (first < stop && bytes[first] != '#') {
                at = first;
                end = stop;
                while (isSpace(bytes[end - 1])) {
                    end--;
                }
                return true;
            }
        }
        return false;
    }

    /** A line ends with a line break that is not in the text of a field. */
    private int lineEnd(int start) {
        boolean isQuoted = false;
        boolean isComment = false;
        for (int i = start; i < bytes.length; i++) {
            byte letter = bytes[i];
            if (letter == '\n' && (!isQuoted || isComment)) {
                return i;
            }
            if (letter == '#' && i == start) {
                isComment = true;
            }
            if (letter == '\\' && i + 1 < bytes.length && bytes[i + 1] != '\n') {
                i++;
            } else if (letter == '"' && (isQuoted || i > start && bytes[i - 1] == '=')) {
                isQuoted = !isQuoted;
            }
        }
        return bytes.length;
    }

    private void readField(FieldValues values) throws MalformedRecordException {
        String field = name(AFTER_KEY);
        if (field.isEmpty()) {
            throw malformed("there is no field where one is expected");
        }
        expect('=', "the field " + shown(field));
        int[] slots = slots(wanted, field);
        if (at < end && bytes[at] == '"') {
            values.set(slots, quoted(field));
            return;
        }
        int from = at;
        while (at < end && bytes[at] != ',' && !isSpace(bytes[at])) {
            at++;
        }
        if (at == from) {
            throw malformed("the field " + shown(field) + " has no value");
        }
        if (slots.length > 0) {
            double number = number(from, at);
            if (Double.isNaN(number)) {
                set(slots, field, texts.get(bytes, from, at - from), values);
            } else {
                values.set(slots, number);
            }
        } else if (!isValueStart(bytes[from])) {
            throw malformed("the value of the field " + shown(field) + " is no number, flag or quoted text");
        }
    }

    /** Returns the number that some bytes say; NaN if they say none. */
    private double number(int from, int to) {
        if (to - from > letters.length) {
            return Double.NaN;
        }
        for (int i = from; i < to; i++) {
            letters[i - from] = (char) (bytes[i] & 0xFF);
        }
        return NumberText.parse(letters, 0, to - from);
    }

    private static boolean isValueStart(byte letter) {
        return letter >= '0' && letter <= '9' || "+-.tTfFnN".indexOf(letter) >= 0;
    }

    private static void set(int[] slots, String field, String text, FieldValues values)
            throws MalformedRecordException {
        switch (text) {
            case "t", "T", "true", "True", "TRUE" -> values.set(slots, true);
            case "f", "F", "false", "False", "FALSE" -> values.set(slots, false);
            default -> {
                char last = text.charAt(text.length() - 1);
                if (last == 'i' || last == 'u') {
                    String digits = text.substring(0, text.length() - 1);
                    long integer = NumberText.parseInteger(digits, Long.MIN_VALUE);
                    if (integer != Long.MIN_VALUE) {
                        values.set(slots, integer);
                        return;
                    }
                    setNumber(slots, field, NumberText.parse(digits), text, values);
                } else {
                    setNumber(slots, field, NumberText.parse(text), text, values);
                }
            }
        }
    }

    private static void setNumber(int[] slots, String field, double number, String text, FieldValues values)
            throws MalformedRecordException {
        if (Double.isNaN(number) && !text.equalsIgnoreCase("nan")) {
            throw malformed("the value of the field " + shown(field) + " is no number, flag or quoted text");
        }
        values.set(slots, number);
    }

    private void readTime(FieldValues values) throws MalformedRecordException {
        skipSpaces();
        if (at >= end) {
            return;
        }
        String text = texts.get(bytes, at, end - at);
        long nanos = NumberText.parseInteger(text, Long.MIN_VALUE);
        if (nanos == Long.MIN_VALUE) {
            double number = NumberText.parse(text);
            if (Double.isNaN(number) || number != Math.rint(number)) {
                throw malformed("the time behind the fields is " + shown(text) + ", expected an integer");
            }
            nanos = (long) number;
        }
        values.setTime(time, nanos, TimeForm.NANOSECONDS);
    }

    /** Reads a name up to one of some letters that has no backslash before it. */
    private String name(String stops) {
        int length = 0;
        int from = at;
        boolean isEscaped = false;
        while (at < end && !isOneOf(bytes[at], stops)) {
            if (bytes[at] == '\\' && at + 1 < end && isOneOf(bytes[at + 1], AFTER_KEY)) {
                isEscaped = true;
                at++;
            }
            length = put(length, bytes[at++]);
        }
        return isEscaped ? texts.get(unescaped, 0, length) : texts.get(bytes, from, at - from);
    }

    private String quoted(String field) throws MalformedRecordException {
        int length = 0;
        at++;
        while (at < end && bytes[at] != '"') {
            if (bytes[at] == '\\' && at + 1 < end && isOneOf(bytes[at + 1], "\"\\")) {
                at++;
            }
            length = put(length, bytes[at++]);
        }
        if (at >= end) {
            throw malformed("the text of the field " + shown(field) + " has no end");
        }
        at++;
        return texts.get(unescaped, 0, length);
    }

    private int put(int length, byte letter) {
        if (length == unescaped.length) {
            unescaped = Arrays.copyOf(unescaped, 2 * length);
        }
        unescaped[length] = letter;
        return length + 1;
    }

    private void expect(char letter, String after) throws MalformedRecordException {
        if (at >= end || bytes[at] != letter) {
            throw malformed("after " + after + " there is no " + letter);
        }
        at++;
    }

    private void skipSpaces() {
        while (at < end && isSpace(bytes[at])) {
            at++;
        }
    }

    private static boolean isOneOf(byte letter, String letters) {
        return letters.indexOf(letter) >= 0;
    }

    private static boolean isSpace(byte letter) {
        return letter == ' ' || letter == '\t' || letter == '\r';
    }

    private static String shown(String name) {
        return FieldValues.quoted(name);
    }

    private static MalformedRecordException malformed(String problem) {
        return new MalformedRecordException(RejectionReason.MALFORMED, "the record is no line protocol: " + problem);
    }
}
