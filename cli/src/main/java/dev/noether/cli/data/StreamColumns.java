package dev.noether.cli.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns of a stream file: {@code t}, the features, and optionally {@code label}. Immutable.
 *
 * @param features names of the features in the order of a row, at least one
 * @param hasLabel whether the last column is the label
 */
record StreamColumns(List<String> features, boolean hasLabel) {
    private static final String TIME = "t";
    private static final String LABEL = "label";
    private static final String RIGHT_HEADER = "a header like `t,cpu,memory` or `t,cpu,memory,label`";

    /**
     * Reads the names of the columns from a header.
     *
     * @param file file of the header, for messages
     * @param header first line of the file
     * @throws StreamDataException if the header is not valid
     */
    static StreamColumns parse(Path file, String header) {
        List<String> names =
                Arrays.stream(header.split(",", -1)).map(String::strip).toList();
        if (!names.get(0).equals(TIME)) {
            throw new StreamDataException(file + " line 1: the first column is `" + names.get(0)
                    + "`, expected `t`; a stream starts with " + RIGHT_HEADER);
        }
        boolean hasLabel = names.get(names.size() - 1).equals(LABEL);
        List<String> features = names.subList(1, hasLabel ? names.size() - 1 : names.size());
        if (features.isEmpty()) {
            throw new StreamDataException(file + " line 1: no features in `" + header + "`, expected " + RIGHT_HEADER);
        }
        Set<String> seen = new HashSet<>();
        for (String feature : features) {
            if (feature.isEmpty() || feature.equals(TIME) || feature.equals(LABEL) || !seen.add(feature)) {
                throw new StreamDataException(file + " line 1: a feature is named `" + feature
                        + "`, expected names that are unique and not empty, `t` or `label`");
            }
        }
        return new StreamColumns(List.copyOf(features), hasLabel);
    }

    /** The number of values in a line. */
    int count() {
        return 1 + features.size() + (hasLabel ? 1 : 0);
    }
}
