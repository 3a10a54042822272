package dev.noether.cli.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The columns of a stream file: the time, the features, and optionally the label. Immutable.
 *
 * @param names names of all columns
 * @param time position of the time
 * @param label position of the label; -1 without labels
 * @param features names of the features in the order of a row, at least one
 */
record StreamColumns(List<String> names, int time, int label, List<String> features) {
    private static final Set<String> TIMES =
            Set.of("t", "time", "timestamp", "date", "datetime", "ts", "@timestamp", "time_stamp");
    private static final Set<String> LABELS = Set.of("label", "is_anomaly", "anomaly");
    private static final String RIGHT_HEADER =
            "a header like `t,cpu,memory` or `timestamp,cpu,memory,label`; the time is named t, time, timestamp, date,"
                    + " datetime or ts, the label label, anomaly or is_anomaly";

    /**
     * Reads the names of the columns from a header.
     *
     * @param place file and line of the header, for messages
     * @param header cells of the header
     * @throws StreamDataException if the header is not valid
     */
    static StreamColumns of(String place, List<String> header) {
        List<String> names = List.copyOf(header);
        int time = time(place, names);
        int label = label(place, names, time);
        List<String> features = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (i != time && i != label) {
                String feature = names.get(i);
                if (feature.isEmpty() || feature.equals("t") || !seen.add(feature)) {
                    throw new StreamDataException(place + ": a feature is named `" + shortened(feature)
                            + "`, expected names that are unique and not empty or `t`");
                }
                features.add(feature);
            }
        }
        if (features.isEmpty()) {
            throw new StreamDataException(
                    place + ": no features in `" + shortened(names) + "`, expected " + RIGHT_HEADER);
        }
        return new StreamColumns(names, time, label, List.copyOf(features));
    }

    /** Whether a header could be that of a stream file. */
    static boolean hasTime(List<String> header) {
        return header.size() > 1 && header.stream().anyMatch(name -> TIMES.contains(lower(name)));
    }

    /** Whether the rows have labels. */
    boolean hasLabel() {
        return label >= 0;
    }

    /** The first column if its name is one of a time, otherwise the only one with such a name. */
    private static int time(String place, List<String> names) {
        List<Integer> found = positions(names, TIMES);
        if (found.isEmpty()) {
            throw new StreamDataException(place + ": no time in `" + shortened(names) + "`, expected " + RIGHT_HEADER);
        }
        if (found.size() > 1 && found.get(0) > 0) {
            throw new StreamDataException(place + ": the columns `" + names.get(found.get(0)) + "` and `"
                    + names.get(found.get(1)) + "` could both be the time, expected one of them, or the time first");
        }
        return found.get(0);
    }

    private static int label(String place, List<String> names, int time) {
        List<Integer> found = positions(names, LABELS);
        found.remove(Integer.valueOf(time));
        if (found.size() > 1) {
            throw new StreamDataException(place + ": the columns `" + names.get(found.get(0)) + "` and `"
                    + names.get(found.get(1)) + "` could both be the label, expected one of them");
        }
        return found.isEmpty() ? -1 : found.get(0);
    }

    private static List<Integer> positions(List<String> names, Set<String> wanted) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (wanted.contains(lower(names.get(i)))) {
                found.add(i);
            }
        }
        return found;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String shortened(List<String> names) {
        return shortened(String.join(",", names));
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
