package dev.noether.cli.infer;

import dev.noether.incident.report.ReadableQuantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The points of one metric in a sample, or those of them with one label. */
record MetricGroup(List<MetricPoint> points) {
    private static final int LEAST_STEPS = 5;
    private static final double RISING = 0.99;

    /** Returns the points by metric, in order of names. */
    static Map<String, MetricGroup> byMetric(List<MetricPoint> points) {
        Map<String, MetricGroup> groups = new TreeMap<>();
        for (MetricPoint point : points) {
            groups.computeIfAbsent(point.metric(), name -> new MetricGroup(new ArrayList<>()))
                    .points
                    .add(point);
        }
        return groups;
    }

    /** Returns the points whose label has a value. */
    MetricGroup with(String label, String value) {
        return new MetricGroup(points.stream()
                .filter(point -> value.equals(point.labels().get(label)))
                .toList());
    }

    /** Returns the values of each label that is not part of the entity, and has more than one in some entity. */
    Map<String, Set<String>> varyingLabels(List<String> entity) {
        Map<String, Map<String, Set<String>>> byEntity = new TreeMap<>();
        Map<String, Set<String>> all = new TreeMap<>();
        for (MetricPoint point : points) {
            String name = entity(point, entity);
            point.labels().forEach((label, value) -> {
                if (!entity.contains(label)) {
                    byEntity.computeIfAbsent(label, key -> new HashMap<>())
                            .computeIfAbsent(name, key -> new HashSet<>())
                            .add(value);
                    all.computeIfAbsent(label, key -> new TreeSet<>()).add(value);
                }
            });
        }
        // A text that differs in nearly each record is no label.
        all.entrySet()
                .removeIf(label -> label.getValue().size() > Math.max(2, points.size() / 3)
                        || byEntity.getOrDefault(label.getKey(), Map.of()).values().stream()
                                .allMatch(values -> values.size() < 2));
        return all;
    }

    /** Returns the name of the entity of a point. */
    static String entity(MetricPoint point, List<String> entity) {
        StringBuilder name = new StringBuilder();
        entity.forEach(label -> name.append(point.labels().get(label)).append('/'));
        return name.toString();
    }

    /** Whether all values are the same. */
    boolean isConstant() {
        return points.stream().mapToDouble(MetricPoint::value).distinct().count() < 2;
    }

    /** What the format says of the metric, or, if it says nothing, its values. */
    MetricPoint.Nature nature() {
        MetricPoint.Nature said = points.get(0).nature();
        return said != MetricPoint.Nature.UNKNOWN
                ? said
                : isRising() ? MetricPoint.Nature.COUNTER : MetricPoint.Nature.READING;
    }

    /** Whether the values of nearly all series only rise, and rise in half of the steps. */
    private boolean isRising() {
        int steps = 0;
        int notFalling = 0;
        int up = 0;
        for (List<MetricPoint> series : series().values()) {
            series.sort(Comparator.comparingLong(MetricPoint::time));
            for (int i = 1; i < series.size(); i++) {
                double step = series.get(i).value() - series.get(i - 1).value();
                steps++;
                notFalling += step >= 0 ? 1 : 0;
                up += step > 0 ? 1 : 0;
            }
        }
        return steps >= LEAST_STEPS && up >= steps / 2.0 && notFalling >= RISING * steps;
    }

    /** Returns the points by their labels. */
    Map<Map<String, String>, List<MetricPoint>> series() {
        Map<Map<String, String>, List<MetricPoint>> series = new HashMap<>();
        points.forEach(point -> series.computeIfAbsent(point.labels(), labels -> new ArrayList<>())
                .add(point));
        return series;
    }

    /** Returns the range of the values in words. */
    String range() {
        double low = points.stream().mapToDouble(MetricPoint::value).min().orElse(Double.NaN);
        double high = points.stream().mapToDouble(MetricPoint::value).max().orElse(Double.NaN);
        return ReadableQuantity.number(low) + " to " + ReadableQuantity.number(high);
    }
}
