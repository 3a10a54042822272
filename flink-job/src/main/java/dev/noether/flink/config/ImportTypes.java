package dev.noether.flink.config;

import dev.noether.flink.mapping.FeatureForm;
import dev.noether.flink.mapping.MetricAggregate;
import dev.noether.flink.mapping.MetricField;
import dev.noether.flink.mapping.MetricPaths;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The types of the options that say what an import reads. */
final class ImportTypes {
    private static final String NAME = "name";
    private static final String VALUE = "value";
    private static final String LABELS = "labels";
    private static final String AGGREGATE = "aggregate";
    private static final String AS = "as";

    private ImportTypes() {}

    /** One topic or several. */
    static OptionType<List<String>> topics() {
        return new OptionType<>(
                "a topic name, or a list of different ones",
                yaml -> yaml instanceof String topic ? List.of(topic) : YamlValues.list(yaml, String.class),
                topics -> topics.stream().allMatch(OptionType.topic()::isValid)
                        && Set.copyOf(topics).size() == topics.size(),
                topics -> topics);
    }

    /** A regular expression; the empty text stands for none. */
    static OptionType<String> pattern() {
        return new OptionType<>(
                "a regular expression for names of topics, or empty",
                yaml -> yaml instanceof String text ? text : null,
                ImportTypes::isPattern,
                text -> text);
    }

    /** A path; the empty text stands for none. */
    static OptionType<String> path() {
        return new OptionType<>(
                "a path such as metrics, or empty",
                yaml -> yaml instanceof String text ? text : null,
                path -> path.isEmpty() || !path.isBlank(),
                path -> path);
    }

    /** The paths of the name and the value of a metric. */
    static OptionType<MetricPaths> metric() {
        return new OptionType<>(
                "a mapping of `name` and `value`, the paths of the metric's name and of its value",
                ImportTypes::pathsOf,
                paths -> true,
                paths -> paths.isEmpty() ? Map.of() : new TreeMap<>(Map.of(NAME, paths.name(), VALUE, paths.value())));
    }

    /** A mapping from names of features to names of metrics, or to mappings. */
    static OptionType<Map<String, MetricField>> metrics() {
        return new OptionType<>(
                "a mapping from features to names of metrics, or to mappings of `name`, `labels` (a mapping from labels to "
                        + "what they must be: TEXT, !=TEXT, =~REGEX or !~REGEX), `aggregate` (one of "
                        + MappingTypes.labels(MetricAggregate.values(), MetricAggregate::label) + ") and `as` (one of "
                        + MappingTypes.labels(FeatureForm.values(), MappingTypes::label) + ")",
                yaml -> YamlValues.mapping(yaml, ImportTypes::fieldOf),
                fields ->
                        fields.values().stream().noneMatch(field -> field.name().isBlank()),
                ImportTypes::written);
    }

    private static boolean isPattern(String text) {
        try {
            Pattern.compile(text);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private static @Nullable MetricPaths pathsOf(Object yaml) {
        if (!(yaml instanceof Map<?, ?> map) || !Set.of(NAME, VALUE).containsAll(map.keySet())) {
            return null;
        }
        if (map.isEmpty()) {
            return MetricPaths.NONE;
        }
        return map.get(NAME) instanceof String name
                        && map.get(VALUE) instanceof String value
                        && !name.isBlank()
                        && !value.isBlank()
                ? new MetricPaths(name, value)
                : null;
    }

    private static @Nullable MetricField fieldOf(Object yaml) {
        if (yaml instanceof String name) {
            return MetricField.of(name);
        }
        if (!(yaml instanceof Map<?, ?> map)
                || !Set.of(NAME, LABELS, AGGREGATE, AS).containsAll(map.keySet())) {
            return null;
        }
        Map<String, String> labels = map.containsKey(LABELS) ? labelsOf(map.get(LABELS)) : Map.of();
        MetricAggregate aggregate = map.containsKey(AGGREGATE)
                ? MappingTypes.symbol(MetricAggregate.values(), MetricAggregate::label, map.get(AGGREGATE))
                : MetricAggregate.LAST;
        FeatureForm as = map.containsKey(AS)
                ? MappingTypes.symbol(FeatureForm.values(), MappingTypes::label, map.get(AS))
                : FeatureForm.VALUE;
        return map.get(NAME) instanceof String name && labels != null && aggregate != null && as != null
                ? new MetricField(name, labels, aggregate, as)
                : null;
    }

    private static @Nullable Map<String, String> labelsOf(@Nullable Object yaml) {
        Map<String, String> labels = yaml == null ? null : YamlValues.settings(yaml);
        return labels != null && labels.values().stream().allMatch(ImportTypes::isMatcher) ? labels : null;
    }

    private static boolean isMatcher(String text) {
        return !(text.startsWith("=~") || text.startsWith("!~")) || isPattern(text.substring(2));
    }

    private static Object written(Map<String, MetricField> fields) {
        Map<String, Object> written = new TreeMap<>();
        fields.forEach((name, field) -> written.put(name, written(field)));
        return written;
    }

    private static Object written(MetricField field) {
        if (field.equals(MetricField.of(field.name()))) {
            return field.name();
        }
        return new TreeMap<>(Map.of(
                NAME, field.name(),
                LABELS, field.labels(),
                AGGREGATE, field.aggregate().label(),
                AS, MappingTypes.label(field.as())));
    }
}
