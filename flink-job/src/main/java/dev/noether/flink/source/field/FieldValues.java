package dev.noether.flink.source.field;

import dev.noether.flink.mapping.TimeForm;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The values of the wanted fields of one record, by slot. A reader fills it; it is cleared and used again for the next
 * record. Numbers are kept as they were written, 64-bit integers too, so that differences can be taken before a value
 * becomes a float. Not thread safe.
 */
public final class FieldValues {
    private static final int LONGEST_SHOWN = 60;

    private final Kind[] kinds;
    private final long[] integers;
    private final double[] decimals;
    private final @Nullable String[] texts;
    private final TimeForm[] forms;
    private final boolean[] labels;
    private @Nullable Map<String, String> remembered;
    private long series;

    /** What a field is. */
    public enum Kind {
        /** There is no such field, or it is null. */
        ABSENT,
        /** A 64-bit integer. */
        INTEGER,
        /** A number with a fraction. */
        DECIMAL,
        /** A text. */
        TEXT,
        /** True or false, kept as the integer 1 or 0. */
        FLAG,
        /** Something else, such as a list; the text says what. */
        OTHER
    }

    /** Makes room for the values of some fields. */
    public FieldValues(int slots) {
        kinds = new Kind[slots];
        integers = new long[slots];
        decimals = new double[slots];
        texts = new String[slots];
        forms = new TimeForm[slots];
        labels = new boolean[slots];
        clear();
    }

    /** Forgets all values. */
    public void clear() {
        Arrays.fill(kinds, Kind.ABSENT);
        Arrays.fill(forms, TimeForm.AUTO);
        series = SeriesHash.NONE;
        if (remembered != null) {
            remembered.clear();
        }
    }

    /** Returns room for the values of the same fields. */
    public FieldValues sibling() {
        FieldValues sibling = new FieldValues(kinds.length);
        System.arraycopy(labels, 0, sibling.labels, 0, labels.length);
        return sibling;
    }

    /** Takes over the values of others, which have the same slots. */
    public void copyFrom(FieldValues others) {
        System.arraycopy(others.kinds, 0, kinds, 0, kinds.length);
        System.arraycopy(others.integers, 0, integers, 0, integers.length);
        System.arraycopy(others.decimals, 0, decimals, 0, decimals.length);
        System.arraycopy(others.texts, 0, texts, 0, texts.length);
        System.arraycopy(others.forms, 0, forms, 0, forms.length);
        series = others.series;
        if (remembered != null && others.remembered != null) {
            remembered.clear();
            remembered.putAll(others.remembered);
        }
    }

    /** Keeps the labels of the series from now on, for {@link #rememberedLabels}. */
    public void rememberLabels() {
        remembered = new TreeMap<>();
    }

    /** Returns the labels of the series, if they are kept; otherwise none. Not a copy. */
    public Map<String, String> rememberedLabels() {
        return remembered == null ? Map.of() : remembered;
    }

    /** Says that a field, or all fields in it, are labels of the series. */
    public void markLabels(int slot) {
        labels[slot] = true;
    }

    /** Whether the fields in a field are labels of the series. */
    public boolean areLabels(int[] slots) {
        for (int slot : slots) {
            if (labels[slot]) {
                return true;
            }
        }
        return false;
    }

    /** Adds a label of the series, in a format that says which fields are labels. */
    public void addLabel(String name, String value) {
        series += SeriesHash.of(name, value);
        if (remembered != null) {
            remembered.put(name, value);
        }
    }

    /** Returns the hash of the labels of the series, see {@link SeriesHash}. */
    public long series() {
        return series;
    }

    /** Sets an integer. */
    public void set(int[] slots, long value) {
        for (int slot : slots) {
            kinds[slot] = Kind.INTEGER;
            integers[slot] = value;
        }
    }

    /** Sets a time of which the format says the unit. */
    public void setTime(int[] slots, long value, TimeForm form) {
        set(slots, value);
        for (int slot : slots) {
            forms[slot] = form;
        }
    }

    /** Sets a number with a fraction. */
    public void set(int[] slots, double value) {
        for (int slot : slots) {
            kinds[slot] = Kind.DECIMAL;
            decimals[slot] = value;
        }
    }

    /** Sets a text. */
    public void set(int[] slots, String value) {
        for (int slot : slots) {
            kinds[slot] = Kind.TEXT;
            texts[slot] = value;
        }
    }

    /** Sets true or false. */
    public void set(int[] slots, boolean value) {
        for (int slot : slots) {
            kinds[slot] = Kind.FLAG;
            integers[slot] = value ? 1 : 0;
        }
    }

    /** Forgets the value of a field that is null. */
    public void setAbsent(int[] slots) {
        for (int slot : slots) {
            kinds[slot] = Kind.ABSENT;
        }
    }

    /**
     * Sets a field that can be no number and no name.
     *
     * @param what what it is, such as "a list"
     */
    public void setOther(int[] slots, String what) {
        for (int slot : slots) {
            kinds[slot] = Kind.OTHER;
            texts[slot] = what;
        }
    }

    /** Returns what a field is. */
    public Kind kind(int slot) {
        return kinds[slot];
    }

    /** Whether a field has a value. */
    public boolean isPresent(int slot) {
        return kinds[slot] != Kind.ABSENT;
    }

    /** Returns the value of an integer or a flag. */
    public long integer(int slot) {
        return integers[slot];
    }

    /** Returns the unit of a time, if the format says it; otherwise {@link TimeForm#AUTO}. */
    public TimeForm form(int slot) {
        return forms[slot];
    }

    /** Returns the number that a field is or that its text says; NaN if there is none. */
    public double number(int slot) {
        return switch (kinds[slot]) {
            case INTEGER, FLAG -> integers[slot];
            case DECIMAL -> decimals[slot];
            case TEXT -> NumberText.parse(text(slot));
            default -> Double.NaN;
        };
    }

    /** Returns the name that a field is: a text, a number or a flag; null if it is none of them. */
    public @Nullable String name(int slot) {
        return switch (kinds[slot]) {
            case TEXT -> texts[slot];
            case INTEGER -> Long.toString(integers[slot]);
            case FLAG -> integers[slot] == 1 ? "true" : "false";
            case DECIMAL ->
                decimals[slot] == Math.rint(decimals[slot]) && Math.abs(decimals[slot]) < 1L << 53
                        ? Long.toString((long) decimals[slot])
                        : Double.toString(decimals[slot]);
            default -> null;
        };
    }

    /** Returns the text of a text or of something else. */
    public String text(int slot) {
        String text = texts[slot];
        return text == null ? "" : text;
    }

    /** Returns a field as a message shows it. */
    public String shown(int slot) {
        return switch (kinds[slot]) {
            case ABSENT -> "nothing";
            case OTHER -> text(slot);
            case TEXT -> quoted(text(slot));
            default -> String.valueOf(name(slot));
        };
    }

    /** Returns a text of a record as a message shows it: its beginning, in one line and in quotation marks. */
    public static String quoted(String text) {
        String start = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
        return '"' + start.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ") + '"';
    }
}
