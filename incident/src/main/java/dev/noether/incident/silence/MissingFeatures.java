package dev.noether.incident.silence;

import dev.noether.incident.report.IncidentId;
import dev.noether.incident.report.UnscoredIncident;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.IncidentTimes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * Detects features that no entity reports any more. Each subtask reports which features its entities lack; when all
 * subtasks with observations lack a feature, one incident opens for the whole detector, of kind STALL. Not thread safe.
 */
public final class MissingFeatures {
    private final String detector;
    private final Consumer<Incident> out;
    private final Map<String, Missing> features = new TreeMap<>();

    /** A feature that at least one subtask lacks, or whose incident is open. */
    private static final class Missing {
        private final BitSet subtasks = new BitSet();
        private boolean isOpen;
        private long start = Long.MIN_VALUE;
    }

    /**
     * Makes a detector of missing features.
     *
     * @param detector the detector's name
     * @param out receiver of the reports
     */
    public MissingFeatures(String detector, Consumer<Incident> out) {
        this.detector = detector;
        this.out = out;
    }

    /** Returns the number of features with an open incident. */
    public long open() {
        return features.values().stream().filter(missing -> missing.isOpen).count();
    }

    /**
     * Adds the report of a subtask.
     *
     * @param subtask index of the subtask
     * @param subtasks number of subtasks
     * @param isIdle whether a subtask has no observations
     * @param feature name of the feature
     * @param isMissing whether the entities of the subtask lack it
     * @param time event time of its newest value, milliseconds; of its first new value if it is not missing
     */
    public void accept(int subtask, int subtasks, IntPredicate isIdle, String feature, boolean isMissing, long time) {
        Missing missing = features.computeIfAbsent(feature, name -> new Missing());
        missing.subtasks.set(subtask, isMissing);
        if (isMissing && !missing.isOpen) {
            missing.start = Math.max(missing.start, time);
            if (isMissingEverywhere(missing, subtasks, isIdle)) {
                missing.isOpen = true;
                report(
                        feature,
                        IncidentState.OPENED,
                        missing.start,
                        missing.start,
                        SilenceSentences.missing(feature, missing.start));
            }
        } else if (!isMissing && missing.isOpen) {
            missing.isOpen = false;
            long end = Math.max(missing.start, time);
            report(
                    feature,
                    IncidentState.RESOLVED,
                    missing.start,
                    end,
                    SilenceSentences.featureReturned(feature, end - missing.start));
        }
        if (!missing.isOpen && missing.subtasks.isEmpty()) {
            features.remove(feature);
        }
    }

    private static boolean isMissingEverywhere(Missing missing, int subtasks, IntPredicate isIdle) {
        for (int i = 0; i < subtasks; i++) {
            if (!missing.subtasks.get(i) && !isIdle.test(i)) {
                return false;
            }
        }
        return true;
    }

    private void report(String feature, IncidentState state, long start, long end, String description) {
        out.accept(UnscoredIncident.report(
                IncidentId.ofFeature(detector, IncidentKind.STALL, feature, start),
                state,
                new IncidentTimes(start, end, end),
                description,
                null));
    }

    /** Writes the open incidents, without the reports of the subtasks: they come again after a restart. */
    public void write(DataOutput target) throws IOException {
        target.writeInt((int) open());
        for (Map.Entry<String, Missing> entry : features.entrySet()) {
            if (entry.getValue().isOpen) {
                target.writeUTF(entry.getKey());
                target.writeLong(entry.getValue().start);
            }
        }
    }

    /** Reads the state that {@link #write} wrote. */
    public void read(DataInput source) throws IOException {
        int count = source.readInt();
        for (int i = 0; i < count; i++) {
            Missing missing = new Missing();
            String feature = source.readUTF();
            missing.isOpen = true;
            missing.start = source.readLong();
            features.put(feature, missing);
        }
    }
}
