package dev.noether.flink.config;

import java.util.ArrayList;
import java.util.List;

/** Collects problems, so that all of them are reported at once. Not thread safe. */
final class ProblemList {
    private final List<String> lines = new ArrayList<>();

    void add(String problem) {
        lines.add(problem);
    }

    void add(String key, String problem) {
        lines.add("`" + key + "` " + problem);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    int size() {
        return lines.size();
    }

    void throwIfAny(String source) {
        if (!lines.isEmpty()) {
            throw new ConfigurationException(source, lines);
        }
    }
}
