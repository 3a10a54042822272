package dev.noether.incident.silence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The features that one entity lacks now, or lacked in its last {@value #STEADY_ROWS} rows, and the incident about them.
 * Exists only while there is such a feature. It takes 12 bytes, and 31 and the name
 * for each feature. Not thread safe.
 */
public final class AbsentFeatures {
    /** A feature with values in so many consecutive rows is forgotten here. */
    static final int STEADY_ROWS = 1000;

    /** The start of no incident. */
    static final long NONE = Long.MIN_VALUE;

    private final List<Absence> features = new ArrayList<>();

    /** Event time of the oldest last value of the features that the open incident is about. */
    long start = NONE;

    /** Reason why the incident must not alert anybody. */
    @Nullable
    String suppressed;

    private int next;

    /** One feature. */
    static final class Absence {
        final String feature;
        /** Event time of its newest value; of the entity's first row before its first value. */
        long newestValue;

        /** The longest time between two values that was no incident, milliseconds. */
        long longestGap;

        /** The number of its values, at most {@link FeatureSilences#KNOWN_VALUES}. */
        int values;

        int rowsWithValue;
        int rowsWithout;
        boolean isTold;
        boolean isLacking;

        Absence(String feature, long newestValue, int values) {
            this.feature = feature;
            this.newestValue = newestValue;
            this.values = values;
        }

        void addValue(long time) {
            if (!isTold && values > 0) {
                longestGap = Math.max(longestGap, time - newestValue);
            }
            isTold = false;
            newestValue = Math.max(newestValue, time);
            values = Math.min(values + 1, FeatureSilences.KNOWN_VALUES);
            rowsWithout = 0;
            rowsWithValue++;
        }

        private Absence copy() {
            Absence copy = new Absence(feature, newestValue, values);
            copy.longestGap = longestGap;
            copy.rowsWithValue = rowsWithValue;
            copy.rowsWithout = rowsWithout;
            copy.isTold = isTold;
            return copy;
        }
    }

    /** Whether an incident is open. */
    public boolean isOpen() {
        return start != NONE;
    }

    List<Absence> features() {
        return features;
    }

    /**
     * Marks what a row lacks. The names come in the same order with each row, so each search begins behind the feature
     * found before.
     *
     * @param newestValue event time of the newest value of a feature that was not lacking before
     * @param values number of values of such a feature
     */
    void mark(List<String> lacking, long newestValue, int values) {
        for (int i = 0; i < features.size(); i++) {
            features.get(i).isLacking = false;
        }
        next = 0;
        for (int i = 0; i < lacking.size(); i++) {
            find(lacking.get(i), newestValue, values).isLacking = true;
        }
    }

    private Absence find(String feature, long newestValue, int values) {
        int count = features.size();
        for (int i = 0; i < count; i++) {
            int place = (next + i) % count;
            if (features.get(place).feature.equals(feature)) {
                next = place + 1;
                return features.get(place);
            }
        }
        Absence added = new Absence(feature, newestValue, values);
        features.add(added);
        next = 0;
        return added;
    }

    /** Forgets the features that are steady again; returns whether none is left. */
    boolean forgetSteady() {
        if (!isOpen()) {
            features.removeIf(absence -> absence.rowsWithValue >= STEADY_ROWS);
        }
        return features.isEmpty();
    }

    /** Sets back the times that are later, because they were wrong. */
    public void setBackTo(long time) {
        start = Math.min(start, time);
        for (Absence absence : features) {
            absence.newestValue = Math.min(absence.newestValue, time);
        }
    }

    /** Returns an independent copy. */
    public AbsentFeatures copy() {
        AbsentFeatures copy = new AbsentFeatures();
        features.forEach(absence -> copy.features.add(absence.copy()));
        copy.start = start;
        copy.suppressed = suppressed;
        return copy;
    }

    /** Writes the state. */
    public void write(DataOutput target) throws IOException {
        target.writeLong(start);
        target.writeUTF(suppressed == null ? "" : suppressed);
        target.writeShort(features.size());
        for (Absence absence : features) {
            target.writeUTF(absence.feature);
            target.writeLong(absence.newestValue);
            target.writeLong(absence.longestGap);
            target.writeInt(absence.values);
            target.writeInt(absence.rowsWithValue);
            target.writeInt(absence.rowsWithout);
            target.writeBoolean(absence.isTold);
        }
    }

    /** Reads the state that {@link #write} wrote. */
    public static AbsentFeatures read(DataInput source) throws IOException {
        AbsentFeatures absent = new AbsentFeatures();
        absent.start = source.readLong();
        String suppressed = source.readUTF();
        absent.suppressed = suppressed.isEmpty() ? null : suppressed;
        int count = source.readUnsignedShort();
        for (int i = 0; i < count; i++) {
            Absence absence = new Absence(source.readUTF(), source.readLong(), 0);
            absence.longestGap = source.readLong();
            absence.values = source.readInt();
            absence.rowsWithValue = source.readInt();
            absence.rowsWithout = source.readInt();
            absence.isTold = source.readBoolean();
            absent.features.add(absence);
        }
        return absent;
    }
}
