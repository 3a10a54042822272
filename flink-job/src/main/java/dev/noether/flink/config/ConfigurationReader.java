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
import java.util.function.Consumer;
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
 * Reads a configuration and collects all of its problems. One instance reads one text.
 *
 * <p>SnakeYAML Engine creates only strings, numbers, flags, lists and maps, whatever the text contains.
 */
final class ConfigurationReader {
    private static final int MAX_DEPTH = 3;
    private static final int MAX_BYTES = 1 << 20;
    /** Bounds what a text with a few large values in many places can become. */
    private static final int MAX_ALIASES = 20;

    private final ProblemList problems = new ProblemList();
    private final OptionValues values = new OptionValues();
    private final Set<Option<?>> invalidOptions = new HashSet<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private final String source;
    private final Path folder;
    private final Consumer<String> warnings;

    /**
     * Makes a reader.
     *
     * @param source origin of the text, for messages
     * @param folder folder that relative directories are relative to
     * @param warnings receiver of warnings
     */
    private ConfigurationReader(String source, Path folder, Consumer<String> warnings) {
        this.source = source;
        this.folder = folder;
        this.warnings = warnings;
    }

    static DetectorConfig load(Path file, Placeholders placeholders, Consumer<String> warnings) {
        Path folder = file.toAbsolutePath().resolveSibling("").normalize();
        DetectorConfig config = parse(read(file), file.toString(), folder, warnings);
        try {
            config.kafka().clientProperties(placeholders);
            config.registry().access(placeholders);
            config.rules().calendarText();
            return config;
        } catch (ConfigurationException e) {
            throw new ConfigurationException(file.toString(), e.problems());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(file.toString(), List.of(String.valueOf(e.getMessage())));
        }
    }

    /** Reads a text; relative directories are relative to the working directory. */
    static DetectorConfig parse(String yaml, String source, Consumer<String> warnings) {
        return parse(yaml, source, Path.of("").toAbsolutePath(), warnings);
    }

    private static DetectorConfig parse(String yaml, String source, Path folder, Consumer<String> warnings) {
        ConfigurationReader reader = new ConfigurationReader(source, folder, warnings);
        try {
            reader.readRoot(reader.syntax(yaml));
        } catch (YamlEngineException e) {
            reader.problems.add(syntaxProblem(e));
        } catch (IllegalArgumentException e) {
            reader.problems.add(String.valueOf(e.getMessage()));
        }
        reader.problems.throwIfAny(source);
        return DetectorConfig.of(reader.values);
    }

    private static String read(Path file) {
        try {
            return BoundedText.read(file, MAX_BYTES);
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

    /** Parses the text; records the line of each key, and reports keys that occur twice. */
    private @Nullable Object syntax(String yaml) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setAllowDuplicateKeys(true)
                .setMaxAliasesForCollections(MAX_ALIASES)
                .build();
        YamlShape.check(settings, yaml);
        new Compose(settings).composeString(yaml).ifPresent(root -> recordKeys(root, "", 1));
        return new Load(settings).loadFromString(yaml);
    }

    private void recordKeys(Node node, String prefix, int depth) {
        if (depth > MAX_DEPTH || !(node instanceof MappingNode mapping)) {
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode scalar) {
                String key = prefix + scalar.getValue();
                int line = scalar.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
                Integer first = lines.putIfAbsent(key, line);
                if (first != null) {
                    problems.add(
                            OptionType.displayText(key),
                            "must stand once (got it on lines " + first + " and " + line + ")");
                }
                recordKeys(tuple.getValueNode(), key + ".", depth + 1);
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
            problems.add("the file must be a mapping of keys to values (got " + OptionType.displayText(root) + ")");
            return;
        }
        for (Option<?> option : OptionRegistry.ALL) {
            if (option.isRequired() && !values.has(option) && !invalidOptions.contains(option)) {
                problems.add(option.key(), option.missing());
            }
        }
        checkTogether();
    }

    private void readTop(String key, @Nullable Object value) {
        if (!OptionRegistry.sections().contains(key)) {
            readKey(key, value);
        } else if (value instanceof Map<?, ?> section) {
            section.forEach((name, inner) -> readKey(key + "." + name, inner));
        } else if (value != null) {
            addProblem(key, "must be a mapping of keys to values (got " + OptionType.displayText(value) + ")");
        }
    }

    private void readKey(String key, @Nullable Object value) {
        Option<?> option = OptionRegistry.find(key);
        String retired = RetiredKeys.reason(key);
        if (retired != null) {
            warnings.accept(source + ": " + line(key) + "`" + key + "` " + retired);
        } else if (option == null) {
            addProblem(key, problems.isFull() ? "is not known" : NearestKey.unknown(key));
        } else if (option == SourceSection.SCHEMA) {
            readSchema(value);
        } else {
            boolean isDirectory = option == ModelSection.STORE || option == CheckpointSection.DIRECTORY;
            readOption(option, isDirectory && value instanceof String path ? directory(key, path) : value);
        }
    }

    /** Puts the schema in place of the file that the key names: a task on another machine could not read the file. */
    private void readSchema(@Nullable Object value) {
        try {
            readOption(SourceSection.SCHEMA, value instanceof String text ? AvroSchemaText.of(text, folder) : value);
        } catch (IllegalArgumentException e) {
            invalidOptions.add(SourceSection.SCHEMA);
            addProblem(SourceSection.SCHEMA.key(), String.valueOf(e.getMessage()));
        }
    }

    /**
     * Returns an absolute path in place of a relative one. Earlier versions took it as relative to the working
     * directory: that one stays in use if only it exists.
     */
    private String directory(String key, String value) {
        if (value.isBlank() || !YamlValues.isRelativePath(value)) {
            return value;
        }
        Path besideFile = folder.resolve(value).normalize();
        Path earlier = Path.of(value).toAbsolutePath().normalize();
        if (Files.exists(besideFile) || !Files.exists(earlier)) {
            return besideFile.toString();
        }
        warnings.accept(source + ": " + line(key) + "`" + key + "` is relative to this file, where " + besideFile
                + " does not exist; " + earlier + " is used, as before. Write the whole path");
        return earlier.toString();
    }

    private <T> void readOption(Option<T> option, @Nullable Object yaml) {
        T value = yaml == null ? null : option.type().read(yaml);
        if (value != null && option.type().isValid(value)) {
            values.put(option, value);
            return;
        }
        invalidOptions.add(option);
        if (value == null) {
            addProblem(option.key(), option.problem(yaml));
        } else {
            option.problems(value).forEach(problem -> problems.add(line(option.key()) + problem));
        }
    }

    private void addProblem(String key, String problem) {
        problems.add(line(key) + "`" + OptionType.displayText(key) + "` " + problem);
    }

    private String line(String key) {
        Integer line = lines.get(key);
        return line == null ? "" : "line " + line + ": ";
    }

    /** Checks combinations of values that are each valid. */
    private void checkTogether() {
        boolean hasTopics =
                isValidSection("topics") && values.has(GeneralSection.DETECTOR) && check(() -> TopicNames.of(values));
        if (isValidSection("source") && isValidSection("registry") && values.has(GeneralSection.FEATURES)) {
            check(() -> {
                SourceOptions options = SourceOptions.of(values);
                options.checkAgainst(new FeatureSchema(values.get(GeneralSection.FEATURES)));
                options.checkAgainst(RegistryOptions.of(values));
                if (hasTopics) {
                    options.checkAgainst(TopicNames.of(values));
                }
            });
        }
        if (isValidSection("retraining")) {
            check(() -> RetrainingOptions.of(values));
        }
        if (isValidSection("rules") && isValidSection("output") && values.has(GeneralSection.FEATURES)) {
            check(() -> RuleOptions.of(values)
                    .checkAgainst(
                            new FeatureSchema(values.get(GeneralSection.FEATURES)),
                            values.get(OutputSection.CONTRIBUTIONS)));
        }
    }

    private boolean isValidSection(String section) {
        return invalidOptions.stream().noneMatch(option -> option.section().equals(section));
    }

    /** Returns whether all is well. */
    private boolean check(Runnable maker) {
        try {
            maker.run();
            return true;
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
            return false;
        }
    }
}
