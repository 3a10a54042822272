package dev.noether.flink.metric;

import dev.noether.flink.config.SourceOptions;
import dev.noether.flink.mapping.MetricField;
import dev.noether.flink.mapping.MetricPaths;
import dev.noether.flink.mapping.SourceFormat;
import dev.noether.flink.mapping.TimeField;
import dev.noether.flink.mapping.TimeForm;
import dev.noether.flink.source.field.FieldValues;
import dev.noether.model.feature.FeatureSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which fields of a record an import reads, and which slot each has. Made once; not changed after that. */
final class FieldLayout {
    private static final String LABELS = "labels";

    private final SourceFormat format;
    private final List<String> paths = new ArrayList<>();
    private final List<String> entity;
    private final TimeField time;
    private final int timeSlot;
    private final MetricPaths metric;
    private final int nameSlot;
    private final int[] valueSlots;
    /** Slot of each label that a feature asks for, by its name or path. */
    private final Map<String, Integer> labels = new LinkedHashMap<>();
    /** Slot of each field that tells series apart, by its path. */
    private final Map<String, Integer> series = new LinkedHashMap<>();

    FieldLayout(SourceOptions source, FeatureSchema schema) {
        format = source.format();
        boolean isPrometheus = format == SourceFormat.PROMETHEUS_JSON;
        entity = source.entity().stream().map(this::labelPath).toList();
        entity.forEach(path -> paths.add(path.equals(SourceOptions.KEY) ? "" : path));
        time = isPrometheus ? new TimeField("timestamp", TimeForm.AUTO) : source.time();
        timeSlot = add(time.path().isEmpty() && format == SourceFormat.INFLUX ? "time" : time.path());
        metric = isPrometheus
                ? new MetricPaths("name", "value")
                : source.imported().metric();
        nameSlot = add(metric.name());
        List<MetricField> fields = source.metrics(schema);
        valueSlots = new int[fields.size()];
        if (metric.isEmpty()) {
            Arrays.setAll(valueSlots, i -> add(valuePath(fields.get(i).name())));
        } else {
            Arrays.fill(valueSlots, add(metric.value()));
        }
        fields.forEach(field ->
                field.labels().keySet().forEach(label -> labels.computeIfAbsent(label, name -> add(labelPath(name)))));
        if (format.isOfFields()) {
            labels.forEach(series::put);
        }
        List<String> told = isPrometheus ? List.of(LABELS) : source.imported().series();
        told.forEach(path -> series.computeIfAbsent(path, this::add));
    }

    private int add(String path) {
        paths.add(path);
        return paths.size() - 1;
    }

    /** A label of Prometheus is in the object with the labels. */
    private String labelPath(String name) {
        return format != SourceFormat.PROMETHEUS_JSON || name.equals(SourceOptions.KEY) || name.startsWith(LABELS + ".")
                ? name
                : LABELS + "." + name;
    }

    /** A value in line protocol is never a tag. */
    private String valuePath(String name) {
        return format != SourceFormat.INFLUX || name.startsWith("fields.") || name.startsWith("tags.")
                ? name
                : "fields." + name;
    }

    /** Returns {@code [slots]}, path of each field. */
    List<String> paths() {
        return paths;
    }

    /** Returns the paths of the parts of an entity's name; that of slot 0 first. */
    List<String> entity() {
        return entity;
    }

    /** Returns where the time is. */
    TimeField time() {
        return time;
    }

    /** Returns the slot of the time. */
    int timeSlot() {
        return timeSlot;
    }

    /** Returns where the name and the value of a metric are. */
    MetricPaths metric() {
        return metric;
    }

    /** Returns the slot of the name of a metric. */
    int nameSlot() {
        return nameSlot;
    }

    /** Returns {@code [features]}, slot of the value. */
    int[] valueSlots() {
        return valueSlots;
    }

    /** Returns the slot of each label that a feature asks for. */
    Map<String, Integer> labels() {
        return labels;
    }

    /** Returns the slot of each field that tells series apart, by its path. */
    Map<String, Integer> series() {
        return series;
    }

    /** Returns room for the fields of a row. */
    FieldValues values() {
        FieldValues values = new FieldValues(paths.size());
        series.values().forEach(values::markLabels);
        return values;
    }
}
