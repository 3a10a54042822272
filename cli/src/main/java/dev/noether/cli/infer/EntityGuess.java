package dev.noether.cli.infer;

import dev.noether.flink.config.SourceOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which fields name the entity: the fewest with which an entity has one record at each time.
 *
 * @param paths paths of the fields, or {@link SourceOptions#KEY}; empty if nothing names it
 * @param entities number of entities in the sample
 * @param reason why, in a few words
 */
record EntityGuess(List<String> paths, int entities, String reason) {
    private static final List<String> NAMES = List.of(
            "host",
            "hostname",
            "host_name",
            "instance",
            "node",
            "server",
            "device",
            "device_id",
            "machine",
            "pod",
            "container",
            "service",
            "entity",
            "sensor",
            "sensor_id",
            "asset",
            "unit",
            "station",
            "id",
            "name");

    private static final int MOST_CANDIDATES = 8;
    private static final int MOST_FIELDS = 3;
    private static final double REPEATED = 0.02;
    private static final double ROWS_OF_AN_ENTITY = 1.5;

    /**
     * Guesses from a sample.
     *
     * @param times {@code [rows]}, time of each row
     */
    static EntityGuess of(SampleTable table, TimeGuess time, long[] times) {
        List<String> candidates = candidates(table, time);
        EntityGuess onlyOne = null;
        for (int size = 1; size <= MOST_FIELDS; size++) {
            for (List<String> paths : choices(candidates, size)) {
                int entities = entities(paths, table, times);
                // If entities report at different times, a field with one value has one record at each time too.
                if (entities > 1 && (onlyOne == null || isName(paths))) {
                    return new EntityGuess(
                            paths, entities, "each of " + entities + " values has one record at each time");
                }
                if (entities == 1 && onlyOne == null) {
                    String fields = String.join(" and ", paths);
                    onlyOne =
                            new EntityGuess(paths, 1, fields + " has one value, and there is one record at each time");
                }
            }
            if (onlyOne != null) {
                return onlyOne;
            }
        }
        return new EntityGuess(List.of(), 0, "no field, and no three of them, has one record at each time");
    }

    private static boolean isName(List<String> paths) {
        return paths.stream().allMatch(path -> path.equals(SourceOptions.KEY) || rank(path) < NAMES.size());
    }

    /** Fields that may be part of a name: likely names first, then the key, then fields with few values. */
    private static List<String> candidates(SampleTable table, TimeGuess time) {
        List<Column> columns = table.columns().values().stream()
                .filter(table::isEverywhere)
                .filter(column -> !column.path().equals(time.path()))
                .filter(column -> column.isText() && !column.isNumeric() || rank(column) < NAMES.size())
                .filter(column -> !column.isNumeric() || column.isInteger())
                .filter(column -> column.distinct() <= Math.max(1, table.size() / ROWS_OF_AN_ENTITY))
                .sorted(Comparator.comparingInt((Column column) -> rank(column)).thenComparingInt(Column::distinct))
                .toList();
        List<String> paths = new ArrayList<>();
        boolean hasKeys = true;
        for (int i = 0; i < table.size(); i++) {
            hasKeys &= table.key(i) != null;
        }
        for (Column column : columns) {
            if (hasKeys && !paths.contains(SourceOptions.KEY) && rank(column) >= NAMES.size()) {
                paths.add(SourceOptions.KEY);
            }
            paths.add(column.path());
        }
        if (hasKeys && !paths.contains(SourceOptions.KEY)) {
            paths.add(SourceOptions.KEY);
        }
        return paths.subList(0, Math.min(paths.size(), MOST_CANDIDATES));
    }

    /** A field is a likely name by its own name, or as the name or id of a likely thing, as in {@code host.name}. */
    private static int rank(Column column) {
        return rank(column.path());
    }

    /** Whether a path looks like the name of an entity. */
    static boolean isLikely(String path) {
        return rank(path) < NAMES.indexOf("name");
    }

    /** Returns how likely a path names the entity; the least number is the most likely one. */
    static int rank(String path) {
        String[] names = path.toLowerCase(Locale.ROOT).split("\\.", -1);
        int rank = NAMES.indexOf(names[names.length - 1]);
        if (names.length > 1 && rank >= NAMES.indexOf("id")) {
            int outer = NAMES.indexOf(names[names.length - 2]);
            rank = outer >= 0 ? outer : rank;
        }
        return rank < 0 ? NAMES.size() : rank;
    }

    private static List<List<String>> choices(List<String> candidates, int size) {
        if (size == 1) {
            return candidates.stream().map(List::of).toList();
        }
        List<List<String>> all = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            for (List<String> rest : choices(candidates.subList(i + 1, candidates.size()), size - 1)) {
                List<String> choice = new ArrayList<>(List.of(candidates.get(i)));
                choice.addAll(rest);
                all.add(List.copyOf(choice));
            }
        }
        return all;
    }

    /** The number of entities; 0 if the records of an entity are at the same times, or most entities have one record. */
    private static int entities(List<String> paths, SampleTable table, long[] times) {
        Map<String, Set<Long>> byName = new HashMap<>();
        int repeated = 0;
        for (int i = 0; i < table.size(); i++) {
            if (!byName.computeIfAbsent(name(paths, table, i), key -> new HashSet<>())
                    .add(times[i])) {
                repeated++;
            }
        }
        boolean isUnique = repeated <= REPEATED * table.size();
        boolean hasRows = table.size() >= ROWS_OF_AN_ENTITY * byName.size() || table.size() < 2;
        return isUnique && hasRows ? byName.size() : 0;
    }

    /** Returns the name of a row's entity. */
    static String name(List<String> paths, SampleTable table, int row) {
        List<String> parts = new ArrayList<>();
        for (String path : paths) {
            Object part = path.equals(SourceOptions.KEY)
                    ? table.key(row)
                    : table.row(row).get(path);
            parts.add(String.valueOf(part));
        }
        return String.join("/", parts);
    }
}
