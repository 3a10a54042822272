package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.flink.config.DetectorConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The detector and its Kafka, as most commands take them. */
final class DetectorChoice {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The detector's YAML file.")
    @Nullable
    Path config;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Where Kafka answers, in place of what the file says.")
    @Nullable
    String bootstrap;

    /** Reads the file. */
    DetectorConfig load() {
        Path file = config;
        if (file == null) {
            throw new IllegalStateException("picocli requires the option");
        }
        DetectorConfig detector = DetectorConfig.load(file);
        return bootstrap == null ? detector : at(detector, bootstrap);
    }

    /** The detector at another Kafka. */
    static DetectorConfig at(DetectorConfig detector, String servers) {
        try {
            return detector.withBootstrap(servers);
        } catch (IllegalArgumentException exception) {
            throw new BadUseException("--bootstrap: " + exception.getMessage());
        }
    }
}
