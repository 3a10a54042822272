package dev.noether.flink.config;

import java.util.ArrayList;
import java.util.List;

/** Collects problems, so that they are reported at once: the first ones and the number of all. Not thread safe. */
final class ProblemList {
    private static final int MAX_LINES = 50;

    private final List<String> lines = new ArrayList<>();
    private int count;

    void add(String problem) {
        count++;
        if (!isFull()) {
            lines.add(problem);
        }
    }

    void add(String key, String problem) {
        add("`" + key + "` " + problem);
    }

    /** Whether further problems are only counted. */
    boolean isFull() {
        return lines.size() == MAX_LINES;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    int size() {
        return count;
    }

    void throwIfAny(String source) {
        if (!lines.isEmpty()) {
            if (count > lines.size()) {
                lines.add("and " + (count - lines.size()) + " further problems");
            }
            throw new ConfigurationException(source, lines);
        }
    }
}
