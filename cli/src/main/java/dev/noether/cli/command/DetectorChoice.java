package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.flink.config.DetectorConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that select a detector and its Kafka cluster. */
final class DetectorChoice {
    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec command;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "Configuration file of the detector (YAML).")
    @Nullable
    Path config;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Address of a Kafka broker (default: kafka.bootstrapServers of the file).")
    @Nullable
    String bootstrap;

    /** Reads the configuration; warnings go to standard error. */
    DetectorConfig load() {
        Path file = config;
        if (file == null) {
            throw new IllegalStateException("picocli requires the option");
        }
        DetectorConfig detector = DetectorConfig.load(file, this::warn);
        return bootstrap == null ? detector : at(detector, bootstrap);
    }

    private void warn(String warning) {
        CommandSpec spec = command;
        if (spec != null) {
            spec.commandLine().getErr().println("noether: warning: " + warning);
            spec.commandLine().getErr().flush();
        }
    }

    /** The configuration with another address of Kafka. */
    static DetectorConfig at(DetectorConfig detector, String servers) {
        try {
            return detector.withBootstrap(servers);
        } catch (IllegalArgumentException exception) {
            throw new BadUseException("--bootstrap: " + exception.getMessage());
        }
    }
}
