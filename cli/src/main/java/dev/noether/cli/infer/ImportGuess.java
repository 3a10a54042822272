package dev.noether.cli.infer;

import dev.noether.flink.config.SourceOptions;
import dev.noether.flink.mapping.MetricPaths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How an import reads the records of a sample.
 *
 * @param shape what is the same for all points
 * @param entity labels or paths of the parts of the entity's name; empty if nothing names it
 * @param reason why
 * @param series fields that tell series apart
 * @param intervalMillis usual time between two values of a series; 0 if unknown
 * @param features what becomes of each metric
 */
record ImportGuess(
        Shape shape,
        List<String> entity,
        String reason,
        List<String> series,
        long intervalMillis,
        List<ImportFeature> features) {
    private static final double NEARLY_ALL = 0.95;

    /**
     * The form of the records.
     *
     * @param format format, as the detector file names it
     * @param words form of a record in words
     * @param metric where a record that holds one metric has it
     * @param rows path of the list in a record; empty for none
     * @param kind label that tells kinds of records apart; empty for none
     */
    record Shape(String format, String words, MetricPaths metric, String rows, String kind) {
        /** A format of which nothing else must be said. */
        static Shape of(String format, String words) {
            return new Shape(format, words, MetricPaths.NONE, "", "");
        }
    }

    /**
     * Guesses from the points of a sample.
     *
     * @param hasKeys whether all records have a key
     * @param mayNeedSeries whether the format does not say which fields are labels
     */
    static ImportGuess of(Shape shape, List<MetricPoint> points, boolean hasKeys, boolean mayNeedSeries) {
        List<String> entity = entity(points, hasKeys);
        Map<String, MetricGroup> groups = MetricGroup.byMetric(points);
        List<ImportFeature> features = ImportFeatures.of(groups, entity, shape.kind());
        Set<String> series = new TreeSet<>();
        if (mayNeedSeries) {
            groups.values()
                    .forEach(group -> series.addAll(group.varyingLabels(entity).keySet()));
            // A feature of one kind asks for it in its labels.
            series.remove(shape.kind());
        }
        String reason = entity.isEmpty()
                ? "no label or field that all values have looks like a name, and not all records have a key"
                : entity.get(0).equals(SourceOptions.KEY)
                        ? "no field looks like a name, and each record has a key"
                        : "all values have it, and it has " + names(points, entity) + " values";
        return new ImportGuess(shape, entity, reason, List.copyOf(series), interval(groups), features);
    }

    private static List<String> entity(List<MetricPoint> points, boolean hasKeys) {
        Map<String, Integer> counts = new HashMap<>();
        points.forEach(point -> point.labels().keySet().forEach(label -> counts.merge(label, 1, Integer::sum)));
        return counts.entrySet().stream()
                .filter(label -> label.getValue() >= NEARLY_ALL * points.size())
                .map(Map.Entry::getKey)
                .filter(EntityGuess::isLikely)
                .min(Comparator.comparingInt(EntityGuess::rank).thenComparing(Comparator.naturalOrder()))
                .map(List::of)
                .orElse(hasKeys ? List.of(SourceOptions.KEY) : List.of());
    }

    private static int names(List<MetricPoint> points, List<String> entity) {
        Set<String> names = new HashSet<>();
        points.forEach(point -> names.add(MetricGroup.entity(point, entity)));
        return names.size();
    }

    /** The median time between two values of a series. */
    private static long interval(Map<String, MetricGroup> groups) {
        List<Long> steps = new ArrayList<>();
        for (MetricGroup group : groups.values()) {
            for (List<MetricPoint> series : group.series().values()) {
                long[] times = series.stream()
                        .mapToLong(MetricPoint::time)
                        .sorted()
                        .distinct()
                        .toArray();
                for (int i = 1; i < times.length; i++) {
                    steps.add(times[i] - times[i - 1]);
                }
            }
        }
        long[] sorted = steps.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }
}
