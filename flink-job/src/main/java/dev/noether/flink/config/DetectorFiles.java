package dev.noether.flink.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The detectors of one configuration file, or of all files of a folder.
 *
 * @param detectors the detectors, each of another name, in the order of their files
 * @param problems what is wrong with the other files, each in one text that begins with the file
 */
public record DetectorFiles(List<DetectorConfig> detectors, List<String> problems) {
    public DetectorFiles {
        detectors = List.copyOf(detectors);
        problems = List.copyOf(problems);
    }

    /**
     * Reads a file, or the files of a folder whose names end with {@code .yaml} or {@code .yml}. A file of a folder that
     * cannot be read does not keep the others from being read.
     *
     * @param path a file or a folder
     * @param warnings called with each warning in one line
     * @throws ConfigurationException with every problem, if no detector can be read
     */
    public static DetectorFiles load(Path path, Consumer<String> warnings) {
        if (!Files.isDirectory(path)) {
            return new DetectorFiles(List.of(DetectorConfig.load(path, warnings)), List.of());
        }
        Map<String, Path> files = new LinkedHashMap<>();
        List<DetectorConfig> detectors = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Path file : list(path)) {
            try {
                DetectorConfig config = DetectorConfig.load(file, warnings);
                Path other = files.putIfAbsent(config.detector(), file);
                if (other == null) {
                    detectors.add(config);
                } else {
                    problems.add(file + ": detector " + config.detector() + " is also configured in " + other
                            + "; this file is not used");
                }
            } catch (ConfigurationException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        if (detectors.isEmpty()) {
            throw new ConfigurationException(
                    path.toString(), problems.isEmpty() ? List.of("the folder has no file *.yaml") : problems);
        }
        return new DetectorFiles(detectors, problems);
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("[^.].*\\.ya?ml"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ConfigurationException(folder.toString(), List.of("the folder cannot be read: " + e));
        }
    }

    /**
     * Returns the detectors of which no two write one topic. Of two that do, the first one stays, and what is wrong with
     * the second one is added to the problems.
     */
    public DetectorFiles withoutSharedOutputs() {
        Map<String, String> writers = new HashMap<>();
        List<DetectorConfig> distinct = new ArrayList<>();
        List<String> found = new ArrayList<>(problems);
        for (DetectorConfig config : detectors) {
            List<String> shared = outputs(config).entrySet().stream()
                    .filter(output -> writers.containsKey(key(config, output.getValue())))
                    .map(output -> "detector " + config.detector() + ": `" + output.getKey() + "` is "
                            + output.getValue() + ", which detector "
                            + writers.get(key(config, output.getValue())) + " also writes")
                    .toList();
            if (shared.isEmpty()) {
                distinct.add(config);
                outputs(config).values().forEach(topic -> writers.put(key(config, topic), config.detector()));
            } else {
                found.addAll(shared);
            }
        }
        return new DetectorFiles(distinct, found);
    }

    /** The topics that the scoring job writes. */
    private static Map<String, String> outputs(DetectorConfig config) {
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put(TopicSection.SCORES.key(), config.topics().scores());
        outputs.put(TopicSection.REJECTED.key(), config.topics().rejected());
        outputs.put(TopicSection.INCIDENTS.key(), config.topics().incidents());
        return outputs;
    }

    /** Another cluster has other topics. */
    private static String key(DetectorConfig config, String topic) {
        return config.kafka().bootstrapServers() + "/" + topic;
    }

    /** Returns the detectors at another address of Kafka. */
    public DetectorFiles withBootstrap(String servers) {
        return new DetectorFiles(
                detectors.stream().map(one -> one.withBootstrap(servers)).toList(), problems);
    }
}
