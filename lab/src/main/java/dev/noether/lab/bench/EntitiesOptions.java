package dev.noether.lab.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The options of the benchmark of entities.
 *
 * @param entities numbers of entities, each a case of its own for each backend
 * @param backends where the states are
 * @param records number of observations of each round
 * @param rounds number of measured rounds of each case, after one warm-up round
 * @param features number of features of an observation
 * @param window length of a window in rows
 */
record EntitiesOptions(
        List<Integer> entities, List<Backend> backends, int records, int rounds, int features, int window) {
    private static final int MOST_ENTITIES = 10_000_000;
    private static final int MOST_ROWS = 1000;

    EntitiesOptions {
        entities = List.copyOf(entities);
        backends = List.copyOf(backends);
        entities.forEach(count -> require("--entities", count, MOST_ENTITIES));
        require("--records", records, Integer.MAX_VALUE);
        require("--rounds", rounds, MOST_ROWS);
        require("--features", features, MOST_ROWS);
        require("--window", window, MOST_ROWS);
    }

    /** Number of rows of each entity before the first round: one more than a window. */
    int rowsBefore() {
        return window + 1;
    }

    private static void require(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("`" + name + "` must be in [1, " + most + "] (got " + value + ")");
        }
    }

    /** Where the states of the entities are. */
    enum Backend {
        HEAP("hashmap"),
        ROCKSDB("rocksdb");

        private final String flinkName;

        Backend(String flinkName) {
            this.flinkName = flinkName;
        }

        /** Returns the value of Flink's option {@code state.backend.type}. */
        String flinkName() {
            return flinkName;
        }

        /** Returns the name in the command. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * Returns the backends of these names.
         *
         * @throws IllegalArgumentException if a name is unknown
         */
        static List<Backend> named(List<String> names) {
            return names.stream().map(Backend::named).distinct().toList();
        }

        private static Backend named(String name) {
            return Arrays.stream(values())
                    .filter(one -> one.label().equals(name.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("`--backend` must be one or several of "
                            + Arrays.stream(values()).map(Backend::label).collect(Collectors.joining(", ")) + " (got "
                            + name + ")"));
        }
    }
}
