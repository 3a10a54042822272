package dev.noether.cli.infer;

import dev.noether.flink.mapping.FeatureForm;
import dev.noether.flink.mapping.MetricAggregate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Guesses which features the metrics of a sample are. One instance guesses for one sample. */
final class ImportFeatures {
    private static final int MOST_FEATURES = 100;
    private static final int MOST_PARTS = 8;

    /** Labels whose values are different things, each of them a feature. */
    private static final Set<String> KINDS = Set.of("direction", "state", "mode", "status", "operation");

    /** Values of labels that stand for all others together. */
    private static final Set<String> TOTALS = Set.of("cpu-total", "total", "_total", "all");

    private final List<String> entity;
    /** The label that tells the kind of a record, if one metric is in several kinds; empty for none. */
    private final String kind;

    private final List<ImportFeature> features = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private ImportFeatures(List<String> entity, String kind) {
        this.entity = entity;
        this.kind = kind;
    }

    /**
     * Guesses.
     *
     * @param entity labels of the entity
     * @param kind label that tells the kind of a record; empty for none
     */
    static List<ImportFeature> of(Map<String, MetricGroup> groups, List<String> entity, String kind) {
        ImportFeatures guesses = new ImportFeatures(entity, kind);
        groups.forEach((metric, group) -> guesses.add(metric, group, new TreeMap<>(), ""));
        return guesses.features;
    }

    private void add(String metric, MetricGroup group, Map<String, String> labels, String suffix) {
        Map<String, Set<String>> varying = group.varyingLabels(entity);
        for (Map.Entry<String, Set<String>> label : varying.entrySet()) {
            String last = label.getKey().substring(label.getKey().lastIndexOf('.') + 1);
            Set<String> values = label.getValue();
            String total = values.stream().filter(TOTALS::contains).findFirst().orElse("");
            if (!total.isEmpty()) {
                addWith(metric, group, labels, label.getKey(), total, suffix);
                return;
            }
            if ((KINDS.contains(last.toLowerCase(Locale.ROOT)) || label.getKey().equals(kind))
                    && values.size() <= MOST_PARTS) {
                values.forEach(value -> addWith(metric, group, labels, label.getKey(), value, suffix + "_" + value));
                return;
            }
        }
        addOne(metric, group, labels, suffix, varying);
    }

    private void addWith(
            String metric, MetricGroup group, Map<String, String> labels, String label, String value, String suffix) {
        Map<String, String> more = new TreeMap<>(labels);
        more.put(label, value);
        add(metric, group.with(label, value), more, suffix);
    }

    private void addOne(
            String metric,
            MetricGroup group,
            Map<String, String> labels,
            String suffix,
            Map<String, Set<String>> varying) {
        MetricPoint.Nature nature = group.nature();
        boolean isCounter = nature == MetricPoint.Nature.COUNTER || nature == MetricPoint.Nature.GROWTH;
        boolean isUsed = (isCounter || !group.isConstant())
                && features.stream().filter(ImportFeature::isUsed).count() < MOST_FEATURES;
        String over = varying.isEmpty() ? "" : ", over " + String.join(" and ", varying.keySet());
        String reason = isCounter
                ? (nature == MetricPoint.Nature.GROWTH ? "a growth" : "a total that only grows")
                        + ", so its growth in a second" + (varying.isEmpty() ? "" : "; the sum" + over)
                : group.range() + (varying.isEmpty() ? "" : "; the mean" + over);
        String left = group.isConstant() ? "constant: " + group.range() : "more than " + MOST_FEATURES + " features";
        MetricAggregate aggregate = isCounter && (!varying.isEmpty() || nature == MetricPoint.Nature.GROWTH)
                ? MetricAggregate.SUM
                : varying.isEmpty() ? MetricAggregate.LAST : MetricAggregate.MEAN;
        features.add(new ImportFeature(
                name(metric + suffix),
                metric,
                labels,
                aggregate,
                isCounter ? FeatureForm.RATE : FeatureForm.VALUE,
                isUsed,
                isUsed ? reason : left));
    }

    private String name(String text) {
        String name = text.replaceFirst("^fields\\.", "")
                .replaceAll("[^A-Za-z0-9]+", "_")
                .replaceAll("^_+|_+$", "");
        String unique = name.isEmpty() ? "metric" : name;
        for (int i = 2; !names.add(unique); i++) {
            unique = name + "_" + i;
        }
        return unique;
    }
}
