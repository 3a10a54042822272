package dev.noether.flink.config;

import dev.noether.model.feature.FeatureSchema;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads a configuration and gathers all that is wrong with it on the way. An instance reads one text.
 *
 * <p>SnakeYAML Engine makes nothing but strings, numbers, flags, lists and maps, whatever the text says.
 */
final class ConfigurationReader {
    private static final int DEEPEST = 3;

    private final Problems problems = new Problems();
    private final OptionValues values = new OptionValues();
    private final Set<Option<?>> faulty = new HashSet<>();
    private final Map<String, Integer> lines = new HashMap<>();

    private ConfigurationReader() {}

    static DetectorConfig load(Path file, Placeholders placeholders) {
        DetectorConfig config = parse(read(file), file.toString());
        try {
            config.kafka().clientProperties(placeholders);
            config.rules().calendarText();
            return config;
        } catch (ConfigurationException e) {
            throw new ConfigurationException(file.toString(), e.problems());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(file.toString(), List.of(String.valueOf(e.getMessage())));
        }
    }

    static DetectorConfig parse(String yaml, String source) {
        ConfigurationReader reader = new ConfigurationReader();
        try {
            reader.readRoot(reader.syntax(yaml));
        } catch (YamlEngineException e) {
            reader.problems.add(syntaxProblem(e));
        }
        reader.problems.throwIfAny(source);
        return DetectorConfig.of(reader.values);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "there is no such file");
        } catch (CharacterCodingException e) {
            throw unreadable(file, "it is not UTF-8 text");
        } catch (IOException e) {
            throw unreadable(file, Files.isDirectory(file) ? "it is a directory" : String.valueOf(e.getMessage()));
        }
    }

    private static ConfigurationException unreadable(Path file, String why) {
        return new ConfigurationException(file.toString(), List.of("the configuration file cannot be read: " + why));
    }

    /** Reads the text; notes the line of each key, and the keys that stand twice. */
    private @Nullable Object syntax(String yaml) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setAllowDuplicateKeys(true)
                .build();
        new Compose(settings).composeString(yaml).ifPresent(root -> noteKeys(root, "", 1));
        return new Load(settings).loadFromString(yaml);
    }

    private void noteKeys(Node node, String prefix, int depth) {
        if (depth > DEEPEST || !(node instanceof MappingNode mapping)) {
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode scalar) {
                String key = prefix + scalar.getValue();
                int line = scalar.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
                Integer first = lines.putIfAbsent(key, line);
                if (first != null) {
                    problems.add(key, "must stand once (got it on lines " + first + " and " + line + ")");
                }
                noteKeys(tuple.getValueNode(), key + ".", depth + 1);
            }
        }
    }

    private static String syntaxProblem(YamlEngineException e) {
        if (e instanceof MarkedYamlEngineException marked) {
            int line = marked.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
            return "line " + line + ": this is not YAML: " + marked.getProblem();
        }
        return "this is not YAML: " + e.getMessage();
    }

    private void readRoot(@Nullable Object root) {
        if (root instanceof Map<?, ?> map) {
            map.forEach((key, value) -> readTop(String.valueOf(key), value));
        } else if (root != null) {
            problems.add("the file must be a mapping of keys to values (got " + OptionType.shown(root) + ")");
            return;
        }
        for (Option<?> option : Options.ALL) {
            if (option.isRequired() && !values.has(option) && !faulty.contains(option)) {
                problems.add(option.key(), option.missing());
            }
        }
        checkTogether();
    }

    private void readTop(String key, @Nullable Object value) {
        if (!Options.sections().contains(key)) {
            readKey(key, value);
        } else if (value instanceof Map<?, ?> section) {
            section.forEach((name, inner) -> readKey(key + "." + name, inner));
        } else if (value != null) {
            fault(key, "must be a mapping of keys to values (got " + OptionType.shown(value) + ")");
        }
    }

    private void readKey(String key, @Nullable Object value) {
        Option<?> option = Options.find(key);
        if (option == null) {
            fault(key, "is not known; the nearest known key is `" + NearestKey.to(key) + "`");
        } else {
            readOption(option, value);
        }
    }

    private <T> void readOption(Option<T> option, @Nullable Object yaml) {
        T value = yaml == null ? null : option.type().read(yaml);
        if (value != null && option.type().isValid(value)) {
            values.put(option, value);
            return;
        }
        faulty.add(option);
        if (value == null) {
            fault(option.key(), option.problem(yaml));
        } else {
            option.problems(value).forEach(problem -> problems.add(line(option.key()) + problem));
        }
    }

    private void fault(String key, String problem) {
        problems.add(line(key) + "`" + key + "` " + problem);
    }

    private String line(String key) {
        Integer line = lines.get(key);
        return line == null ? "" : "line " + line + ": ";
    }

    /** What only shows when several values are seen together, where each by itself is right. */
    private void checkTogether() {
        if (isRight("topics") && values.has(Options.DETECTOR)) {
            check(() -> DetectorConfig.topics(values, values.get(Options.DETECTOR)));
        }
        if (isRight("retraining")) {
            check(() -> DetectorConfig.retraining(values));
        }
        if (isRight("rules") && isRight("output") && values.has(Options.FEATURES)) {
            check(() -> DetectorConfig.rules(values)
                    .checkAgainst(
                            new FeatureSchema(values.get(Options.FEATURES)), values.get(Options.OUTPUT_CONTRIBUTIONS)));
        }
    }

    private boolean isRight(String section) {
        return faulty.stream().noneMatch(option -> option.section().equals(section));
    }

    private void check(Runnable maker) {
        try {
            maker.run();
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }
}
