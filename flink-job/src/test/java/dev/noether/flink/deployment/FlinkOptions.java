package dev.noether.flink.deployment;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.FallbackKey;

/** The keys that Flink's configuration knows, read from the option classes of {@code flink-core}. */
final class FlinkOptions {
    private static final String PACKAGE = "org/apache/flink/configuration/";

    private FlinkOptions() {}

    /** All current keys; deprecated ones are not among them. */
    static Set<String> keys() throws IOException, URISyntaxException, ReflectiveOperationException {
        Path jar = Path.of(ConfigOption.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Set<String> keys = new TreeSet<>();
        Set<String> deprecated = new TreeSet<>();
        try (JarFile archive = new JarFile(jar.toFile())) {
            for (String name : Collections.list(archive.entries()).stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith(PACKAGE) && name.endsWith("Options.class"))
                    .toList()) {
                collect(Class.forName(name.replace('/', '.').replaceAll("\\.class$", "")), keys, deprecated);
            }
        }
        deprecated.removeAll(keys);
        keys.removeAll(deprecated);
        return keys;
    }

    private static void collect(Class<?> options, Set<String> keys, Set<String> deprecated)
            throws IllegalAccessException {
        for (Field field : options.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigOption.class) {
                ConfigOption<?> option = (ConfigOption<?>) field.get(null);
                (field.isAnnotationPresent(Deprecated.class) ? deprecated : keys).add(option.key());
                for (FallbackKey key : option.fallbackKeys()) {
                    if (key.isDeprecated()) {
                        deprecated.add(key.getKey());
                    }
                }
            }
        }
    }
}
