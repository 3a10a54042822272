package dev.noether.flink.config;

import dev.noether.flink.mapping.FeatureField;
import dev.noether.flink.mapping.FeatureForm;
import dev.noether.flink.mapping.SourceFormat;
import dev.noether.flink.mapping.TimeField;
import dev.noether.flink.mapping.TimeForm;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The types of the options that say how the fields of a record become an observation. */
final class MappingTypes {
    private static final String PATH = "path";
    private static final String UNIT = "unit";
    private static final String AS = "as";

    private MappingTypes() {}

    static OptionType<SourceFormat> format() {
        return new OptionType<>(
                "one of " + labels(SourceFormat.values(), SourceFormat::label),
                yaml -> symbol(SourceFormat.values(), SourceFormat::label, yaml),
                format -> true,
                SourceFormat::label);
    }

    /** One path or several. */
    static OptionType<List<String>> paths() {
        return new OptionType<>(
                "a path such as host or labels.zone, or a list of different paths",
                yaml -> yaml instanceof String path ? List.of(path) : YamlValues.list(yaml, String.class),
                paths -> paths.stream().noneMatch(String::isBlank)
                        && Set.copyOf(paths).size() == paths.size(),
                paths -> paths);
    }

    /** A path, or a mapping of path and unit. */
    static OptionType<TimeField> time() {
        return new OptionType<>(
                "a path such as ts, or a mapping of `path` and `unit` (one of "
                        + labels(TimeForm.values(), TimeForm::label) + ")",
                MappingTypes::timeOf,
                time -> true,
                time -> time.form() == TimeForm.AUTO
                        ? time.path()
                        : new TreeMap<>(
                                Map.of(PATH, time.path(), UNIT, time.form().label())));
    }

    /** A mapping from names of features to paths, or to mappings of path and form. */
    static OptionType<Map<String, FeatureField>> features() {
        return new OptionType<>(
                "a mapping from features to paths such as net.rx, or to mappings of `path` and `as` (one of "
                        + labels(FeatureForm.values(), MappingTypes::label) + ")",
                yaml -> YamlValues.mapping(yaml, MappingTypes::featureOf),
                fields ->
                        fields.values().stream().noneMatch(field -> field.path().isBlank()),
                MappingTypes::written);
    }

    private static Object written(Map<String, FeatureField> fields) {
        Map<String, Object> written = new TreeMap<>();
        fields.forEach((name, field) -> written.put(
                name,
                field.as() == FeatureForm.VALUE
                        ? field.path()
                        : new TreeMap<>(Map.of(PATH, field.path(), AS, label(field.as())))));
        return written;
    }

    private static @Nullable TimeField timeOf(Object yaml) {
        if (yaml instanceof String path) {
            return new TimeField(path, TimeForm.AUTO);
        }
        if (!(yaml instanceof Map<?, ?> map) || !Set.of(PATH, UNIT).containsAll(map.keySet())) {
            return null;
        }
        Object path = map.containsKey(PATH) ? map.get(PATH) : "";
        TimeForm form =
                map.containsKey(UNIT) ? symbol(TimeForm.values(), TimeForm::label, map.get(UNIT)) : TimeForm.AUTO;
        return path instanceof String text && form != null ? new TimeField(text, form) : null;
    }

    private static @Nullable FeatureField featureOf(Object yaml) {
        if (yaml instanceof String path) {
            return FeatureField.of(path);
        }
        if (!(yaml instanceof Map<?, ?> map) || !Set.of(PATH, AS).containsAll(map.keySet())) {
            return null;
        }
        FeatureForm form = map.containsKey(AS)
                ? symbol(FeatureForm.values(), MappingTypes::label, map.get(AS))
                : FeatureForm.VALUE;
        return map.get(PATH) instanceof String path && form != null ? new FeatureField(path, form) : null;
    }

    static <E> @Nullable E symbol(E[] all, Function<E, String> label, @Nullable Object yaml) {
        return Stream.of(all)
                .filter(one -> label.apply(one).equalsIgnoreCase(String.valueOf(yaml)))
                .findFirst()
                .orElse(null);
    }

    static <E> String labels(E[] all, Function<E, String> label) {
        return Stream.of(all).map(label).collect(Collectors.joining(", "));
    }

    static String label(FeatureForm form) {
        return form.name().toLowerCase(Locale.ROOT);
    }
}
