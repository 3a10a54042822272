package dev.noether.flink.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Writes a configuration as YAML that {@link ConfigurationReader} reads. */
final class ConfigurationWriter {
    private ConfigurationWriter() {}

    static String write(DetectorConfig config) {
        Map<String, Object> root = new LinkedHashMap<>();
        for (Option<?> option : OptionRegistry.ALL) {
            write(option, config, root);
        }
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setDereferenceAliases(true)
                .setSplitLines(false)
                .setSchema(new CoreSchema())
                .build();
        return new Dump(settings).dumpToString(root);
    }

    private static <T> void write(Option<T> option, DetectorConfig config, Map<String, Object> root) {
        Object value = option.type().write(option.of(config));
        if (option.section().isEmpty()) {
            root.put(option.name(), value);
        } else {
            section(root, option.section()).put(option.name(), value);
        }
    }

    @SuppressWarnings("unchecked") // only sections are put under their names
    private static Map<String, Object> section(Map<String, Object> root, String name) {
        return (Map<String, Object>) root.computeIfAbsent(name, key -> new LinkedHashMap<String, Object>());
    }
}
